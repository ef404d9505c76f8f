"""A note or a record in, bytes out: text, Markdown, JSON, and the folder they go to."""
