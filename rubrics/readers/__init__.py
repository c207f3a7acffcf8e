"""A file's bytes to a page of markup, one pure module per format. `choice` says which reads what."""
