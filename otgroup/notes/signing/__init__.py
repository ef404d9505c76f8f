"""What is done with a finished note: findings, edits, signatures, additions."""
