"""The figures of sharing: agreements, and contracts with processors."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from assets.figures.register import ONE_CLOCK, VERSIONS, total
from assets.models import Agreement, AgreementAsset, ProcessorContract
from governance.figures.figure import Column, Shape, figure
from governance.figures.moment import Moment, Scope
from governance.people.registers.versions import instant_of

AGREEMENTS = Shape(
    subject="id",
    reference="reference",
    evidence_kind="assets.historicalagreement",
    evidence="history_id",
    page="assets:agreement",
    permission="assets.list_sharing",
    noun="agreement",
    columns=(
        Column("Title", "title"),
        Column("Unit", "unit_name"),
        Column("Owner", "owner_title"),
        Column("Review due", "review_on", "date"),
        Column("Standing", "standing", "status"),
    ),
    dimensions={"unit": "unit__code", "owner": "owner_id", "tier": "tier", "standing": "standing"},
)
CONTRACTS = Shape(
    subject="id",
    reference="reference",
    evidence_kind="assets.historicalprocessorcontract",
    evidence="history_id",
    page="assets:contract",
    permission="assets.list_sharing",
    noun="contract",
    columns=(
        Column("Title", "title"),
        Column("Processor", "processor_name"),
        Column("Unit", "unit_name"),
        Column("Owner", "owner_title"),
        Column("Standing", "standing", "status"),
    ),
    dimensions={
        "unit": "unit__code",
        "owner": "owner_id",
        "standing": "standing",
        "terms": "has_terms",
    },
)
PERIODS = "How long before and after a review is set by the council; as shipped, three months each."


@figure(
    "sharing.agreements",
    title="Sharing protocols and agreements",
    definition="Protocols and agreements on the register at the end of the date, in whatever state. "
    f"{ONE_CLOCK}",
    shape=AGREEMENTS,
)
def agreements(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """One version for each."""
    versions: QuerySet[Any] = Agreement.history.at(moment).within(scope)
    return versions


@figure(
    "sharing.in_force",
    title="In force",
    definition="Protocols and agreements that allowed sharing at the end of the date: put in force, begun, "
    f"neither run out nor lapsed; whether or not their review is due. {PERIODS} {ONE_CLOCK}",
    shape=AGREEMENTS,
)
def in_force(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Those under which information may be shared."""
    return agreements.rows(moment, scope).filter(standing__in=("in_force", "review_due"))


@figure(
    "sharing.review_due",
    title="Review due",
    definition="Protocols and agreements in force at the end of the date whose review was due within the "
    f"months of warning, or past and not yet lapsed. {PERIODS} {ONE_CLOCK}",
    shape=AGREEMENTS,
)
def review_due(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Those to look at now."""
    return agreements.rows(moment, scope).filter(standing="review_due")


@figure(
    "sharing.lapsed",
    title="Lapsed",
    definition="Protocols and agreements that had run out, or whose review was overdue for longer than the "
    f"months allowed, at the end of the date. {PERIODS} {ONE_CLOCK}",
    shape=AGREEMENTS,
)
def lapsed(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Those that allow nothing any more, although nobody ended them."""
    return agreements.rows(moment, scope).filter(standing="lapsed")


@figure(
    "sharing.assets_without_agreement",
    title="Assets shared without an agreement",
    definition="Assets on the register at the end of the date that say with whom they are shared, and that "
    f"no agreement in force covered. {PERIODS} {ONE_CLOCK}",
    shape=VERSIONS,
)
def without_agreement(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Shared on what ground?"""
    valid = in_force.rows(moment, Scope()).values("id")
    links: Any = AgreementAsset.history
    covered = links.before(instant_of(moment)).filter(agreement_id__in=valid)
    return total.rows(moment, scope).exclude(recipients="").exclude(id__in=covered.values("asset_id"))


@figure(
    "sharing.contracts",
    title="Contracts with processors in force",
    definition=f"Contracts with processors that had begun and not ended at the end of the date. {ONE_CLOCK}",
    shape=CONTRACTS,
)
def contracts(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Those under which somebody processes information for the council."""
    versions: QuerySet[Any] = ProcessorContract.history.at(moment).within(scope)
    return versions.filter(standing__in=("in_force", "review_due"))


@figure(
    "sharing.contracts_review_due",
    title="Compliance review due",
    definition="Contracts with processors in force at the end of the date whose compliance review was due. "
    f"{ONE_CLOCK}",
    shape=CONTRACTS,
)
def contracts_review_due(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Those of which nobody has looked lately whether the processor does as agreed."""
    return contracts.rows(moment, scope).filter(standing="review_due")


@figure(
    "sharing.contracts_without_terms",
    title="Contracts without Article 28 terms",
    definition="Contracts with processors in force at the end of the date of which it was not recorded that "
    f"the terms of Article 28 of the UK GDPR are in place: missing, or not checked. {ONE_CLOCK}",
    shape=CONTRACTS,
)
def without_terms(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Those that the law does not allow, or of which nobody knows."""
    return contracts.rows(moment, scope).exclude(has_terms=True)


def agreement_counts(moment: Moment, scope: Scope) -> dict[str, int]:
    """The figures of agreements grouped in one query, and the assets that none covers in another."""
    found = agreements.by(moment, scope, "standing")
    due = found.get("review_due", 0)
    return {
        agreements.key: sum(found.values()),
        in_force.key: found.get("in_force", 0) + due,
        review_due.key: due,
        lapsed.key: found.get("lapsed", 0),
        without_agreement.key: without_agreement.value(moment, scope),
    }


def contract_counts(moment: Moment, scope: Scope) -> dict[str, int]:
    """The figures of contracts, grouped in one query; those that have ended are in none of them."""
    found = contracts.by(moment, scope, "standing", "terms")
    return {
        contracts.key: sum(found.values()),
        contracts_review_due.key: sum(number for (at, _), number in found.items() if at == "review_due"),
        without_terms.key: sum(number for (_, terms), number in found.items() if not terms),
    }
