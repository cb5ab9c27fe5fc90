"""The doors of audits: of an audit that the owner's plan answers."""

from typing import Any

from actions.models import ActionRecommendation, Audit, AuditText, Quotation, Recommendation, ScopeArea
from tests.actions.factories_audits import QuotationFactory
from tests.doors.door import Door
from tests.doors.who import GET_POST, HIDDEN, KEEPERS, OWNER, READERS, SHUT_OUT, UNIT_READERS
from tests.doors.world import World


def the_audit(world: World) -> Audit:
    """The audit that the owner's plan answers."""
    found: Audit = world.owner.action.plan.audit
    return found


def an_audit(world: World) -> list[Any]:
    """Its code."""
    return [the_audit(world).code]


def an_area(world: World) -> list[Any]:
    """Its code, and that of one of its areas."""
    ScopeArea.objects.get_or_create(audit=the_audit(world), code="training", defaults={"position": 1})
    return [*an_audit(world), "training"]


def a_quotation(world: World) -> list[Any]:
    """Its code, a held text and a quotation of that."""
    found = Quotation.objects.filter(held__audit=the_audit(world)).first()
    found = found or QuotationFactory(held__audit=the_audit(world))
    return [*an_audit(world), found.held_id, found.pk]


def a_text(world: World) -> list[Any]:
    """Its code, and a held text."""
    a_quotation(world)
    return [*an_audit(world), AuditText.objects.get(audit=the_audit(world)).pk]


def a_recommendation(world: World) -> list[Any]:
    """What stands for a recommendation of it."""
    found, _ = Recommendation.objects.get_or_create(audit=the_audit(world), reference="A01")
    return [found.handle]


def an_answer(world: World) -> list[Any]:
    """A recommendation of it, and a further action that answers that."""
    handle = a_recommendation(world)
    asked = Recommendation.objects.called(handle[0]).get()
    link, _ = ActionRecommendation.objects.get_or_create(action=world.owner.action, recommendation=asked)
    return [*handle, link.pk]


LISTED = READERS | UNIT_READERS
KEPT = [
    ("edit_audit", lambda world: [*an_audit(world), "opinion"]),
    ("add_area", an_audit),
    ("change_area", an_area),
    ("add_text", an_audit),
    ("change_text", a_text),
    ("add_quotation", a_text),
    ("remove_quotation", a_quotation),
    ("new_recommendation", an_audit),
    ("paste_recommendations", an_audit),
    ("edit_recommendation", a_recommendation),
    ("answer_recommendation", a_recommendation),
    ("add_answer", a_recommendation),
    ("remove_answer", an_answer),
]
AUDITS = [
    Door("actions:audits", LISTED),
    Door("actions:new_audit", KEEPERS, methods=GET_POST),
    *(
        Door(f"actions:{name}", READERS | OWNER, at=at, others=HIDDEN, refused=SHUT_OUT)
        for name, at in [("audit", an_audit), ("recommendation", a_recommendation)]
    ),
    *(
        Door(
            f"actions:{name}",
            KEEPERS,
            at=at,
            methods=GET_POST,
            others=HIDDEN,
            refused=READERS - KEEPERS | OWNER | SHUT_OUT,
        )
        for name, at in KEPT
    ),
]
