"""Real Chromium for tests: pages with and without scripts, signing in, and what every page must pass.

A page fixture opens addresses of the live server: `page.goto("/assets/")`. When the test ends, any error on
the browser's console (a breach of the security policy is one) fails it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 800}
SIGN_IN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(scope="session")
def built_interface() -> None:
    """Styles and scripts as `./run` builds them; nothing is done when they are there already."""
    subprocess.run([sys.executable, ROOT / "static" / "build.py"], check=True)


@pytest.fixture(scope="session")
def browser(built_interface: None) -> Iterator[Browser]:
    """Debian's Chromium, one for all tests of a worker."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert found, "Chromium is not installed: apt-get install chromium"
    # Playwright's loop runs in this thread; Django would take the test's own queries for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens pages with the given context options; their consoles must stay clean."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def new_page(**options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **{"viewport": WIDE, **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.extend(complaint(page, message)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield new_page
    for context in contexts:
        context.close()
    assert complaints == []


def complaint(page: Page, message: ConsoleMessage) -> list[str]:
    """What the console holds against the page: errors, save that the page itself answered 403, 404 or 409."""
    expected = message.text.startswith("Failed to load resource") and message.location["url"] == page.url
    return [f"{page.url}: {message.text}"] if message.type == "error" and not expected else []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page 1280 px wide."""
    return open_page()


@pytest.fixture
def narrow_page(open_page: Callable[..., Page]) -> Page:
    """A page 320 px wide: a phone, or 400 % zoom."""
    return open_page(viewport=NARROW)


@pytest.fixture
def page_without_script(open_page: Callable[..., Page]) -> Page:
    """A page where JavaScript is switched off."""
    return open_page(java_script_enabled=False)


@pytest.fixture(params=["with script", "without script"])
def any_page(request: pytest.FixtureRequest, open_page: Callable[..., Page]) -> Page:
    """The same journey twice: with JavaScript and without."""
    return open_page(java_script_enabled=request.param == "with script")


def sign_in(page: Page, user: Any) -> None:
    """Sign a user in by a session of their own; the journey through the sign-in page has its own tests."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = SIGN_IN_BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.context.add_cookies([{**cookie, "domain": "localhost", "path": "/"}])


def axe(page: Page) -> None:
    """No violation of WCAG 2.2 AA or axe's best practice, wide and at 320 px; nothing scrolls sideways.

    A page that a click has just asked for is waited for: half a page has no body to look at.
    """
    page.wait_for_load_state()
    twin = scripted_twin(page)
    before = twin.viewport_size
    for size in (WIDE, NARROW):
        twin.set_viewport_size(size)
        assert violations(twin) == [], f"{page.url} at {size['width']} px"
    wide = twin.evaluate("document.documentElement.scrollWidth")
    assert wide <= NARROW["width"], f"{page.url} is {wide} px wide at 320 px"
    if twin is not page:
        twin.context.close()
    elif before:
        twin.set_viewport_size(before)


def violations(page: Page) -> list[str]:
    """What axe finds, each with the rule and the elements."""
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    return [f"{each['id']}: {[node['html'][:200] for node in each['nodes']]}" for each in found]


def scripted_twin(page: Page) -> Page:
    """axe is a script: a page without scripts is examined as a copy whose own scripts are blocked."""
    if page.evaluate("document.body.classList.contains('js-enabled')"):
        return page
    assert page.context.browser
    twin = page.context.browser.new_context(viewport=WIDE).new_page()
    kept = ("name", "value", "domain", "path")
    twin.context.add_cookies([{key: each[key] for key in kept} for each in page.context.cookies()])
    twin.route("**/*.js", lambda route: route.abort())
    copy, address = page.content(), page.url
    twin.route(lambda url: url == address, lambda route: route.fulfill(body=copy, content_type="text/html"))
    twin.goto(address)
    return twin
