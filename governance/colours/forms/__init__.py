"""Forms for rules, and for colours that a person sets."""
