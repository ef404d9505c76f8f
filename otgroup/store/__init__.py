"""The data folder: journals, sessions and the library. Nothing else touches it, and nothing else knows TinyDB."""
