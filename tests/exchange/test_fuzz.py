"""A thousand broken files: each is read or refused in a sentence, and none is a fault of the service."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.exchange.importing import check, receive
from governance.exchange.importing.matching import guess, match
from governance.exchange.importing.receiving import table_of
from governance.exchange.reading import FileRefusedError, read
from governance.people.registers.sheet import SHEETS
from tests.cast import signed_in
from tests.exchange.malformed import malformed


def sentence_of(data):
    """What is said of a file; "" where it is read."""
    try:
        read(data)
    except FileRefusedError as refused:
        return str(refused)
    return ""


def test_a_thousand_broken_files_are_read_or_refused_in_a_sentence():
    said = {name: sentence_of(data) for name, data in malformed(1000)}
    refused = {name: sentence for name, sentence in said.items() if sentence}
    assert len(said) == 1000
    assert len(refused) > 400
    for name, sentence in refused.items():
        assert 10 < len(sentence) < 250, name
        assert sentence[0].isupper() or sentence[0] in "“", name
        assert "Error" not in sentence, name
        assert "Traceback" not in sentence, name


@pytest.mark.django_db
def test_what_can_be_read_can_be_checked(ig_officer):
    """Whatever got through the reading: each row then is new, or an error that names its column."""
    sheet = SHEETS["assets"]
    for name, data in malformed(200):
        if sentence_of(data):
            continue
        batch = receive(data, name, register="assets", source="Fuzz", by=ig_officer)
        table = table_of(batch)
        known = guess(sheet, table.headings, {})
        match(batch, {heading: known.get(heading, "") for heading in table.headings if heading})
        check(batch, ig_officer)
        for row in batch.rows.of_kind("error"):
            assert all(heading and sentence for heading, _, sentence in row.faults), name


@pytest.mark.django_db
def test_broken_files_through_the_page_are_never_a_fault(ig_officer):
    officer = signed_in(ig_officer)
    for name, data in malformed(60):
        file = SimpleUploadedFile(name, data)
        answer = officer.post(
            reverse("exchange:upload"), {"register": "assets", "file": file, "source": "Fuzz"}
        )
        assert answer.status_code in (200, 302), name
        if answer.status_code == 302:
            assert officer.get(answer.url).status_code == 200, name
        else:
            assert b"There is a problem" in answer.content, name
