"""Keeping evidence: the file first, under a random name, then the version that names it."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from actions.models import Action, ActionDocument, Document, DocumentVersion, Takedown
from actions.services.evidence_limits import make_room
from actions.services.filekinds import TOO_LARGE, FileKindError, media_type_of, name_to_keep
from actions.services.mistaken import hold
from actions.services.scanning import scan
from assets.models.numbering import next_reference
from governance.core.packed import LARGEST_FILE
from governance.core.steps import StepError
from governance.history.trail import because

if TYPE_CHECKING:
    from governance.people.models import User

    File = UploadedFile[Any]

PREFIX = "EV"


class LostFileError(Exception):
    """A file that is not where files are kept, or is not what was kept; its words are for a page."""


def add(action: Action, title: str, *, file: File | None, link: str, by: User) -> Document:
    """A new document with its first version, which serves the action. Raises FileKindError, and StepError
    where the same file serves the action already, or that was entered in error."""
    with _keeping(file) as kept, because(f"Evidence for {action.reference}"):
        make_room([action], bool(kept), by=by)
        serves = hold(action.pk)
        what = kept or {"link": link}
        same = _same(what).filter(document__action_links__action=serves).select_related("document").first()
        if same:
            raise StepError(f"{same.document} holds that already, and serves this action", _field(what))
        document = Document.objects.create(reference=next_reference(Document, PREFIX), title=title)
        document.versions.create(number=1, added_by=by, added_as=by.post_title, **what)
        ActionDocument.objects.create(action=serves, document=document)
    return document


def attach(action: Action, document: Document) -> None:
    """Let a document serve one more action. Raises StepError where it does already, or brings too many files,
    and where the action was entered in error."""
    with transaction.atomic(), because(f"Evidence for {action.reference}"):
        if not document.action_links.filter(action=action).exists():
            make_room([action], document.versions.standing().exclude(kept_as="").count())
        _, is_new = ActionDocument.objects.get_or_create(action=hold(action.pk), document=document)
    if not is_new:
        raise StepError(f"{document.reference} is evidence for this action already", "existing")


def add_version(document: Document, *, file: File | None, link: str, by: User) -> DocumentVersion:
    """The next version, a file or else a link; of two at once, each gets a number. Raises FileKindError, and
    StepError where nothing would be new."""
    with _keeping(file) as kept:
        make_room(Action.objects.filter(document_links__document=document), bool(kept), by=by)
        held = Document.objects.select_for_update().get(pk=document.pk)
        what = kept or {"link": link}
        latest = held.versions.order_by("-number").first()
        if latest and _same(what).filter(pk=latest.pk).exists():
            raise StepError(f"Version {latest.number} holds that already", _field(what))
        number = latest.number + 1 if latest else 1
        return held.versions.create(number=number, added_by=by, added_as=by.post_title, **what)


def take_off(link: ActionDocument, reason: str) -> None:
    """Let a document serve an action no more; the history keeps that it did, and why it does not."""
    with transaction.atomic(), because(reason):
        link.delete()


def take_down(
    version: DocumentVersion, reason: str, *, by: User, also: Iterable[DocumentVersion] = ()
) -> None:
    """Serve a version no more, and `also` others in which the same is held; their files are removed, and what
    they were, with the reason, stays told. Raises StepError where somebody was faster."""
    with transaction.atomic():
        for each in sorted([version, *also], key=lambda found: found.document_id):  # none waits for another
            _take_down(each, reason, by)


def _take_down(version: DocumentVersion, reason: str, by: User) -> None:
    Document.objects.select_for_update().get(pk=version.document_id)
    if Takedown.objects.filter(version=version).exists():
        raise StepError(f"{version} has been taken down already")
    Takedown.objects.create(version=version, reason=reason, taken_by=by, taken_as=by.post_title)
    if version.kept_as:
        transaction.on_commit(lambda: path_of(version.kept_as).unlink(missing_ok=True))


def content_of(version: DocumentVersion) -> bytes:
    """The file of a version, whole. Raises LostFileError for one that is gone, or altered."""
    try:
        data = path_of(version.kept_as).read_bytes()
    except OSError:
        raise LostFileError(f"The file of {version} is not where files are kept") from None
    if hashlib.sha256(data).hexdigest() != version.sha256:
        raise LostFileError(f"The file of {version} is not the one that was added: its SHA-256 differs")
    return data


def path_of(kept_as: str) -> Path:
    """Where a file is: under no address of the web."""
    return Path(settings.EVIDENCE_DIR) / kept_as


@contextmanager
def _keeping(file: File | None) -> Iterator[dict[str, Any]]:
    """What a version says of the file, in a transaction; the file is written at its end, if that holds."""
    kept = _checked(file) if file else {}
    try:
        with transaction.atomic():
            yield {name: value for name, value in kept.items() if name != "data"}
            if kept:
                _write(path_of(kept["kept_as"]), kept["data"])
    except BaseException:
        if kept:
            path_of(kept["kept_as"]).unlink(missing_ok=True)
        raise


def _checked(file: File) -> dict[str, Any]:
    """The facts of a file that may be kept, with its `data`. Raises FileKindError."""
    if (file.size or 0) > LARGEST_FILE:
        raise FileKindError(TOO_LARGE)
    name, data = name_to_keep(file.name or "", 120), file.read()
    media_type = media_type_of(name, data)
    scan(name, data)
    return {
        "file_name": name,
        "media_type": media_type,
        "kept_as": secrets.token_hex(32),
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "data": data,
    }


def _write(path: Path, data: bytes) -> None:
    """Write what only the service's account may read."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as kept:
        kept.write(data)


def _same(what: dict[str, Any]) -> Any:
    """The standing versions with the same file, or the same link."""
    by = {"sha256": what["sha256"]} if "sha256" in what else {"link": what["link"]}
    return DocumentVersion.objects.standing().filter(**by)


def _field(what: dict[str, Any]) -> str:
    return "file" if "sha256" in what else "link"
