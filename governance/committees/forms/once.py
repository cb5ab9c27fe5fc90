"""Entries of which there is one only."""

from __future__ import annotations

from typing import ClassVar

from django.db import IntegrityError, transaction

from governance.core.forms import ModelForm


class EnteredOnceForm(ModelForm):
    """A new entry of which there is one only. `ONCE` says where and in what words it is there already."""

    ONCE: ClassVar[tuple[str, str]]

    def entered(self) -> bool:
        """Save it. False, with that sentence, if somebody else entered it in this very moment."""
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            self.add_error(*self.ONCE)
        return not self.errors
