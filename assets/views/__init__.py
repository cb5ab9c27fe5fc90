"""The pages of the asset register, a module for each part of it."""
