"""From a record to words: facts, each with its events, and the sandboxed templates that tell them."""
