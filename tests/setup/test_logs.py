"""Who reads a log comes into no account by it."""

import logging
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from governance.core.logs import LOGS_WITH_ADDRESSES, leave_links_out
from governance.demo.processes import WEB
from tests.setup.programs import ROOT, free_port, plain_environment, run, wait_until
from tests.setup.test_production import COMPLETE

LINK = "/accounts/password/reset/key/1a-d3k4tz-0123456789abcdef0123456789abcdef/"
SEND = """
import django
django.setup()
from django.core.mail import send_mail
print(send_mail("Set your password", "The link is SECRET-LINK", None, ["officer@northmere.example"]))
"""


@pytest.mark.slow
def test_the_access_log_has_the_request_and_not_its_key(process_env, tmp_path):
    port, log = free_port(), tmp_path / "log"
    with log.open("w") as output:
        web = subprocess.Popen(
            [*WEB, "--bind", f"127.0.0.1:{port}"], cwd=ROOT, env=process_env, stdout=output, stderr=output
        )
    try:
        wait_until(lambda: "Booting worker" in log.read_text(), 30, "a worker")
        asked = urllib.request.Request(
            f"http://127.0.0.1:{port}{LINK}", headers={"Referer": f"http://x{LINK}"}
        )
        urllib.request.urlopen(asked).close()
        wait_until(lambda: "GET /accounts/password/reset/key/…/" in log.read_text(), 10, "the line")
    finally:
        web.terminate()
        web.wait(20)
    assert "0123456789abcdef" not in log.read_text()


@pytest.mark.parametrize("name", LOGS_WITH_ADDRESSES)
def test_no_log_that_writes_addresses_holds_such_a_link(name, caplog):
    leave_links_out()
    with caplog.at_level(logging.WARNING):
        logging.getLogger(name).warning("Internal Server Error: %s", LINK)
    assert caplog.messages == ["Internal Server Error: /accounts/password/reset/key/…/"]


@pytest.mark.parametrize("said", [{}, {"EMAIL_URL": ""}])
def test_production_that_does_not_know_where_mail_goes_drops_it_and_says_so(said, tmp_path):
    environment = plain_environment(**COMPLETE, DJANGO_SETTINGS_MODULE="governance.settings", **said)
    environment["VAR_DIR"] = str(tmp_path)
    sent = run(sys.executable, "-c", SEND, environment=environment)

    assert sent.stdout == "0\n"
    assert "EMAIL_URL is not set: 1 mail(s) dropped" in sent.stderr
    assert "SECRET-LINK" not in sent.stderr
    assert "northmere" not in sent.stderr


def test_the_containers_print_no_mail_either():
    assert "consolemail" not in Path(ROOT / "compose.yaml").read_text()
