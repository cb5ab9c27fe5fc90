"""The words of the titles in the asset register, for searches in which some are mistyped."""

from __future__ import annotations

from django.db import models


class TitleWord(models.Model):
    """A word that a title has or had, in capitals. Written by a trigger only (assets/sql/words.sql)."""

    derived = True

    word = models.CharField(max_length=60, db_index=True)

    def __str__(self) -> str:
        return self.word
