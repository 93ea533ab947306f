"""Lists every finding and every rule there is, for `docs/findings.md`.

In: the wordings, and the texts of the files in `shapes/`. Out: Markdown; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from kennis_ld.graph.definitions import shapes_graph
from kennis_ld.iri import Iris
from kennis_ld.model import Severity
from kennis_ld.quality.findings import Wording
from kennis_ld.quality.messages import TOLD_BY_FINDINGS
from kennis_ld.quality.validation import remedy_of

START = "<!-- What follows is made of kennis_ld/quality/findings.toml and shapes/. -->\n"
"""The line of the page below which everything is made; what stands above it is written by hand."""

_SECTIONS = """\
## Over het document | About the document

{findings}
## Over de gegevens | About the data

{rules}"""


def sections(wordings: Mapping[str, Wording], shapes: Iterable[str]) -> str:
    """Returns what is made of the page, as Markdown: the gravest first, then by code.

    Args:
        wordings: what each code says.
        shapes: texts of the files with shapes.
    """
    order = list(Severity)
    ordered = sorted(wordings.items(), key=lambda item: (order.index(item[1].severity), item[0]))
    return _SECTIONS.format(
        findings="".join(f"{block}\n" for block in (_finding(code, wording) for code, wording in ordered)),
        rules="\n".join(_rules(shapes_graph(shapes, Iris("http://localhost")), order)),
    )


def _finding(code: str, wording: Wording) -> str:
    return _block(
        f"`{code}`",
        wording.severity,
        f"`{wording.file}`" if wording.file else "het document / the document",
        (wording.nl, wording.remedy_nl),
        (wording.en, wording.remedy_en),
    )


def _rules(shapes: Graph, order: list[Severity]) -> Iterator[str]:
    found: list[tuple[int, str, str]] = []
    for shape, severity in shapes.subject_objects(SH.severity):
        name = str(shape).rpartition("#")[2]
        grade = Severity(str(severity).rpartition("#")[2].lower())
        star = "*" if name in TOLD_BY_FINDINGS else ""
        why = [f"{language}: {_text(shapes, shape, SH.description, language)}" for language in ("nl", "en")]
        said = (
            (_text(shapes, shape, SH.message, language), _text(shapes, shape, remedy_of(shape), language))
            for language in ("nl", "en")
        )
        block = _block(f"`shape:{name}`{star}", grade, "", *said) + "".join(
            f"- *Waarom | Why* {text}\n" for text in why
        )
        found.append((order.index(grade), name, block))
    return (block for _, _, block in sorted(found))


def _block(code: str, severity: Severity, file: str, nl: tuple[str, str], en: tuple[str, str]) -> str:
    where = f", in {file}" if file else ""
    return "\n".join([f"### {code}", "", f"{severity.value}{where}", "", _line("nl", nl), _line("en", en), ""])


def _line(language: str, text: tuple[str, str]) -> str:
    what, remedy = (part.replace("<", "&lt;") for part in text)
    return f"- {language}: {what} → {remedy}"


def _text(shapes: Graph, shape: Node, predicate: URIRef, language: str) -> str:
    texts = (text for text in shapes.objects(shape, predicate) if isinstance(text, Literal))
    return next((str(text) for text in texts if text.language == language), "")
