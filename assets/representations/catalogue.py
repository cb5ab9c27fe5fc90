"""The public register as a catalogue: DCAT in JSON-LD, by the UK cross-government metadata exchange model.

The names of properties are the model's, and `CONTEXT` says which term of DCAT, Dublin Core or vCard each is
(github.com/co-cddo/ukgov-metadata-exchange-model, Open Government Licence v3.0).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from mimetypes import guess_type
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify

from governance.core.dates import LONDON
from governance.people.models import Controller

SEPARATOR, PIECE = ",\n", 65_536
LONGEST_SUMMARY = 250  # domain.md 9.3
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "freq": "http://purl.org/cld/freq/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "ukgov": "https://w3id.org/co-cddo/ukgov-metadata-exchange-model/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "identifier": "dct:identifier",
    "type": "@type",
    "title": "dct:title",
    "description": "dct:description",
    "summary": "rdfs:comment",
    "keyword": "dcat:keyword",
    "licence": {"@id": "dct:license", "@type": "@id"},
    "version": "dcat:version",
    "accessRights": "dct:accessRights",
    "securityClassification": "ukgov:securityClassification",
    "contactPoint": "dcat:contactPoint",
    "contactName": "vcard:fn",
    "email": "vcard:hasEmail",
    "issued": "dct:issued",
    "modified": "dct:modified",
    "creator": "dct:creator",
    "publisher": "dct:publisher",
    "updateFrequency": {"@id": "dct:accrualPeriodicity", "@type": "@id"},
    "distribution": {"@id": "dcat:distribution", "@type": "@id"},
    "downloadURL": {"@id": "dcat:downloadURL", "@type": "@id"},
    "mediaType": "dcat:mediaType",
    "dataset": "dcat:dataset",
}


def catalogue(entries: Iterable[dict[str, Any]], controller: Controller, on: date) -> Iterator[str]:
    """The catalogue of those public entries that name a licence: without one nothing may be used again.

    It comes in pieces, as the entries do, so that it takes no more memory for many than for few.
    """
    contact = {"contactName": controller.dpo_name or str(controller)}
    if email := controller.dpo_email or controller.email:  # what the council says of itself, or none
        contact["email"] = email
    council = slugify(str(controller))
    head = {
        "@context": CONTEXT,
        "@id": f"{settings.SITE_URL}{reverse('public:register')}",
        "type": "dcat:Catalog",
        "title": f"Information assets of {controller}",
        "publisher": council,
        "modified": on.isoformat(),
    }
    yield f'{_json(head).removesuffix("}")}, "dataset": ['
    with TemporaryFile("w+", encoding="utf-8") as kept:  # what has an address stands after all datasets
        before = before_kept = ""
        for entry in entries:
            if entry["licence_address"] or entry["licence"]:
                yield before + _json(record(entry, contact, council))
                before = SEPARATOR
                if entry["address"]:
                    kept.write(before_kept + _json(distribution(entry)))
                    before_kept = SEPARATOR
        yield '], "@included": ['
        kept.seek(0)
        yield from iter(partial(kept.read, PIECE), "")
    yield "]}"


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def record(entry: dict[str, Any], contact: dict[str, str], council: str) -> dict[str, Any]:
    """One asset as a dataset of the model."""
    address = f"{settings.SITE_URL}{reverse('public:asset', args=[entry['reference']])}"
    changed = changed_on(entry)
    in_part = f"Published in part. {entry['reason']}" if entry["reason"] else ""
    description = entry["description"] or in_part or entry["title"]
    found = {
        "@id": address,
        "identifier": address,
        "type": "dcat:Dataset",
        "title": entry["title"],
        "description": description,
        "summary": " ".join(description.split())[:LONGEST_SUMMARY],
        "licence": entry["licence_address"] or entry["licence"],
        "version": changed,
        "accessRights": "OPEN",
        "securityClassification": classification(entry["marking"]),
        "contactPoint": contact,
        "creator": [council],
        "publisher": council,
        "modified": changed,
        # The register does not say how often an asset changes: the model's word for that.
        "updateFrequency": "freq:irregular",
    }
    if entry["function"]:
        found["keyword"] = [entry["function"]]
    if entry["address"]:
        found["distribution"] = [entry["address"]]
    return found


def changed_on(entry: dict[str, Any]) -> str:
    """The day of the last change."""
    day: date = entry["changed"].astimezone(LONDON).date()
    return day.isoformat()


def distribution(entry: dict[str, Any]) -> dict[str, Any]:
    """Where the dataset can be had, with the kind of file that its address ends in."""
    return {
        "@id": entry["address"],
        "identifier": entry["address"],
        "type": "dcat:Distribution",
        "title": entry["title"],
        "licence": entry["licence_address"] or entry["licence"],
        "downloadURL": entry["address"],
        "mediaType": guess_type(entry["address"])[0] or "text/html",
        "modified": changed_on(entry),
    }


def classification(marking: str) -> str:
    """The classification behind a marking: OFFICIAL, or none that is applied."""
    return "OFFICIAL" if marking.upper().startswith("OFFICIAL") else "NOT_APPLICABLE"
