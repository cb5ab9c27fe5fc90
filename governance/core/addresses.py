"""The addresses of pages that many pages link to, asked of the router once."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse


def address(page: str, *taken: str) -> str:
    """As reverse() says it. Raises NoReverseMatch for a page that there is not."""
    return _address(page, taken, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=1_000)
def _address(page: str, taken: tuple[str, ...], urls: str, prefix: str) -> str:
    return reverse(page, urls, args=taken)
