"""Reads saved queries from files, and makes terms of what a user gives for their parameters.

No query is run here, and no value becomes part of the text of a query: a parameter gets a term (`Question.bindings`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from kennis_ld.engine.interface import Iri, Term, Text
from kennis_ld.errors import QueryError, UnreadableInput
from kennis_ld.iri import Iris, is_key
from kennis_ld.model.saved_query import Parameter, SavedQuery, saved_query

# IRIREF of SPARQL 1.1 (rule 139) after a scheme (RFC 3986, section 3.1).
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+")
# The ends of the files that a page has beside it; who copies an address from the browser may have one.
_FORM = re.compile(r"\.(?:html|ttl|jsonld|rdf|nt)$")


def load(path: Path) -> SavedQuery:
    """Returns the saved query in a file.

    Raises:
        UnreadableInput: the file cannot be read, or its header lacks something or says something unknown.
    """
    return saved_query(_text(path), name=path.stem, where=str(path))


def load_own(path: Path) -> SavedQuery:
    """Returns the query in a file of a user, which needs no header; without one it is called after its file.

    Raises:
        UnreadableInput: the file cannot be read, or it has a header that is wrong.
    """
    text = _text(path)
    first, _, _ = text.partition("\n")
    if first.startswith("#") and "|" in first:
        return saved_query(text, name=path.stem, where=str(path))
    return SavedQuery(path.stem, title_nl=path.stem, title_en=path.stem, text=text)


def load_all(folder: Path) -> Mapping[str, SavedQuery]:
    """Returns every saved query in a folder by its name, in the order of the alphabet.

    Raises:
        UnreadableInput: the folder holds no query, or one of them cannot be read.
    """
    paths = sorted(folder.glob("*.rq"))
    if not paths:
        raise UnreadableInput(
            "The folder holds no saved queries.", where=str(folder), remedy="Put files that end in .rq there."
        )
    return MappingProxyType({path.stem: load(path) for path in paths})


def bindings(query: SavedQuery, given: Mapping[str, str], iris: Iris) -> Mapping[str, Term]:
    """Returns a term for each parameter of a query, from what a user gave for it.

    An IRI may be given whole, as the address of its page ("…/doc/organisatie/ul"), as concept and reference
    ("organisatie/ul"), or as the reference alone ("ul") where the header says the concept.

    Raises:
        QueryError: a parameter is missing, unknown or not of its kind.
    """
    where = f"query {query.name}"
    names = [parameter.name for parameter in query.parameters]
    for name in given:
        if name not in names:
            remedy = f"It takes: {', '.join(names)}." if names else "It takes none; leave it out."
            raise QueryError(f"It has no parameter {name!r}.", where=where, remedy=remedy)
    terms: dict[str, Term] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name, "")
        term = _term(parameter, value, iris)
        if term is None:
            what = f"Parameter {parameter.name!r} has no value."
            if value.strip():
                what = f"Parameter {parameter.name!r} is {value!r}, which is not what the query asks for."
            raise QueryError(what, where=where, remedy=f"Give {_wanted(parameter)}.")
        terms[parameter.name] = term
    return terms


def _term(parameter: Parameter, value: str, iris: Iris) -> Term | None:
    """Returns what a user means by a value; None where it is not what the parameter takes."""
    if parameter.kind == "tekst":
        return Text(value) if value.strip() else None
    iri = _iri(parameter.concept, value.strip(), iris)
    return None if iri is None else Iri(iri)


def _iri(concept: str, value: str, iris: Iris) -> str | None:
    """Returns the IRI that a user means; None where it is not one, or one of something else in this publication."""
    if _IRI.fullmatch(value):
        own, page = iris.things, iris.page(iris.things)
        if value.startswith(page):
            value = own + _FORM.sub("", value.removeprefix(page))
        # Another publication may call its concepts otherwise, so only our own addresses tell what they are of.
        wrong = value.startswith(own) and concept and not value.startswith(f"{own}{concept}/")
        return None if wrong else value
    before, slash, reference = value.rpartition("/")
    said = before if slash else concept
    keys = reference.split("--")
    if said != (concept or said) or not all(map(is_key, (said, *keys))):
        return None
    return iris.resource(said, *keys)


def _wanted(parameter: Parameter) -> str:
    """Returns in words what a parameter takes."""
    if parameter.kind == "tekst":
        return f"a text: {parameter.name}=…"
    if not parameter.concept:
        return f"a whole IRI, or a concept and a reference: {parameter.name}=concept/reference"
    return (
        f"the reference of one {parameter.concept}, the end of its address in small letters, "
        f"or the whole IRI: {parameter.name}=reference"
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UnreadableInput(
            f"The query cannot be read: {reason}.",
            where=str(path),
            remedy="Give the name of a saved query or the path of a file with a SPARQL query.",
        ) from error
