"""Home and what opens from it."""
