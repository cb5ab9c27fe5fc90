"""What is counted of audits, and quotations that say something else than the auditor."""

import pytest

from actions.figures import audits as figures
from actions.models import Quotation, Status
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope
from tests.actions.factories_audits import AnsweringFactory, QuotationFactory, TextFactory
from tests.factories import ActionFactory, AuditFactory, PlanFactory, RecommendationFactory

pytestmark = pytest.mark.django_db
EVERYTHING = Scope()


def counted(figure, scope=EVERYTHING):
    return {entry.reference for entry in figure.entries(Moment.now(), scope)}


def test_each_answer_has_its_figure_and_they_add_up():
    audit = AuditFactory(code="ico")
    for number, response in enumerate(["accepted", "accepted", "partially", "rejected", "", ""]):
        RecommendationFactory(
            audit=audit, reference=f"R{number}", response=response, response_reason="Because"
        )
    assert {key: len(counted(figure)) for key, figure in figures.BY_RESPONSE.items()} == {
        "accepted": 2,
        "partially": 1,
        "rejected": 1,
        "": 2,
    }
    assert counted(figures.total) == {f"ico.R{number}" for number in range(6)}


def test_the_counts_by_audit_are_those_of_the_figures():
    for audit in (AuditFactory(code="one"), AuditFactory(code="two")):
        RecommendationFactory(audit=audit, response="accepted")
        RecommendationFactory(audit=audit, response="rejected", response_reason="No")
        RecommendationFactory(audit=audit)
        QuotationFactory(held__audit=audit, words="high assurance")
    AnsweringFactory(recommendation__audit__code="three")
    found = figures.counts_by_audit(Moment.now(), EVERYTHING)
    assert {(audit, key): value for audit, of in found.items() for key, value in of.items() if value} == {
        (audit, key): value
        for key in {each for of in found.values() for each in of}
        for audit, value in get_figure(key).by(Moment.now(), EVERYTHING, "audit").items()
    }
    assert set(found) == {"one", "two", "three"}


def test_the_counts_by_audit_take_three_questions_however_many_there_are(django_assert_num_queries):
    for _ in range(4):
        RecommendationFactory()
    with django_assert_num_queries(3):
        figures.counts_by_audit(Moment.now(), EVERYTHING)


def test_what_no_action_answers_is_counted_unless_it_is_rejected(ig_officer):
    audit = AuditFactory(code="ico")
    nobody = RecommendationFactory(audit=audit, reference="1", response="accepted")
    RecommendationFactory(audit=audit, reference="2", response="rejected", response_reason="No")
    agreed, shared = (RecommendationFactory(audit=audit, reference=name) for name in "34")
    action = ActionFactory(recommendation=agreed)
    AnsweringFactory(recommendation=shared, action=action)
    assert counted(figures.without_action) == {nobody.handle}
    action.report(Status.WITHDRAWN, effective_on=action.plan.opened_on, by=ig_officer, why="Not needed")
    assert counted(figures.without_action) == {nobody.handle, agreed.handle, shared.handle}


def test_recommendations_are_counted_by_plan_and_by_unit():
    agreed, shared, other = (RecommendationFactory() for _ in range(3))
    plan = PlanFactory(audit=agreed.audit)
    action = ActionFactory(plan=plan, recommendation=agreed)
    AnsweringFactory(recommendation=shared, action=action)
    assert counted(figures.total, Scope(plans=(plan.code,))) == {agreed.handle}
    assert counted(figures.total, Scope(units=(action.owner.unit.code,))) == {agreed.handle, shared.handle}
    assert other.handle in counted(figures.total)


@pytest.mark.parametrize(
    ("words", "altered"),
    [
        ("very limited level of assurance", False),
        ("very  limited\nlevel of assurance", False),
        ("Very limited level of assurance", True),
        ("very limited assurance", True),
        ("limited level of assurance!", True),
        ("council's own", False),
        ('a "plan" is', False),
        ("100% of (.*) staff", False),
    ],
)
def test_a_quotation_is_altered_where_a_letter_differs_and_not_where_a_line_or_a_mark_does(words, altered):
    held = TextFactory(
        text="There is a very limited level\r\nof assurance. The council’s own “a “plan” is” of "
        "100% of (.*) staff."
    )
    quoted = QuotationFactory(held=held, words=words)
    assert Quotation.objects.compared().get(pk=quoted.pk).is_altered is altered
    assert len(counted(figures.altered_quotations)) == altered


def test_putting_the_held_words_right_compares_every_quotation_anew():
    quoted = QuotationFactory(words="limited assurance")
    assert counted(figures.altered_quotations) == {quoted.held.audit.code}
    quoted.held.text = "It is limited assurance."
    quoted.held.save()
    assert counted(figures.altered_quotations) == set()


def test_altered_quotations_are_counted_by_the_plans_that_answer_the_audit():
    quoted = QuotationFactory(words="never said")
    ours, other = PlanFactory(audit=quoted.held.audit), PlanFactory()
    assert counted(figures.altered_quotations, Scope(plans=(ours.code,))) == {quoted.held.audit.code}
    assert counted(figures.altered_quotations, Scope(plans=(other.code,))) == set()
