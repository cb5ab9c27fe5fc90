"""The doors of evidence: of a document that serves the owner's action."""

from typing import Any

from actions.models import ActionDocument, Document
from tests.actions.evidence_files import a_document
from tests.doors.door import Door
from tests.doors.who import GET_POST, HIDDEN, KEEPERS, OWNER, READERS, SHUT_OUT
from tests.doors.world import World


def the_document(world: World) -> Document:
    """A document with a file, which serves the owner's action."""
    found = Document.objects.filter(action_links__action=world.owner.action).first()
    return found or a_document(world.owner.action, by=world.owner)


def a_link(world: World) -> list[Any]:
    """The action, and what says that the document serves it."""
    link = ActionDocument.objects.get(document=the_document(world))
    return [world.owner.action.reference, link.pk]


def the_action(world: World) -> list[Any]:
    """The action."""
    return [world.owner.action.reference]


def of_document(*more: int) -> Any:
    """The reference of the document, and what comes behind it."""
    return lambda world: [the_document(world).reference, *more]


EVIDENCE = [
    *(
        Door(f"actions:{name}", READERS | OWNER, at=of_document(*more), others=HIDDEN, refused=SHUT_OUT)
        for name, more in [("document", ()), ("download_evidence", (1,))]
    ),
    *(
        Door(
            f"actions:{name}",
            KEEPERS | OWNER,
            at=at,
            methods=GET_POST,
            others=HIDDEN,
            refused=READERS - KEEPERS | SHUT_OUT,
        )
        for name, at in [
            ("add_evidence", the_action),
            ("take_off_evidence", a_link),
            ("add_evidence_version", of_document()),
        ]
    ),
    Door(
        "actions:take_down_evidence",
        KEEPERS,
        at=of_document(1),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
]
