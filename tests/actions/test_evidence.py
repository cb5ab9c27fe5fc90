"""Evidence is kept as it came, beside what came before, and what is taken down leaves its mark."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from actions import figures
from actions.models import ActionDocument, Document, DocumentVersion, Status, Takedown
from actions.services import evidence
from actions.services.scanning import TO_SCAN
from governance.core.steps import StepError
from governance.figures.moment import Moment, Scope
from governance.history.trail import signed
from tests.actions.at_once import together
from tests.actions.evidence_files import CSV, PDF, PNG, a_document, upload
from tests.actions.pages import told
from tests.factories import ActionFactory, UserFactory

pytestmark = pytest.mark.django_db
WRONG = [
    ("document_version_is_a_file_or_a_link", {"link": "", "file_name": ""}),
    ("document_version_is_a_file_or_a_link", {"link": "https://a.example", "sha256": "a" * 64}),
    ("document_version_is_a_file_or_a_link", {"file_name": "a.pdf", "kept_as": "../a", "size": 1}),
    ("document_link_leads_to_the_web", {"link": "javascript:alert(1)"}),
    ("document_link_leads_to_the_web", {"link": "data:text/html,hello"}),
]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Where this test keeps its files."""
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    return settings.EVIDENCE_DIR


def files(folder):
    return sorted(path.name for path in folder.glob("*"))


def test_a_file_is_kept_byte_for_byte_under_a_name_that_says_nothing(folder, ig_officer):
    document = a_document(file=upload("../Minutes.pdf"), by=ig_officer)
    version = document.versions.get()
    assert (version.number, version.file_name, version.media_type) == (1, "Minutes.pdf", "application/pdf")
    assert (version.author, version.size) == ("Ig officer", len(PDF))
    assert files(folder) == [version.kept_as]
    assert evidence.path_of(version.kept_as).stat().st_mode & 0o777 == 0o600
    assert evidence.content_of(version) == PDF


def test_documents_are_numbered_in_turn_and_say_for_which_action_they_came(folder):
    action = ActionFactory()
    with signed(None):
        first, second = a_document(action), a_document(link="https://a.example/notes")
    assert [first.reference, second.reference] == ["EV-0001", "EV-0002"]
    said = ActionDocument.history.filter(action_id=action.pk).values_list("history_change_reason", flat=True)
    assert list(said) == [f"Evidence for {action.reference}"]


