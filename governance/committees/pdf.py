"""Laying out a paper as an accessible PDF (PDF/UA-1). The only module that names WeasyPrint.

Nothing is fetched: styles go in as text, and of what they point at only our own typeface is served, so that
no text in a paper can make the worker open an address or a file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from governance.committees.proof import keywords
from governance.committees.representations import printed
from governance.committees.tagging import finish

if TYPE_CHECKING:
    from governance.committees.models import Edition, Paper

# An address that cannot be resolved: it only marks what the fetcher may serve from our built files.
OWN = "https://own.invalid/"
TYPEFACE = re.compile(r"fonts/source-sans-3-[a-z0-9-]+\.woff2")
WEASYPRINT_FLOOR = 70
TEMPLATE = "committees/paper_document.html"


class RefusedAddressError(Exception):
    """Something in the document asked for a file or an address that is not ours."""


class UnsafeVersionError(Exception):
    """The program that lays out papers is too old to be let near them."""


def render(paper: Paper, edition: Edition | None = None) -> bytes:
    """The PDF of an issued paper, or of an edition of it, made from its stored content alone."""
    return finish(lay_out(document(paper, edition)))


def document(paper: Paper, edition: Edition | None = None, *, whole: bool = False) -> str:
    """The paper as one HTML document, by the templates of its page. `whole` prints tables of any length."""
    page = printed(paper, absolute=True, edition=edition)
    proof = page["content"].get("proof")
    told = {"whole": whole, "proof": keywords(proof) if proof else ""}
    return render_to_string(TEMPLATE, page | told)


def lay_out(html: str) -> bytes:
    """The HTML laid out by WeasyPrint, tagged as PDF/UA-1."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    refuse_below_the_floor(weasyprint.VERSION)
    fetcher = own_files()
    fonts = FontConfiguration()
    sheet = weasyprint.CSS(
        string=own("paper.css").decode(), base_url=OWN, url_fetcher=fetcher, font_config=fonts
    )
    laid_out = weasyprint.HTML(string=html, base_url=OWN, url_fetcher=fetcher)
    made = laid_out.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")
    assert isinstance(made, bytes)
    return made


def refuse_below_the_floor(version: str) -> None:
    """Raises UnsafeVersionError for a WeasyPrint that is open to a known attack."""
    if int(version.split(".")[0]) < WEASYPRINT_FLOOR:
        raise UnsafeVersionError(f"WeasyPrint below {WEASYPRINT_FLOOR} is open to CVE-2026-55073")


def own(name: str) -> bytes:
    """One of our own built static files. Raises RefusedAddressError if it was not built."""
    if not (path := finders.find(name)):
        raise RefusedAddressError(f"{name} is not among the built static files (python static/build.py)")
    return Path(path).read_bytes()


def own_files() -> Any:
    """A fetcher that serves our typeface and refuses all else. It opens no connection at all."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            name = url.removeprefix(OWN)
            if not (url.startswith(OWN) and TYPEFACE.fullmatch(name)):
                raise RefusedAddressError(f"refused to open {url[:200]}")
            return URLFetcherResponse(url, own(name), {"Content-Type": "font/woff2"})

    return OwnFiles(allowed_protocols=["https"], allow_redirects=False)
