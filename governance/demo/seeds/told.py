"""What Northmere's committee was told of information risks, and what has moved since it saw them."""

from __future__ import annotations

from datetime import date

from governance.committees import services
from governance.committees.forms.calendar import AgendaForm
from governance.committees.forms.exempt import ExemptionForm, ExemptRowForm
from governance.committees.models import AgendaItem, Body, Exemption, Meeting, Paper, PaperSection
from governance.core.dates import today
from governance.demo.seeds.processing import holder
from governance.history.trail import signed
from governance.people.models import Role, User
from risks.models import Assessment, MatrixCell, Risk, RiskMatrix
from risks.services.assessment import assess

# Northmere's committee, and the days on which it met (golden-case.md).
BODY = "audit-procurement"
JULY, SEPTEMBER, OCTOBER = date(2016, 7, 25), date(2016, 9, 26), date(2016, 10, 24)
FEBRUARY = date(2017, 2, 20)
TITLE = "Information risks: where the council stands"
SUMMARY = (
    "The committee is told every quarter how many information risks the council bears, and how many of them "
    "are above what it is ready to bear. The figures are those of the register on the day of the meeting."
)
LISTED = "These are above what the council is ready to bear.\n\n{{list risks.above_appetite}}"
OFFER = (
    "The supplier that keeps copies of shared files off the network has offered to do so for every service. "
    "Its price for each service is below that of the other offer, which the council has not declined yet."
)
SECTIONS = (
    ("Executive summary", SUMMARY),
    ("Risks above appetite", LISTED),
    ("Offers for copies off the network", OFFER),
)
# The committee saw it without the clear days: its chair took it, and said why.
URGENT = {
    "kind": "urgent",
    "reason": "Risks were scored anew this week, and the committee should not wait for its next meeting",
}
# Marked as not for publication: the offers, and the risk that somebody could use.
MARKED = "IR-0014"
PRICES = {"kind": "exempt", "paragraph": "3", "reason": "Suppliers would know what the others ask for"}
ATTACK = {
    "kind": "exempt",
    "paragraph": "7",
    "reason": "Whoever attacks the council would know where",
    "row": MARKED,
}
# By the number of the risk: where it stands now, and why. The last had not been scored before.
Scores = dict[int, tuple[tuple[int, int], str]]
BEFORE: Scores = {
    18: ((3, 3), "Three more services dispose by the schedule"),
    9: ((3, 3), "The service looked at it for the first time"),
}
# It stays above what the council is ready to bear: nothing that the paper counts is another number by it.
SINCE: Scores = {
    7: ((3, 5), "Two requests of this kind came in, and one was answered after the day set by law"),
}


def enter(by: User) -> None:
    """What was scored for the meeting of today, the paper to it, and what was learned once it was out."""
    clerk, body = holder(Role.COMMITTEE_OFFICER), Body.objects.filter(code=BODY).first()
    if clerk and body and not Paper.objects.filter(title=TITLE).exists():
        move(BEFORE, by)
        with signed(clerk, reason="Quarterly paper on information risks"):
            tell(body, clerk)
        move(SINCE, by)


def tell(body: Body, clerk: User) -> None:
    """The paper, its figures frozen now, for a meeting of today: taken as urgent."""
    meeting, _ = Meeting.objects.get_or_create(body=body, held_on=today())
    paper = Paper.objects.create(meeting=meeting, title=TITLE, tells_risks=True, created_by=clerk)
    for position, (heading, text) in enumerate(SECTIONS, start=1):
        section = PaperSection.objects.create(paper=paper, position=position, heading=heading, text=text)
    entered(AgendaForm(URGENT, instance=AgendaItem(paper=paper)))
    entered(ExemptionForm(PRICES, instance=Exemption(paper=paper, section=section)))
    entered(ExemptRowForm(ATTACK, instance=Exemption(paper=paper), rows={MARKED}))
    services.issue(paper, by=clerk)


def entered(form: AgendaForm | ExemptionForm) -> None:
    """How it stands on the agenda, or what is not for publication, as their pages enter it."""
    if not form.is_valid():
        raise ValueError(str(form.errors))
    form.save()


def move(scores: Scores, by: User) -> None:
    """Scores of today, each with its reason."""
    matrix = RiskMatrix.objects.in_force(today())
    for number, ((likelihood, impact), why) in scores.items():
        risk = Risk.objects.filter(reference=f"IR-{number:04}", state="open").first()
        cell = MatrixCell.objects.filter(matrix=matrix, likelihood=likelihood, impact=impact).first()
        if risk and cell:
            assess(risk, Assessment.Kind.CURRENT, cell, on=today(), reason=why, by=by)
