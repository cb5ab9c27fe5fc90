"""How rules and colours are said on a page."""
