"""The review of notes."""
