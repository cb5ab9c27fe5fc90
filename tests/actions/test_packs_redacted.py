"""What is removed by authority goes from what was signed of a pack too, and is told from tampering."""

import json
from datetime import date

import pytest
from django.db import DatabaseError, connection

from actions.models import PackSignature
from actions.services import packs
from actions.services.packs import content_of
from governance.history.models import Redaction
from governance.history.redaction import redact
from governance.history.seals import seal
from governance.history.verification import verify
from tests.actions.evidence_files import a_document
from tests.actions.moving import move
from tests.actions.packs import a_pack, a_recommendation, page_of, saved
from tests.actions.pages import text
from tests.cast import signed_in

CANARY = 'Quillfeather "Q" Ng'
STRUCK = "[Redacted by authority]"
BY_AUTHORITY = {"authority": "Data Protection Officer", "reason": "Erasure request 12"}
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Where this test keeps its files."""
    settings.EVIDENCE_DIR = tmp_path / "evidence"


@pytest.fixture
def signed(siro):
    """A pack that was signed and tells what was reported of a child, and its progress update."""
    asked = a_recommendation()
    update = asked.action.updates.latest("pk")
    told = asked.action.append(
        "in_progress",
        effective_on=update.effective_on,
        by=update.recorded_by,
        evidence=f"Met {CANARY}\nTwice",
    )
    pack = a_pack(asked)
    signature = packs.sign(pack, content_of(pack).digest, "", by=siro)
    assert CANARY in json.loads(signature.content)["rows"][0][9]
    seal()
    return signature, told


def test_what_is_removed_from_an_entry_goes_from_signed_packs_that_repeat_it(signed, siro, auditor):
    signature, told = signed
    other = PackSignature.objects.get().digest
    assert redact(told, "evidence", containing=CANARY, **BY_AUTHORITY) == 2
    signature.refresh_from_db()
    row = json.loads(signature.content)["rows"][0]
    assert (row[0], row[9], signature.digest) == ("A01", STRUCK, other)
    pages = [page_of(signature.pack), signature.get_absolute_url(), f"{page_of(signature.pack)}now/"]
    for address in pages:
        assert "Quillfeather" not in (answer := text(signed_in(auditor).get(address)))
        assert "Text removed by authority" in answer
    page = text(signed_in(auditor).get(page_of(signature.pack)))
    assert "<strong>Redacted by authority</strong> (Data Protection Officer) on" in page
    assert f"Erasure request 12. Where it stood is “{STRUCK}” now" in page
    assert f'SHA-256 of what was signed: <span class="app-words">{other}</span>' in page
    assert "This is what was signed" in page
    files = saved(siro, signature.pack)
    assert not [name for name, content in files.items() if b"Quillfeather" in content]
    assert STRUCK in files["table.csv"].decode()
    assert "Data Protection Officer" in files["index.html"].decode()


def test_verification_tells_it_by_its_authority_and_finds_who_alters_more_under_it(signed, owner_connection):
    signature, told = signed
    redact(told, "evidence", containing=CANARY, **BY_AUTHORITY)
    seal()
    report = verify()
    assert report.faults == []
    assert [(each.table, each.key) for each in report.removals] == [
        ("actions_progressupdate", told.pk),
        ("actions_packsignature", signature.pk),
    ]
    assert "redacted by authority (Data Protection Officer" in str(report.removals[1])
    owner_connection.execute("SELECT set_config('app.redacting', 'on', false)")
    owner_connection.execute("UPDATE actions_packsignature SET content = replace(content, 'A01', 'A02')")
    assert [each.what for each in verify().faults] == [
        "was altered",
        "says that it was redacted, and no redaction blanked it",
    ]


def test_words_are_removed_from_one_signature_alone_and_once_more(signed):
    signature, _ = signed
    assert redact(signature, "content", containing="Nobody", **BY_AUTHORITY) == 0
    assert not Redaction.objects.exists()
    for words in (CANARY, "Hold courses"):
        assert redact(signature, "content", containing=words, **BY_AUTHORITY) == 1
    signature.refresh_from_db()
    assert json.loads(signature.content)["rows"][0].count(STRUCK) == 2
    assert verify().faults == []


def test_the_title_of_a_document_goes_from_the_table_and_from_the_list_of_documents(signed, siro):
    signature, _ = signed
    document = a_document(signature.pack.follow_up.audit.recommendations.get().actions.get(), title=CANARY)
    again = packs.sign(signature.pack, content_of(signature.pack).digest, "", by=siro)
    document.title = "Minutes"
    document.save()
    redact(document, "title", containing=CANARY, **BY_AUTHORITY)
    again.refresh_from_db()
    assert "Quillfeather" not in json.dumps([json.loads(again.content)["documents"]])
    assert json.loads(again.content)["documents"][0]["title"] == STRUCK


def test_a_reason_that_must_not_be_empty_says_that_it_was_redacted(signed):
    revision = move(signed[1].action, date(2030, 1, 1), reason=f"{CANARY} is ill")
    assert redact(revision, "reason", containing=CANARY, **BY_AUTHORITY) == 1
    revision.refresh_from_db()
    assert revision.reason == STRUCK
    assert verify().faults == []


def test_the_application_strikes_nothing(signed):
    signature, _ = signed
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT redact('actions_packsignature', 'id', %s, 'content', 'A01', 'me', 'why', 'x')",
            [signature.pk],
        )
