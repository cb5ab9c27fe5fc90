"""What the database refuses of audits, each by the name of its rule."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from actions.models import Action, ActionIncident, Audit, AuditText, Recommendation
from tests.actions.factories_audits import AnsweringFactory, QuotationFactory, TextFactory
from tests.factories import ActionFactory, AuditFactory, PostFactory, RecommendationFactory, ScopeAreaFactory
from tests.risks.factories_incident import IncidentFactory

pytestmark = pytest.mark.django_db


def refused(rule):
    return pytest.raises(IntegrityError, match=rule)


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("audit_has_an_auditor_and_a_title", {"auditor": ""}),
        ("audit_has_an_auditor_and_a_title", {"title": ""}),
        ("audit_ends_after_it_begins", {"audited_from": date(2016, 2, 2), "audited_to": date(2016, 2, 1)}),
    ],
)
def test_an_audit_is_somebodys_and_ends_after_it_begins(rule, facts):
    with refused(rule), transaction.atomic():
        AuditFactory(**facts)


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("recommendation_is_not_rejected_without_reason", {"response": "rejected"}),
        ("recommendation_response_is_known", {"response": "perhaps"}),
        ("recommendation_answered_on_a_day_is_answered", {"responded_on": date(2016, 2, 1)}),
        ("recommendation_reference_fits_an_address", {"reference": "1/2"}),
        ("recommendation_reference_fits_an_address", {"reference": ""}),
    ],
)
def test_a_recommendation_is_answered_in_known_words_and_rejected_with_a_reason_only(rule, facts):
    with refused(rule), transaction.atomic():
        RecommendationFactory(**facts)


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("action_status_is_known", {"status": "nearly"}),
        ("action_has_a_title", {"title": ""}),
        ("action_is_approved_by_a_post_or_a_body", {"approving_body": "The board"}),
    ],
)
def test_an_action_has_a_title_a_known_status_and_one_approver(rule, facts):
    action = ActionFactory(approver=PostFactory())
    with refused(rule), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(**facts)


def test_a_code_stands_for_one_area_of_an_audit():
    area = ScopeAreaFactory()
    ScopeAreaFactory(code=area.code)
    with refused("scope_area_code_once_in_audit"), transaction.atomic():
        ScopeAreaFactory(audit=area.audit, code=area.code)


def test_an_action_follows_an_incident_once():
    link = ActionIncident.objects.create(action=ActionFactory(), incident=IncidentFactory())
    with refused("action_follows_an_incident_once"), transaction.atomic():
        ActionIncident.objects.create(action=link.action, incident=link.incident)


def test_a_rejection_with_a_reason_is_kept():
    rejected = RecommendationFactory(response="rejected", response_reason="The service ends in May")
    assert Recommendation.objects.get(pk=rejected.pk).get_response_display() == "Rejected"


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("audit_text_has_words", {"text": ""}),
        ("audit_text_says_where_it_stands", {"document": ""}),
        ("audit_text_says_where_it_stands", {"paragraph": ""}),
    ],
)
def test_held_words_say_where_they_stand(rule, facts):
    with refused(rule), transaction.atomic():
        TextFactory(**facts)


def test_held_words_change_by_no_way_without_their_digest():
    held = TextFactory()
    with refused("audit_text_digest_is_of_its_words"), transaction.atomic():
        AuditText.objects.filter(pk=held.pk).update(text="There is a high level of assurance.")


def test_the_same_words_are_held_once_for_an_audit_and_once_for_another():
    held = TextFactory()
    TextFactory()
    with refused("audit_text_is_held_once"), transaction.atomic():
        TextFactory(audit=held.audit)


def test_words_put_right_have_a_new_digest():
    held = TextFactory()
    before = held.digest
    held.text = "Limited assurance – naïve “words”"
    held.save(update_fields=["text"])
    assert AuditText.objects.get(pk=held.pk).digest == held.digest != before


@pytest.mark.parametrize(
    ("rule", "facts"),
    [("quotation_has_words", {"words": ""}), ("quotation_says_where_it_stands", {"document": ""})],
)
def test_a_quotation_says_what_and_where(rule, facts):
    with refused(rule), transaction.atomic():
        QuotationFactory(**facts)


def test_a_quotation_is_recorded_once_however_long_it_is():
    held = TextFactory(text="word " * 900)
    facts = {"held": held, "words": held.text.strip(), "document": "Report"}
    QuotationFactory(**facts)
    with refused("quotation_is_recorded_once"), transaction.atomic():
        QuotationFactory(**facts)


def test_an_action_answers_a_recommendation_once():
    link = AnsweringFactory()
    with refused("action_answers_a_recommendation_once"), transaction.atomic():
        AnsweringFactory(action=link.action, recommendation=link.recommendation)


def test_what_an_audit_says_keeps_its_history():
    audit = AuditFactory(opinion="limited")
    Audit.objects.filter(pk=audit.pk).update(opinion="reasonable")
    said = Audit.history.filter(id=audit.pk).order_by("history_id").values_list("opinion", flat=True)
    assert list(said) == ["limited", "reasonable"]
