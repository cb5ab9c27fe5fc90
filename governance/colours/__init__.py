"""Red, amber, green: the council's rules for the colour of an entry, and the colours that a person sets."""
