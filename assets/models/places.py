"""Where information is kept: systems, and the places of paper and files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from assets.models.lists import ListQuerySet
from governance.history.models import History, Recorded
from governance.people.models import OrganisationalUnit, Post


class System(Recorded):
    """A computer system or service in which information is kept."""

    class Kind(models.TextChoices):
        """What it is for."""

        LINE_OF_BUSINESS = "line_of_business", "Line of business system"
        WAREHOUSE = "warehouse", "Data warehouse"
        DOCUMENTS = "documents", "Electronic document management"
        TEAM_SITE = "team_site", "Team site"
        PORTAL = "portal", "Customer portal"
        OFFICE = "office", "Shared drive or office files"
        OTHER = "other", "Other"

    class Hosting(models.TextChoices):
        """Who runs the machines."""

        COUNCIL = "council", "The council's own data centre"
        SUPPLIER = "supplier", "A supplier's data centre"
        CLOUD = "cloud", "Cloud service"
        UNKNOWN = "unknown", "Not known"

    class State(models.TextChoices):
        """Where it is in its life."""

        PLANNED = "planned", "Planned"
        LIVE = "live", "Live"
        CONSOLIDATING = "consolidating", "Being consolidated"
        RETIRED = "retired", "Retired"

    code = models.SlugField(max_length=40, unique=True, help_text="a short code, used in files")
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.LINE_OF_BUSINESS)
    hosting = models.CharField(max_length=10, choices=Hosting, default=Hosting.UNKNOWN)
    country = models.CharField(max_length=60, blank=True, default="", help_text="where the data are kept")
    supplier = models.CharField(max_length=200, blank=True, default="")
    unit = models.ForeignKey(
        OrganisationalUnit, models.PROTECT, related_name="systems", null=True, blank=True
    )
    owner = models.ForeignKey(Post, models.PROTECT, related_name="systems", null=True, blank=True)
    backup = models.CharField(
        max_length=300, blank=True, default="", help_text="what is backed up, how often"
    )
    encryption = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=15, choices=State, default=State.LIVE)
    is_retired = models.BooleanField("no longer offered", default=False)

    objects = ListQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="system_has_code_and_name", condition=~Q(code="") & ~Q(name="")),
            models.CheckConstraint(
                name="system_in_the_cloud_names_its_country", condition=~Q(hosting="cloud") | ~Q(country="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Location(Recorded):
    """A place where paper or files are kept."""

    class Kind(models.TextChoices):
        """What sort of place."""

        BUILDING = "building", "Council building"
        OFF_SITE = "off_site", "Off-site store"
        TEAM_SITE = "team_site", "Team site"
        SHARED_DRIVE = "shared_drive", "Shared drive"
        CLOUD = "cloud", "Cloud storage"
        OTHER = "other", "Other"

    code = models.SlugField(max_length=40, unique=True, help_text="a short code, used in files")
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=15, choices=Kind)
    address = models.CharField(max_length=300, blank=True, default="", help_text="a street or a web address")
    country = models.CharField(max_length=60, blank=True, default="")
    is_retired = models.BooleanField("no longer offered", default=False)

    objects = ListQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="location_has_code_and_name", condition=~Q(code="") & ~Q(name="")),
            models.CheckConstraint(
                name="location_in_the_cloud_names_its_country", condition=~Q(kind="cloud") | ~Q(country="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Keeping(Recorded):
    """Where an asset, or a part of it, is kept; boxes where it is paper."""

    asset = models.ForeignKey("assets.Asset", models.PROTECT, related_name="keepings")
    location = models.ForeignKey(Location, models.PROTECT, related_name="keepings")
    boxes = models.PositiveIntegerField(null=True, blank=True, help_text="how many boxes, where it is paper")
    note = models.CharField(max_length=200, blank=True, default="", help_text="a shelf, a folder, a site")

    history = History()

    class Meta:
        ordering = ["asset", "location"]
        constraints = [
            models.UniqueConstraint(fields=["asset", "location"], name="keeping_names_a_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.asset} at {self.location}"
