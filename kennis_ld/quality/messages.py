"""Puts findings in words, ready to be shown or handed round: those about the documents, and those of the shapes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rdflib import Literal

from kennis_ld.model import Finding, Severity
from kennis_ld.quality.findings import WORDINGS, Wording
from kennis_ld.quality.validation import Result
from kennis_ld.translation import divided

TOLD_BY_FINDINGS = frozenset(
    {
        "organisation-provisional",
        "participation-ambiguous",
        "participation-doubtful-spelling",
        "participation-uncertain",
    }
)
"""Shapes whose results a finding tells with the words of the document; they stand in the report only."""

_STATUS = "/begrip/status-"
"""In the IRI of a status: one that lacks a definition is provisional, and `unknown-status` asks for all of it."""

MOST_FIRST = 10
"""Kinds of findings that stand first: more than a person takes in at once is no help."""

_MOST_LISTED = 5
GRAVITY = {severity: at for at, severity in enumerate(Severity)}
_FILES = {
    "organisatie": "register.csv",
    "identificatie": "register.csv",
    "thema": "themes.csv",
    "begrippenkader": "themes.csv",
    "agenda": "publication.toml",
    "editie": "publication.toml",
    "document": "publication.toml",
}
"""Where a publication says what is published about a thing, by the concept in its IRI."""


@dataclass(frozen=True, slots=True)
class Message:
    """A finding in words, ready to be shown or handed round.

    Attributes:
        code: key of `WORDINGS`, or `shape:` and the name of a SHACL shape.
        place: where it stands in the document, or the IRI it is about.
        subject: number and title of the entry; may be empty.
        words: the words it is about, as they stand in the document; may be empty.
        message: what is wrong, by language.
        remedy: what to do now, by language.
        file: the file in which to do it: the document, or a file of the publication; empty where it is none of these.
        places: all places where it was found, the first of which is `place`.
        subjects: the entries in which it was found, where `subject` cannot say it.
        about: what it is about once a document, such as a column or a name; the words where it is about one place.
        line: its number among the lines, rows and paragraphs of the document; 0 where it is about none of them.
    """

    code: str
    severity: Severity
    place: str
    subject: str
    words: str
    message: Mapping[str, str]
    remedy: Mapping[str, str]
    file: str
    places: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    about: str = ""
    line: int = 0

    @property
    def is_of_data(self) -> bool:
        """Whether it is about a thing of the data, whose IRI is its place, and not about a place in a document."""
        return "://" in self.place

    def __hash__(self) -> int:
        return hash((self.code, self.place, self.subject, self.message["nl"]))

    def as_json(self) -> dict[str, Any]:
        """Returns the finding as it stands in findings.json and in the output of `--format json`.

        It has all its places and subjects where there are several, and what it is about where that is not its words.
        """
        more: dict[str, Any] = {}
        if len(self.places) > 1:
            more = {"places": list(self.places), "subjects": list(self.subjects)}
        if self.about not in ("", self.words):
            more["about"] = self.about
        return {
            "code": self.code,
            "severity": self.severity.value,
            "place": self.place,
            "line": self.line,
            "subject": self.subject,
            "words": self.words,
            "message": dict(self.message),
            "remedy": dict(self.remedy),
            "file": self.file,
        } | more


def message(finding: Finding) -> Message:
    """Returns a finding in words.

    Raises:
        KeyError: there is no wording for its code (a mistake in the program).
    """
    return _message([finding])


def messages(findings: Iterable[Finding]) -> Sequence[Message]:
    """Returns findings in words: one for a column, table or name of a document, however often it was found."""
    alike: dict[Hashable, list[Finding]] = {}
    for at, finding in enumerate(findings):
        once = WORDINGS[finding.code].once
        document = finding.place.document if finding.place else ""
        key = (at,) if once is None else (finding.code, document, *(_value(finding, name) for name in once))
        alike.setdefault(key, []).append(finding)
    return [_message(found) for found in alike.values()]


def _message(found: Sequence[Finding]) -> Message:
    first = found[0]
    wording = WORDINGS[first.code]
    words = list(dict.fromkeys(item.words for item in found if item.words))
    subjects = tuple(dict.fromkeys(item.subject for item in found if item.subject))
    told = {"subject": first.subject, "words": _listed(words), "number": str(len(found))}
    values = {language: {**_called(first.values, wording, language), **told} for language in wording.wrong}
    wrong, remedy = wording.wrong, wording.remedy
    if len(found) > 1:
        wrong, remedy = wording.many or wrong, wording.many_remedy or remedy
    return Message(
        code=first.code,
        severity=wording.severity,
        place=str(first.place) if first.place else "",
        subject=first.subject if len({item.subject for item in found}) == 1 else "",
        words=" | ".join(words),
        message={language: _filled(text, values[language]) for language, text in wrong.items()},
        remedy={language: _filled(text, values[language]) for language, text in remedy.items()},
        file=wording.file or (first.place.document if first.place else ""),
        places=tuple(dict.fromkeys(str(item.place) for item in found if item.place)),
        subjects=subjects if len(subjects) > 1 else (),
        line=first.place.first_line if first.place else 0,
        about=" ".join(_value(first, name) for name in wording.once or ()) or first.words,
    )


def _value(finding: Finding, name: str) -> str:
    return {"words": finding.words, "subject": finding.subject}.get(name) or finding.values.get(name, "")


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Returns a text with its values, without a sentence behind another one whose value is empty."""
    for name in (name for name, value in values.items() if not value):
        text = re.sub(rf"(?<=\.) [^.]*\{{{name}\}}\.", "", text)
    return text.format_map(values)


