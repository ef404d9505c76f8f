"""Codes and one-on-one minutes."""
