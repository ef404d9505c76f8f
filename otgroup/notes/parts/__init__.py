"""What the notes say of each kind of measure: a file a kind, of the same name as its file in `record/parts`."""
