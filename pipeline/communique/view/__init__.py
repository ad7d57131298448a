"""Records for people to look at: colours, and one page that shows texts with everything read from them."""
