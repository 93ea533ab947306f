"""Narrows and sorts the list of projects and that of organisations, and counts what each choice would leave.

In go an overview and the parameters of an address; out come values for a template or an export. A key that nothing has
selects nothing, rather than everything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from kennis_ld.graph.description import Term
from kennis_ld.web.pages.collaboration import joined
from kennis_ld.web.pages.overview import LEAD, PARTNER, ROLES, Organisation, Overview, Project, reference

MOST_CHOICES = 8
"""Of one facet; a list of all organisations would be longer than the page."""

NARROWING = ("thema", "organisatie", "met", "rol", "trekker", "partner", "zelf", "melding")
"""The parameters that narrow the list of projects."""

SORTS = ("", "titel", "partners")
"""Values of `sorteer`: the order of the document, by title, most partners first."""

ORGANISATION_SORTS = ("", "trekker", "partner")
"""Values of `sorteer` for organisations: by name, or those that most often lead or take part first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many things it leaves, and the query of the address that chooses it."""

    label: Term
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow a list; `name` is its parameter."""

    name: str
    choices: Sequence[Choice]


def narrowed(whole: Overview, asked: Mapping[str, str], *, told: frozenset[str] | set[str]) -> list[Project]:
    """Returns the projects that pass all that is asked, in the order that is asked.

    Args:
        whole: the overview.
        asked: parameters of the address, those of NARROWING and `sorteer`.
        told: IRIs of the projects that have a finding.
    """
    themes = {reference(iri): iri for iri in whole.themes}
    organisations = {reference(iri): iri for iri in whole.organisations}
    alone = bool(asked.get("zelf"))

    def iri(known: Mapping[str, str], name: str) -> str | None:
        return known.get(asked[name], "-") if asked.get(name) else None

    found = whole.selected(
        theme=iri(themes, "thema"),
        organisation=iri(organisations, "organisatie"),
        role=ROLES.get(asked["rol"], "-") if asked.get("rol") else None,
        alone=alone,
    )
    for name, role in (("trekker", LEAD), ("partner", PARTNER), ("met", None)):
        if party := iri(organisations, name):
            theirs = {project.iri for project in whole.selected(organisation=party, role=role, alone=alone)}
            found = [project for project in found if project.iri in theirs]
    if asked.get("melding"):
        found = [project for project in found if project.iri in told]
    match asked.get("sorteer"):
        case "titel":
            return sorted(found, key=lambda project: (project.title.value.casefold(), project.iri))
        case "partners":
            return sorted(found, key=lambda project: -len(project.parties[PARTNER]))
        case _:
            return found


def project_facets(
    whole: Overview, asked: Mapping[str, str], language: str, *, told: set[str], yes: str
) -> list[Facet]:
    """Returns the facets of the list of projects, each with the choices that leave most.

    Args:
        whole: the overview.
        asked: parameters of the address.
        language: of the labels.
        told: IRIs of the projects that have a finding.
        yes: the label of the choice of projects with a finding.
    """
    kept = {name: value for name, value in asked.items() if value and name != "pagina"}

    def facet(name: str, things: Mapping[str, set[str]]) -> Facet:
        left = {project.iri for project in narrowed(whole, {**asked, name: ""}, told=told)}
        counted = [(iri, len(projects & left)) for iri, projects in things.items() if reference(iri) != asked[name]]
        # Where the counts are the same, by name: rows of an engine elsewhere may come in another order.
        named = [(whole.name(iri, language), count, iri) for iri, count in counted if count]
        best = sorted(named, key=lambda each: (-each[1], each[0].value.casefold(), each[2]))[:MOST_CHOICES]
        return Facet(
            name,
            [Choice(text, count, urlencode({**kept, name: reference(iri)})) for text, count, iri in best],
        )

    themes = {iri: {project.iri for project in whole.selected(theme=iri)} for iri in whole.themes}
    facets = [facet("thema", themes)]
    for name, role in (("trekker", LEAD), ("partner", PARTNER)):
        facets.append(facet(name, {each.iri: set(each.joint[role]) for each in whole.organisations.values()}))
    if not asked["melding"]:
        count = len(narrowed(whole, {**asked, "melding": "ja"}, told=told))
        choices = [Choice(Term(yes, language=language), count, urlencode({**kept, "melding": "ja"}))] if count else []
        facets.append(Facet("melding", choices))
    return [each for each in facets if each.choices]


def organisations_of(whole: Overview, asked: Mapping[str, str], language: str) -> list[Organisation]:
    """Returns the organisations of a kind (`soort`), in the order of `sorteer`."""
    kind = asked.get("soort", "")
    found = [each for each in whole.organisations.values() if not kind or each.kind.lower() == kind]
    by_name = whole.by_name(found, language)
    rank: Mapping[str, Callable[[Organisation], tuple[int, int]]] = {
        "trekker": lambda each: (-len(each.joint[LEAD]), -len(joined(each))),
        "partner": lambda each: (-len(each.joint[PARTNER]), -len(each.joint[LEAD])),
    }
    return sorted(by_name, key=rank[asked["sorteer"]]) if asked.get("sorteer") in rank else by_name


def kinds(whole: Overview, asked: Mapping[str, str], names: Callable[[str], str], language: str) -> Facet:
    """Returns the facet of the kinds of organisations, those with most first.

    Args:
        whole: the overview.
        asked: parameters of the address.
        names: gives the name of a kind.
        language: of the names.
    """
    kept = {name: value for name, value in asked.items() if value}
    counts: dict[str, int] = {}
    for each in whole.organisations.values():
        counts[each.kind] = counts.get(each.kind, 0) + 1
    return Facet(
        "soort",
        [
            Choice(Term(names(kind), language=language), count, urlencode({**kept, "soort": kind.lower()}))
            for kind, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
            if kind.lower() != asked.get("soort")
        ],
    )
