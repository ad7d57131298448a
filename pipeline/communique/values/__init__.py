"""What a span means: numbers, dates, units, told from strings and numbers alone."""
