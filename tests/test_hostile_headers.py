"""Whatever a stranger's request carries in its cookies and headers, the answer is a page, never a failure."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db
# A cookie may write any byte as a backslash with three octal digits, in quotation marks.
COOKIES = [
    '"\\000aaaaaaaaaaaa"',
    '"aaaaaaaaaaaaaaaa\\000"',
    '"\\377\\376aaaaaaaaaaaa"',
    "a" * 5_000,
    "\udce2\udc80aaaaaaaaaaa".encode("utf-8", "surrogateescape").decode("latin-1"),
    "' OR 1=1 --",
]
BYTES = ["\x00", "\xff\xfe", "\x1b[2J", "%00", "a" * 5_000, "\r\n", "../../etc/passwd", ";q=", "en;q=1e999"]
HEADERS = [
    "HTTP_USER_AGENT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT", "HTTP_REFERER", "HTTP_ORIGIN",
    "HTTP_HX_REQUEST", "HTTP_HX_CURRENT_URL", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE",
    "HTTP_X_FORWARDED_FOR", "HTTP_X_REQUESTED_WITH", "HTTP_X_CSRFTOKEN", "CONTENT_TYPE",
]  # fmt: skip
SIGN_IN = "/accounts/login/"
PAGES = ["/", SIGN_IN, "/accounts/password/reset/", "/assets/", "/healthz"]


def statuses(**carried):
    """What a stranger who sends this is answered, on every page and when signing in."""
    browser = Client(raise_request_exception=False)
    typed = {"login": "nobody@northmere.example", "password": "guess"}
    got = [browser.get(page, **carried).status_code for page in PAGES]
    return [*got, browser.post(SIGN_IN, typed, **carried).status_code]


@pytest.mark.parametrize("value", COOKIES, ids=range(len(COOKIES)))
@pytest.mark.parametrize("name", [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"])
def test_no_cookie_breaks_a_page(name, value):
    assert [status for status in statuses(HTTP_COOKIE=f"{name}={value}") if status >= 500] == []


@pytest.mark.parametrize("value", BYTES, ids=range(len(BYTES)))
def test_no_header_breaks_a_page(value):
    assert {name: got for name in HEADERS if max(got := statuses(**{name: value})) >= 500} == {}


@pytest.mark.parametrize("host", ["\x00", "a b", "evil.example", "127.0.0.1\x00", "[", "\xff", ""])
def test_a_host_that_is_not_ours_is_refused_on_every_page(host):
    assert set(statuses(HTTP_HOST=host)) <= {200, 302, 400}


def test_a_forged_session_is_a_stranger(client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert client.get("/assets/").status_code == 302
