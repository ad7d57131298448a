"""People, organizations and documents of many records, joined into one world."""
