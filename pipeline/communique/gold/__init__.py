"""Gold made by people: records to and from the forms in which they are annotated, compared and merged."""
