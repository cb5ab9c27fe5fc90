"""How the parts of the asset register are shown."""
