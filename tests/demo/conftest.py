"""Northmere, for the tests of the demonstration."""

from tests.northmere import northmere, northmere_template  # noqa: F401 - fixtures
