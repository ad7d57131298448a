"""Records to data sets: tables, training data and annotations, each told what it holds and where it came from."""
