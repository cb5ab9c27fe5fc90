"""Files in the LGA/esd layout that say something of processing, for tests."""

from governance.exchange.forms.imports import MatchForm
from governance.exchange.importing import found_in, receive
from governance.exchange.models import Batch
from tests.assets.factories_processing import ActivityFactory, LinkFactory
from tests.cast import signed_in
from tests.exchange.test_lga import A_TO_S
from tests.exchange.uploads import csv_file

ROPA = ["In RoPA?", "Purposes Of Processing", "Categories Of Individuals", "Categories Of Personal Data",
        "Categories Of Recipients", "Lawful Basis", "Security Measures"]  # fmt: skip
HEADINGS = [*A_TO_S, *ROPA]
PURPOSES, BASIS, IN_ROPA = ROPA[1], ROPA[5], ROPA[0]


def row(reference="", **said):
    full = (
        dict.fromkeys(HEADINGS, "")
        | {"ID": reference}
        | {n.replace("_", " "): text for n, text in said.items()}
    )
    return [full[heading] for heading in HEADINGS]


def file_of(*rows):
    return csv_file([HEADINGS, *rows])


def answered(batch, by, **said):
    """The batch, its columns taken as they are guessed, checked."""
    table = found_in(batch)
    asked = MatchForm(batch=batch, table=table, person=by)
    form = MatchForm(
        {field.name: field.value() or "" for field in asked.columns()} | said,
        batch=batch,
        table=table,
        person=by,
    )
    assert form.is_valid(), form.errors
    form.save()
    return Batch.objects.get(pk=batch.pk)


def brought(data, by, register="activities", **said):
    return answered(receive(data, "lga.csv", register=register, source="LG Inform Plus", by=by), by, **said)


def out(by):
    answer = signed_in(by).get("/exchange/assets/file.csv?file_columns=lga")
    return b"".join(answer.streaming_content)


def faults(batch):
    return [fault[2] for each in batch.rows.order_by("number") for fault in each.faults]


def at_work(**options):
    """An asset and the one activity that works with it."""
    link = LinkFactory(activity=ActivityFactory(**options))
    return link.asset, link.activity
