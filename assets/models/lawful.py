"""The lists that processing of personal data is described by: what the law calls things.

They are data like every list: what a law firm or the regulator says anew is entered on a page.
"""

from __future__ import annotations

from django.db import models

from assets.models.lists import ListEntry
from governance.history.models import History


class LegalEntry(ListEntry):
    """An entry that a law names."""

    law = models.CharField(max_length=160, blank=True, default="", help_text="article, schedule or paragraph")

    class Meta(ListEntry.Meta):
        abstract = True


class LawfulBasis(LegalEntry):
    """A lawful basis for processing (UK GDPR Article 6(1)). The codes are what constraints speak of."""

    CONSENT = "consent"
    LEGITIMATE = "legitimate-interests"
    RECOGNISED = "recognised-legitimate-interest"

    history = History()


class InterestCondition(LegalEntry):
    """A recognised legitimate interest (Data (Use and Access) Act 2025): no balancing test is needed."""

    history = History()


class SpecialCondition(LegalEntry):
    """A condition for processing special category data (UK GDPR Article 9(2))."""

    history = History()


class ScheduleCondition(LegalEntry):
    """A condition of Schedule 1 to the Data Protection Act 2018."""

    needs_policy = models.BooleanField(
        "needs an appropriate policy document", default=False, help_text="Schedule 1, Part 4"
    )
    history = History()


class Safeguard(LegalEntry):
    """What protects personal data that leave the United Kingdom."""

    needs_assessment = models.BooleanField("needs a transfer risk assessment", default=False)
    history = History()


class DpiaCriterion(LegalEntry):
    """A reason to make a data protection impact assessment (DPIA).

    One that `needs_another` counts only together with a second. Two that say the same thing in two lists
    (`same_as`) do not make two.
    """

    class Source(models.TextChoices):
        """Whose list it is on."""

        AUTOMATIC = "automatic", "UK GDPR, Article 35(3)"
        ICO = "ico", "The ICO's list of operations"
        EUROPEAN = "european", "The nine European criteria"

    source = models.CharField(max_length=10, choices=Source, verbose_name="whose list")
    needs_another = models.BooleanField("counts only with another", default=False)
    same_as = models.ForeignKey(
        "self", models.PROTECT, related_name="said_again", null=True, blank=True, verbose_name="the same as"
    )
    history = History()
