"""Where files come from, and what their columns and words mean there: asked once, then remembered."""

from __future__ import annotations

from hashlib import sha256

from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from governance.history.models import History, Recorded
from governance.people.registers.finding import folded

LEFT_OUT = ""
WORDS = "exchange.words"  # what the secret key is salted with


class Source(Recorded):
    """Where files of one kind come from, and what their columns mean: asked once, then remembered.

    `mapping` is a column of the register for each heading, or "" for one that is left out on purpose.
    """

    register = models.SlugField(max_length=40)
    name = models.CharField(max_length=120, help_text='"Housing\'s spreadsheet"')
    mapping = models.JSONField(default=dict)

    history = History()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="source_has_a_name", condition=~Q(name="") & ~Q(register="")),
            models.UniqueConstraint(name="source_is_named_once", fields=["register", "name"]),
        ]

    def __str__(self) -> str:
        return self.name

    def digest_of(self, word: str) -> str:
        """What is kept of a word of this source's files: never the word, which may be somebody's name.

        With the secret key of the installation, so that a copy of the database alone lets nobody try names.
        """
        plain = sha256(f"{self.pk} {folded(word)}".encode("utf-8", "surrogatepass")).hexdigest()
        return salted_hmac(WORDS, plain, algorithm="sha256").hexdigest()


class FileWord(Recorded):
    """A word in a column of a source's files that the register does not know, and what it stands for there.

    Of the word only a digest is kept (`Source.digest_of`), since this stays, with its history, when the file
    is emptied. `stands_for` is the key of what was chosen, as text, or LEFT_OUT: cells with the word then say
    nothing.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="words")
    column = models.SlugField(max_length=40, help_text="the column of the register, by its name")
    digest = models.CharField(max_length=64, help_text="keyed SHA-256 of the source's key and the word")
    stands_for = models.CharField(max_length=100, blank=True, default=LEFT_OUT)

    history = History()

    class Meta:
        ordering = ["column", "digest"]
        constraints = [
            models.CheckConstraint(name="file_word_is_said_of_a_column", condition=~Q(column="")),
            models.CheckConstraint(
                name="file_word_is_kept_as_a_digest", condition=Q(digest__regex="^[0-9a-f]{64}$")
            ),
            models.UniqueConstraint(name="file_word_stands_for_one", fields=["source", "column", "digest"]),
        ]

    def __str__(self) -> str:
        return f"Word of {self.column}"
