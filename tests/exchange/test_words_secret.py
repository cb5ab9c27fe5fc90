"""Who has a copy of the database, and not the secret key, cannot try a name against what is kept of words."""

from hashlib import sha256
from importlib import import_module

import pytest

from governance.exchange.models import Source
from governance.people.registers.finding import folded
from tests.exchange.test_words import in_units

pytestmark = pytest.mark.django_db
MIGRATION = import_module("governance.exchange.migrations.0008_words_under_the_secret_key")


def without_the_key(source, word):
    """What was kept of a word up to migration 0008, and what a stranger can make of a guess."""
    return sha256(f"{source.pk} {folded(word)}".encode()).hexdigest()


@pytest.fixture
def source(db):
    return Source.objects.create(register="assets", name="Housing")


def test_a_word_cannot_be_tried_without_the_secret_key(source, settings):
    kept = source.digest_of("Jane Smith")
    assert kept != without_the_key(source, "Jane Smith")
    settings.SECRET_KEY = "another installation's"
    assert source.digest_of("Jane Smith") != kept


def test_words_that_were_matched_before_stay_matched(source):
    """The migration makes of each old digest the one that the same word has now."""
    old = [without_the_key(source, word) for word in ("Jane Smith", "Kämmerei")]
    anew = dict(MIGRATION.under_the_key(old))
    assert [anew[each] for each in old] == [source.digest_of("jane  smith"), source.digest_of("Kämmerei")]


@pytest.mark.django_db(transaction=True)
def test_the_migration_changes_words_and_their_history_and_writes_no_version(
    source, owner_connection, ig_officer, owner
):
    batch = in_units(ig_officer, owner, "Nowhere")
    word = batch.source.words.create(
        column="unit", digest=without_the_key(batch.source, "Nowhere"), stands_for=str(owner.asset.unit_id)
    )
    versions = word.history.count()
    with owner_connection.transaction():
        MIGRATION.make_anew(None, OwnersEditor(owner_connection))
    word.refresh_from_db()
    assert word.digest == batch.source.digest_of("Nowhere")
    assert list(word.history.values_list("digest", flat=True)) == [word.digest] * versions


class OwnersEditor:
    """What a migration is given, as far as this one asks of it: the owner's connection."""

    def __init__(self, connection):
        self.connection = connection
