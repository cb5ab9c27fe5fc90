"""What a trigger refuses: its message is a sentence, and its rule is the name that it gives."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction

from governance.core.refusals import rule_of


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """What is written inside is refused, by that rule."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        yield
    assert rule_of(refused.value) == constraint.replace("_", " ")
