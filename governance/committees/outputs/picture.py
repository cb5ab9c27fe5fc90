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
PARTS = {"svg", "g", "title", "desc", "text", "rect", "line", "polyline", "polygon", "circle"}
LETTERS = re.compile(r"[\x20-\xff–—‘’“”…\s]*")  # those that our typeface has in one file
ANCHORS = {"middle": "ms", "end": "rs"}
INK = "#0b0c0c"

Points = list[tuple[float, float]]


def picture(svg: Any) -> bytes | None:
    """The drawing as a PNG; None where it has patterns, parts or letters that cannot be drawn here."""
    every = [each for each in svg.iter() if isinstance(each.tag, str)]
    if any(each.tag not in PARTS or "url(" in each.get("fill", "") for each in every):
        return None
    if not LETTERS.fullmatch("".join(each.text or "" for each in every if each.tag == "text")):
        return None
    width, height = (round(float(side) * FINE) for side in svg.get("viewbox").split()[2:])
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    for each in every:
        _draw(draw, each)
    file = io.BytesIO()
    image.resize((width // SHRUNK, height // SHRUNK), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()


def _draw(draw: ImageDraw.ImageDraw, each: Any) -> None:
    """One part of the drawing; what only holds others, or names them, draws nothing."""
    if each.tag == "text":
        _write(draw, each)
    elif each.tag == "rect":
        x, y, wide, high = (_of(each, name) for name in ("x", "y", "width", "height"))
        draw.rectangle(
            (x, y, x + wide, y + high), fill=each.get("fill"), outline=each.get("stroke"), width=FINE
        )
    elif each.tag == "circle":
        draw.circle((_of(each, "cx"), _of(each, "cy")), _of(each, "r"), fill=each.get("fill"))
    elif each.tag == "polygon":
        draw.polygon(_points(each.get("points")), fill=each.get("fill"))
    elif each.tag == "line":
        ends = [(_of(each, f"x{end}"), _of(each, f"y{end}")) for end in (1, 2)]
        draw.line(ends, fill=each.get("stroke"), width=FINE)
    elif each.tag == "polyline":
        _line(draw, each)


def _write(draw: ImageDraw.ImageDraw, each: Any) -> None:
    size = int(next(iter(each.xpath("ancestor::g/@font-size"))))
    ink = each.get("fill").replace("currentColor", INK)
    anchor = ANCHORS.get(each.get("text-anchor", ""), "ls")
    letters = _typeface(each.get("font-weight", "400"), size * FINE)
    draw.text((_of(each, "x"), _of(each, "y")), each.text, fill=ink, font=letters, anchor=anchor)


@cache
def _typeface(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(pdf.own(f"fonts/source-sans-3-latin-{weight}-normal.woff2")), size)


def _line(draw: ImageDraw.ImageDraw, each: Any) -> None:
    """A line with its dashes, which go on around its corners."""
    points, width = _points(each.get("points")), round(_of(each, "stroke-width"))
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
                draw.line(ends, fill=each.get("stroke"), width=width)
            gone, left = gone + step, left - step
            if left <= 0:
                left, is_drawn = next(lengths)


def _points(said: str) -> Points:
    return [(float(x) * FINE, float(y) * FINE) for x, y in (pair.split(",") for pair in said.split())]


def _of(each: Any, name: str) -> float:
    return float(each.get(name)) * FINE
