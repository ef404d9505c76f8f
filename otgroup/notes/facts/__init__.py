"""What a note may say of one participant, each figure with its events."""
