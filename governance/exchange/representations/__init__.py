"""How files that came in are told of."""
