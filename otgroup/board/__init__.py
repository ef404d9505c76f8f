"""The leader's desk without a screen: an action in, events out."""
