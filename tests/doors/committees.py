"""The doors of committees."""

from collections.abc import Callable
from typing import Any

from governance.committees.form import shipped_forms
from governance.committees.models import PaperTemplate, SectionComment
from governance.committees.services.attached import add_appendix, add_background
from governance.committees.services.comments import comment
from governance.committees.services.templates import begin
from tests.actions.evidence_files import upload as a_pdf
from tests.doors.door import Door, paper
from tests.doors.who import (
    ADMINISTRATOR,
    DRAFT_READERS,
    ELSEWHERE,
    EVERYBODY,
    GET_POST,
    HIDDEN,
    NOBODY,
    PAPER_READERS,
    PAPER_WRITERS,
)
from tests.doors.world import World
from tests.factories import PostFactory

CLERK = frozenset({"committee_officer"})
AUDITOR = frozenset({"internal_auditor"})


def a_form(world: World) -> list[Any]:
    """The number of a form of report that is a draft."""
    draft = PaperTemplate.objects.filter(from_on=None).first() or begin(shipped_forms()["plain"])
    return [draft.number]


def a_section_of_a_form(world: World) -> list[Any]:
    """The same, and one of its sections."""
    (number,) = a_form(world)
    return [number, PaperTemplate.objects.get(number=number).sections.all()[0].pk]


TEMPLATES = [
    Door("committees:templates", EVERYBODY),
    Door("committees:template", EVERYBODY, at=a_form),
    Door("committees:new_template", CLERK | ADMINISTRATOR, methods=GET_POST),
    Door("committees:next_template", CLERK | ADMINISTRATOR, at=a_form, methods="POST", open=ELSEWHERE),
    Door("committees:edit_template", CLERK | ADMINISTRATOR, at=a_form, methods=GET_POST),
    Door("committees:new_template_section", CLERK | ADMINISTRATOR, at=a_form, methods=GET_POST),
    Door("committees:edit_template_section", CLERK | ADMINISTRATOR, at=a_section_of_a_form, methods=GET_POST),
    Door("committees:adopt_template", CLERK, at=a_form, methods=GET_POST),
    Door("committees:withdraw_template", CLERK, at=a_form, methods=GET_POST),
]

PROVERS = frozenset({"internal_auditor", "ig_officer", "siro"})


def thing(made: Callable[[Any], Any]) -> Callable[[World], list[Any]]:
    """The address of something that comes with the draft: made there, if nobody has."""
    return lambda world: [world.draft.pk, made(world.draft).pk]


def a_recommendation(draft: Any) -> Any:
    """What a body is asked."""
    found = draft.recommendations.first()
    return found or draft.recommendations.create(position=1, body=draft.meeting.body, text="Note it")


def an_appendix(draft: Any) -> Any:
    """A file behind the appendices."""
    return draft.uploaded.first() or add_appendix(draft, title="Map", file=a_pdf())


def a_background_paper(draft: Any) -> Any:
    """A copy of a document."""
    found = draft.background_papers.first()
    return found or add_background(draft, title="Letter", file=a_pdf(), link="")


def a_clearer(draft: Any) -> Any:
    """A post that clears the draft, and was not asked yet."""
    return draft.clearers.first() or draft.clearers.create(post=PostFactory(), part="other")


def a_comment(draft: Any) -> Any:
    """What somebody said about the section of the draft."""
    found = SectionComment.objects.filter(section__paper=draft).first()
    return found or comment(draft.sections.get(), text="Say what it costs", by=draft.created_by)


