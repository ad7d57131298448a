"""Records for people to look at: colours, the terminal, and one page of texts with everything read from them."""
