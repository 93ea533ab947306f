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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
_FIELD = re.compile(r"(?P<field>[a-z]+):\s*(?P<value>.*)")
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
    text = _text(path)
    return _Header(path, text).query()


def load_own(path: Path) -> SavedQuery:
    """Returns the query in a file of a user, which needs no header; without one it is called after its file.

    Raises:
        UnreadableInput: the file cannot be read, or it has a header that is wrong.
    """
    text = _text(path)
    first, _, _ = text.partition("\n")
    if first.startswith("#") and "|" in first:
        return _Header(path, text).query()
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
    names = [parameter.name for parameter in query.parameters]
    for name in given:
        if name not in names:
            raise QueryError(
                f"It has no parameter {name!r}.",
                where=f"query {query.name}",
                remedy=f"It takes: {', '.join(names)}." if names else "It takes none; leave it out.",
            )
    return {
        parameter.name: _term(query, parameter, given.get(parameter.name, ""), iris) for parameter in query.parameters
    }


def _term(query: SavedQuery, parameter: Parameter, value: str, iris: Iris) -> Term:
    if not value.strip():
        raise QueryError(
            f"Parameter {parameter.name!r} has no value.",
            where=f"query {query.name}",
            remedy=f"Give {_wanted(parameter)}.",
        )
    if parameter.kind == "tekst":
        return Text(value)
    iri = _iri(parameter.concept, value.strip(), iris)
    if iri is None:
        raise QueryError(
            f"Parameter {parameter.name!r} is {value!r}, which is not what the query asks for.",
            where=f"query {query.name}",
            remedy=f"Give {_wanted(parameter)}.",
        )
    return Iri(iri)


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


class _Header:
    """Takes the header of one file apart."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._whole = text
        self._explanations: dict[str, list[str]] = {"nl": [], "en": []}
        self._parameters: list[Parameter] = []
        self._columns: tuple[str, ...] | None = None

    def query(self) -> SavedQuery:
        lines = dict(self._lines())
        title_nl, title_en = self._both(lines.get(1, ""), 1)
        for number, line in lines.items():
            if number > 1:
                self._take(line, number)
        if self._columns is None:
            raise self._wrong(
                "The header does not say what comes out.",
                len(lines),
                "Add a line '# result: ?a ?b', or '# result: statements'.",
            )
        return SavedQuery(
            self._path.stem,
            title_nl=title_nl,
            title_en=title_en,
            text=self._whole,
            explanation_nl=" ".join(self._explanations["nl"]),
            explanation_en=" ".join(self._explanations["en"]),
            parameters=tuple(self._parameters),
            columns=self._columns,
        )

    def _lines(self) -> Iterator[tuple[int, str]]:
        """Yields the comment lines at the top with their numbers, without the sign that makes them a comment."""
        for number, line in enumerate(self._whole.splitlines(), start=1):
            if not line.startswith("#"):
                return
            yield number, line.lstrip("#").strip()

    def _take(self, line: str, number: int) -> None:
        found = _FIELD.fullmatch(line)
        match (found["field"], found["value"]) if found else ("", ""):
            case ("nl" | "en") as language, value:
                self._explanations[language].append(value)
            case "parameter", value:
                self._parameters.append(self._parameter(value, number))
            case "result", value:
                self._columns = (*(self._columns or ()), *self._result(value, number))
            case _:
                raise self._wrong(
                    f"The header has a line that says nothing known: {line!r}.",
                    number,
                    "Start it with 'nl:', 'en:', 'parameter:' or 'result:', or move it below the header.",
                )

    def _parameter(self, value: str, number: int) -> Parameter:
        found = _PARAMETER.fullmatch(value)
        if not found or (found["kind"] == "tekst" and found["concept"]):
            raise self._wrong(
                f"The parameter cannot be read: {value!r}.",
                number,
                "Write '?name (IRI)', '?name (IRI concept)' or '?name (tekst)'.",
            )
        kind: ParameterKind = "IRI" if found["kind"] == "IRI" else "tekst"
        meanings: Sequence[str] = self._both(found["meaning"], number) if found["meaning"] else ("", "")
        return Parameter(found["name"], kind, found["concept"] or "", *meanings)

    def _result(self, value: str, number: int) -> tuple[str, ...]:
        if value == STATEMENTS:
            return ()
        if not _COLUMNS.fullmatch(value):
            raise self._wrong(
                f"The result cannot be read: {value!r}.", number, "Write the variables, '?a ?b', or 'statements'."
            )
        return tuple(name.removeprefix("?") for name in value.split())

    def _both(self, value: str, number: int) -> tuple[str, str]:
        dutch, _, english = (part.strip() for part in value.partition("|"))
        if not dutch or not english:
            raise self._wrong(
                f"There is no text in both languages: {value!r}.", number, "Write 'Nederlands.  |  English.'"
            )
        return dutch, english

    def _wrong(self, what: str, number: int, remedy: str) -> UnreadableInput:
        return UnreadableInput(what, where=f"{self._path}:{number}", remedy=remedy)
