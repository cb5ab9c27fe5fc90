"""What has to be done and said of an incident before it is closed."""

from __future__ import annotations

from governance.figures.moment import Moment
from risks.models import OPEN_CLOCKS, Incident


def missing_to_close(incident: Incident) -> list[str]:
    """What is still to be said or done before it can be closed, as parts of a sentence."""
    clock = Incident.history.at(Moment.now()).filter(id=incident.pk).values_list("clock", flat=True).first()
    types = (incident.confidentiality, incident.integrity, incident.availability)
    wanted = {
        "decide whether the ICO is told, or tell it": clock in OPEN_CLOCKS,
        "say of which types it is, and of which not": None in types or not any(types),
        "say whether it was a near miss": incident.near_miss is None,
        "say whether special category data are concerned": incident.contains_personal_data is not False
        and incident.special_category is None,
        "rate its severity": incident.severity_id is None,
        "say what caused it": not incident.cause,
        "say what was learnt": not incident.lessons,
    }
    return [words for words, missing in wanted.items() if missing]
