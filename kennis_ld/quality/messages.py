"""Puts findings in words, ready to be shown or handed round: those about the documents, and those of the shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rdflib import Literal

from kennis_ld.model import Finding, Severity
from kennis_ld.quality.findings import WORDINGS
from kennis_ld.quality.validation import Result

TOLD_BY_FINDINGS = frozenset(
    {
        "organisation-provisional",
        "participation-ambiguous",
        "participation-doubtful-spelling",
        "participation-uncertain",
    }
)
"""Shapes whose results a finding tells with the words of the document; they stand in the report only."""

_GRAVITY = {severity: at for at, severity in enumerate(Severity)}
_FILES = {
    "organisatie": "register.csv",
    "identificatie": "register.csv",
    "thema": "themes.csv",
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
        severity: how serious it is.
        place: document and line, or the IRI it is about.
        subject: number and title of the entry; may be empty.
        words: the words it is about, as they stand in the document; may be empty.
        message: what is wrong, by language.
        remedy: what to do now, by language.
        file: the file in which to do it: the document, or a file of the publication; empty where it is none of these.
    """

    code: str
    severity: Severity
    place: str
    subject: str
    words: str
    message: Mapping[str, str]
    remedy: Mapping[str, str]
    file: str

    def __hash__(self) -> int:
        return hash((self.code, self.place, self.subject, self.message["nl"]))

    def as_json(self) -> dict[str, Any]:
        """Returns the finding as it stands in findings.json and in the output of `--format json`."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "place": self.place,
            "subject": self.subject,
            "words": self.words,
            "message": dict(self.message),
            "remedy": dict(self.remedy),
            "file": self.file,
        }


def message(finding: Finding) -> Message:
    """Returns a finding in words.

    Raises:
        KeyError: there is no wording for its code (a mistake in the program).
    """
    wording = WORDINGS[finding.code]
    values = {"words": finding.words, "subject": finding.subject, **finding.values}
    return Message(
        code=finding.code,
        severity=wording.severity,
        place=str(finding.place) if finding.place else "",
        subject=finding.subject,
        words=finding.words,
        message={"nl": wording.nl.format_map(values), "en": wording.en.format_map(values)},
        remedy={"nl": wording.remedy_nl.format_map(values), "en": wording.remedy_en.format_map(values)},
        file=wording.file or (finding.place.document if finding.place else ""),
    )


def shape_messages(results: Iterable[Result], about: Callable[[str], tuple[str, str] | None]) -> Sequence[Message]:
    """Returns what the shapes say, in words, but for what a finding about the document says better.

    Args:
        results: results of a validation.
        about: gives place and subject of the entry that an IRI comes from; None for anything else.
    """
    found = []
    for result in results:
        rule = result.shape.rpartition("#")[2]
        if rule in TOLD_BY_FINDINGS:
            continue
        focus = str(result.focus)
        entry = about(focus)
        place, subject = entry or (focus, "")
        found.append(
            Message(
                code=f"shape:{rule}",
                severity=result.severity,
                place=place,
                subject=subject,
                words=str(result.value) if isinstance(result.value, Literal) else "",
                message={"nl": result.messages.nl, "en": result.messages.en},
                remedy={"nl": result.remedies.nl, "en": result.remedies.en},
                file=natural(place)[0] if entry else _FILES.get(_concept(focus), ""),
            )
        )
    return found


def sorted_messages(messages: Iterable[Message]) -> Sequence[Message]:
    """Returns messages in the order in which people read them: the gravest first, then by place in the document."""
    return sorted(messages, key=lambda item: (_GRAVITY[item.severity], item.code, natural(item.place), item.subject))


def natural(place: str) -> tuple[str, int]:
    """Returns what places are sorted by: line 9 of a document before line 10."""
    document, _, lines = place.rpartition(":")
    first = lines.partition("-")[0]
    return (document, int(first)) if first.isdigit() else (place, 0)


def _concept(iri: str) -> str:
    return iri.rpartition("/id/")[2].partition("/")[0]
