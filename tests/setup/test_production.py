"""Production refuses to start half-configured, and says where the trail is not protected."""

import pytest
from django.db import connection

from governance.core.checks import PANGO_PACKAGE, application_owns_nothing, pango_is_there
from tests.database import url
from tests.setup.programs import manage, plain_environment

COMPLETE = {
    "CUSTODIAN_ENV": "production",
    "DATABASE_URL": "postgres://application@database.example/custodian",
    "SECRET_KEY": "7pM2-Yx0_wQb9Zr4tKc6vLd8nHf1sGj3aEu5iRo7TzPq2XmWkVyBhCgDlNeJ",
    "ALLOWED_HOSTS": "custodian.example",
    "BROKER_URL": "redis://broker.example",
}


@pytest.mark.parametrize("name", ["DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "BROKER_URL"])
def test_production_refuses_to_start_without(name):
    refused = manage("check", environment=plain_environment(**{**COMPLETE, name: " "}))

    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        f"{name} is not set: production needs it (see docs/production.md)."
    ]


def test_all_that_is_missing_is_said_at_once():
    refused = manage("check", environment=plain_environment(CUSTODIAN_ENV="production"))

    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 4


def test_a_misspelt_environment_is_not_taken_for_development():
    refused = manage("check", environment=plain_environment(CUSTODIAN_ENV="prod"))

    assert refused.returncode == 1
    assert refused.stderr == "CUSTODIAN_ENV is prod: it is either development or production.\n"


@pytest.mark.parametrize("days", ["0", "-1"])
def test_files_brought_in_are_kept_for_a_day_at_least(days):
    """Else each night would abandon every batch that somebody works on."""
    refused = manage("check", environment=plain_environment(**COMPLETE, UPLOADS_KEPT_DAYS=days))

    assert refused.returncode == 1
    assert refused.stderr == f"UPLOADS_KEPT_DAYS is {days}: files are kept for 1 day or more.\n"


@pytest.mark.parametrize("name", ["SEAL_SECONDS", "RESTATEMENTS_SECONDS", "EVIDENCE_SCANNER_SECONDS"])
def test_nothing_is_done_every_no_seconds_or_in_none(name):
    """Else beat would never rest, and every file would be refused."""
    refused = manage("check", environment=plain_environment(**COMPLETE, **{name: "0"}))

    assert refused.returncode == 1
    assert refused.stderr == f"{name} is 0: it is 1 second or more.\n"


def test_the_deployment_check_has_nothing_to_say_and_nothing_is_silenced():
    checked = manage(
        "check", "--deploy", "--fail-level", "WARNING", environment=plain_environment(**COMPLETE)
    )

    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout


def test_an_application_that_owns_its_tables_is_warned_about(process_env, settings):
    owner = {**process_env, **COMPLETE, "DATABASE_URL": url(settings.DATABASES["owner"])}
    warned = manage("check", "--database", "default", environment=owner)

    assert warned.returncode == 0
    assert "The application runs as the owner of its tables" in warned.stderr
    assert "DATABASE_OWNER_URL" in warned.stderr


def test_an_application_that_owns_nothing_is_not_warned_about(db, settings):
    settings.PRODUCTION = True

    assert connection.settings_dict["USER"] == "custodian_app"
    assert application_owns_nothing(None, databases=["default"]) == []


def test_a_missing_library_is_named_by_its_debian_package():
    (error,) = pango_is_there(None, library="libpango-that-is-not-here.so.0")

    assert error.hint == f"Type: sudo apt-get install --no-install-recommends {PANGO_PACKAGE}"
    assert pango_is_there(None) == []
