"""Invented people and recorded sessions, for a first look."""
