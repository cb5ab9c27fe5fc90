"""An auditor proves the trail in the browser, with and without script, at 1280 and at 320 px."""

import pytest
from playwright.sync_api import expect

from governance.committees.models import Rendering, Verification
from governance.committees.models.verification import LEASE
from governance.committees.tasks import verify_trail
from tests.browser import axe, sign_in
from tests.cast import play

pytestmark = pytest.mark.browser


@pytest.fixture
def auditor(transactional_db):
    return play("internal_auditor", "internal_auditor")


def test_an_auditor_verifies_the_trail_and_checks_a_file(any_page, auditor, paper):
    page, made = any_page, b"%PDF-1.7 as made"
    assert Rendering.claim(Rendering.objects.get(paper=paper, format="pdf").pk, lease=LEASE).finish(made)
    sign_in(page, auditor)
    page.goto("/papers/")
    page.get_by_role("link", name="Proof of the trail").click()
    expect(page.get_by_text("Nobody has verified it yet")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Verify now").click()
    expect(page.get_by_text("Waiting for a worker.")).to_be_visible()
    verify_trail(verification_id=Verification.objects.get().pk)
    page.goto("/proof/")
    expect(page.get_by_text("Everything is as it was sealed.")).to_be_visible()
    page.get_by_label("A paper as PDF").set_input_files(
        {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": made + b" "}
    )
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("was not issued by this council, or was altered")).to_be_visible()
    axe(page)


def test_what_is_wrong_holds_at_320_pixels(narrow_page, auditor):
    fault = "assets_historicalasset: row 12 of entry 7 was altered"
    asked = Verification.claim(Verification.ask(auditor).pk)
    assert asked.finish(faults=[fault], removals=["assets_historicalasset: redacted by authority"], block=3)
    sign_in(narrow_page, auditor)
    narrow_page.goto("/proof/")
    expect(narrow_page.get_by_text(fault)).to_be_visible()
    axe(narrow_page)
    assert narrow_page.evaluate("document.documentElement.scrollWidth") <= 320
