"""What changes in several records of action plans at once."""
