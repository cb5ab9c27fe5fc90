"""As a UK council writes."""
