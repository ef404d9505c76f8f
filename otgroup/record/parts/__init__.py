"""One subject a file: its events, its part of a participant's record, its log lines and its tally columns."""
