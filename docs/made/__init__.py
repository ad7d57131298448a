"""What of the documentation is made when the site is built."""