def _called(values: Mapping[str, str], wording: Wording, language: str) -> Mapping[str, str]:
    """Returns values as a language calls them, each of several in one."""
    if not wording.called:
        return values
    said = {value: names[language] for value, names in wording.called.items()}
    return {name: ", ".join(said.get(each, each) for each in value.split(", ")) for name, value in values.items()}


def _listed(words: Sequence[str]) -> str:
    """Returns words as a sentence shows them: all, or the first ones and the last."""
    if len(words) <= _MOST_LISTED:
        return ", ".join(words)
    return f"{', '.join(words[: _MOST_LISTED - 1])} … {words[-1]}"


def first_to_do(given: Sequence[Message], superseded: Collection[str] = ()) -> Sequence[tuple[Message, int]]:
    """Returns what to do first: of at most ten kinds of findings one, and how many more of that kind there are.

    Violations come before warnings, what the document says before what the data lack by that, and what is found in most
    places before the rest. What asks for nothing does not count, nor do warnings about superseded documents.
    """
    kinds: dict[str, list[Message]] = {}
    for item in given:
        is_old = item.severity is Severity.WARNING and natural(item.place)[0] in superseded
        if item.severity is not Severity.INFO and not is_old:
            kinds.setdefault(item.code, []).append(item)

    def weight(items: Sequence[Message]) -> tuple[int, bool, int]:
        of_shape = items[0].code.startswith("shape:")
        return GRAVITY[items[0].severity], of_shape, -sum(max(1, len(item.places)) for item in items)

    ordered = sorted(kinds.values(), key=weight)
    return [(items[0], len(items) - 1) for items in ordered[:MOST_FIRST]]


def shape_messages(results: Iterable[Result], about: Callable[[str], tuple[str, str] | None]) -> Sequence[Message]:
    """Returns what the shapes say, in words, but for what a finding about the document says better.

    Args:
        about: gives place and subject of the entry that an IRI comes from; None for anything else.
    """
    found = []
    for result in results:
        rule = result.shape.rpartition("#")[2]
        focus = str(result.focus)
        of_status = _STATUS in focus and rule.startswith("concept-") and result.severity is not Severity.VIOLATION
        if of_status or rule in TOLD_BY_FINDINGS:
            continue
        entry = about(focus)
        place, subject = entry or (focus, "")
        found.append(
            Message(
                code=f"shape:{rule}",
                severity=result.severity,
                place=place,
                subject=subject,
                words=str(result.value) if isinstance(result.value, Literal) else "",
                message=result.messages.texts,
                remedy=result.remedies.texts,
                file=natural(place)[0] if entry else _FILES.get(focus.rpartition("/id/")[2].partition("/")[0], ""),
            )
        )
    return found


def sorted_messages(messages: Iterable[Message]) -> Sequence[Message]:
    """Returns messages in the order in which people read them: the gravest first, then by place in the document."""
    return sorted(messages, key=lambda item: (GRAVITY[item.severity], item.code, in_order(item), item.subject))


def in_order(item: Message) -> tuple[bool, str, Sequence[Any]]:
    """Returns what messages are sorted by: the place in a document, else the name of what it is about, 2 before 10."""
    if not item.is_of_data:
        return False, *natural(item.place)
    name = [int(part) if part.isdecimal() else part.casefold() for part in re.split("([0-9]+)", item.subject)]
    return True, item.place.rpartition("/")[0], name


def natural(place: str) -> tuple[str, Sequence[int]]:
    """Returns what places are sorted by: document and numbers in it, so that row 9 of page 3 comes before row 10."""
    document, lines, where = divided(place)
    return document, [int(number) for number in re.findall("[0-9]+", lines + where)]
