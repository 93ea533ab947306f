"""Says findings in words: what is wrong, and what to do now, in Dutch and in English.

The wording stands here and nowhere else. A code never changes its meaning; `docs/findings.md` lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kennis_ld.model import Finding, Severity
from kennis_ld.quality.validation import Result


@dataclass(frozen=True, slots=True)
class Wording:
    """What a finding of one code says; `{words}`, `{subject}` and the finding's values are filled in."""

    severity: Severity
    nl: str
    remedy_nl: str
    en: str
    remedy_en: str


WORDINGS: Mapping[str, Wording] = {
    "text-outside-table": Wording(
        Severity.INFO,
        "Deze tekst staat buiten de tabel en is niet overgenomen: {words}",
        "Niets, als het een titel of bijschrift is. Is het een kop van een thema, zet hem dan in themes.csv.",
        "This text stands outside the table and was not taken over: {words}",
        "Nothing, if it is a title or a caption. If it is the heading of a theme, add it to themes.csv.",
    ),
    "unknown-theme": Wording(
        Severity.WARNING,
        "De kop “{words}” is geen thema van deze publicatie; er is een voorlopig thema gemaakt.",
        "Zet de kop in themes.csv, met een label en een omschrijving.",
        "The heading “{words}” is no theme of this publication; a provisional theme was made.",
        "Add the heading to themes.csv, with a label and a definition.",
    ),
    "row-without-number": Wording(
        Severity.VIOLATION,
        "Deze rij heeft geen nummer en is geen vervolg van de rij erboven: {words}",
        "Geef de rij in het document een nummer, of voeg haar bij de rij waar ze bij hoort.",
        "This row has no number and does not continue the row above it: {words}",
        "Give the row a number in the document, or join it with the row it belongs to.",
    ),
    "entry-without-title": Wording(
        Severity.VIOLATION,
        "Dit nummer heeft geen projectnaam.",
        "Vul de naam in het document in.",
        "This number has no project title.",
        "Fill in the title in the document.",
    ),
    "unnamed-column": Wording(
        Severity.WARNING,
        "Kolom {column} heeft geen bekende kop; deze tekst is niet overgenomen: {words}",
        "Zet de kop van de kolom in publication.toml onder [columns], of haal de kolom weg.",
        "Column {column} has no known heading; this text was not taken over: {words}",
        "Add the heading of the column under [columns] in publication.toml, or remove the column.",
    ),
    "number-left-out": Wording(
        Severity.INFO,
        "Nummer {words} ontbreekt in de reeks onder “{subject}”.",
        "Niets, als het project is vervallen. Anders is er een rij uit het document verdwenen.",
        "Number {words} is missing in the row of numbers under “{subject}”.",
        "Nothing, if the project was dropped. Otherwise a row got lost from the document.",
    ),
    "unknown-name": Wording(
        Severity.WARNING,
        "“{words}” staat niet in het register; er is een voorlopige organisatie gemaakt. Lijkt op: {suggestions}.",
        "Zet de naam in register.csv: als schrijfwijze van een organisatie die er staat, of als nieuwe rij.",
        "“{words}” is not in the register; a provisional organisation was made. Looks like: {suggestions}.",
        "Add the name to register.csv: as a spelling of an organisation that is there, or as a new row.",
    ),
    "ambiguous-name": Wording(
        Severity.WARNING,
        "“{words}” kan meer dan één organisatie zijn: {organisations}. Er is niet gekozen.",
        "Maak de naam in het document duidelijk, of laat in register.csv maar één organisatie zo heten.",
        "“{words}” may be more than one organisation: {organisations}. None was chosen.",
        "Make the name clear in the document, or let only one organisation bear it in register.csv.",
    ),
    "doubtful-spelling": Wording(
        Severity.WARNING,
        "“{words}” is gelezen als {organisation}, maar het register noemt die schrijfwijze twijfelachtig.",
        "Klopt het, zet de schrijfwijze in register.csv dan onder spellings; klopt het niet, haal haar weg.",
        "“{words}” was read as {organisation}, but the register calls that spelling doubtful.",
        "If it is right, move it to spellings in register.csv; if it is wrong, remove it.",
    ),
    "doubtful-participation": Wording(
        Severity.WARNING,
        "De bron twijfelt of is niet eenduidig over “{words}” ({doubt}); dat staat zo in de gegevens.",
        "Is het zeker, schrijf het dan in het document zonder voorbehoud achter T: of P:.",
        "The source doubts or is not clear about “{words}” ({doubt}); the data say so.",
        "If it is certain, write it in the document without reserve behind T: or P:.",
    ),
    "remark-in-brackets": Wording(
        Severity.WARNING,
        "De tekst tussen haakjes noemt geen organisatie van het register en is als opmerking bewaard: {words}",
        "Zijn dit partijen, zet hun naam dan in register.csv of schrijf ze zonder haakjes in het document.",
        "The text in brackets names no organisation of the register and is kept as a remark: {words}",
        "If these are parties, add their names to register.csv, or write them without brackets in the document.",
    ),
    "unread-words": Wording(
        Severity.WARNING,
        "Van deze woorden is niet te zien of zij trekker of partner zijn: {words}",
        "Zet T: vóór de trekkers en P: vóór de partners.",
        "It does not show whether these words are leads or partners: {words}",
        "Put T: before the leads and P: before the partners.",
    ),
    "contact-person": Wording(
        Severity.WARNING,
        "In de cel staat een contactpersoon. De naam is een persoonsgegeven en is niet gepubliceerd.",
        "Haal de naam uit het document dat u publiceert.",
        "The cell names a contact person. The name is personal data and was not published.",
        "Take the name out of the document that you publish.",
    ),
    "new-project": Wording(
        Severity.INFO,
        "Dit project staat nog niet in projects.csv; zijn sleutel wordt “{project}”.",
        "Neem de regel over in projects.csv, zodat het project zijn URI houdt als de titel verandert.",
        "This project is not in projects.csv yet; its key will be “{project}”.",
        "Add it to projects.csv, so that the project keeps its URI when its title changes.",
    ),
    "title-differs": Wording(
        Severity.WARNING,
        "projects.csv noemt dit project “{before}”, het document “{words}”. De URI blijft die van “{project}”.",
        "Klopt dat, verbeter dan de titel in projects.csv; is het een ander project, geef het een eigen sleutel.",
        "projects.csv calls this project “{before}”, the document “{words}”. The URI remains that of “{project}”.",
        "If that is right, correct the title in projects.csv; if it is another project, give it a key of its own.",
    ),
}
"""What each code says."""

