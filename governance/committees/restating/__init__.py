"""Restatements: published figures compared with what is known now, and what papers tell of the difference."""
