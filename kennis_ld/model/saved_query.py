"""A saved query: what the header of its file says in Dutch and English of what is asked, to be given, and comes out.

The header is the block of comment lines at the top:

    # Welke projecten heeft een organisatie?  |  Which projects does an organisation have?
    # nl: Ook de projecten van haar onderdelen.
    # en: The projects of its units as well.
    # parameter: ?organisatie (IRI organisatie)  De organisatie.  |  The organisation.
    # result: ?organisatie ?project ?titel

The title and the result must be there. A parameter is `(IRI)`, `(IRI concept)`, `(tekst)`, or
`(tekst in ?thing)` where it must stand in a name or description of a thing; the result of a CONSTRUCT
or DESCRIBE is `statements`. A long explanation goes on in a second `# nl:` line, a long result in a second `# result:`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from kennis_ld.errors import UnreadableInput

ParameterKind = Literal["IRI", "tekst"]

STATEMENTS = "statements"
"""What the header gives as the result of a query that answers with statements."""

_PARAMETER = re.compile(
    r"\?(?P<name>\w+)\s+\((?P<kind>IRI|tekst)(?:\s+(?P<concept>[a-z0-9-]+)|\s+in\s+\?(?P<holder>\w+))?\)"
    r"\s*(?P<meaning>.*)"
)
_COLUMNS = re.compile(r"\?\w+(?:\s+\?\w+)*")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What must be given before a saved query can run.

    Attributes:
        name: the variable, without its question mark.
        kind: an IRI or a plain text.
        concept: what the IRI is of ("organisatie"); empty for any IRI and for a text.
        meaning_nl: what to give, in Dutch; may be empty.
        holder: the variable of what has the text in a name or description; empty for an IRI and for any other text.
    """

    name: str
    kind: ParameterKind
    concept: str = ""
    meaning_nl: str = ""
    meaning_en: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query in a file, with what its header says about it.

    Attributes:
        name: the name of the file, without its end.
        explanation_nl: what one should know to read the answer, in Dutch; may be empty.
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


def saved_query(text: str, *, name: str, where: str) -> SavedQuery:
    """Returns the saved query that a text is.

    Raises:
        UnreadableInput: the header lacks something or says something unknown.
    """
    lines = [line.lstrip("#").strip() for line in takewhile(lambda line: line.startswith("#"), text.splitlines())]
    title_nl, title_en = _both(lines[0] if lines else "", f"{where}:1")
    explanations: dict[str, list[str]] = {"nl": [], "en": []}
    parameters: list[Parameter] = []
    columns: list[str] | None = None
    for number, line in enumerate(lines[1:], start=2):
        place = f"{where}:{number}"
        field, _, value = (part.strip() for part in line.partition(":"))
        match field:
            case "nl" | "en":
                explanations[field].append(value)
            case "parameter":
                parameters.append(_parameter(value, place))
            case "result":
                columns = [*(columns or ()), *_columns(value, place)]
            case _:
                remedy = "Start it with 'nl:', 'en:', 'parameter:' or 'result:', or move it below the header."
                raise UnreadableInput(
                    f"The header has a line that says nothing known: {line!r}.", where=place, remedy=remedy
                )
    if columns is None:
        remedy = "Add a line '# result: ?a ?b', or '# result: statements'."
        raise UnreadableInput("The header does not say what comes out.", where=f"{where}:{len(lines)}", remedy=remedy)
    return SavedQuery(
        name,
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
    if not found or (found["concept"] and found["kind"] == "tekst") or (found["holder"] and found["kind"] == "IRI"):
        remedy = "Write '?name (IRI)', '?name (IRI concept)', '?name (tekst)' or '?name (tekst in ?ding)'."
        raise UnreadableInput(f"The parameter cannot be read: {value!r}.", where=where, remedy=remedy)
    kind: ParameterKind = "IRI" if found["kind"] == "IRI" else "tekst"
    meanings = _both(found["meaning"], where) if found["meaning"] else ("", "")
    return Parameter(found["name"], kind, found["concept"] or "", *meanings, found["holder"] or "")


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
