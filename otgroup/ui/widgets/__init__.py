"""Widgets that are given values and draw them."""
