"""The page for auditors: where the chain ends, what a verification found, and whether a file is a paper."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.committees import services
from governance.committees.models import Rendering, Verification
from governance.committees.models.verification import LEASE
from governance.committees.tasks import sweep_verifications, verify_each_night, verify_trail
from tests.cast import play, signed_in
from tests.committees.conftest import OCTOBER
from tests.committees.factories import PaperFactory
from tests.committees.pages import queries_of
from tests.factories import AssetFactory

PROOF = "committees:proof"


@pytest.fixture
def auditor(db):
    return play("internal_auditor", "internal_auditor")


@pytest.fixture
def browser_of_auditor(auditor):
    return signed_in(auditor)


def page(browser):
    return browser.get(reverse(PROOF)).content.decode()


def test_an_auditor_has_the_trail_verified_once_and_reads_what_was_found(
    browser_of_auditor, auditor, october
):
    assert "Nobody has verified it yet" in page(browser_of_auditor)
    for _ in range(2):  # a double click
        browser_of_auditor.post(reverse("committees:verify_now"))
    asked = Verification.objects.get()
    assert asked.asked_by == auditor
    assert "Waiting for a worker" in page(browser_of_auditor)
    verify_trail(verification_id=asked.pk)
    verify_trail(verification_id=asked.pk)  # a message may come twice
    asked.refresh_from_db()
    assert (asked.state, asked.attempt, asked.faults) == ("done", 1, [])
    told = page(browser_of_auditor)
    assert "Everything is as it was sealed" in told
    assert october.content["proof"]["head"] in told


def test_faults_are_listed_in_words(browser_of_auditor, owner_connection):
    asset = AssetFactory(title="As it was")
    owner_connection.execute("ALTER TABLE assets_historicalasset DISABLE TRIGGER USER")
    owner_connection.execute("UPDATE assets_historicalasset SET title = 'Never was'")
    asked = Verification.ask()
    verify_trail(verification_id=asked.pk)
    told = page(browser_of_auditor)
    assert "Something is not as it was sealed" in told
    assert f"of entry {asset.pk} was altered" in told
    assert "for the service itself" in told


@pytest.mark.django_db
def test_a_verification_that_never_comes_to_an_end_is_given_up(browser_of_auditor):
    asked = Verification.ask()
    for _ in range(3):
        assert Verification.claim(asked.pk)
        assert Verification.claim(asked.pk) is None  # somebody holds it
        Verification.objects.update(lease_until="2016-01-01T00:00Z")
    sweep_verifications()
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert "did not come to an end" in page(browser_of_auditor)


def test_a_file_is_said_to_be_as_issued_or_not(browser_of_auditor, paper):
    made = b"%PDF-1.7 as made"
    rendering = Rendering.claim(Rendering.objects.get(paper=paper, format="pdf").pk, lease=LEASE)
    assert rendering.finish(made)

    def said(file):
        uploaded = SimpleUploadedFile("paper.pdf", file)
        return browser_of_auditor.post(reverse(PROOF), {"file": uploaded}).content.decode()

    assert "This is the file of" in said(made)
    assert "was not issued by this council, or was altered" in said(made + b" ")
    assert "The file is empty" in said(b"")
    assert "Choose a file" in browser_of_auditor.post(reverse(PROOF)).content.decode()


def test_a_committee_officer_checks_a_file_and_is_shown_no_verification(browser_of_clerk, paper):
    assert reverse(PROOF) in browser_of_clerk.get(reverse("committees:papers")).content.decode()
    shown = page(browser_of_clerk)
    assert "Is this a paper that was issued?" in shown
    assert reverse("committees:verify_now") not in shown
    uploaded = SimpleUploadedFile("paper.pdf", b"%PDF-1.7 another")
    said = browser_of_clerk.post(reverse(PROOF), {"file": uploaded}).content.decode()
    assert "was not issued by this council, or was altered" in said


def test_the_page_asks_as_much_however_much_there_is(browser_of_auditor, july, plan, officer):
    verify_trail(verification_id=Verification.ask().pk)
    asked = queries_of(browser_of_auditor, reverse(PROOF))
    assert asked <= 12
    services.issue(PaperFactory(plans=[plan]), by=officer, frozen_on=OCTOBER)
    for _ in range(2):
        verify_trail(verification_id=Verification.ask().pk)
    assert queries_of(browser_of_auditor, reverse(PROOF)) == asked


def test_each_night_a_verification_is_asked_for_and_done(db):
    verify_each_night()
    (asked,) = Verification.objects.all()
    sweep_verifications()
    verify_trail(verification_id=asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.asked_by, asked.faults) == (Verification.State.DONE, None, [])
