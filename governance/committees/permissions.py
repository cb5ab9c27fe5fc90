"""Who may do what with committee papers (design 2.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.committees.models import (
    CHECKERS,
    DRAFT_READERS,
    PART_2_READERS,
    PROVERS,
    Paper,
    reads_issued,
)
from governance.core.dates import today
from governance.people.models import Role
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.committees.models import Body, Clearer, Restatement, SectionComment
    from governance.people.models import User

READING, KEEPING = "committees.list_papers", "committees.keep_meetings"


@rule("committees.list_papers")
def may_list_papers(person: User) -> bool:
    """Readers of the whole registers, those who clear papers, and portfolio holders."""
    return reads_issued(person)


@rule("committees.view_paper")
def may_view_paper(person: User, paper: Paper) -> bool:
    """Drafts for those who make papers or answer for them, and for posts that clear them; issued papers also
    for those they are sent to."""
    if person.holds(*DRAFT_READERS) or (not paper.is_draft and reads_issued(person)):
        return True
    return Paper.objects.sent_to(person).filter(pk=paper.pk).exists()


@rule("committees.view_part_2")
def may_view_part_2(person: User, paper: Paper) -> bool:
    """What is not for publication: committee officers, the proper officer, the SIRO, auditors, the paper's
    author, posts that it was sent to for clearance and, once issued, whoever sits on the body it goes to."""
    if person.holds(*PART_2_READERS):
        return True
    if person.pk == paper.created_by_id and person.holds(Role.AUTHOR):
        return True
    if paper.is_draft and Paper.objects.sent_to(person).filter(pk=paper.pk).exists():
        return True  # nobody clears what they may not read
    sits = paper.meeting.body.seats.in_force(today()).filter(post__in=person.posts())
    return not paper.is_draft and reads_issued(person) and sits.exists()


@rule("committees.mark_exempt")
def may_mark_exempt(person: User, paper: Paper) -> bool:
    """Whoever writes the draft and may read all of it says what is not for publication, and so does the
    proper officer."""
    writes = person.holds(Role.COMMITTEE_OFFICER, Role.AUTHOR, Role.MONITORING_OFFICER)
    return paper.is_draft and writes and may_view_part_2(person, paper)


@rule("committees.unmark_exempt")
def may_unmark_exempt(person: User, paper: Paper) -> bool:
    """The proper officer alone says that something marked may be published."""
    return paper.is_draft and person.holds(Role.MONITORING_OFFICER)


@rule("committees.lift_exemption")
def may_lift_exemption(person: User, paper: Paper) -> bool:
    """The proper officer lifts an exemption, as decided or as the meeting resolved."""
    return not paper.is_draft and person.holds(Role.MONITORING_OFFICER)


@rule("committees.take_down")
def may_take_down(person: User, paper: Paper) -> bool:
    """The proper officer withdraws an issued paper."""
    return not paper.is_draft and person.holds(Role.MONITORING_OFFICER)


@rule("committees.replace_paper")
def may_replace_paper(person: User, paper: Paper) -> bool:
    """Who may take an issued report on to another body begins what replaces it where it was withdrawn."""
    return not paper.is_draft and may_follow_paper(person, paper)


@rule("committees.edit_paper")
def may_edit_paper(person: User, paper: Paper | None = None) -> bool:
    """Committee officers and report authors write papers, until a paper is issued."""
    return (paper is None or paper.is_draft) and person.holds(Role.COMMITTEE_OFFICER, Role.AUTHOR)


@rule("committees.issue_paper")
def may_issue_paper(person: User, paper: Paper) -> bool:
    """Committee officers issue papers."""
    return paper.is_draft and person.holds(Role.COMMITTEE_OFFICER)


@rule("committees.render_paper")
def may_render_paper(person: User, paper: Paper) -> bool:
    """Committee officers ask for a file again that could not be made."""
    return not paper.is_draft and person.holds(Role.COMMITTEE_OFFICER)


@rule("committees.override_stop")
def may_override_stop(person: User, paper: Paper) -> bool:
    """The proper officer lets a paper be issued although something is missing, and says why."""
    return paper.is_draft and person.holds(Role.MONITORING_OFFICER)


@rule("committees.view_papers_to_clear")
def may_view_papers_to_clear(person: User) -> bool:
    """Everybody who signs in sees the papers that wait for their own posts."""
    return person.is_active


@rule("committees.view_clearances")
def may_view_clearances(person: User, paper: Paper) -> bool:
    """Whoever reads drafts, and posts that it was sent to: an issued paper prints its own table, and the
    comments with which it came back are no part of it."""
    return person.holds(*DRAFT_READERS) or Paper.objects.sent_to(person).filter(pk=paper.pk).exists()


@rule("committees.comment")
def may_comment(person: User, paper: Paper) -> bool:
    """On a draft, whoever may read it; auditors change nothing."""
    makes = person.holds(*(each for each in DRAFT_READERS if each != Role.INTERNAL_AUDITOR))
    return paper.is_draft and (makes or Paper.objects.sent_to(person).filter(pk=paper.pk).exists())


@rule("committees.settle_comment")
def may_settle_comment(person: User, comment: SectionComment) -> bool:
    """Who made the comment, and whoever writes the paper."""
    paper = comment.section.paper
    return paper.is_draft and (comment.written_by_id == person.pk or may_edit_paper(person, paper))


@rule("committees.correct_paper")
def may_correct_paper(person: User, paper: Paper) -> bool:
    """Whoever writes papers begins an erratum to an issued one."""
    return not paper.is_draft and may_edit_paper(person)


@rule("committees.view_clearance")
def may_view_clearance(person: User, clearer: Clearer) -> bool:
    """Whoever reads the draft, and whoever is or was in a post that it was sent to; only who is in the post
    today clears."""
    return type(clearer).objects.visible_to(person).filter(pk=clearer.pk).exists()


@rule("committees.view_templates")
def may_view_templates(person: User) -> bool:
    """Everybody who signs in may read the forms that reports are made from."""
    return person.is_active


@rule("committees.write_template")
def may_write_template(person: User) -> bool:
    """Committee officers and administrators write forms of reports, not in force by that."""
    return person.holds(Role.COMMITTEE_OFFICER, Role.ADMINISTRATOR)


@rule("committees.adopt_template")
def may_adopt_template(person: User) -> bool:
    """Committee officers put a form of report in force, and withdraw it."""
    return person.holds(Role.COMMITTEE_OFFICER)


@rule("committees.class_restatement")
def may_class_restatement(person: User, restatement: Restatement | None = None) -> bool:
    """Committee and information governance officers, but not whoever recorded what moved the figure."""
    own = restatement is not None and person.pk in [cause["by"] for cause in restatement.causes]
    return not own and person.holds(Role.COMMITTEE_OFFICER, Role.IG_OFFICER)


@rule("committees.set_materiality")
def may_set_materiality(person: User, body: Body | None = None) -> bool:
    """Committee officers set from what size on their bodies are told of errors."""
    return person.holds(Role.COMMITTEE_OFFICER)


@rule("committees.keep_meetings")
def may_keep_meetings(person: User) -> bool:
    """Committee officers and report authors enter bodies, meetings, minutes and the publication calendar."""
    return person.holds(Role.COMMITTEE_OFFICER, Role.AUTHOR)


@rule("committees.follow_paper")
def may_follow_paper(person: User, paper: Paper) -> bool:
    """Committee officers and report authors take a report on to another body, if they may read all of it."""
    whole = not paper.exemptions.exists() or may_view_part_2(person, paper)
    return whole and person.holds(Role.COMMITTEE_OFFICER, Role.AUTHOR)


@rule("committees.place_paper")
def may_place_paper(person: User, paper: Paper) -> bool:
    """Committee officers and report authors say that a paper is urgent, supplementary or withdrawn."""
    return person.holds(Role.COMMITTEE_OFFICER, Role.AUTHOR)


@rule("committees.prove")
def may_prove(person: User) -> bool:
    """Internal auditors, information governance officers and the SIRO verify the trail."""
    return person.holds(*PROVERS)


@rule("committees.check_file")
def may_check_file(person: User) -> bool:
    """Whoever verifies the trail, and committee officers, who issue papers, check the file of a paper."""
    return person.holds(*CHECKERS)


@rule("committees.view_requests")
def may_view_requests(person: User) -> bool:
    """Whoever reads what is issued: resolutions and requests are in the minutes."""
    return reads_issued(person)


@rule("committees.keep_requests")
def may_keep_requests(person: User) -> bool:
    """Committee officers and report authors record what was resolved, asked and minuted."""
    return person.holds(Role.COMMITTEE_OFFICER, Role.AUTHOR)


@rule("committees.keep_feed")
def may_keep_feed(person: User) -> bool:
    """Whoever reads what is issued may have its calendar."""
    return reads_issued(person)
