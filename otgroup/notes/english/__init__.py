"""Sentences from facts: grammar, typed words, and each part's phrases."""
