"""A description read in one language: kinds, numbers and parties in the order in which people look for them."""

from __future__ import annotations

import pytest

from kennis_ld.graph.description import Description, statements
from kennis_ld.graph.reader import Reader
from kennis_ld.graph.statements import PREFIXES

TERMS = "https://voorbeeld.example/def#"
ONE = "urn:one"


def reader(*said: tuple[str, str, str]) -> Reader:
    """Reads statements, written as `prefix:name`, about the thing `urn:one`."""

    def term(text: str) -> str:
        prefix, _, local = text.partition(":")
        return text if text[0] == '"' else f"<{ {**PREFIXES, 'ks': TERMS}.get(prefix, f'{prefix}:') + local }>"

    lines = "".join(f"{term(subject)} {term(predicate)} {term(value)} .\n" for subject, predicate, value in said)
    return Reader(
        ONE,
        Description(statements(lines.encode()), terms=TERMS),
        language="nl",
        term=lambda iri, short: None if short.startswith("urn:") else f"[{short}]",
    )


@pytest.mark.parametrize(
    ("types", "first"),
    [
        (("schema:Organization", "org:Organization", "foaf:Agent", "schema:GovernmentOrganization"), "schema:Gov"),
        (("schema:Project", "org:OrganizationalCollaboration", "ks:Project"), "ks:Project"),
        (("skos:Concept", "org:Role"), "org:Role"),
        (("prov:Entity", "schema:CreativeWork", "ks:Entry"), "ks:Entry"),
        (("urn:Unheard", "skos:Concept"), "skos:Concept"),
    ],
)
def test_the_most_telling_kind_comes_first(types: tuple[str, ...], first: str) -> None:
    """A publisher is a government organisation before it is an agent, a project is ours before it is anybody's."""
    read = reader(*((ONE, "rdf:type", kind) for kind in types))
    assert read.about.short(read.kinds()[0]).startswith(first)
