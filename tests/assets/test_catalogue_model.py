"""The catalogue is valid by the UK cross-government metadata exchange model."""

import json
import os
from pathlib import Path

import pytest
import yaml
from django.test import Client

from assets.models import Exemption, Function, Licence, Marking
from tests.assets import metadata_model as model
from tests.factories import AssetFactory

MODEL = Path(
    os.environ.get("METADATA_MODEL", "/work/shared/data/metadata-model")
) / "uk_cross_government_metadata_exchange_model.yaml"  # fmt: skip
needs_the_model = pytest.mark.skipif(not MODEL.exists(), reason="the model's file is not at hand")


def catalogue():
    return json.loads(Client().get("/register/catalogue.jsonld").content)


@pytest.mark.django_db
def test_every_record_of_the_catalogue_is_valid():
    official, licence = Marking.objects.get(code="official"), Licence.objects.get(code="ogl-3")
    common = {"marking": official, "licence": licence}
    AssetFactory(publish="publish", **common)
    AssetFactory(
        publish="publish",
        description="Every tree\nthat the council owns " * 20,
        function=Function.objects.first(),
        dataset_address="https://data.northmere.example/trees",
        **common,
    )
    AssetFactory(
        publish="part", publish_reason="Names left out", exemption=Exemption.objects.first(), **common
    )

    found = catalogue()
    assert len(found["dataset"]) == 3
    for record in found["dataset"]:
        assert model.faults(record) == []
    assert len(found["@included"]) == 1
    for record in found["@included"]:
        assert model.faults(record, "Distribution") == []


@pytest.mark.django_db
def test_every_name_in_the_catalogue_is_a_term_of_its_context():
    AssetFactory(
        publish="publish",
        marking=Marking.objects.get(code="official"),
        licence=Licence.objects.get(code="ogl-3"),
        function=Function.objects.first(),
        dataset_address="https://data.northmere.example/trees.csv",
    )
    found = catalogue()
    terms = set(found.pop("@context")) | {"@id", "@included"}

    def names(value):
        if isinstance(value, dict):
            yield from value
            value = value.values()
        if isinstance(value, list) or not isinstance(value, str | int | type(None)):
            for each in value:
                yield from names(each)

    assert set(names(found)) <= terms


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"title": ""}, "Dataset lacks title"),
        ({"accessRights": "SECRET"}, "accessRights is SECRET"),
        ({"updateFrequency": "annual"}, "updateFrequency is annual"),
        ({"securityClassification": "OFFICIAL-SENSITIVE"}, "securityClassification is OFFICIAL-SENSITIVE"),
        ({"contactPoint": {"contactName": "A team"}}, "ContactPoint lacks email"),
        ({"contactPoint": {"contactName": "A team", "email": "none"}}, "email does not look like one: none"),
        ({"modified": "yesterday"}, "modified is no day: yesterday"),
        ({"creator": "one"}, "creator is one"),
        ({"colour": "green"}, "Dataset has no colour"),
        ({"identifier": "not an address"}, "identifier is no address: not an address"),
    ],
)
def test_the_check_finds_faults(change, fault):
    fine = {
        "identifier": "https://data.example/1",
        "type": "dcat:Dataset",
        "title": "Trees",
        "description": "Every tree",
        "licence": "https://licence.example",
        "version": "1",
        "accessRights": "OPEN",
        "securityClassification": "OFFICIAL",
        "contactPoint": {"contactName": "A team", "email": "team@council.example"},
        "modified": "2016-10-24",
        "creator": ["a-council"],
        "publisher": "a-council",
        "updateFrequency": "freq:annual",
    }
    assert model.faults(fine) == []
    assert model.faults(fine | change) == [fault]


def slots_of(found, kind):
    """The slots of a class, its parents' with them, each with what the class says otherwise."""
    here = found["classes"][kind]
    slots = slots_of(found, here["is_a"]) if "is_a" in here else {}
    slots |= {name: dict(found["slots"].get(name, {})) for name in here.get("slots", [])}
    for name, usage in here.get("slot_usage", {}).items():
        slots[name] = slots[name] | usage
    return slots


@needs_the_model
@pytest.mark.parametrize("kind", ["Dataset", "Distribution", "ContactPoint"])
def test_the_facts_of_the_model_are_those_of_its_file(kind):
    slots = slots_of(yaml.safe_load(MODEL.read_text()), kind)
    assert {name for name, slot in slots.items() if slot.get("required")} == model.REQUIRED[kind]
    assert set(slots) == model.KNOWN[kind]
    assert {name for name, slot in slots.items() if slot.get("multivalued")} <= model.MANY | {"accessService"}


@needs_the_model
def test_the_values_of_the_model_are_those_of_its_file():
    enums = yaml.safe_load(MODEL.read_text())["enums"]
    names = {
        "accessRights": "AccessRightsValues",
        "securityClassification": "SecurityClassificationValues",
        "updateFrequency": "FrequencyValues",
    }
    for slot, enum in names.items():
        assert set(enums[enum]["permissible_values"]) == model.VALUES[slot]


@needs_the_model
def test_the_examples_of_the_model_pass_the_check():
    for path in (MODEL.parent / "Dataset" / "valid").glob("*.yaml"):
        example = yaml.safe_load(path.read_text())
        example["version"] = str(example["version"])
        assert model.faults(example) == [], path.name
