"""The data model for people: a drawing of its classes, and how often each term is used, with an example.

Where the boxes stand is data (`model.toml`); the picture is computed from it in whole numbers, so that it is the same
everywhere. The counts are those of the VoID description.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kennis_ld.data_file import data_file
from kennis_ld.engine.interface import Iri
from kennis_ld.graph.description import Description, Term, statements
from kennis_ld.web.pages.overview import overview
from kennis_ld.web.site import Site

_WIDTH, _HEIGHT = 200, 48  # of a box
_STEP_X, _STEP_Y = 340, 130  # from one box to the next


@dataclass(frozen=True, slots=True)
class Box:
    """A class in the drawing, by its short name, and its upper left corner."""

    term: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """A property that leads from one class to another, by their short names, and the line that shows it.

    Attributes:
        start: short name of the class where it begins.
        term: short name of the property.
        end: short name of the class where it ends.
        line: x and y of where the line begins, and of where it ends.
        label: x and y of its name.
        anchor: on which side of that place the name begins, as SVG says it.
    """

    start: str
    term: str
    end: str
    line: tuple[int, int, int, int]
    label: tuple[int, int]
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The drawing; `width` and `height` are those of all of it, `box` those of one box."""

    boxes: Sequence[Box]
    arrows: Sequence[Arrow]
    width: int
    height: int
    box: tuple[int, int] = (_WIDTH, _HEIGHT)


@cache
def drawing() -> Drawing:
    """Returns the drawing of the data model."""
    told = data_file(__file__, "model.toml")
    boxes = [Box(term, column * _STEP_X, row * _STEP_Y) for term, column, row in told["boxes"]]
    by_term = {box.term: box for box in boxes}
    arrows = [_arrow(by_term[start], term, by_term[end]) for start, term, end in told["arrows"]]
    width, height = max(box.x for box in boxes) + _WIDTH, max(box.y for box in boxes) + _HEIGHT
    return Drawing(boxes, arrows, width, height)


def _arrow(start: Box, term: str, end: Box) -> Arrow:
    """Returns the line from the side of one box to the nearest side of another."""
    middle = start.y + _HEIGHT // 2
    if start.y == end.y:
        left, right = (start.x + _WIDTH, end.x) if start.x < end.x else (start.x, end.x + _WIDTH)
        return Arrow(
            start.term, term, end.term, (left, middle, right, middle), ((left + right) // 2, middle - 8), "middle"
        )
    from_x, to_x = start.x + _WIDTH // 2, end.x + _WIDTH // 2
    if start.x != end.x:  # not into the middle, where a straight line from above comes in
        to_x += _WIDTH // 4 if start.x > end.x else -_WIDTH // 4
    below = end.y + (0 if end.y > start.y else _HEIGHT)
    above = start.y + (_HEIGHT if end.y > start.y else 0)
    label = ((from_x + to_x) // 2, (above + below) // 2 + 4)
    beside = 12 if end.x > start.x else -14  # on the side where the line is not
    return Arrow(
        start.term, term, end.term, (from_x, above, to_x, below),
        (label[0] + 8, label[1]) if from_x == to_x else (label[0] - 8, label[1] + beside),
        "start" if from_x == to_x else "end",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Use:
    """How often a term is used, and where: a subject, and the object where the term is a property."""

    count: int
    subject: str = ""
    object: Term | None = None


def example(site: Site) -> Description:
    """Returns what is said about the first project: it has nearly every term, and is found without a search."""
    project = next(iter(overview(site).projects), "")
    said = site.lookup.graph("project", this=Iri(project)) if project else b""
    return Description(statements(said), terms=site.iris.terms)


def uses(site: Site, terms: Iterable[str], about: Description) -> Mapping[str, Use]:
    """Returns how each of the terms is used in the current state of the data.

    Args:
        site: the site.
        terms: IRIs of classes and properties.
        about: what gives the examples; for a term that it has not, all of the data is looked through.
    """
    counted = {row["term"]: int(row["uses"]) for row in site.lookup.rows("used_terms")}
    found: dict[str, Use] = {}
    for term in terms:
        count = counted.get(term, 0)
        subject = next(iter(about.subjects("rdf:type", term)), "")
        known = Use(count, subject) if subject else _first(about, term, count)
        found[term] = known or _use(site, term, count)
    return found


def _first(about: Description, term: str, count: int) -> Use | None:
    """Returns the first use of a property in a description."""
    for subject in about.things():
        for value in about.objects(subject, about.short(term)):
            return Use(count, subject, value)
    return None


def _use(site: Site, term: str, count: int) -> Use:
    rows = site.lookup.rows("example_of", term=Iri(term)) if count else []
    if not rows:
        return Use(count)
    found = rows[0].get("object", "")
    value = Term(found, is_iri=site.address(found) is not None, language=rows[0].get("object@", ""))
    return Use(count, rows[0]["subject"], value if found else None)
