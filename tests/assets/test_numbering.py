"""References: given in turn, never twice, and without waiting for another register."""

import threading

import pytest
from django.db import connection, transaction

from assets.models import Asset, Hold
from assets.models.numbering import next_reference, next_references, number_after
from tests.factories import AssetFactory


@pytest.mark.django_db
def test_the_next_references_follow_the_highest_number_not_the_last_word():
    for reference in ("IA-9999", "IA-10000", "IA-0007"):
        AssetFactory(reference=reference)
    assert next_references(Asset, "IA", 3) == ["IA-10001", "IA-10002", "IA-10003"]
    assert next_reference(Hold, "HO") == "HO-0001"


@pytest.mark.django_db
def test_the_highest_reference_is_found_in_its_index_and_not_among_all():
    AssetFactory.create_batch(3)
    highest = Asset.objects.annotate(n=number_after("IA")).order_by("-n").values("n")[:1]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "asset_numbered" in highest.explain()


@pytest.mark.django_db(transaction=True)
def test_who_gives_references_keeps_those_of_the_same_register_waiting_and_no_others():
    given: dict[str, str] = {}
    with transaction.atomic():
        reference = next_reference(Asset, "IA")
        hold, asset = asking(given, Hold, "HO"), asking(given, Asset, "IA")
        hold.join(timeout=20)
        assert given == {"HO": "HO-0001"}
        AssetFactory(reference=reference)
    asset.join(timeout=20)
    assert given == {"HO": "HO-0001", "IA": next_reference_after(reference)}


def next_reference_after(reference):
    return f"IA-{int(reference.removeprefix('IA-')) + 1:04}"


def asking(given, kind, prefix):
    def ask():
        try:
            with transaction.atomic():
                given[prefix] = next_reference(kind, prefix)
        finally:
            connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    return thread
