"""Files out: rows written as they are read, never held all at once."""
