"""The order of work as a plain drawing: what is needed stands to the left of what waits on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import Truncator

from actions.models import Status
from actions.representations.graph import in_order
from actions.representations.work import Holder, Need, Work, holder_of

MOST = 60  # boxes; beyond that nobody can follow the lines, and the table has them all
WIDTH, HEIGHT, ACROSS, DOWN, MARGIN = 150, 44, 70, 18, 6
LETTERS = 19  # that find room in a box


@dataclass(frozen=True)
class Box:
    """An action or a vacant post as it is drawn."""

    title: str
    word: str
    x: int
    y: int
    is_post: bool
    on_path: bool

    width, height = WIDTH, HEIGHT

    @property
    def text_x(self) -> int:
        """Where its words begin."""
        return self.x + 10

    @property
    def title_y(self) -> int:
        """The line of its name."""
        return self.y + 19

    @property
    def word_y(self) -> int:
        """The line of its status."""
        return self.y + 36


@dataclass(frozen=True)
class Arrow:
    """From what is needed to what waits: dashed where it is needed only to finish."""

    x1: int
    y1: int
    x2: int
    y2: int
    to_finish: bool

    @property
    def bend1(self) -> int:
        """How far the line goes straight on before it bends."""
        return self.x1 + ACROSS // 2

    @property
    def bend2(self) -> int:
        """How far before its end it runs straight again."""
        return self.x2 - ACROSS // 2

    @property
    def head(self) -> str:
        """The corners of its head."""
        return f"{self.x2},{self.y2} {self.x2 - 9},{self.y2 - 5} {self.x2 - 9},{self.y2 + 5}"


class Drawing:
    """These needs, drawn; `rows` of the page's table are the same needs in words."""

    def __init__(self, work: Work, needs: Sequence[Need]) -> None:
        self.work, self.needs = work, needs
        self.path = set(work.path)

    @cached_property
    def keys(self) -> list[Holder]:
        """What is drawn: each once, what is needed before what waits."""
        numbers = {key: n for n, key in enumerate(self._ends(), start=1)}
        names = {n: key for key, n in numbers.items()}
        waits: dict[int, list[int]] = {n: [] for n in names}
        for need in self.needs:
            waits[numbers["action", need.action]].append(numbers[holder_of(need)])
        return [names[n] for n in in_order(waits)]

    def _ends(self) -> Iterable[Holder]:
        """Both ends of every need, in their order, each once."""
        return dict.fromkeys(end for need in self.needs for end in (holder_of(need), ("action", need.action)))

    @property
    def too_many(self) -> bool:
        """Are there more than can be drawn?"""
        return len(self.keys) > MOST

    @cached_property
    def columns(self) -> dict[Holder, int]:
        """How far to the right each stands: one further than all it needs."""
        held: dict[Holder, list[Holder]] = {}
        for need in self.needs:
            held.setdefault(("action", need.action), []).append(holder_of(need))
        found: dict[Holder, int] = {}
        for key in self.keys:
            found[key] = max((found[each] + 1 for each in held.get(key, ())), default=0)
        return found

    @cached_property
    def boxes(self) -> dict[Holder, Box]:
        """Every box: by column, and in a column as they come."""
        rows: Counter[int] = Counter()
        found = {}
        for key in self.keys:
            column = self.columns[key]
            x, y = MARGIN + column * (WIDTH + ACROSS), MARGIN + rows[column] * (HEIGHT + DOWN)
            found[key] = Box(
                *self._words(key), x, y, key[0] == "post", key[0] == "action" and key[1] in self.path
            )
            rows[column] += 1
        return found

    def _words(self, key: Holder) -> tuple[str, str]:
        """The name in the box, and the status under it."""
        if key[0] == "post":
            return Truncator(self.work.titles[key[1]]).chars(LETTERS), "Vacant post"
        item = self.work.items.get(key[1])
        if item is None:
            return next(need.reference for need in self.needs if need.needs == key[1]), "Not opened yet"
        return item.reference, Status(item.status).label if item.opens else "Not open to you"

    @property
    def arrows(self) -> list[Arrow]:
        """Every line."""
        middle = HEIGHT // 2
        ends = [(self.boxes[holder_of(need)], self.boxes["action", need.action], need) for need in self.needs]
        return [
            Arrow(one.x + WIDTH, one.y + middle, two.x, two.y + middle, need.step == "finish")
            for one, two, need in ends
        ]

    @property
    def width(self) -> int:
        """The width of the whole."""
        return max((box.x for box in self.boxes.values()), default=0) + WIDTH + MARGIN

    @property
    def height(self) -> int:
        """The height of the whole."""
        return max((box.y for box in self.boxes.values()), default=0) + HEIGHT + MARGIN
