"""Every field that many assets may take at once, by the control of its own section."""

import pytest

from assets.forms.bulk import FIELDS, name_of
from assets.models import Asset, System
from assets.representations.entry import label_of
from assets.representations.sections import SECTIONS
from tests.assets.bulk import check, do, start
from tests.assets.factories_retention import RuleFactory
from tests.factories import AssetFactory, PostFactory, UnitFactory

pytestmark = pytest.mark.django_db


def typed_for(names):
    """Something that can be chosen or typed in each control of a field."""
    samples = {"contains_personal_data": lambda: "False",
               "owner": lambda: PostFactory().pk, "unit": lambda: UnitFactory().pk,
               "custodian": lambda: PostFactory().pk, "form": lambda: "paper", "stars": lambda: "3",
               "system": lambda: System.objects.create(code="crm", name="CRM", kind="portal").pk,
               "retention_rule": lambda: RuleFactory().pk, "longest_outage_hours": lambda: "48",
               "publish": lambda: "publish", "exemption": str, "publish_reason": str}  # fmt: skip
    typed = {}
    for name in names:
        column = Asset._meta.get_field(name)
        if name == "retention_from":
            typed |= {f"{name}_day": "24", f"{name}_month": "10", f"{name}_year": "2016"}
        elif name in samples:
            typed[name] = samples[name]()
        elif column.get_internal_type() == "BooleanField":
            typed[name] = "True"
        elif column.is_relation:
            typed[name] = column.related_model.objects.first().pk
            if column.target_field.attname == "number":
                typed[name] = column.related_model.objects.first().number
        else:
            typed[name] = "The same for all"
    return typed


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_is_set_in_all_by_its_own_control_and_the_check_says_what_stands_now(ig_officer, field):
    assets = AssetFactory.create_batch(2, contains_personal_data=True)
    asked = start(ig_officer, all="yes", field=field).content.decode()
    assert name_of(field) in asked
    checked = check(ig_officer, field, typed_for(FIELDS[field]), all="yes")
    page = checked.content.decode()
    assert f"{label_of(FIELDS[field][0])} now" in page
    assert do(ig_officer, checked).status_code == 302
    for asset in assets:
        before, after = asset.history.order_by("history_id")
        changed = {
            column.name
            for column in Asset._meta.concrete_fields
            if getattr(before, column.attname) != getattr(after, column.attname)
        }
        assert changed
        assert changed <= set(FIELDS[field])


def test_every_field_of_a_section_is_offered_or_is_each_assets_own():
    own = {"title", "description", "purpose", "potential", "dataset_address"}
    offered = {name for names in FIELDS.values() for name in names}
    assert {name for section in SECTIONS for name in section.fields} - offered == own


@pytest.mark.parametrize("sensitive", ["special_category", "criminal_offence"])
def test_what_is_sensitive_about_people_is_not_said_of_what_is_not_about_people(ig_officer, sensitive):
    about = AssetFactory(contains_personal_data=True)
    others = [AssetFactory(contains_personal_data=None), AssetFactory(contains_personal_data=False)]
    checked = check(ig_officer, sensitive, {sensitive: "True"}, all="yes")
    page = checked.content.decode()
    assert "It is not said that they contain personal data" in page
    assert all(each.reference in page for each in others)
    assert do(ig_officer, checked).status_code == 302
    assert list(Asset.objects.filter(**{sensitive: True})) == [about]
