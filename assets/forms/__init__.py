"""What people fill in, a module for each part of the asset register."""
