"""Copenhagen's ten districts as a drawing that looks like the map: where associations are, and where one may come.

Schematic: districts lie beside their neighbours, their outlines are simplified. Frederiksberg, a municipality of its
own, is drawn so that the hole is understood.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from associations.founding import Standing

WIDTH, HEIGHT = 580, 510

#: district → outline, and where its name stands
SHAPES: dict[str, tuple[str, tuple[int, int]]] = {
    "Brønshøj-Husum": ("40,150 100,70 190,90 205,170 190,235 110,240 60,220", (120, 155)),
    "Bispebjerg": ("190,90 240,40 320,55 330,120 270,160 205,170", (258, 105)),
    "Østerbro": ("320,55 360,20 440,50 470,130 430,190 370,200 330,120", (398, 112)),
    "Nørrebro": ("205,170 270,160 330,120 370,200 330,245 250,225", (294, 194)),
    "Indre By": ("370,200 430,190 475,240 470,300 420,330 345,320 300,300 330,245", (398, 258)),
    "Vanløse": ("110,240 190,235 215,310 150,325 95,300", (152, 278)),
    "Valby": ("95,300 150,325 215,310 255,335 245,415 165,440 90,385", (168, 376)),
    "Vesterbro/Kongens Enghave": ("215,310 300,300 345,320 350,375 300,440 245,415 255,335", (300, 372)),
    "Amager Vest": ("370,350 430,345 455,400 450,490 370,500 330,450 355,385", (398, 428)),
    "Amager Øst": ("430,345 485,320 545,360 540,440 452,455 455,400", (496, 388)),
}
FREDERIKSBERG = "205,170 250,225 330,245 300,300 215,310 190,235"

#: What stands in a district, nearest to its goal first; a district is coloured by the first that it has.
ORDER = (Standing.RUNNING, Standing.FOUNDED, Standing.FORMING, "prospect")
#: So many marks stand in a row, and so far apart.
IN_A_ROW, APART = 5, 18


@dataclass(frozen=True, slots=True)
class Mark:
    """One association or prospect in the drawing."""

    kind: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Place:
    """One district: its outline, its name in one or two lines, what is there, and where its numbers stand."""

    name: str
    lines: list[str]
    points: str
    x: int
    y: int
    css: str
    marks: list[Mark]
    line: Any
    below: int  #: the height of its first number


def district_map(lines: Sequence[Any]) -> list[Place]:
    """The drawing of districts, each with a `name` and its `counts` by standing or "prospect". Empty where none of
    them is on our map."""
    there = {line.name: line for line in lines}
    return [_place(there[name]) for name in SHAPES if name in there]


def _place(line: Any) -> Place:
    points, (x, y) = SHAPES[line.name]
    kinds = [str(kind) for kind in ORDER for _ in range(line.counts[str(kind)])]
    words = line.name.replace("/", "/\n").split("\n")
    top = y + 18 * (len(words) - 1) + 14
    rows = -(-len(kinds[: 3 * IN_A_ROW]) // IN_A_ROW)
    return Place(
        name=line.name,
        lines=words,
        points=points,
        x=x,
        y=y,
        css=kinds[0] if kinds else "none",
        marks=[_mark(kind, number, len(kinds), x, top) for number, kind in enumerate(kinds[: 3 * IN_A_ROW])],
        line=line,
        below=top + rows * APART + 2,
    )


def _mark(kind: str, number: int, total: int, x: int, top: int) -> Mark:
    row, place = divmod(number, IN_A_ROW)
    in_row = min(total - row * IN_A_ROW, IN_A_ROW)
    return Mark(kind, x + (place - (in_row - 1) / 2) * APART, top + row * APART)
