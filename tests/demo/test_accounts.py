"""The demonstration's people, their passwords, and what the trail says of them."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from actions.models import ActionPlan
from governance.demo import accounts
from governance.demo.loader import load, people_with_accounts
from governance.people.models import Role, User
from tests.demo.sheets import rows_of_all_tables

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def written(settings, tmp_path) -> Path:
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR / "demonstration-accounts.txt"


def test_whoever_recorded_progress_stands_in_the_trail_of_the_action():
    plan = ActionPlan.objects.get(code="ico-2015")
    versions = plan.actions.get(reference="ICO-001").history.order_by("history_date", "history_id")

    done = versions.filter(status="completed").first()

    assert versions.last().status == "completed"
    assert done.history_who
    assert done.history_change_reason.startswith("Action plan workbook")


def test_every_role_has_an_account_that_holds_it_today():
    people = people_with_accounts()
    held = {role for role in Role if any(person.holds_any(role) for person in people)}

    assert held == set(Role)


def test_new_passwords_open_the_door_and_are_kept_for_this_account_only(written):
    call_command("demo_accounts", renew=True, stdout=(printed := StringIO()))
    lines = [line.split()[:2] for line in written.read_text().splitlines()]

    assert printed.getvalue().strip() == written.read_text().strip()
    assert written.stat().st_mode & 0o777 == 0o600
    assert [email for email, _ in lines] == [person.email for person in people_with_accounts()]
    email, password = lines[0]
    assert User.objects.get(email=email).check_password(password)
    assert Client().login(email=email, password=password)


def test_renewing_passwords_leaves_no_trace_in_the_trail():
    before = rows_of_all_tables()
    call_command("demo_accounts", renew=True, stdout=StringIO())

    assert rows_of_all_tables() == before


def test_passwords_are_different_each_time_and_long_enough():
    made = {accounts.new_password() for _ in range(100)}

    assert len(made) == 100
    assert all(len(password) == 17 for password in made)


def test_a_file_of_accounts_that_is_gone_is_said_with_what_to_do():
    assert load().lines[1].endswith("./run manage demo_accounts --renew")
    with pytest.raises(CommandError, match="For new passwords: demo_accounts --renew"):
        call_command("demo_accounts")
