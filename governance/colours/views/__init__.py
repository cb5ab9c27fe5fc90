"""The pages of the rules for colours, and of a colour that a person sets."""
