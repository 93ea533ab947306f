"""What a page says about its thing in schema.org's words, for search engines: one small JSON-LD block.

Everything comes from the statements that the page is made of. Other tools than search engines get the whole in the RDF
forms of the document, so what does not fit is left out here: the ends of long lists first.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from rdflib.namespace import SDO

from kennis_ld.graph.description import RDF_TYPE, Description, Term, fitting

MOST_BYTES = 4000
_MOST_CHARACTERS = 500  # of a text
_TYPES: Mapping[str, str] = {
    "skos:Concept": "DefinedTerm",
    "skos:ConceptScheme": "DefinedTermSet",
    "owl:Ontology": "DefinedTermSet",
    "dcat:DataService": "WebAPI",
    "prov:Activity": "CreateAction",
}
"""What things are that have no type of schema.org, and no type of ours that says it."""
_PROPERTIES: Mapping[str, str] = {
    "dct:description": "description",
    "dct:license": "license",
    "owl:sameAs": "sameAs",
    "skos:altLabel": "alternateName",
    "skos:definition": "description",
    "skos:inScheme": "inDefinedTermSet",
}
"""Properties of other vocabularies, and those of schema.org that say the same."""

_OF_A_FILE = ("contentUrl", "encodingFormat", "usageInfo", "license")
_OF_A_DATASET = ("description", "publisher", "creator", "license", "dateModified")
_NESTED = {"distribution": _OF_A_FILE, "dataset": _OF_A_DATASET}
"""What is told of a file of a dataset and of a dataset of a catalogue; of other things around it, name and type."""

Block = dict[str, Any]


def structured_data(iri: str, about: Description, *, language: str, page: str) -> str:
    """Returns the block, less than 4 kB of JSON that can stand in a script element (HTML standard, section 4.12.1.3).

    Args:
        about: what is said about it and around it.
        language: of the page: of texts in several languages this one is taken.
    """
    block: Block = {"@context": "https://schema.org/", **_thing(iri, about, language), "url": page}
    sides = [side for role in ("T", "P") for side in about.participations(iri, role)]
    for name, others in (
        ("member", [side.organisation for side in sides if side.project == iri]),
        ("memberOf", [side.project for side in sides if side.organisation == iri]),
    ):
        if others:
            block[name] = [_named(other, about, language) for other in dict.fromkeys(others)]
    while len(text := _json(block)) > MOST_BYTES:
        _shorten(block)
    return text


def page_data(
    page: str, kind: str, name: str, *, language: str, site: tuple[str, str], dataset: str | None = None
) -> str:
    """Returns the block of a page that is about no single thing.

    Args:
        kind: what schema.org calls such a page, as `CollectionPage`.
        language: of the page.
        site: address and name of the site that it is part of.
        dataset: IRI of the dataset that it shows; None where it shows none.
    """
    address, title = site
    said = [
        (page, RDF_TYPE, Term(str(SDO[kind]), is_iri=True)),
        (page, str(SDO.name), Term(name)),
        (page, str(SDO.inLanguage), Term(language)),
        (page, str(SDO.isPartOf), Term(address, is_iri=True)),
        (address, RDF_TYPE, Term(str(SDO.WebSite), is_iri=True)),
        (address, str(SDO.name), Term(title)),
    ]
    if dataset is not None:  # by its IRI alone, for what is typed is told whole
        said.append((page, str(SDO.isBasedOn), Term(dataset)))
    return structured_data(page, Description(said, terms=""), language=language, page=page)


def _thing(iri: str, about: Description, language: str, *, told: Collection[str] | None = None) -> Block:
    """Returns a thing with its own properties of schema.org, or with those that are to be told."""
    block = _named(iri, about, language)
    for predicate, terms in about.properties(iri):
        short = about.short(predicate)
        name = short.removeprefix("schema:") if short.startswith("schema:") else _PROPERTIES.get(short, "")
        if not name or name == "name" or (told is not None and name not in told):
            continue
        there = [term for term in terms if term.language in {"", language}]
        values = [_value(name, term, about, language) for term in there or filter(None, [fitting(terms, language)])]
        block[name] = values[0] if len(values) == 1 else values
    return block


def _value(name: str, term: Term, about: Description, language: str) -> Block | str:
    if not term.is_iri:
        return _cut(term.value)
    if name in {"license", "sameAs"} or not about.describes(term.value):
        return term.value
    if name in _NESTED:
        return _thing(term.value, about, language, told=_NESTED[name])
    return _named(term.value, about, language)


def _named(iri: str, about: Description, language: str) -> Block:
    kinds = [about.short(kind) for kind in about.links(iri, "rdf:type")]
    types = [kind.removeprefix("schema:") for kind in kinds if kind.startswith("schema:")]
    types = types or [_TYPES[kind] for kind in kinds if kind in _TYPES] or (["Thing"] if kinds else [])
    # The special type says the general one too.
    types = [kind for kind in types if kind != "Organization" or len(types) == 1]
    block: Block = {"@type": types[0] if len(types) == 1 else types} if types else {}
    block["@id"] = iri
    if about.describes(iri):
        block["name"] = _cut(about.label(iri, language=language).value)
    return block


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else text[:_MOST_CHARACTERS].rpartition(" ")[0] + "…"


def _shorten(block: Block) -> None:
    """Takes the last item off the list that takes the most room, or else leaves the longest property out."""

    def room(name: str) -> tuple[bool, int]:
        return isinstance(block[name], list), len(_json(block[name]))

    longest = max((name for name in block if not name.startswith("@")), key=room)
    if rest := isinstance(block[longest], list) and block[longest][:-1]:
        block[longest] = rest
    else:
        del block[longest]


def _json(value: Any) -> str:
    text = json.dumps(value, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
