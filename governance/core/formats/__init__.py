"""How dates and figures are written (settings.FORMAT_MODULE_PATH)."""
