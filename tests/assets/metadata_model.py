"""What the UK cross-government metadata exchange model asks of a dataset: facts, and a check by them.

The model is github.com/co-cddo/ukgov-metadata-exchange-model (Open Government Licence v3.0). To compare the
facts with a copy of it, examples included: `python -m tests.assets.metadata_model FOLDER`. It raises
AssertionError where they differ.
"""

import re
import sys
from datetime import date
from pathlib import Path

import yaml

FILE = "uk_cross_government_metadata_exchange_model.yaml"

REQUIRED = {
    "Dataset": {
        "accessRights", "contactPoint", "creator", "description", "identifier", "licence", "modified",
        "publisher", "securityClassification", "title", "type", "updateFrequency", "version",
    },
    "Distribution": {"identifier", "licence", "mediaType", "title", "type"},
    "ContactPoint": {"contactName", "email"},
}  # fmt: skip
RECOMMENDED = {"alternativeTitle", "distribution", "relatedResource", "summary", "theme"}
KNOWN = {
    "Dataset": REQUIRED["Dataset"] | RECOMMENDED | {"created", "issued", "keyword"},
    "Distribution": REQUIRED["Distribution"]
    | {"accessRights", "accessService", "byteSize", "description", "downloadURL", "issued", "modified"},
    "ContactPoint": REQUIRED["ContactPoint"] | {"telephone", "address"},
}
VALUES = {
    "accessRights": {"INTERNAL", "OPEN", "COMMERCIAL"},
    "securityClassification": {"OFFICIAL", "SECRET", "TOP_SECRET", "NOT_APPLICABLE"},
    "updateFrequency": {
        "freq:" + term
        for term in (
            "triennial", "biennial", "annual", "semiannual", "threeTimesAYear", "quarterly", "bimonthly",
            "monthly", "semimonthly", "biweekly", "threeTimesAMonth", "weekly", "semiweekly",
            "threeTimesAWeek", "daily", "continuous", "irregular",
        )
    },
}  # fmt: skip
MANY = {"alternativeTitle", "creator", "distribution", "keyword", "relatedResource", "theme"}
PATTERNS = {
    "summary": r"^.{1,250}$",
    "email": r"^\S+@[\S+\.]+\S+",
    "mediaType": r"^application/\S+|^audio/\S+|^font/\S+|^image/\S+|^message/\S+|^model/\S+|^multipart/\S+"
    r"|^text/\S+|^video/\S+",
}
PARTS = {"contactPoint": "ContactPoint"}
# A distribution is named by its address, and described beside.
ADDRESSES = {"identifier", "distribution", "downloadURL"}
DAYS = {"created", "issued", "modified"}


def faults(record, kind="Dataset"):
    """What the model holds against a record, in words; nothing for a valid one."""
    said = {name for name, value in record.items() if value not in ("", None, [])}
    found = [f"{kind} lacks {name}" for name in sorted(REQUIRED[kind] - said)]
    found += [f"{kind} has no {name}" for name in sorted(said - KNOWN[kind] - {"@id"})]
    for name in sorted(said & KNOWN[kind]):
        many = isinstance(record[name], list)
        if many != (name in MANY):
            found.append(f"{name} is {'many' if many else 'one'}")
        for value in record[name] if many else [record[name]]:
            found += value_faults(name, value)
    return found


def value_faults(name, value):
    """What is wrong with one value."""
    if name in PARTS:
        return faults(value, PARTS[name])
    if name in VALUES and value not in VALUES[name]:
        return [f"{name} is {value}"]
    if name in PATTERNS and not re.match(PATTERNS[name], value):
        return [f"{name} does not look like one: {value}"]
    if name in ADDRESSES and not re.match(r"^[a-z]+:\S+$", value):
        return [f"{name} is no address: {value}"]
    if name in DAYS:
        try:
            date.fromisoformat(value)
        except ValueError:
            return [f"{name} is no day: {value}"]
    return []


def slots_of(found, kind):
    """The slots of a class, its parents' with them, each with what the class says otherwise."""
    here = found["classes"][kind]
    slots = slots_of(found, here["is_a"]) if "is_a" in here else {}
    slots |= {name: dict(found["slots"].get(name, {})) for name in here.get("slots", [])}
    for name, usage in here.get("slot_usage", {}).items():
        slots[name] = slots[name] | usage
    return slots


def compare(folder):
    """These facts beside those of the model's file, and its own examples by our check."""
    found = yaml.safe_load((folder / FILE).read_text())
    for kind in KNOWN:
        slots = slots_of(found, kind)
        assert {name for name, slot in slots.items() if slot.get("required")} == REQUIRED[kind], kind
        assert set(slots) == KNOWN[kind], kind
        assert {name for name, slot in slots.items() if slot.get("multivalued")} <= MANY | {"accessService"}
    for slot, enum in {
        "accessRights": "AccessRightsValues",
        "securityClassification": "SecurityClassificationValues",
        "updateFrequency": "FrequencyValues",
    }.items():
        assert set(found["enums"][enum]["permissible_values"]) == VALUES[slot], slot
    for path in (folder / "Dataset" / "valid").glob("*.yaml"):
        example = yaml.safe_load(path.read_text())
        example["version"] = str(example["version"])
        assert faults(example) == [], path.name


if __name__ == "__main__":
    compare(Path(sys.argv[1]))
