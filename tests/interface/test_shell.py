"""What every page has around its content, and the pages that belong to no room."""

import importlib
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from governance.core import theme

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = ["/components/", "/accessibility/", "/nowhere/"]


@pytest.fixture(autouse=True)
def _gallery(settings):
    settings.ROOT_URLCONF = "tests.interface.urls"


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_every_page_has_one_heading_one_main_a_skip_link_and_a_title(client: Client, address: str) -> None:
    drawn = client.get(address).content.decode()
    assert drawn.count("<h1") == drawn.count("<main") == 1
    assert drawn.index('href="#main-content"') < drawn.index("<header")
    assert re.search(r"<title>[^<]+ - Custodian - [^<]+</title>", drawn)
    assert '<html lang="en-GB"' in drawn


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_no_page_carries_inline_style_or_script(client: Client, address: str) -> None:
    answer = client.get(address)
    drawn = answer.content.decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", drawn)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Permissions-Policy" in answer


@pytest.mark.django_db
def test_the_marking_stands_on_every_page_unless_the_council_has_none(client: Client, settings) -> None:
    settings.PROTECTIVE_MARKING = "OFFICIAL-SENSITIVE"
    assert client.get("/accessibility/").content.decode().count("OFFICIAL-SENSITIVE") == 2
    settings.PROTECTIVE_MARKING = ""
    assert "app-marking" not in client.get("/accessibility/").content.decode()


@pytest.mark.django_db
def test_healthz_answers_strangers_with_ok_and_nothing_else(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db(transaction=True)
def test_healthz_says_503_when_the_database_does_not_answer(client: Client) -> None:
    name = connection.settings_dict["PORT"]
    connection.close()
    connection.settings_dict["PORT"] = "1"
    try:
        answer = client.get("/healthz")
    finally:
        connection.close()
        connection.settings_dict["PORT"] = name
    assert answer.status_code == 503
    assert b"Traceback" not in answer.content


def test_the_page_for_our_own_faults_needs_no_database() -> None:
    from governance.core.views import server_error

    answer = server_error(None)
    assert answer.status_code == 500
    assert b"This is our fault, not yours" in answer.content


@pytest.mark.django_db
def test_a_stale_form_is_told_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert answer.status_code == 403
    assert b"This form is no longer valid" in answer.content


def test_the_gallery_is_not_mounted_outside_development(settings: Any) -> None:
    from governance.core import urls

    settings.DEBUG = False
    assert "components" not in {each.name for each in importlib.reload(urls).urlpatterns}


# The accent colour


def test_the_default_accent_can_be_read_on_white() -> None:
    assert theme.contrast_with_white(theme.DEFAULT) >= theme.READABLE


@pytest.mark.parametrize(("colour", "contrast"), [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54)])
def test_contrast_is_counted_as_wcag_counts_it(colour: str, contrast: float) -> None:
    assert round(theme.contrast_with_white(colour), 2) == contrast


@pytest.mark.parametrize("colour", ["teal", "#0b5", "#0b5563;}body{display:none", "", "#gggggg"])
def test_an_accent_that_is_no_colour_is_refused_and_never_served(colour: str, settings) -> None:
    settings.ACCENT_COLOUR = colour
    assert "written as #rrggbb" in theme.problem(colour)
    assert [error.id for error in theme.accent_can_be_read()] == ["core.E010"]
    assert theme.sheet(colour) == theme.sheet(theme.DEFAULT)


def test_an_accent_too_pale_to_read_is_refused_by_its_contrast() -> None:
    assert "1.6 contrast" in theme.problem("#cccccc")


@pytest.mark.django_db
def test_the_accent_is_served_as_a_style_sheet(client: Client, settings) -> None:
    settings.ACCENT_COLOUR = "#7a1f5c"
    answer = client.get("/theme.css")
    assert answer["Content-Type"].startswith("text/css")
    assert b"--govuk-brand-colour:#7a1f5c" in answer.content


# The build


def test_the_lock_names_no_place_to_fetch_from() -> None:
    lock = (ROOT / "static" / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert '"integrity"' in lock


def test_no_crown_no_crest_and_no_brand_typeface(built_interface: None) -> None:
    sheet = (ROOT / "static" / "build" / "app.css").read_text().lower()
    assert not re.search(r"crown|crest|gds transport|royal", sheet)
    assert "source sans 3" in sheet


def test_everything_the_sheets_name_was_built(built_interface: None) -> None:
    built = ROOT / "static" / "build"
    named = {
        name
        for sheet in built.glob("*.css")
        for name in re.findall(r'url\("?([^")]+)"?\)', sheet.read_text())
    }
    files = {name for name in named if not name.startswith("data:")}
    assert files
    assert [name for name in sorted(files) if not (built / name).is_file()] == []


def test_a_second_build_does_nothing(built_interface: None) -> None:
    sheet = ROOT / "static" / "build" / "app.css"
    before = sheet.stat().st_mtime_ns
    subprocess.run([sys.executable, ROOT / "static" / "build.py"], check=True)
    assert sheet.stat().st_mtime_ns == before
