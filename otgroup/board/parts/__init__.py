"""The board's keys, a file a subject; a kind of measure has one under the name of its file in `record/parts`."""
