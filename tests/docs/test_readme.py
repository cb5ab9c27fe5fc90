"""What README shows is what comes out."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from governance.demo.loader import people_with_accounts
from governance.people.models import Role
from tests.docs.documents import DOCUMENTS, blocks, rows

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]

README = DOCUMENTS["README.md"]
SHOWN = [
    (line.split(), output.strip())
    for block in blocks(README, "console")
    for line, output in re.findall(r"^\$ \./run manage (.+)\n((?:[^$].*\n)+)", block, re.MULTILINE)
]


def test_there_is_something_to_compare():
    assert len(SHOWN) == 2


@pytest.mark.parametrize(("words", "output"), SHOWN, ids=[" ".join(words) for words, _ in SHOWN])
def test_a_command_prints_what_is_shown(words, output):
    printed = StringIO()
    call_command(*words, stdout=printed)
    assert printed.getvalue().strip() == output


def test_the_figure_to_click_is_the_figure():
    (figure,) = re.findall(r"\*\*(\d+) completed\*\*", README)
    printed = StringIO()
    call_command("figure", "actions.completed", plan=["ico-2015"], as_at="2016-10-24", stdout=printed)
    assert f": {figure}\n" in printed.getvalue()


def test_the_accounts_that_are_told_may_sign_in_and_hold_that_role():
    accounts = {person.email: person for person in people_with_accounts()}
    for email, role, _ in rows(README, "account"):
        person = accounts[email]
        (wanted,) = [one for one in Role if one.label.lower().split(" (")[0] == role]
        assert person.holds_any(wanted), email
