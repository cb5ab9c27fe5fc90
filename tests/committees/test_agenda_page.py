"""What a clerk takes to the agenda page is what is public now: a later version, or nothing once withdrawn."""

import pytest
from django.urls import reverse

from governance.committees import services
from governance.committees.models import Takedown
from tests.cast import play, signed_in
from tests.committees.conftest import OCTOBER
from tests.committees.exempting import mark
from tests.committees.factories import PaperFactory
from tests.committees.pages import plainly, read

pytestmark = pytest.mark.django_db
SAID = {"decided": "officer", "resolution": None, "reason": "The contract was signed"}


@pytest.fixture
def issued(plan, clerk):
    paper = PaperFactory(plans=[plan])
    told = paper.sections.create(position=1, heading="Executive summary", text="The Okapi price")
    mark(paper, section=told)
    return services.issue(paper, by=clerk, frozen_on=OCTOBER).paper


def test_the_agenda_page_has_the_public_version_that_stands_and_nothing_once_that_is_withdrawn(
    issued, browser_of_clerk
):
    page, officer = reverse("committees:agenda_page", args=[issued.pk]), play("chief", "monitoring_officer")
    assert "Okapi" not in read(browser_of_clerk, page)
    edition = services.lift(issued.exemptions.get(), by=officer, **SAID)
    told = read(browser_of_clerk, page)
    assert services.file_name(issued, edition=edition) in told
    assert "-public-version-2.pdf" in told
    assert "public version 2" in plainly(told)
    assert "Okapi" in told
    stone = Takedown(paper=issued, reach="public", authority="Section 5", reason="A name stood in it")
    services.take_down(stone, by=officer)
    told = plainly(read(browser_of_clerk, page))
    assert "Upload nothing of this paper" in told
    assert "A name stood in it" in told
    assert not [word for word in ("Okapi", ".pdf", "Publication status", "to copy") if word in told]


def test_a_lifted_exemption_says_so_in_place_of_its_form(issued):
    officer = play("chief", "monitoring_officer")
    browser, exemption = signed_in(officer), issued.exemptions.get()
    page = reverse("committees:lift_exemption", args=[issued.pk, exemption.pk])
    assert "<textarea" in read(browser, page)
    services.lift(exemption, by=officer, **SAID)
    told = read(browser, page)
    assert "This exemption was lifted" in told
    assert "The contract was signed" in told
    assert reverse("committees:public_version", args=[issued.pk, 1]) in told
    assert "<textarea" not in told


def test_what_was_lifted_is_not_marked_again_where_the_report_goes_to_a_second_body(issued, clerk):
    officer = play("chief", "monitoring_officer")
    services.lift(issued.exemptions.get(), by=officer, **SAID)
    second = services.follow(issued, PaperFactory().meeting, by=clerk)
    assert second.sections.count() == 1
    assert not second.exemptions.exists()
