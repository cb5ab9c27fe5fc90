"""The filters of the registers of sharing and openness."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django_filters import BooleanFilter, ChoiceFilter, MultipleChoiceFilter

from assets.models import Agreement, AgreementPartner, Partner
from governance.core.components import standing
from governance.people.registers.filters import RegisterFilter


def _standings(*codes: str) -> MultipleChoiceFilter:
    choices = [(code, standing(code).word) for code in codes]
    return MultipleChoiceFilter(
        label="Standing", field_name="standing", choices=choices, widget=forms.CheckboxSelectMultiple
    )


class AgreementFilter(RegisterFilter):
    """What every register has, and what only agreements have."""

    standing = _standings("draft", "to_begin", "in_force", "review_due", "lapsed", "ended")
    tier = ChoiceFilter(
        label="Tier", field_name="tier", choices=Agreement.Tier.choices, empty_label="Both tiers"
    )
    partner = ChoiceFilter(label="Partner", method="with_partner", empty_label="All partners")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        partners = Partner.objects.order_by("name").values_list("pk", "name")
        self.filters["partner"].extra["choices"] = list(partners)

    def with_partner(self, found: QuerySet[Any], name: str, chosen: str) -> QuerySet[Any]:
        """Agreements to which the partner is party today."""
        links = AgreementPartner.objects.filter(partner=int(chosen))
        return found.filter(id__in=links.values("agreement"))


class ContractFilter(RegisterFilter):
    """What every register has, and what only contracts have."""

    standing = _standings("to_begin", "in_force", "review_due", "ended")
    terms = ChoiceFilter(
        label="Article 28 terms",
        method="by_terms",
        choices=[("yes", "In place"), ("no", "Missing"), ("unknown", "Not checked")],
        empty_label="Any",
    )

    def by_terms(self, found: QuerySet[Any], name: str, chosen: str) -> QuerySet[Any]:
        """Contracts by whether the terms are in place."""
        return found.filter(has_terms={"yes": True, "no": False, "unknown": None}[chosen])


class ObligationFilter(RegisterFilter):
    """What every register has, and what only obligations to publish have."""

    standing = _standings("met", "late", "never", "not_applicable")
    mandatory = ChoiceFilter(
        label="Mandatory",
        field_name="is_mandatory",
        choices=[("True", "Mandatory"), ("False", "Recommended")],
        empty_label="Both",
    )
    ownerless = BooleanFilter(
        label="Only those without an owner", widget=forms.CheckboxInput, method="only_unowned"
    )

    def only_unowned(self, found: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:  # noqa: FBT001
        """Those that no post has been named for."""
        return found.filter(owner=None) if wanted else found
