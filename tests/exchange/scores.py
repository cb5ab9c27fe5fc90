"""Bringing scores in by file, and what then stands."""

from risks.models import Risk
from tests.exchange.test_risks_in import bring

BOTH = ["Reference", "Likelihood", "Impact"]
TARGETS = ["Reference", "Target likelihood", "Target impact"]


def standing(risk):
    """Likelihood and impact of each kind that stands."""
    found = Risk.objects.with_levels().get(pk=risk.pk)
    said = {kind: getattr(found, kind) for kind in ("inherent", "current", "target")}
    return {kind: (told["likelihood"], told["impact"]) for kind, told in said.items() if told}


def faults(batch):
    return [(row.number, heading, said) for row in batch.rows.all() for heading, _, said in row.faults]


def bring_scores(person, *rows, headings=BOTH, **options):
    return bring(rows, person, headings, **options)
