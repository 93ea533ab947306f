"""Lists every finding and every rule there is, for `docs/findings.md` and `docs/nl/meldingen.md`.

In: the wordings, and the texts of the files in `shapes/`. Out: Markdown tables in one language, by severity and by the
file in which to put it right; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from kennis_ld.graph.definitions import shapes_graph
from kennis_ld.iri import Iris
from kennis_ld.model import Severity
from kennis_ld.quality.findings import Wording
from kennis_ld.quality.messages import TOLD_BY_FINDINGS
from kennis_ld.quality.portals import place_of
from kennis_ld.quality.validation import remedy_of

START = "<!-- What follows is made of kennis_ld/quality/findings.toml and shapes/. -->\n"
"""The line of the page below which everything is made; what stands above it is written by hand."""

_FILES = {
    "Organization": "register.csv",
    "Concept": "themes.csv",
    "ConceptScheme": "themes.csv",
    "Agenda": "publication.toml",
    "AgendaEdition": "publication.toml",
}
"""Where to put right what breaks a rule, by the class that the rule is about; elsewhere it is the document."""


@dataclass(frozen=True, slots=True)
class _Form:
    """The words of the page in one language."""

    severities: Mapping[Severity, str]
    document: str
    file: str
    columns: tuple[str, str, str]


_FORMS = {
    "nl": _Form(
        {Severity.VIOLATION: "Fouten", Severity.WARNING: "Waarschuwingen", Severity.INFO: "Ter informatie"},
        "In het document",
        "In `{}`",
        ("wat er is", "wat u doet", "melding"),
    ),
    "en": _Form(
        {Severity.VIOLATION: "Violations", Severity.WARNING: "Warnings", Severity.INFO: "For information"},
        "In the document",
        "In `{}`",
        ("what is wrong", "what to do", "code"),
    ),
}


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a table: what a finding or rule says, where to put it right, and why the rule is there."""

    severity: Severity
    file: str
    code: str
    wrong: str
    remedy: str
    why: str = ""


def sections(wordings: Mapping[str, Wording], shapes: Iterable[str], language: str) -> str:
    """Returns what is made of the page, as Markdown: the gravest first, then by file, then by code.

    Args:
        shapes: texts of the files with shapes.
    """
    form = _FORMS[language]
    lines = [*_findings(wordings, language), *_rules(shapes_graph(shapes, Iris("http://localhost")), language)]
    parts: list[str] = []
    for severity in Severity:
        parts.append(f"## {form.severities[severity]}\n")
        of_severity = [line for line in lines if line.severity is severity]
        for file in sorted({line.file for line in of_severity}):
            found = sorted((line for line in of_severity if line.file == file), key=lambda line: line.code)
            parts.append(f"### {form.file.format(file) if file else form.document}\n")
            parts.append("\n".join(_table(found, form)))
    return "\n".join(parts)


def _table(lines: Iterable[_Line], form: _Form) -> Iterator[str]:
    yield f"| {' | '.join(form.columns)} |"
    yield "|---|---|---|"
    for line in lines:
        why = f"<br>*{_cell(line.why)}*" if line.why else ""
        yield f"| {_cell(line.wrong)}{why} | {_cell(line.remedy)} | `{line.code}` |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def _findings(wordings: Mapping[str, Wording], language: str) -> Iterator[_Line]:
    for code, wording in wordings.items():
        yield _Line(wording.severity, wording.file, code, wording.wrong[language], wording.remedy[language])


def _rules(shapes: Graph, language: str) -> Iterator[_Line]:
    for shape, severity in shapes.subject_objects(SH.severity):
        name = str(shape).rpartition("#")[2]
        if name in TOLD_BY_FINDINGS:
            continue
        targets = (str(each).rpartition("#")[2].rpartition("/")[2] for each in shapes.objects(shape, SH.targetClass))
        file, setting = place_of(shape, shapes)
        files = {file} if setting else {_FILES.get(target, "") for target in targets}
        yield _Line(
            severity=Severity(str(severity).rpartition("#")[2].lower()),
            file=files.pop() if len(files) == 1 else "",
            code=f"shape:{name}",
            wrong=_text(shapes, shape, SH.message, language),
            remedy=_text(shapes, shape, remedy_of(shape), language),
            why=_text(shapes, shape, SH.description, language),
        )


def _text(shapes: Graph, shape: Node, predicate: URIRef, language: str) -> str:
    texts = (text for text in shapes.objects(shape, predicate) if isinstance(text, Literal))
    return next((str(text) for text in texts if text.language == language), "")
