"""The council's accent colour as a style sheet: the security policy allows no style in the page itself."""

from __future__ import annotations

import re

from django.core.checks import CheckMessage, Error, register

DEFAULT = "#0b5563"
READABLE = 4.5  # WCAG 2.2, 1.4.3: the contrast of text with the white it stands on


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255. Raises ValueError unless the colour is written as #rrggbb."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"{colour} is not a colour written as #rrggbb")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast_with_white(colour: str) -> float:
    """From 1 (white) to 21 (black), as WCAG counts it."""
    red, green, blue = (linear(channel / 255) for channel in channels(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def linear(channel: float) -> float:
    """One channel without its gamma."""
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def shade(colour: str, share: float) -> str:
    """The colour with a share of black in it."""
    return "#" + "".join(f"{round(channel * (1 - share)):02x}" for channel in channels(colour))


def problem(colour: str) -> str:
    """What is wrong with an accent colour, in one sentence; "" if nothing is."""
    try:
        contrast = contrast_with_white(colour)
    except ValueError as error:
        return f"ACCENT_COLOUR: {error}, such as {DEFAULT}."
    if contrast < READABLE:
        return f"ACCENT_COLOUR: {colour} has {contrast:.1f} contrast on white; reading it takes {READABLE}."
    return ""


def sheet(colour: str) -> str:
    """The custom properties that carry the accent; one that nobody could read gives way to the default."""
    colour = DEFAULT if problem(colour) else colour
    properties = {
        "--govuk-brand-colour": colour,
        "--govuk-link-colour": colour,
        "--govuk-link-hover-colour": shade(colour, 0.5),
        "--accent-dark": shade(colour, 0.25),
        "--accent-deep": shade(colour, 0.5),
    }
    return ":root{" + ";".join(f"{name}:{value}" for name, value in properties.items()) + "}\n"


@register()
def accent_can_be_read(**options: object) -> list[CheckMessage]:
    """An error naming what is wrong with ACCENT_COLOUR, if anything is."""
    from django.conf import settings

    found = problem(settings.ACCENT_COLOUR)
    return [Error(found, id="core.E010")] if found else []
