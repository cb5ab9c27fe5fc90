"""What a page of clearance tells to whom: nothing of a draft to who may not read it, nor what is withheld."""

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse

from governance.committees.forms.clearance import SALT
from governance.committees.models import Paper
from governance.core.dates import today
from governance.core.steps import StepError
from governance.people.models import User
from tests.cast import play, signed_in
from tests.committees.clearing import answered
from tests.committees.exempting import mark
from tests.committees.pages import plainly, read

pytestmark = pytest.mark.django_db


def browser(person):
    return signed_in(User.objects.get(pk=person.pk))


def held(clearer, first, last):
    """The post was held from so many days ago until so many days ago."""
    clearer.post.holdings.update(from_on=today() - timedelta(first), until_on=today() - timedelta(last))


def carried(answer):
    return signing.loads(answer.context["form"]["seen"].value(), salt=SALT)


def test_who_left_the_post_is_given_neither_the_title_nor_the_words(sent_before, finance):
    Paper.objects.filter(pk=sent_before.paper_id).update(title="The Okapi contract")
    page = sent_before.get_absolute_url()
    assert "Costs" in str(carried(browser(finance).get(page)))
    assert "Clear a paper: The Okapi contract" in read(browser(finance), page)
    held(sent_before, 9, 1)
    gone = browser(finance)
    typed = gone.post(page, {"outcome": "returned", "comment": "I typed this"})
    assert "I typed this" in typed.content.decode()
    for answer in (gone.get(page), typed):
        assert "You left the post" in answer.content.decode()
        assert "Okapi" not in answer.content.decode()
        assert carried(answer) == {"sections": {}}


def test_who_reads_the_draft_and_not_part_2_is_not_given_its_words_by_the_form(sent):
    mark(sent.paper, section=sent.paper.sections.get(heading="Costs"), withholds_heading=True)
    officer = browser(play("ig_officer", "ig_officer"))
    answer = officer.post(sent.get_absolute_url(), {"outcome": "cleared"})
    assert "nobody clears for another" in plainly(answer.content.decode())
    assert carried(answer) == {"sections": {}}


def test_who_left_the_post_before_a_paper_was_sent_there_sees_no_page_of_it(sent_before, finance):
    held(sent_before, 9, 3)
    assert browser(finance).get(sent_before.get_absolute_url()).status_code == 404
    held(sent_before, 9, 2)
    assert browser(finance).get(sent_before.get_absolute_url()).status_code == 200
    held(sent_before, -1, -9)
    assert browser(finance).get(sent_before.get_absolute_url()).status_code == 404


def test_a_section_that_was_marked_and_taken_out_is_not_named(sent, finance, clerk):
    costs = sent.paper.sections.get(heading="Costs")
    mark(sent.paper, section=costs, withholds_heading=True)
    answered(sent, finance, "returned", "The Okapi is too dear")
    costs.delete()
    assert not sent.paper.exemptions.exists()
    officer = browser(play("ig_officer", "ig_officer"))
    for page in (sent.get_absolute_url(), reverse("committees:clearance", args=[sent.paper_id])):
        told, whole = read(officer, page), read(browser(clerk), page)
        assert "a section that was taken out" in told
        assert not [word for word in ("“Costs”", "Okapi") if word in told]
        assert "“Costs” (taken out)" in whole
        assert "Okapi" in whole


def test_another_comment_is_not_taken_for_a_second_click(sent, finance):
    answered(sent, finance, "returned", "Too dear")
    with pytest.raises(StepError, match="It has to be sent again first"):
        answered(sent, finance, "returned", "And too late")
    page = sent.get_absolute_url()
    told = browser(finance).post(page, {"outcome": "returned", "comment": "And too late", "seen": "x"})
    assert "And too late" in told.content.decode()
