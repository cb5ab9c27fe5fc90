"""Evidence: documents with their versions, each a file or a link, that show what was done on actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Now
from django.urls import reverse

from actions.models.action import Action
from actions.models.progress import Status
from assets.models import READERS
from governance.core.packed import LARGEST_FILE
from governance.history.models import History, Recorded
from governance.people.registers.versions import instant_of

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User

NO_FILE = Q(file_name="", kept_as="", media_type="", sha256="", size=0)
A_FILE = Q(
    size__gt=0, size__lte=LARGEST_FILE, sha256__regex="^[0-9a-f]{64}$", kept_as__regex="^[0-9a-f]{64}$"
)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All, for readers of the registers; else those that serve an action which this person may open."""
        if person.holds(*READERS):
            return self.all()
        serving = ActionDocument.objects.filter(action__in=Action.objects.visible_to(person))
        return self.filter(pk__in=serving.values("document"))

    def for_page(self) -> Self:
        """With every version, the latest first."""
        return self.prefetch_related(Prefetch("versions", DocumentVersion.objects.for_page()))


class Document(Recorded):
    """A document that shows what was done; one may serve several actions. What is in it are its versions."""

    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=200)

    objects = DocumentQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["reference"]
        constraints = [models.CheckConstraint(name="document_has_a_title", condition=~Q(title=""))]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The page with its versions, and what it serves."""
        return reverse("actions:document", args=[self.reference])


class DocumentVersionQuerySet(models.QuerySet["DocumentVersion"]):
    """Versions of documents."""

    def for_page(self) -> Self:
        """The latest first, with who added it and whether it was taken down."""
        return self.select_related("added_by", "document", "takedown__taken_by").order_by("-number")

    def latest_for(self, action: Action) -> Self:
        """The latest version of each document that serves an action, with `link_pk` of what says so; one
        query."""
        found = self.filter(document__action_links__action=action).select_related("document", "takedown")
        found = found.annotate(link_pk=F("document__action_links"))
        return found.order_by("document__reference", "-number").distinct("document__reference")

    def standing(self) -> Self:
        """Those that were not taken down."""
        return self.filter(takedown=None)

    def same_as(self, version: DocumentVersion) -> Self:
        """The other standing versions that hold the same file, or the same link, with what they serve."""
        held = Q(sha256=version.sha256) if version.sha256 else Q(link=version.link)
        found = self.standing().filter(held).exclude(pk=version.pk).select_related("document")
        served = Prefetch("document__action_links", ActionDocument.objects.select_related("action"))
        return found.prefetch_related(served).order_by("document__reference", "number")


class DocumentVersion(models.Model):
    """A document as it was at a time: a file, kept under a random name, or a link. It never changes."""

    append_only: ClassVar[bool] = True

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    link = models.URLField(max_length=500, blank=True, default="")
    file_name = models.CharField(max_length=120, blank=True, default="")
    kept_as = models.CharField(max_length=64, blank=True, default="")
    media_type = models.CharField(max_length=100, blank=True, default="")
    size = models.PositiveIntegerField("size in bytes", default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    added_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    added_as = models.CharField(max_length=200, blank=True, default="")

    objects: Any = DocumentVersionQuerySet.as_manager()

    class Meta:
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(name="document_version_number_once", fields=["document", "number"]),
            models.UniqueConstraint(
                name="document_file_is_kept_once", fields=["kept_as"], condition=~Q(kept_as="")
            ),
            models.CheckConstraint(
                name="document_version_is_a_file_or_a_link",
                condition=A_FILE & Q(link="") & ~Q(file_name="") & ~Q(media_type="") | ~Q(link="") & NO_FILE,
            ),
            models.CheckConstraint(
                name="document_link_leads_to_the_web", condition=Q(link="") | Q(link__regex="^https?://")
            ),
            models.CheckConstraint(
                name="document_file_name_is_no_path", condition=~Q(file_name__contains="/")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document.reference} version {self.number}"

    def get_absolute_url(self) -> str:
        """Where it is fetched: the link, or the address that serves the file."""
        return self.link or reverse("actions:download_evidence", args=[self.document.reference, self.number])

    @property
    def author(self) -> str:
        """Who added it: the post held that day, or the name where there was none."""
        return self.added_as or self.added_by.display_name


class Takedown(models.Model):
    """That a version was taken down, by whom and why. What was in it is gone; that it was there stays."""

    append_only: ClassVar[bool] = True

    version = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="takedown")
    reason = models.TextField()
    taken_at = models.DateTimeField(db_default=Now(), editable=False)
    taken_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    taken_as = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.CheckConstraint(name="takedown_gives_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.version} taken down"

    @property
    def author(self) -> str:
        """Who took it down: the post held that day, or the name where there was none."""
        return self.taken_as or self.taken_by.display_name


class ActionDocumentQuerySet(models.QuerySet["ActionDocument"]):
    """Which documents serve which actions."""

    def with_actions_of(self, person: User) -> Self:
        """Those whose action this person may open."""
        found = self.filter(action__in=Action.objects.visible_to(person))
        return found.select_related("action").order_by("action__reference")


class ActionDocument(Recorded):
    """That a document shows what was done on an action."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="document_links")
    document = models.ForeignKey(Document, models.PROTECT, related_name="action_links")

    objects: Any = ActionDocumentQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["action", "document"]
        constraints = [
            models.UniqueConstraint(name="document_serves_an_action_once", fields=["action", "document"])
        ]

    def __str__(self) -> str:
        return f"{self.document} for {self.action.reference}"


def undocumented(moment: Moment) -> Q:
    """Of a standing update: completed, and no document then served its action."""
    instant = instant_of(moment)
    versions = DocumentVersion.objects.filter(added_at__lt=instant).exclude(takedown__taken_at__lt=instant)
    links: Any = ActionDocument.history.before(instant).filter(document__in=versions.values("document"))
    return Q(~Exists(links.filter(action_id=OuterRef("action_id"))), status=Status.COMPLETED)
