"""Comments on the sections of a draft: written, replied to, settled; never printed, never changed."""

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from governance.committees import services
from governance.committees.models import SectionComment
from governance.committees.services import comments
from governance.core.steps import StepError
from governance.people.models import User
from tests.cast import play, signed_in
from tests.committees.clearing import answered, refused_by
from tests.committees.exempting import mark
from tests.committees.pages import plainly, queries_of, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def costs(sent):
    return sent.paper.sections.get(heading="Costs")


@pytest.fixture
def said(costs, finance):
    return comments.comment(costs, text="Say what it costs", by=finance)


def browser(person):
    return signed_in(User.objects.get(pk=person.pk))


def page_of(comment):
    return reverse("committees:comments", args=[comment.section.paper_id])


def test_who_was_asked_comments_on_a_section_and_who_writes_replies_and_settles(costs, finance, clerk):
    theirs, office = browser(finance), browser(clerk)
    paper = costs.paper_id
    theirs.post(reverse("committees:new_comment", args=[paper, costs.pk]), {"text": "Say what it costs"})
    theirs.post(reverse("committees:new_comment", args=[paper, costs.pk]), {"text": "Say what it costs"})
    said = SectionComment.objects.get()  # a double click says it once
    office.post(reverse("committees:reply_to_comment", args=[paper, said.pk]), {"text": "£10,000"})
    page = plainly(read(theirs, page_of(said)))
    assert all(
        each in page for each in ("Say what it costs", "Finance director, ", "£10,000", "Committee officer, ")
    )
    check, words = reverse("committees:issue_paper", args=[paper]), "Comments that nobody has settled"
    assert words in read(office, check)
    office.post(reverse("committees:settle_comment", args=[paper, said.pk]))
    assert words not in read(office, check)
    assert "Settled by Committee officer on" in plainly(read(theirs, page_of(said)))
    late = office.post(reverse("committees:reply_to_comment", args=[paper, said.pk]), {"text": "More"})
    assert "Committee officer has settled this comment" in plainly(late.content.decode())
    again = office.post(reverse("committees:settle_comment", args=[paper, said.pk]), follow=True)
    assert "Committee officer has settled this comment" in plainly(again.content.decode())


def test_comments_are_for_who_reads_the_draft_and_end_with_it(said, finance, clerk):
    councillor, paper = play("councillor", "portfolio_holder"), said.section.paper
    assert browser(councillor).get(page_of(said)).status_code == 404
    answered(paper.clearers.get(), finance)
    services.issue(paper, by=clerk)
    assert browser(councillor).get(page_of(said)).status_code == 403
    assert "Say what it costs" not in read(browser(councillor), paper.get_absolute_url())
    assert "Say what it costs" in read(browser(clerk), page_of(said))
    with pytest.raises(StepError, match="Nothing is added to it"):
        comments.comment(said.section, text="Too late", by=finance)


def test_comments_on_what_is_not_for_publication_are_for_who_reads_part_2(said, finance):
    mark(said.section.paper, section=said.section)
    officer = browser(play("ig_officer", "ig_officer"))
    page = read(officer, page_of(said))
    assert "Background" in page
    assert "Say what it costs" not in page
    reply = reverse("committees:reply_to_comment", args=[said.section.paper_id, said.pk])
    assert officer.get(reply).status_code == 404
    assert "Say what it costs" in read(browser(finance), page_of(said))


def test_a_section_on_which_somebody_else_has_an_open_comment_is_not_taken_out(said, finance, clerk):
    office, section = browser(clerk), said.section
    page = reverse("committees:edit_section", args=[section.paper_id, section.pk])
    remove = {"remove": "yes", "seen_version": section.standing_version()}
    refused = office.post(page, remove)
    assert refused.status_code == 409
    assert "Somebody else has commented on the section “2 Costs”" in plainly(refused.content.decode())
    comments.settle(said, by=clerk)
    comments.comment(section, text="Mine", by=clerk)
    assert office.post(page, remove).status_code == 302
    assert not section.paper.sections.filter(pk=section.pk).exists()


def test_the_page_asks_as_often_for_many_comments_as_for_one(said, finance, clerk):
    comments.reply(said, text="£10,000", by=clerk)
    one = queries_of(browser(clerk), page_of(said))
    for text in ("More", "And more"):
        comments.reply(comments.comment(said.section, text=text, by=finance), text="Yes", by=clerk)
    assert queries_of(browser(clerk), page_of(said)) == one <= 12


def test_the_database_keeps_comments_as_they_were_written(said, finance, clerk):
    other = said.section.paper.sections.get(heading="Background")
    by = {"written_by": clerk, "text": "No"}
    reply = comments.reply(said, text="£10,000", by=clerk)
    make, rows = SectionComment.objects.create, SectionComment.objects.filter(pk=said.pk)
    refused_by("comment_has_words", lambda: make(section=other, written_by=clerk, text=""))
    refused_by("reply_is_to_an_open_comment", lambda: make(section=other, answers=said, **by))
    refused_by("reply_is_to_an_open_comment", lambda: make(section=said.section, answers=reply, **by))
    refused_by("comment_never_changes", lambda: rows.update(text="Cheap"))
    refused_by("comment_is_settled_by_somebody", lambda: rows.update(settled_at=Now()))
    settled = {"settled_at": Now(), "settled_by": clerk}
    replies = SectionComment.objects.filter(pk=reply.pk)
    refused_by("thread_is_settled_and_no_reply", lambda: replies.update(**settled))
    comments.settle(said, by=clerk)
    refused_by("comment_never_changes", lambda: rows.update(settled_at=None, settled_by=None, settled_as=""))
    refused_by("reply_is_to_an_open_comment", lambda: make(section=said.section, answers=said, **by))
    answered(said.section.paper.clearers.get(), finance)
    services.issue(said.section.paper, by=clerk)
    refused_by("issued_paper_never_changes", lambda: make(section=said.section, **by))
