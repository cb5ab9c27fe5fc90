"""A compliance review is recorded, and the contract says when the next is due."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from assets.models import ComplianceReview, ProcessorContract
from governance.history.trail import because


def record_review(review: ComplianceReview, *, next_on: date | None) -> ComplianceReview:
    """Append the review; the contract's next review moves on, or is empty where none is planned."""
    with transaction.atomic(), because("Compliance review recorded"):
        review.save(force_insert=True)
        contract = ProcessorContract.objects.for_change().get(pk=review.contract_id)
        contract.review_on = next_on
        contract.save(update_fields=["review_on"])
    return review
