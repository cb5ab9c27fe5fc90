"""What is done to more than one record of the risk register at once."""
