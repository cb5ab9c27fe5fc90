"""The catalogue is valid by the UK cross-government metadata exchange model."""

import json

import pytest
from django.test import Client

from assets.models import Exemption, Function, Licence, Marking
from governance.people.models import Controller
from tests.assets import metadata_model as model
from tests.factories import AssetFactory


def catalogue():
    return json.loads(b"".join(Client().get("/register/catalogue.jsonld").streaming_content))


@pytest.fixture
def contact(db):
    """The council says how it is reached, as the model asks."""
    council = Controller.objects.current()
    council.email = "open.data@northmere.example"
    council.save()
    return council


def contacts():
    AssetFactory(
        publish="publish",
        marking=Marking.objects.get(code="official"),
        licence=Licence.objects.get(code="ogl-3"),
    )
    return [record["contactPoint"] for record in catalogue()["dataset"]]


def test_the_data_protection_officers_mailbox_is_named_before_the_councils(contact):
    contact.dpo_email, contact.dpo_name = "dpo@northmere.example", "Data Protection Officer"
    contact.save()
    assert contacts() == [{"contactName": "Data Protection Officer", "email": "dpo@northmere.example"}]


def test_a_council_that_has_said_no_address_is_given_none_of_ours(db, settings):
    settings.DEFAULT_FROM_EMAIL = "custodian@localhost"
    assert contacts() == [{"contactName": settings.COUNCIL_NAME}]


@pytest.mark.django_db
def test_every_record_of_the_catalogue_is_valid(contact):
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