TOLD_BY_FINDINGS = frozenset(
    {
        "organisation-provisional",
        "participation-ambiguous",
        "participation-doubtful-spelling",
        "participation-uncertain",
    }
)
"""Shapes whose results a finding tells with the words of the document; they stand in the report only."""


@dataclass(frozen=True, slots=True)
class Message:
    """A finding in words, ready to be shown or handed round.

    Attributes:
        code: key of `WORDINGS`, or `shape:` and the name of a SHACL shape.
        severity: how serious it is.
        place: document and line, or the IRI it is about.
        subject: number and title of the entry; may be empty.
        message: what is wrong, by language.
        remedy: what to do now, by language.
    """

    code: str
    severity: Severity
    place: str
    subject: str
    message: Mapping[str, str]
    remedy: Mapping[str, str]

    def __hash__(self) -> int:
        return hash((self.code, self.place, self.subject, self.message["nl"]))

    def as_json(self) -> dict[str, Any]:
        """Returns the finding as it stands in findings.json and in the output of `--format json`."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "place": self.place,
            "subject": self.subject,
            "message": dict(self.message),
            "remedy": dict(self.remedy),
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
        message={"nl": wording.nl.format_map(values), "en": wording.en.format_map(values)},
        remedy={"nl": wording.remedy_nl, "en": wording.remedy_en},
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
        place, subject = about(str(result.focus)) or (str(result.focus), "")
        (nl, remedy_nl), (en, remedy_en) = map(_sentences, (result.messages.nl, result.messages.en))
        found.append(
            Message(
                code=f"shape:{rule}",
                severity=result.severity,
                place=place,
                subject=subject,
                message={"nl": nl, "en": en},
                remedy={"nl": remedy_nl, "en": remedy_en},
            )
        )
    return found


def sorted_messages(messages: Iterable[Message]) -> Sequence[Message]:
    """Returns messages in the order in which people read them: the gravest first, then by place in the document."""
    gravity = list(Severity)
    return sorted(
        messages, key=lambda item: (gravity.index(item.severity), item.code, _natural(item.place), item.subject)
    )


def _sentences(text: str) -> tuple[str, str]:
    """Divides the message of a shape: its first sentence says what is wrong, the others what to do."""
    what, stop, remedy = text.partition(". ")
    return what + stop.strip(), remedy


def _natural(place: str) -> tuple[str, int]:
    document, _, lines = place.rpartition(":")
    first = lines.partition("-")[0]
    return (document, int(first)) if first.isdigit() else (place, 0)
