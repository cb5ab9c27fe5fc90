"""The history of a paper's clearances on its page: what went out, what came back, and what reopened it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.committees.clearing import clearing_of
from governance.committees.reopened import history_of
from governance.committees.services import clearance
from governance.core.dates import long_date, today
from tests.cast import play, signed_in
from tests.committees.clearing import answered
from tests.committees.exempting import mark
from tests.committees.pages import plainly, read

pytestmark = pytest.mark.django_db


def page_of(clearer):
    return reverse("committees:clearance", args=[clearer.paper_id])


def test_a_page_tells_what_was_sent_and_answered_in_which_version_and_what_reopened_it(sent, finance, clerk):
    costs = sent.paper.sections.filter(heading="Costs")
    answered(sent, finance)
    costs.update(text="£10,000")
    answered(sent, finance, "returned", "Too dear")
    costs.update(text="None")
    clearance.send(sent.paper, [sent], by=clerk)
    assert [
        (each.is_again, each.sent_version, each.version, each.was_reopened, each.changed)
        for each in history_of(clearing_of(sent.paper))
    ] == [
        (False, 1, 1, True, ["“Costs”"]),
        (True, 1, 2, False, ["“Costs”"]),
        (False, 1, None, False, []),
    ]
    table = plainly(read(signed_in(clerk), page_of(sent))).split("History of clearances")[-1]
    assert "Reopened by: “Costs”" in table
    assert "Sent: asked again because the words had changed Came back: Returned with a comment" in table
    assert table.count("version 2 on") == 1
    assert "Too dear" in table
    assert "Came back: not yet What changed then: nothing" in table


def test_what_was_brought_in_is_told_by_its_document_and_no_hour(sent_before, clerk):
    day = long_date(today() - timedelta(2))
    assert f"Sent: version 1 on {day} (by Letter) Came back: not yet" in plainly(
        read(signed_in(clerk), page_of(sent_before))
    )


def test_the_history_tells_nothing_of_what_a_reader_may_not_read(sent, finance, clerk):
    answered(sent, finance, "returned", "The Okapi is too dear")
    sent.paper.sections.filter(heading="Costs").update(text="More")
    mark(sent.paper, section=sent.paper.sections.get(heading="Costs"), withholds_heading=True)
    told = read(signed_in(play("ig_officer", "ig_officer")), page_of(sent))
    assert "a section that is not for publication" in told
    assert not [word for word in ("“Costs”", "Okapi") if word in told]
    assert "Okapi" in read(signed_in(clerk), page_of(sent))


def test_the_history_tells_no_old_words_of_a_section_that_was_withheld_then_and_is_public_now(
    sent, finance, clerk
):
    reader, kept = play("ig_officer", "ig_officer"), sent.paper.sections.get(heading="Costs")
    costs, marked = sent.paper.sections.filter(pk=kept.pk), mark(sent.paper, section=kept)
    costs.update(heading="Okapi", text="£10,000")
    answered(sent, finance, "returned", "The Capybara is too dear")
    marked.delete()
    assert "Capybara" not in read(signed_in(reader), page_of(sent))
    marked = mark(sent.paper, section=kept)
    costs.update(heading="Okapi, sold")
    clearance.send(sent.paper, [sent], by=clerk)
    marked.delete()
    costs.update(heading="Costs")
    told, whole = (read(signed_in(person), page_of(sent)) for person in (reader, clerk))
    assert not [word for word in ("Okapi", "Capybara") if word in told]
    assert "“Okapi, sold”" in whole
    assert "Capybara" in whole


def test_a_long_history_of_many_posts_asks_as_often_as_a_short_one(sent, finance, clerk):
    office, page = signed_in(clerk), page_of(sent)
    read(office, page)
    answered(sent, finance)
    few = asked_by(office, page)
    for text in ("£1", "£2", "£3"):
        sent.paper.sections.filter(heading="Costs").update(text=text)
        answered(sent, finance)
    for name, part in (("legal", "legal"), ("director", "director")):
        post = play(name).post
        clearance.send(sent.paper, [clearance.name_clearer(sent.paper, post=post, part=part)], by=clerk)
    assert len(history_of(clearing_of(sent.paper))) == 6
    assert asked_by(office, page) == few <= 12


def asked_by(browser, page):
    with CaptureQueriesContext(connection) as asked:
        read(browser, page)
    return len([each for each in asked if "SAVEPOINT" not in each["sql"]])
