"""Group files and scales as people write them: read, checked, told with file, key, line and mend."""
