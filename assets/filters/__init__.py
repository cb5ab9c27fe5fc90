"""The filters of the lists of the asset register."""