def test_a_new_version_stands_beside_the_old_one_and_neither_changes(folder):
    document = a_document()
    evidence.add_version(document, file=upload("New.csv", CSV), link="", by=UserFactory())
    evidence.add_version(document, file=None, link="https://a.example/notes", by=UserFactory())
    latest, middle, first = DocumentVersion.objects.filter(document=document).for_page()
    assert [each.number for each in (first, middle, latest)] == [1, 2, 3]
    assert (evidence.content_of(first), evidence.content_of(middle)) == (PDF, CSV)
    with pytest.raises(DatabaseError), transaction.atomic():
        DocumentVersion.objects.filter(pk=first.pk).update(sha256="b" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        DocumentVersion.objects.filter(pk=first.pk).delete()


def test_the_same_file_does_not_serve_an_action_twice_and_makes_no_empty_version(folder):
    action, by = ActionFactory(), UserFactory()
    document = a_document(action)
    with pytest.raises(StepError, match="EV-0001 Minutes of the group holds that already"):
        a_document(action, file=upload("Other name.pdf"))
    with pytest.raises(StepError, match="Version 1 holds that already"):
        evidence.add_version(document, file=upload(), link="", by=by)
    assert len(files(folder)) == 1
    a_document(file=upload())  # of another action: it may be that nobody there may open the first
    linked = a_document(action, link="https://a.example/notes")
    with pytest.raises(StepError, match="holds that already"):
        a_document(action, link="https://a.example/notes")
    assert Document.objects.count() == 3
    assert linked.versions.count() == 1


def test_a_document_may_serve_several_actions_each_once(folder):
    document, other = a_document(), ActionFactory()
    evidence.attach(other, document)
    assert document.action_links.count() == 2
    with pytest.raises(StepError, match="is evidence for this action already"):
        evidence.attach(other, document)


def test_a_save_that_fails_leaves_no_file(folder, monkeypatch):
    a_document()
    kept = files(folder)
    with pytest.raises(IntegrityError, match="document_has_a_title"), transaction.atomic():
        a_document(title="", file=upload("a.png", PNG))
    assert files(folder) == kept
    monkeypatch.setattr(evidence, "_write", lambda path, data: path.write_bytes(b"half") and 1 / 0)
    with pytest.raises(ZeroDivisionError):  # a full disk
        a_document(file=upload("a.png", PNG))
    assert files(folder) == kept
    assert Document.objects.count() == 1


def test_what_is_taken_down_is_gone_from_the_disk_and_told_with_its_reason(
    folder, ig_officer, django_capture_on_commit_callbacks
):
    version = a_document().versions.get()
    with django_capture_on_commit_callbacks(execute=True):
        evidence.take_down(version, "It named a child", by=ig_officer)
        assert len(files(folder)) == 1  # until it is sure
    assert files(folder) == []
    gone = Takedown.objects.get(version=version)
    assert (gone.reason, gone.author) == ("It named a child", "Ig officer")
    assert DocumentVersion.objects.filter(pk=version.pk).exists()
    with pytest.raises(StepError, match="has been taken down already"):
        evidence.take_down(version, "Once more", by=ig_officer)


def test_a_file_that_is_gone_or_altered_is_not_passed_off_as_the_one_that_was_added(folder):
    version = a_document().versions.get()
    evidence.path_of(version.kept_as).write_bytes(PDF + b"altered")
    with pytest.raises(evidence.LostFileError, match="SHA-256 differs"):
        evidence.content_of(version)
    evidence.path_of(version.kept_as).unlink()
    with pytest.raises(evidence.LostFileError, match="EV-0001 version 1 is not where files are kept"):
        evidence.content_of(version)


@pytest.mark.parametrize(("rule", "facts"), WRONG)
def test_the_database_holds_a_version_to_a_file_or_a_link(rule, facts):
    document = a_document(link="https://a.example")
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        document.versions.create(number=2, added_by=UserFactory(), **facts)


def whole(**facts):
    """The facts of a version with a file."""
    sums = {"kept_as": "a" * 64, "sha256": "b" * 64}
    return {"file_name": "a.pdf", "media_type": "application/pdf", "size": 1, **sums, **facts}


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("document_file_name_is_no_path", whole(file_name="../a.pdf")),
        ("document_version_is_a_file_or_a_link", whole(size=10 * 1024 * 1024 + 1)),
        ("document_version_is_a_file_or_a_link", whole(sha256="short")),
        ("document_version_is_a_file_or_a_link", whole(kept_as="../../etc/passwd")),
        ("document_version_number_once", {"number": 1, "link": "https://b.example"}),
    ],
)
def test_the_database_holds_a_file_to_a_safe_name_a_size_and_its_sum(rule, facts):
    document = a_document(link="https://a.example")
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        document.versions.create(**{"number": 2, "added_by": UserFactory(), **facts})


def test_the_database_keeps_each_file_once_each_link_once_and_no_takedown_without_a_reason():
    document, by = a_document(link="https://a.example"), UserFactory()
    document.versions.create(number=2, added_by=by, **whole())
    for rule, write in (
        ("document_file_is_kept_once", lambda: document.versions.create(number=3, added_by=by, **whole())),
        ("document_serves_an_action_once", lambda: _again(document)),
        ("takedown_gives_a_reason", lambda: Takedown.objects.create(version=_one(document), taken_by=by)),
        ("document_has_a_title", lambda: Document.objects.create(reference="EV-9")),
    ):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            write()


def _one(document):
    return document.versions.get(number=1)


def _again(document):
    return ActionDocument.objects.create(document=document, action=document.action_links.get().action)


