"""What a reference in an address may look like."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class ReferenceConverter(StringConverter):
    """A reference of a register: any text but NUL, which Postgres cannot even be asked about."""

    regex = r"[^/\x00]+"


register_converter(ReferenceConverter, "reference")
