"""Records compared with gold, with one another, and over time: scores, errors, floors and changes."""