def test_completed_without_a_document_is_counted_as_it_was_at_any_moment(ig_officer):
    done, bare, going_on = ActionFactory.create_batch(3)
    for action in (done, bare):
        told(action, Status.COMPLETED, action.plan.opened_on)
    version = a_document(done, link="https://a.example").versions.get()
    a_document(going_on, link="https://a.example")

    def counted(moment=None):
        moment = moment or Moment.now()
        rows = figures.evidence.completed_without_document.rows(moment, Scope())
        facets = figures.counts_by_facet(moment, Scope(), ig_officer)
        assert sum(row["completed_without_document"] for row in facets) == rows.count()
        return set(rows.values_list("action__reference", flat=True))

    assert counted() == {bare.reference}
    assert counted(Moment.of((timezone.now() - timedelta(days=2)).date())) == {done.reference, bare.reference}
    evidence.take_down(version, "The wrong one", by=ig_officer)
    assert counted() == {done.reference, bare.reference}
    evidence.add_version(version.document, file=None, link="https://b.example", by=ig_officer)
    assert counted() == {bare.reference}
    ActionDocument.objects.filter(action=done).delete()
    assert counted() == {done.reference, bare.reference}


@pytest.mark.django_db(transaction=True)
def test_two_who_add_at_once_get_a_number_each_and_one_file_comes_once():
    action, by = ActionFactory(), UserFactory()
    document = a_document(action, link="https://a.example")

    def add(number):
        try:
            evidence.add_version(document, file=None, link=f"https://a.example/{number}", by=by)
            evidence.add(action, "The same", file=upload(), link="", by=by)
        except StepError as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(add, range(4)))
    assert sorted(document.versions.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert said.count(None) == 1
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        ("EVIDENCE_PER_ACTION", "{} would have more than 2 files as evidence, which is the limit"),
        ("EVIDENCE_PER_DAY", "You have added 2 files today, which is the limit for one person and day"),
    ],
)
def test_no_more_files_are_taken_than_the_limits_say(folder, settings, limit, sentence):
    setattr(settings, limit, 2)
    action, by = ActionFactory(), UserFactory()
    document = a_document(action, file=upload("a.csv", b"a;1"), by=by)
    a_document(action, file=upload("b.csv", b"a;2"), by=by)
    for add in (
        lambda: a_document(action, file=upload("c.csv", b"a;3"), by=by),
        lambda: evidence.add_version(document, file=upload("c.csv", b"a;3"), link="", by=by),
    ):
        with pytest.raises(StepError, match=sentence.format(action.reference)), transaction.atomic():
            add()
    assert len(files(folder)) == 2
    a_document(action, link="https://a.example", by=by)
    a_document(file=upload("c.csv", b"a;3"))  # somebody else, for another action


