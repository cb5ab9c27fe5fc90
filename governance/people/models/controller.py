"""Who the council is in law, and how it and its data protection officer are reached."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from governance.history.models import History, Recorded


class ControllerQuerySet(models.QuerySet["Controller"]):
    """The one row there is."""

    def current(self) -> Controller:
        """The council as controller. The migration made the row, and nothing takes it away."""
        return self.get()

    def for_change(self) -> Self:
        """Locked to the end of the transaction."""
        return self.select_for_update(no_key=True)


class Controller(Recorded):
    """The council as data controller: name and contact details of both it and its data protection officer.

    A record of processing has to name them (UK GDPR, Article 30(1)(a)). Posts and shared mailboxes, since
    what leaves the council carries them.
    """

    name = models.CharField(
        max_length=200,
        blank=True,
        default="",
        help_text="As it is in law. Left empty: the council's name here",
    )
    email = models.EmailField("email address", blank=True, default="", help_text="A shared mailbox")
    address = models.TextField(blank=True, default="")
    telephone = models.CharField(max_length=40, blank=True, default="")
    dpo_name = models.CharField(
        "data protection officer",
        max_length=200,
        blank=True,
        default="",
        help_text="A post or a team, not a name",
    )
    dpo_email = models.EmailField(
        "data protection officer's email address", blank=True, default="", help_text="A shared mailbox"
    )
    dpo_address = models.TextField("data protection officer's address", blank=True, default="")
    dpo_telephone = models.CharField(
        "data protection officer's telephone", max_length=40, blank=True, default=""
    )

    objects = ControllerQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_controller", condition=Q(id=1))]

    def __str__(self) -> str:
        return self.name or settings.COUNCIL_NAME

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("people:controller")