WRITTEN: dict[str, Any] = {"others": HIDDEN, "refused": DRAFT_READERS}
ATTACHED = [
    Door("committees:attached", PAPER_WRITERS, at=paper("draft"), **WRITTEN),
    *(
        Door(f"committees:{name}", PAPER_WRITERS, at=paper("draft"), methods=GET_POST, **WRITTEN)
        for name in ("new_recommendation", "add_appendix", "add_background")
    ),
    Door(
        "committees:edit_recommendation",
        PAPER_WRITERS,
        at=thing(a_recommendation),
        methods=GET_POST,
        **WRITTEN,
    ),
    Door("committees:appendix_file", DRAFT_READERS, at=thing(an_appendix), others=HIDDEN),
    Door("committees:background_file", DRAFT_READERS, at=thing(a_background_paper), others=HIDDEN),
    *(
        Door(f"committees:{name}", PAPER_WRITERS, at=at, methods="POST", open=ELSEWHERE, **WRITTEN)
        for name, at in (
            ("remove_appendix", thing(an_appendix)),
            ("remove_background", thing(a_background_paper)),
        )
    ),
]
CLEARANCE = [
    Door("committees:to_clear", EVERYBODY),
    Door("committees:clearance", DRAFT_READERS, at=paper("draft"), others=HIDDEN),
    Door("committees:clearer", DRAFT_READERS, at=thing(a_clearer), methods=GET_POST, others=HIDDEN),
    *(
        Door(f"committees:{name}", PAPER_WRITERS, at=paper("draft"), methods=GET_POST, **WRITTEN)
        for name in ("new_clearer", "send_for_clearance")
    ),
    *(
        Door(f"committees:{name}", PAPER_WRITERS, at=at, methods="POST", open=ELSEWHERE, **WRITTEN)
        for name, at in (("fill_clearers", paper("draft")), ("take_off_clearer", thing(a_clearer)))
    ),
]
COMMENTS = [
    Door("committees:comments", DRAFT_READERS, at=paper("draft"), others=HIDDEN),
    Door(
        "committees:new_comment",
        DRAFT_READERS - AUDITOR,
        at=lambda world: [world.draft.pk, world.draft.sections.get().pk],
        methods=GET_POST,
        **WRITTEN,
    ),
    Door(
        "committees:reply_to_comment",
        DRAFT_READERS - AUDITOR,
        at=thing(a_comment),
        methods=GET_POST,
        **WRITTEN,
    ),
    Door(
        "committees:settle_comment",
        PAPER_WRITERS,
        at=thing(a_comment),
        methods="POST",
        open=ELSEWHERE,
        **WRITTEN,
    ),
]
COMMITTEES = [
    *CLEARANCE,
    *COMMENTS,
    Door(
        "committees:new_erratum",
        PAPER_WRITERS,
        at=paper("issued"),
        methods=GET_POST,
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
    Door("committees:proof", PROVERS | {"committee_officer"}, methods=GET_POST),
    Door("committees:verify_now", PROVERS, methods="POST"),
    *TEMPLATES,
    *ATTACHED,
    Door(
        "committees:override_stop",
        frozenset({"monitoring_officer"}),
        at=paper("draft"),
        methods=GET_POST,
        others=HIDDEN,
        refused=DRAFT_READERS,
    ),
    Door("committees:papers", PAPER_READERS),
    Door("committees:new_body", PAPER_WRITERS, methods=GET_POST),
    Door("committees:new_meeting", PAPER_WRITERS, methods=GET_POST),
    Door("committees:new_paper", PAPER_WRITERS, methods=GET_POST),
    Door("committees:paper", DRAFT_READERS, at=paper("draft"), case="draft", others=HIDDEN),
    Door("committees:paper", PAPER_READERS, at=paper("issued"), case="issued", others=HIDDEN),
    Door("committees:paper", PAPER_READERS, at=paper("past"), case="before the product", others=HIDDEN),
    Door("committees:paper_state", PAPER_READERS, at=paper("issued"), open=ELSEWHERE, others=HIDDEN),
    Door("committees:paper_pdf", PAPER_READERS, at=paper("past"), case="made", others=HIDDEN),
    Door(
        "committees:paper_file",
        PAPER_READERS,
        at=lambda world: [world.past.pk, "original"],
        case="made",
        others=HIDDEN,
    ),
    Door("committees:paper_pdf", NOBODY, at=paper("issued"), case="not made yet", others=HIDDEN),
    Door(
        "committees:published_figure",
        PAPER_READERS,
        at=lambda world: [world.issued.pk, world.issued.figures.first().position],
        others=HIDDEN,
        stranger=ELSEWHERE,
    ),
    Door(
        "committees:edit_paper",
        PAPER_WRITERS,
        at=paper("draft"),
        case="draft",
        methods=GET_POST,
        others=HIDDEN,
        refused=DRAFT_READERS,
    ),
    Door(
        "committees:edit_paper",
        NOBODY,
        at=paper("issued"),
        case="issued",
        methods=GET_POST,
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
    Door(
        "committees:new_section",
        PAPER_WRITERS,
        at=paper("draft"),
        methods=GET_POST,
        others=HIDDEN,
        refused=DRAFT_READERS,
    ),
    Door(
        "committees:edit_section",
        PAPER_WRITERS,
        at=lambda world: [world.draft.pk, world.draft.sections.get().pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=DRAFT_READERS,
    ),
    Door(
        "committees:delete_paper",
        PAPER_WRITERS,
        at=paper("draft"),
        case="draft",
        methods=GET_POST,
        others=HIDDEN,
        refused=DRAFT_READERS,
    ),
    Door(
        "committees:delete_paper",
        NOBODY,
        at=paper("issued"),
        case="issued",
        methods=GET_POST,
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
    Door(
        "committees:issue_paper",
        frozenset({"committee_officer"}),
        at=paper("draft"),
        case="draft",
        methods=GET_POST,
        others=HIDDEN,
        refused=DRAFT_READERS,
    ),
    Door(
        "committees:issue_paper",
        PAPER_READERS,
        at=paper("issued"),
        case="issued",
        methods=GET_POST,
        open=ELSEWHERE,
        others=HIDDEN,
    ),
    Door(
        "committees:render_again",
        frozenset({"committee_officer"}),
        at=paper("issued"),
        methods="POST",
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
]