def test_a_document_that_is_there_already_brings_its_files_to_an_action_within_the_limit(settings):
    settings.EVIDENCE_PER_ACTION = 1
    action, document = ActionFactory(), a_document()
    a_document(action, file=upload("a.csv", CSV))
    with pytest.raises(StepError, match="would have more than 1 files"):
        evidence.attach(action, document)
    evidence.attach(action, a_document(link="https://a.example"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("limit", ["EVIDENCE_PER_ACTION", "EVIDENCE_PER_DAY"])
def test_two_at_once_do_not_pass_a_limit_together(folder, settings, limit):
    setattr(settings, limit, 1)
    action, by = ActionFactory(), UserFactory()

    def add(number):
        try:
            a_document(action, file=upload("a.csv", f"a;{number}".encode()), by=by)
        except StepError as refused:
            return str(refused)

    said = together([lambda number=number: add(number) for number in range(4)])
    assert said.count(None) == len(files(folder)) == 1


def scanner(tmp_path, words):
    """A small program that is shown each file."""
    program = tmp_path / "scanner"
    program.write_text(f"#!/bin/sh\n{words}\n")
    program.chmod(0o700)
    return [str(program), "--quietly"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ('grep -q Reference "$2" && exit 1', "“a.csv” is not kept: the malware scanner refused it"),
        ("exec sleep 30", "“a.csv” is not kept: the malware scanner took too long"),
    ],
)
def test_a_file_that_the_malware_scanner_does_not_pass_is_not_kept(
    folder, settings, tmp_path, words, sentence
):
    settings.EVIDENCE_SCANNER, settings.EVIDENCE_SCANNER_SECONDS = scanner(tmp_path, words), 1
    with pytest.raises(StepError, match=sentence):
        a_document(file=upload("a.csv", CSV))
    assert files(folder) == []
    assert not Document.objects.exists()


def test_the_malware_scanner_is_shown_the_whole_file_and_leaves_nothing(folder, settings, tmp_path):
    settings.EVIDENCE_SCANNER = scanner(tmp_path, f'cp "$2" {tmp_path}/shown')
    version = a_document(file=upload("a.csv", CSV)).versions.get()
    assert (tmp_path / "shown").read_bytes() == CSV
    assert files(folder) == [version.kept_as]
    settings.EVIDENCE_SCANNER = [str(tmp_path / "nowhere")]
    with pytest.raises(StepError, match="the malware scanner cannot be started"):
        a_document(file=upload("b.csv", CSV))


def checked(*options):
    """What the command prints, and its error."""
    said = StringIO()
    try:
        call_command("check_evidence", *options, stdout=said)
    except CommandError as wrong:
        return said.getvalue(), str(wrong)
    return said.getvalue(), ""


def test_the_command_names_files_that_are_lost_and_removes_what_nothing_names(folder):
    whole, lost, altered = (
        a_document(file=upload(f"{number}.csv", f"a;{number}".encode())).versions.get() for number in range(3)
    )
    taken = a_document(link="https://a.example").versions.get()
    assert checked() == ("3 files looked at; named by no document: 0\n", "")
    evidence.path_of(lost.kept_as).unlink()
    evidence.path_of(altered.kept_as).write_bytes(b"other")
    for name, age in (("e" * 64, 2 * 86_400), ("f" * 64, 60)):
        (folder / name).write_bytes(b"left by a save that was killed")
        os.utime(folder / name, (time.time() - age,) * 2)
    said, wrong = checked("--remove")
    assert f"The file of {lost} is not where files are kept" in said
    assert f"The file of {altered} is not the one that was added" in said
    assert "named by no document, removed: 1" in said
    assert str(whole) not in said
    assert str(taken) not in said
    assert wrong == "2 files are missing or altered: restore them from the backup"
    assert files(folder) == sorted([whole.kept_as, altered.kept_as, "f" * 64])


def test_the_command_removes_what_a_save_that_was_killed_left_for_the_scanner(folder):
    folder.mkdir()
    left = []
    for age in (2 * 86_400, 60):
        with NamedTemporaryFile(dir=folder, prefix=TO_SCAN, delete=False) as brought:
            left.append(Path(brought.name).name)
        os.utime(brought.name, (time.time() - age,) * 2)
    said, _ = checked("--remove")
    assert said == f"Removed: {left[0]}\n0 files looked at; named by no document, removed: 1\n"
    assert files(folder) == left[1:]


def test_the_command_removes_nothing_that_is_not_named_as_evidence_is(folder):
    """Somebody may keep other things there, or say another folder than they meant."""
    folder.mkdir()
    left = ["backup.tar", "E" * 64, "e" * 63, f"{'e' * 64}.tmp"]
    for name in left:
        (folder / name).write_bytes(b"of somebody else")
        os.utime(folder / name, (0, 0))
    (folder / ("a" * 64)).mkdir()
    os.utime(folder / ("a" * 64), (0, 0))
    (folder / ("b" * 64)).write_bytes(b"left by a save that was killed")
    os.utime(folder / ("b" * 64), (0, 0))
    said, wrong = checked("--remove")
    assert said == f"Removed: {'b' * 64}\n0 files looked at; named by no document, removed: 1\n"
    assert wrong == ""
    assert files(folder) == sorted([*left, "a" * 64])
