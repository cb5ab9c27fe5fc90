"""Issuing papers: where figures are frozen, the ledger is written and a rendering is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import OperationalError, connection, transaction

from actions.models import ActionPlan
from governance.committees import content
from governance.committees.blocks import Block as Part
from governance.committees.blocks import reckon_blocks
from governance.committees.bounds import beyond_bounds
from governance.committees.form import stands_alone
from governance.committees.inserted.refusing import problem_with
from governance.committees.live import live_addresses
from governance.committees.models import (
    Issue,
    Paper,
)
from governance.committees.models.ledger import fingerprint
from governance.committees.proof import printed_proof
from governance.committees.reckoning import reckon
from governance.committees.replaced import may_come_after
from governance.committees.restating.notes import reckon_notes, write_notes
from governance.committees.services import parting, replacing
from governance.committees.services.files import ask_for_files
from governance.committees.services.ledger import write_ledger
from governance.committees.services.refusals import IssueRefusedError, RegisterBusyError
from governance.committees.services.stops import overridden, standing_stops
from governance.committees.waited import is_late, without_reason
from governance.core.clock import clock
from governance.core.dates import end_of_day, long_date, today
from governance.core.locks import Lock
from governance.figures.moment import Moment
from governance.history.models import Block
from governance.history.seals import seal

if TYPE_CHECKING:
    from governance.people.models import User

# Writers hold this shared (governance/history, governance/figures); issuing holds it alone for a moment.
WRITERS_LOCK = Lock.WRITERS.value
LOCK_TIMEOUT = "5s"


def issue(paper: Paper, *, by: User, frozen_on: date | None = None) -> Issue:
    """Freeze the figures, write the ledger and the content, and ask for the PDF: all of it or nothing.

    The figures are as at `paper.as_at` (today, if empty) and as known now by the database's clock. With
    `frozen_on`, an earlier day (history brought in), they are as at and as known at the end of that day in
    London. Raises IssueRefusedError, and RegisterBusyError when a writer holds the registers too long.
    """
    with transaction.atomic():
        paper = Paper.objects.select_for_update(of=("self",)).select_related("meeting__body").get(pk=paper.pk)
        place = replacing.hold_the_place(paper)
        plans = [link.plan for link in paper.plan_links.select_related("plan")]
        _refuse_unready(paper, plans)
        moment = _moment(paper, frozen_on)
        _refuse_unprintable(paper, moment)
        published_on = publication_day(paper, moment.as_at, frozen_on)
        _refuse_dates(paper, moment.as_at, published_on)
        reckonings = [reckon(plan, moment, paper.meeting.body_id) for plan in plans]
        notes = reckon_notes(paper, moment)
        blocks: list[Part] = [*reckon_blocks(paper, moment, reckonings), *notes]
        built = content.build(paper, moment, reckonings, blocks, published_on) | overridden(paper)
        printed, apart = parting.part(paper, built)
        write_ledger(paper, [*reckonings, *blocks], moment, exempt=parting.figures_of(apart))
        write_notes(paper, notes)
        head = _sealed()
        part_2 = parting.write_part_2(paper, apart, head, by=by)
        printed |= {"proof": printed_proof(paper, head)} | parting.printed_of(part_2)
        issued = _write_issue(paper, printed, moment, by)
        paper.state, paper.as_at, paper.published_on = Paper.State.ISSUED, moment.as_at, published_on
        paper.save(update_fields=["state", "as_at", "published_on"])
        replacing.take_the_place(paper, place)
        ask_for_files(paper)
        if part_2:
            ask_for_files(paper, part_2)
    return issued


def preview(paper: Paper) -> dict[str, Any]:
    """The content as it would be issued now; nothing is written.

    Positions are not addresses yet: `addresses` says, by position, where the live figure can be opened.
    """
    moment = Moment(paper.as_at or today(), clock())
    plans = [link.plan for link in paper.plan_links.select_related("plan")]
    reckonings = [reckon(plan, moment, paper.meeting.body_id) for plan in plans]
    told = reckon_blocks(paper, moment, reckonings)
    blocks: list[Part] = [*told, *reckon_notes(paper, moment)]
    published_on = publication_day(paper, moment.as_at) if paper.published_on else None
    made = content.build(paper, moment, reckonings, blocks, published_on)
    return made | overridden(paper) | {"addresses": live_addresses([*reckonings, *blocks])}


def why_not(paper: Paper) -> str:
    """Why the paper could not be issued now, as a sentence for the officer; empty if it could."""
    plans = [link.plan for link in paper.plan_links.select_related("plan")]
    as_at = paper.as_at or today()
    try:
        _refuse_unready(paper, plans)
        _refuse_unprintable(paper, Moment.of(as_at))
        _refuse_dates(paper, as_at, publication_day(paper, as_at))
    except IssueRefusedError as refused:
        return str(refused)
    return ""


def publication_day(paper: Paper, earliest: date, frozen_on: date | None = None) -> date:
    """The day on which the paper would be published, issued now: the one that was planned, or the first one
    from `earliest` on. Nothing was published on a day before it was there: of a meeting that is not over, and
    in place of a withdrawn paper, a planned day that has passed becomes today. Of other past meetings, and of
    history brought in, it stays.
    """
    planned = paper.published_on or max(earliest, frozen_on or today())
    meeting = paper.meeting
    goes_out_now = frozen_on is None and (meeting.held_on >= today() or may_come_after(paper, meeting))
    return max(planned, today()) if goes_out_now else planned


def _refuse_unready(paper: Paper, plans: Sequence[ActionPlan]) -> None:
    if not paper.is_draft:
        raise IssueRefusedError("This paper has been issued already. It never changes.")
    if not paper.meeting.takes_papers:
        raise IssueRefusedError(f"{paper.meeting.cancellation} Choose another meeting.")
    if not (plans or paper.tells_of_council or stands_alone(paper)):
        raise IssueRefusedError(
            "Choose at least one action plan, or risks or maturity: the paper has no figures."
        )
    if too_much := beyond_bounds(list(paper.sections.values_list("text", flat=True))):
        raise IssueRefusedError(too_much)
    if stopped := standing_stops(paper):
        missing = ". ".join(each.words for each in stopped)
        raise IssueRefusedError(f"{missing}. Mend it, or ask the proper officer to override it.")
    if owed := without_reason(paper):
        why = ", and why it is late" if is_late(owed[0], paper) else "; if not, why"
        raise IssueRefusedError(
            f"“{owed[0].matter}” was asked for, due {owed[0].dues[-1].in_words}. Say whether "
            f"this paper answers it{why}: the reason is printed."
        )
    if paper.as_at and paper.as_at > today():
        raise IssueRefusedError(
            f"The figures cannot be as at {long_date(paper.as_at)}: that day is still to come."
        )


def _refuse_unprintable(paper: Paper, moment: Moment) -> None:
    plans = set(paper.plan_links.values_list("plan__code", flat=True))
    for section in paper.sections.all():
        if wrong := problem_with([section.text], moment, plans):
            raise IssueRefusedError(f"In the section “{section}”, {wrong}.")


def _moment(paper: Paper, frozen_on: date | None) -> Moment:
    """The moment of the paper, with writers shut out from here to the end of the transaction."""
    _shut_writers_out()
    if frozen_on is None or frozen_on == today():
        moment = Moment(frozen_on or paper.as_at or today(), clock())
    elif frozen_on < today():
        moment = Moment(frozen_on, end_of_day(frozen_on))
    else:
        raise IssueRefusedError(
            f"The figures cannot be frozen on {long_date(frozen_on)}: that day is still to come."
        )
    return moment


def _refuse_dates(paper: Paper, as_at: date, published_on: date) -> None:
    """Figures, then publication, then the meeting; a date left empty means today. What takes the place of a
    paper that was withdrawn may be published later."""
    held = paper.meeting.held_on
    if as_at > held:
        raise IssueRefusedError(
            f"The figures would be as at {long_date(as_at)}, which is after the meeting of {long_date(held)}."
        )
    if published_on < as_at:
        raise IssueRefusedError("The paper would be published before the day its figures are as at.")
    if published_on > held and not may_come_after(paper, paper.meeting):
        raise IssueRefusedError(
            f"The paper would be published on {long_date(published_on)}, which is after the meeting of "
            f"{long_date(held)}."
        )


def _shut_writers_out() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS_LOCK])
        except OperationalError as error:
            raise RegisterBusyError(
                "Somebody is writing to the registers at this moment. Nothing was issued; try again."
            ) from error


def _sealed() -> Block:
    """The head of the chain, with all that was written up to now in it. Writers are shut out already."""
    try:
        head = seal(everything=True)
    except OperationalError as error:
        raise RegisterBusyError(
            "The trail is being sealed at this moment. Nothing was issued; try again."
        ) from error
    assert head is not None, "the ledger of this paper is sealed"
    return head


def _write_issue(paper: Paper, printed: dict[str, Any], moment: Moment, by: User) -> Issue:
    return Issue.objects.create(
        paper=paper,
        issued_by=by,
        issued_as=by.post_title,
        as_at=moment.as_at,
        known_before=moment.known_before,
        content=printed,
        content_sha256=fingerprint(printed),
    )
