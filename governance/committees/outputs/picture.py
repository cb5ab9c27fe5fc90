"""A drawing of the document as a picture, for Word, which takes none that is made of lines."""

from __future__ import annotations

import io
import re
from functools import cache
from itertools import cycle, pairwise
from math import dist
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from governance.committees import pdf

FINE, SHRUNK = 4, 2  # drawn at four times its size and halved, so that edges are smooth
NUMBER = r"-?\d{1,5}(?:\.\d{1,20})?"
SIZE = r"\d{1,4}(?:\.\d{1,20})?"
COLOUR = r"#(?:[0-9a-fA-F]{3}){1,2}"
INKED = rf"none|currentColor|{COLOUR}"
POINTS = rf"\s*{NUMBER},{NUMBER}(?:\s+{NUMBER},{NUMBER})*\s*"
LINED = {"fill": INKED, "stroke": INKED, "stroke-width": SIZE}
# By its name what each part must have, and what it may have, as it is drawn here. One with anything else (a
# turn, a share of a width, a colour by its name) would be drawn otherwise than in the PDF, or not at all.
PARTS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "svg": ({"viewbox": rf"0 0 {SIZE} {SIZE}"}, {"width": SIZE, "height": SIZE, "role": "img"}),
    "g": ({}, {"font-family": ".*", "font-size": r"\d{1,2}"}),
    "title": ({}, {}),
    "desc": ({}, {}),
    "text": (
        {"x": NUMBER, "y": NUMBER, "fill": f"currentColor|{COLOUR}"},
        {"text-anchor": "start|middle|end", "font-size": r"\d{1,2}", "font-weight": "400|600|700"},
    ),
    "rect": ({"x": NUMBER, "y": NUMBER, "width": SIZE, "height": SIZE, "fill": INKED}, LINED),
    "circle": ({"cx": NUMBER, "cy": NUMBER, "r": SIZE, "fill": INKED}, LINED),
    "polygon": ({"points": POINTS, "fill": INKED}, LINED),
    "line": ({"x1": NUMBER, "x2": NUMBER, "y1": NUMBER, "y2": NUMBER, "stroke": INKED}, LINED),
    "polyline": (
        {"points": POINTS, "fill": "none", "stroke": INKED, "stroke-width": SIZE},
        {"stroke-dasharray": rf"{SIZE}(?: {SIZE})*"},
    ),
}
NAMED = {"id", "class", "aria-labelledby", "aria-hidden", "focusable"}  # these draw nothing
LETTERS = re.compile(r"[\x20-\xff–—‘’“”…\s]*")  # those that our typeface has in one file
ANCHORS = {"middle": "ms", "end": "rs"}
INK = "#0b0c0c"

Points = list[tuple[float, float]]


def picture(svg: Any) -> bytes | None:
    """The drawing as a PNG; None where it has patterns, parts or letters that cannot be drawn here."""
    every = [each for each in svg.iter() if isinstance(each.tag, str)]
    if not all(map(_is_understood, every)):
        return None
    width, height = (round(float(side) * FINE) for side in svg.get("viewbox").split()[2:])
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    for each in every:
        _draw(draw, each)
    file = io.BytesIO()
    image.resize((width // SHRUNK, height // SHRUNK), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()


def _is_understood(each: Any) -> bool:
    """Has the part all that it must have, nothing that is not drawn here, and letters of our typeface?"""
    if each.tag not in PARTS:
        return False
    must, may = PARTS[each.tag]
    known = may | must
    has = {name: value for name, value in each.attrib.items() if name not in NAMED}
    if not must.keys() <= has.keys() <= known.keys():
        return False
    if each.tag == "text" and not (LETTERS.fullmatch(each.text or "") and _size(each)):
        return False
    return all(re.fullmatch(known[name], value) for name, value in has.items())


def _draw(draw: ImageDraw.ImageDraw, each: Any) -> None:
    """One part of the drawing; what only holds others, or names them, draws nothing."""
    if each.tag == "text":
        _write(draw, each)
    elif each.tag == "line":
        ends = [(_of(each, f"x{end}"), _of(each, f"y{end}")) for end in (1, 2)]
        draw.line(ends, fill=_ink(each, "stroke"), width=_thick(each))
    elif each.tag == "polyline":
        _line(draw, each)
    elif each.tag in ("rect", "circle", "polygon"):
        _shape(draw, each)


def _shape(draw: ImageDraw.ImageDraw, each: Any) -> None:
    """What may be filled, with its outline where it has one."""
    fill, outline, width = _ink(each, "fill"), _ink(each, "stroke"), _thick(each)
    if each.tag == "rect":
        x, y, wide, high = (_of(each, name) for name in ("x", "y", "width", "height"))
        draw.rectangle((x, y, x + wide, y + high), fill=fill, outline=outline, width=width)
    elif each.tag == "circle":
        centre, around = (_of(each, "cx"), _of(each, "cy")), _of(each, "r")
        draw.circle(centre, around, fill=fill, outline=outline, width=width)
    else:
        draw.polygon(_points(each.get("points")), fill=fill, outline=outline, width=width)


def _ink(each: Any, name: str) -> str | None:
    """The colour of a fill or a stroke; None where there is none."""
    ink = each.get(name, "none")
    return None if ink == "none" else ink.replace("currentColor", INK)


def _thick(each: Any) -> int:
    """How thick its outline is."""
    return round(float(each.get("stroke-width", 1)) * FINE)


def _size(each: Any) -> int:
    """How large its letters are: as it says itself, or what it stands in; 0 where nothing says."""
    return int(next(reversed(each.xpath("ancestor-or-self::*/@font-size")), 0))


def _write(draw: ImageDraw.ImageDraw, each: Any) -> None:
    anchor = ANCHORS.get(each.get("text-anchor", ""), "ls")
    letters = _typeface(each.get("font-weight", "400"), _size(each) * FINE)
    place = (_of(each, "x"), _of(each, "y"))
    draw.text(place, each.text or "", fill=_ink(each, "fill"), font=letters, anchor=anchor)


@cache
def _typeface(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(pdf.own(f"fonts/source-sans-3-latin-{weight}-normal.woff2")), size)


def _line(draw: ImageDraw.ImageDraw, each: Any) -> None:
    """A line with its dashes, which go on around its corners."""
    points, width = _points(each.get("points")), _thick(each)
    dashes = [float(length) * FINE for length in each.get("stroke-dasharray", "").split()]
    lengths = cycle(zip(dashes, cycle((True, False)))) if dashes else cycle([(float("inf"), True)])
    left, is_drawn = next(lengths)
    for (x, y), (to_x, to_y) in pairwise(points):
        length, gone = dist((x, y), (to_x, to_y)), 0.0
        while gone < length:
            step = min(left, length - gone)
            ends = [
                (x + (to_x - x) * at / length, y + (to_y - y) * at / length) for at in (gone, gone + step)
            ]
            if is_drawn:
                draw.line(ends, fill=_ink(each, "stroke"), width=width)
            gone, left = gone + step, left - step
            if left <= 0:
                left, is_drawn = next(lengths)


def _points(said: str) -> Points:
    return [(float(x) * FINE, float(y) * FINE) for x, y in (pair.split(",") for pair in said.split())]


def _of(each: Any, name: str) -> float:
    return float(each.get(name)) * FINE
