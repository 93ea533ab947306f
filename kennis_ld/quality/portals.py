"""Says what a data portal would say of a catalogue, in the words of `shapes/portals/`.

In: the statements of a catalogue, and the rules of one portal. Out: findings that name the setting in which to put it
right. The rules are those that a publication can break; that a catalogue is valid by the standards themselves,
whatever a city tells, is held by the tests (`tests/graph/test_catalogue.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rdflib import Graph, URIRef
from rdflib.term import Node

from kennis_ld.graph.formats import Statement
from kennis_ld.publication.bundled import bundled
from kennis_ld.publication.publication import SETTINGS_FILE
from kennis_ld.quality.checker import Checker
from kennis_ld.quality.messages import Message, sorted_messages
from kennis_ld.quality.validation import NothingToValidate, Result

PORTALS = ("nde", "ckan", "data-overheid")
"""The portals there are rules for, by the name of their file in `shapes/portals/`."""


def portal_shapes(portal: str) -> Sequence[str]:
    """Returns the texts of the rules of a portal, with those that go for every portal."""
    folder = bundled("shapes") / "portals"
    return [(folder / f"{name}.ttl").read_text(encoding="utf-8") for name in ("every", portal)]


def portal_messages(catalogue: Iterable[Statement], shapes: Graph) -> Sequence[Message]:
    """Returns what a portal would say of a catalogue, the gravest first.

    Raises:
        ValueError: the catalogue has nothing that a rule is about, which is a mistake in the program.
    """
    validation = Checker(shapes).check(catalogue)
    if isinstance(validation, NothingToValidate):
        raise ValueError("a catalogue without a dataset")
    return sorted_messages(dict.fromkeys(_message(result, shapes) for result in validation.results))


def place_of(shape: Node, shapes: Graph) -> tuple[str, str]:
    """Returns where a publication says what a rule is about: the file, and the setting or column in it.

    The setting is empty where the rule is about the data of an agenda and not about a portal.
    """
    name = str(shape).partition("#")[0]
    setting = shapes.value(shape, URIRef(f"{name}#setting"))
    file = shapes.value(shape, URIRef(f"{name}#file"))
    return str(file or SETTINGS_FILE), str(setting or "")


def _message(result: Result, shapes: Graph) -> Message:
    file, setting = place_of(URIRef(result.shape), shapes)
    value = "" if result.value is None else str(result.value)
    return Message(
        code=f"shape:{result.shape.rpartition('#')[2]}",
        severity=result.severity,
        place=setting,
        subject="",
        words=value,
        message={
            language: f"{text.removesuffix('.')}: {value}" if value else text
            for language, text in result.messages.texts.items()
        },
        remedy=result.remedies.texts,
        file=file,
    )
