"""Each list as CSV, JSON and Turtle: of what the same parameters show on its page, all of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, request

from kennis_ld.engine.interface import Iri
from kennis_ld.graph.description import document
from kennis_ld.publication.csv_file import safe
from kennis_ld.web.documents import fixed
from kennis_ld.web.pages.collaboration import pairs_of
from kennis_ld.web.pages.facets import narrowed, organisations_of
from kennis_ld.web.pages.lists import organisations_asked, projects_asked
from kennis_ld.web.pages.overview import LEAD, PARTNER, Overview, Project, overview
from kennis_ld.web.pages.quality import chosen_findings, findings_asked
from kennis_ld.web.pages.route import EXPORTS, PAGE_SIZE, TABLES, Asked, blueprint
from kennis_ld.web.pages.themes import theme_pages
from kennis_ld.web.site import Site, current_site, current_words
from kennis_ld.web.words import Words, in_language, twins


@dataclass(frozen=True, slots=True)
class _List:
    """A list that programs can have.

    Attributes:
        asked: reads what it depends on.
        rows: gives its rows, for a spreadsheet and as JSON.
        things: gives the IRIs of what is in it, for Turtle; None where it is of nothing that has an IRI.
    """

    asked: Callable[[], Asked]
    rows: Callable[[Site, Asked, Words], Iterable[dict[str, str]]]
    things: Callable[[Site, Asked], Sequence[str]] | None = None


def _list_as(name: str, suffix: str) -> Response:
    """Answers with a list in a form that programs read, in the language of the path."""
    site, words, listed = current_site(), current_words(), _LISTS[name]
    asked = listed.asked()

    def make() -> bytes:
        if suffix == "ttl" and listed.things:
            at = (int(asked.get("pagina") or 1) - 1) * PAGE_SIZE
            return _turtle(site, listed.things(site, asked)[at : at + PAGE_SIZE])
        return _table(list(listed.rows(site, asked, words)), suffix, words.language)

    disposition = f'inline; filename="{name}.{suffix}"'
    response = fixed(
        site, name, suffix, words.language, *asked.values(), media_type=EXPORTS[suffix], make=make,
        headers={"Content-Disposition": disposition},
    )  # fmt: skip
    response.headers["Content-Language"] = words.language
    return response


def _names(whole: Overview, iris: Iterable[str], words: Words) -> str:
    return "; ".join(whole.name(iri, words.language).value for iri in iris)


def _project_rows(site: Site, asked: Asked, words: Words) -> Iterable[dict[str, str]]:
    whole = overview(site)
    for project in narrowed(site, asked):
        yield {
            words("column.address"): project.iri,
            words("column.number"): project.number,
            words("column.title"): project.title.value,
            words("column.theme"): _names(whole, project.themes, words),
            words("column.leads"): _names(whole, project.parties[LEAD], words),
            words("column.partners"): _names(whole, project.parties[PARTNER], words),
            words("column.doubtful"): _names(whole, dict.fromkeys(_doubtful(project)), words),
        }


def _doubtful(project: Project) -> Iterable[str]:
    """Yields the organisations that the source is not sure of, in the order of the project."""
    for role in (LEAD, PARTNER):
        yield from (party for party in project.parties[role] if party in project.doubtful[role])


def _organisation_rows(site: Site, asked: Asked, words: Words) -> Iterable[dict[str, str]]:
    whole = overview(site)
    for each in organisations_of(site, asked, words.language):
        yield {
            words("column.address"): each.iri,
            words("column.name"): whole.name(each.iri, words.language).value,
            words("column.kind"): words.get(whole.kind(each.iri)) or each.kind,
            words("column.part-of"): _names(whole, each.parents, words),
            words("column.lead-with-units"): str(len(each.joint[LEAD])),
            words("column.lead-doubtful"): str(each.doubtful(LEAD)),
            words("column.lead-itself"): str(len(each.own[LEAD])),
            words("column.partner-with-units"): str(len(each.joint[PARTNER])),
            words("column.partner-doubtful"): str(each.doubtful(PARTNER)),
            words("column.partner-itself"): str(len(each.own[PARTNER])),
        }


def _theme_rows(site: Site, asked: Asked, words: Words) -> Iterable[dict[str, str]]:
    whole = overview(site)
    for each in whole.themes.values():
        yield {
            words("column.address"): each.iri,
            words("column.name"): whole.name(each.iri, words.language).value,
            words("column.definition"): in_language(each.definitions, words.language).value,
            words("column.above"): _names(whole, [each.broader] if each.broader else [], words),
            words("column.projects"): str(theme_pages(site)[each.iri].count),
        }


def _pair_rows(site: Site, asked: Asked, words: Words) -> Iterable[dict[str, str]]:
    whole = overview(site)
    theme = whole.meant("thema", asked["thema"]) or ("-" if asked["thema"] else "")
    for pair in pairs_of(site).get(theme, ()):
        yield {
            words("column.address"): pair.one,
            words("column.organisation"): whole.name(pair.one, words.language).value,
            words("column.other-address"): pair.other,
            words("column.other"): whole.name(pair.other, words.language).value,
            words("column.together"): str(pair.together),
        }


def _finding_rows(site: Site, asked: Asked, words: Words) -> Iterable[dict[str, str]]:
    whole, language = overview(site), words.language
    for each in chosen_findings(site, asked):
        project = whole.projects.get(each.project)
        yield {
            words("column.severity"): words(f"severity.{each.severity}"),
            words("column.subject"): f"{project.number} {project.title.value}".strip() if project else each.subject,
            words("column.address"): each.project,
            words("column.message"): each.message[language],
            words("column.remedy"): each.remedy[language],
            words("column.document"): each.document,
            words("column.place"): each.where[language],
        }


_LISTS: Mapping[str, _List] = {
    "projecten": _List(
        projects_asked,
        _project_rows,
        lambda site, asked: [each.iri for each in narrowed(site, asked)],
    ),
    "organisaties": _List(
        organisations_asked,
        _organisation_rows,
        lambda site, asked: [each.iri for each in organisations_of(site, asked, site.language)],
    ),
    "themas": _List(dict, _theme_rows, lambda site, asked: list(overview(site).themes)),
    "samenwerking": _List(lambda: {"thema": request.args.get("thema", "")[:200]}, _pair_rows),
    "kwaliteit": _List(findings_asked, _finding_rows),
}

for _name in _LISTS:
    # The report stands at /kwaliteit.ttl.
    _suffixes = ", ".join(EXPORTS if _LISTS[_name].things else TABLES)
    for _language, _rule in twins(f"/{_name}.<any({_suffixes}):suffix>").items():
        blueprint.add_url_rule(
            _rule, f"{_name}_as_{_language}", lambda suffix, name=_name: _list_as(name, suffix), methods=["GET"]
        )


def _table(rows: list[dict[str, str]], suffix: str, language: str) -> bytes:
    """Returns rows as JSON, or as CSV that a spreadsheet in that language opens as a table."""
    if suffix == "json":
        return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
    output = io.StringIO()
    writer = csv.writer(output, delimiter=";" if language == "nl" else ",", lineterminator="\r\n")
    if rows:
        writer.writerow(rows[0])
    writer.writerows([safe(cell) for cell in row.values()] for row in rows)
    return output.getvalue().encode("utf-8-sig")


def _turtle(site: Site, iris: Iterable[str]) -> bytes:
    """Returns what the data say of things, each asked by itself; no longer than a page of the list."""
    lines = b"".join(site.lookup.graph("itself", this=Iri(iri)) for iri in iris)
    return document(lines, "ttl", terms=site.iris.terms, about=site.iris.base)
