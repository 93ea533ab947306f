"""Reads saved queries: files whose header says in Dutch and English what is asked, what to give and what comes out.

In: the text of a `.rq` file. Out: its title, parameters and columns, and terms for its parameters. No query is
run here, and no value becomes part of the text of a query: a parameter gets a term (`Question.bindings`).

The header is the block of comment lines at the top:

    # Welke projecten heeft een organisatie?  |  Which projects does an organisation have?
    # nl: Ook de projecten van haar onderdelen.
    # en: The projects of its units as well.
    # parameter: ?organisatie (IRI organisatie)  De organisatie.  |  The organisation.
    # result: ?organisatie ?project ?titel

The title and the result must be there. A parameter is `(IRI)`, `(IRI concept)` or `(tekst)`; the result of a CONSTRUCT
or DESCRIBE is `statements`. A long explanation goes on in a second `# nl:` line, a long result in a second `# result:`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from kennis_ld.engine.interface import Iri, Term, Text
from kennis_ld.errors import QueryError, UnreadableInput
from kennis_ld.iri import Iris, is_key

ParameterKind = Literal["IRI", "tekst"]

STATEMENTS = "statements"
"""What the header gives as the result of a query that answers with statements."""

_PARAMETER = re.compile(r"\?(?P<name>\w+)\s+\((?P<kind>IRI|tekst)(?:\s+(?P<concept>[a-z0-9-]+))?\)\s*(?P<meaning>.*)")
_COLUMNS = re.compile(r"\?\w+(?:\s+\?\w+)*")
# IRIREF of SPARQL 1.1 (rule 139) after a scheme (RFC 3986, section 3.1).
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+")
# The ends of the files that a page has beside it; who copies an address from the browser may have one.
_FORM = re.compile(r"\.(?:html|ttl|jsonld|rdf|nt)$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What must be given before a saved query can run.

    Attributes:
        name: the variable, without its question mark.
        kind: an IRI or a plain text.
        concept: what the IRI is of ("organisatie"); empty for any IRI and for a text.
        meaning_nl: what to give, in Dutch; may be empty.
        meaning_en: the same in English.
    """

    name: str
    kind: ParameterKind
    concept: str = ""
    meaning_nl: str = ""
    meaning_en: str = ""


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query in a file, with what its header says about it.

    Attributes:
        name: the name of the file, without its end.
        title_nl: the question in Dutch.
        title_en: the question in English.
        text: the whole file.
        explanation_nl: what one should know to read the answer, in Dutch; may be empty.
        explanation_en: the same in English.
        parameters: what must be given.
        columns: the variables of a solution, in order; empty where the query answers with statements.
    """

    name: str
    title_nl: str
    title_en: str
    text: str
    explanation_nl: str = ""
    explanation_en: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[str, ...] = ()


def load(path: Path) -> SavedQuery:
    """Returns the saved query in a file.

    Raises:
        UnreadableInput: the file cannot be read, or its header lacks something or says something unknown.
    """
    return _with_header(path, _text(path))


def load_own(path: Path) -> SavedQuery:
    """Returns the query in a file of a user, which needs no header; without one it is called after its file.

    Raises:
        UnreadableInput: the file cannot be read, or it has a header that is wrong.
    """
    text = _text(path)
    first, _, _ = text.partition("\n")
    if first.startswith("#") and "|" in first:
        return _with_header(path, text)
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

    Args:
        query: the query with its parameters.
        given: what the user gave, by the name of the parameter.
        iris: mints the IRIs of what is given by reference.

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
            what = f"is {value!r}, which is not what the query asks for" if value.strip() else "has no value"
            remedy = f"Give {_wanted(parameter)}."
            raise QueryError(f"Parameter {parameter.name!r} {what}.", where=where, remedy=remedy)
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
        own, page = f"{iris.base}/id/", f"{iris.base}/doc/"
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


def _with_header(path: Path, text: str) -> SavedQuery:
    lines = [line.lstrip("#").strip() for line in takewhile(lambda line: line.startswith("#"), text.splitlines())]
    title_nl, title_en = _both(lines[0] if lines else "", f"{path}:1")
    explanations: dict[str, list[str]] = {"nl": [], "en": []}
    parameters: list[Parameter] = []
    columns: list[str] | None = None
    for number, line in enumerate(lines[1:], start=2):
        where = f"{path}:{number}"
        field, _, value = (part.strip() for part in line.partition(":"))
        match field:
            case "nl" | "en":
                explanations[field].append(value)
            case "parameter":
                parameters.append(_parameter(value, where))
            case "result":
                columns = [*(columns or ()), *_columns(value, where)]
            case _:
                remedy = "Start it with 'nl:', 'en:', 'parameter:' or 'result:', or move it below the header."
                raise UnreadableInput(
                    f"The header has a line that says nothing known: {line!r}.", where=where, remedy=remedy
                )
    if columns is None:
        remedy = "Add a line '# result: ?a ?b', or '# result: statements'."
        raise UnreadableInput("The header does not say what comes out.", where=f"{path}:{len(lines)}", remedy=remedy)
    return SavedQuery(
        path.stem,
        title_nl=title_nl,
        title_en=title_en,
        text=text,
        explanation_nl=" ".join(explanations["nl"]),
        explanation_en=" ".join(explanations["en"]),
        parameters=tuple(parameters),
        columns=tuple(columns),
    )


def _parameter(value: str, where: str) -> Parameter:
    found = _PARAMETER.fullmatch(value)
    if not found or (found["kind"] == "tekst" and found["concept"]):
        remedy = "Write '?name (IRI)', '?name (IRI concept)' or '?name (tekst)'."
        raise UnreadableInput(f"The parameter cannot be read: {value!r}.", where=where, remedy=remedy)
    kind: ParameterKind = "IRI" if found["kind"] == "IRI" else "tekst"
    meanings = _both(found["meaning"], where) if found["meaning"] else ("", "")
    return Parameter(found["name"], kind, found["concept"] or "", *meanings)


def _columns(value: str, where: str) -> list[str]:
    if value == STATEMENTS:
        return []
    if not _COLUMNS.fullmatch(value):
        raise UnreadableInput(
            f"The result cannot be read: {value!r}.",
            where=where,
            remedy="Write the variables, '?a ?b', or 'statements'.",
        )
    return [name.removeprefix("?") for name in value.split()]


def _both(value: str, where: str) -> tuple[str, str]:
    dutch, _, english = (part.strip() for part in value.partition("|"))
    if not dutch or not english:
        remedy = "Write 'Nederlands.  |  English.'"
        raise UnreadableInput(f"There is no text in both languages: {value!r}.", where=where, remedy=remedy)
    return dutch, english
