"""What is done to more than one record at once, a module for each part of the asset register."""
