"""The findings of a release as pages show them: each with an address, and with the project that it is about."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kennis_ld.translation import divided, where_in
from kennis_ld.web.pages.overview import overview, reference
from kennis_ld.web.pages.route import PAGE_SIZE
from kennis_ld.web.site import Site, made_once

SEVERITIES = ("violation", "warning", "info")
"""From the gravest on."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        anchor: of the finding on the page of all of them.
        code: of what is wrong; it names no place.
        severity: one of SEVERITIES.
        document: the file; empty where it is about none.
        line: its number among the lines and rows of the document; 0 where it is about none.
        where: in the document, by language; empty where it is about none.
        subject: what it is about, as the document says it.
        project: IRI of the project that it is about; empty where it is about something else.
        words: the words it is about, as they stand in the document.
        message: what is wrong, by language.
        remedy: what to do, by language.
        file: in which to do it.
        page: of the page about quality, on which it stands.
    """

    anchor: str
    code: str
    severity: str
    document: str
    line: int
    where: Mapping[str, str]
    subject: str
    project: str
    words: str
    message: Mapping[str, str]
    remedy: Mapping[str, str]
    file: str
    page: int = 1


def of_project(site: Site, iri: str) -> Sequence[Finding]:
    """Returns the findings about a project."""
    return _by_project(site).get(iri, [])


@made_once
def projects_with_finding(site: Site) -> frozenset[str]:
    """Returns the IRIs of the projects that have a finding."""
    return frozenset(each.project for each in findings(site) if each.project)


@made_once
def _by_project(site: Site) -> Mapping[str, list[Finding]]:
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings(site):
        found[finding.project].append(finding)
    return found


@made_once
def findings(site: Site) -> Sequence[Finding]:
    """Returns the findings of the release in the order of the document."""
    path = site.release.file("findings.json")
    told = [] if path is None else json.loads(path.read_text(encoding="utf-8"))
    entries: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in site.lookup.rows("entries"):
        entries[row["label"]].append((row["project"], int(row.get("line", "0"))))
    order = {iri: place for place, iri in enumerate(overview(site).projects)}
    numbers: Counter[str] = Counter()
    found = []
    for one in told:
        document, lines, rest = divided(one["place"])
        line = one.get("line", 0)
        project = _project(entries[one["subject"]], line)
        key = reference(project) if project else "agenda"
        numbers[key] += 1
        where = f"line {lines[1:]}" if lines else rest.removeprefix(", ")
        said = {language: where_in(where, language) for language in ("nl", "en")}
        document = document if where else one["file"]
        found.append(
            Finding(f"{key}-{numbers[key]}", one["code"], one["severity"], document, line, said, one["subject"],
                    project, one["words"], one["message"], one["remedy"], one["file"])
        )  # fmt: skip
    # What is about no project stands behind the projects; within a project the gravest comes first.
    last = len(order)
    found.sort(key=lambda each: (order.get(each.project, last), SEVERITIES.index(each.severity), each.line))
    return [replace(each, page=1 + place // PAGE_SIZE) for place, each in enumerate(found)]


def _project(entries: Sequence[tuple[str, int]], line: int) -> str:
    """Returns the project of the entries with one label: the only one, or the one at the line; else none."""
    projects = {project for project, _ in entries}
    if len(projects) > 1:
        projects = {project for project, first in entries if first == line}
    return projects.pop() if len(projects) == 1 else ""
