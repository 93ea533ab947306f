"""Narrows and sorts the list of projects and that of organisations, and counts what each choice would leave.

In go an overview and the parameters of an address; out come values for a template or an export. A key that nothing has
selects nothing, rather than everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kennis_ld.graph.description import Term
from kennis_ld.web.pages.findings import projects_with_finding
from kennis_ld.web.pages.overview import LEAD, PARTNER, ROLES, Organisation, Overview, Project, overview, reference
from kennis_ld.web.pages.route import query_of
from kennis_ld.web.site import Site, made_once
from kennis_ld.web.words import Words

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
    """A way to narrow a list; `name` is its parameter. Where it is cut, the list of organisations has the others."""

    name: str
    choices: Sequence[Choice]
    is_cut: bool = False


def narrowed(site: Site, asked: Mapping[str, str]) -> list[Project]:
    """Returns the projects that pass all that is asked by NARROWING, in the order of `sorteer`."""
    whole = overview(site)
    alone, role = bool(asked.get("zelf")), asked.get("rol")
    chosen: list[set[str] | frozenset[str]] = []
    if theme := asked.get("thema"):
        chosen.append(whole.of_theme(whole.meant("thema", theme)))
    for name, of in (("organisatie", ROLES.get(role or "")), ("trekker", LEAD), ("partner", PARTNER), ("met", None)):
        if party := asked.get(name):
            chosen.append(whole.of_organisation(whole.meant("organisatie", party), of, alone=alone))
    if asked.get("melding"):
        chosen.append(projects_with_finding(site))
    found = list(whole.projects.values())
    if chosen:
        found = whole.in_order(chosen[0].intersection(*chosen[1:], whole.place))
    if role:
        found = [project for project in found if project.parties.get(ROLES.get(role, ""))]
    match asked.get("sorteer"):
        case "titel":
            return sorted(found, key=lambda project: (project.title.value.casefold(), project.iri))
        case "partners":
            return sorted(found, key=lambda project: -len(project.parties[PARTNER]))
        case _:
            return found


def project_facets(site: Site, asked: Mapping[str, str], words: Words) -> list[Facet]:
    """Returns the facets of the list of projects, each with the choices that leave most."""
    whole, language = overview(site), words.language
    facets = []
    for name in ("thema", "trekker", "partner"):
        narrowing = {other: value for other, value in asked.items() if other in NARROWING and other != name and value}
        if narrowing:
            best = _best(whole, name, narrowed(site, narrowing), language)
        else:
            best = _best_of_all(site, name, language)
        others = [each for each in best if reference(each[0]) != asked[name]][:MOST_CHOICES]
        choices = [
            Choice(whole.name(iri, language), count, query_of(asked, **{name: reference(iri)})) for iri, count in others
        ]
        facets.append(Facet(name, choices, is_cut=name in ROLES and len(best) > MOST_CHOICES))
    if not asked["melding"]:
        count, told = len(narrowed(site, {**asked, "melding": "ja"})), words("projects.with-finding")
        choices = [Choice(Term(told, language=language), count, query_of(asked, melding="ja"))] if count else []
        facets.append(Facet("melding", choices))
    return [each for each in facets if each.choices]


@made_once
def _best_of_all(site: Site, name: str, language: str) -> list[tuple[str, int]]:
    """Returns those that most of all projects have: the same for every page, and the longest to count."""
    whole = overview(site)
    return _best(whole, name, whole.projects.values(), language)


def _best(whole: Overview, name: str, projects: Iterable[Project], language: str) -> list[tuple[str, int]]:
    """Returns the themes or organisations that most of the projects have, and in how many; one more than are shown."""
    counts: Counter[str] = Counter()
    for project in projects:
        counts.update(_counted_for(whole, name, project))
    # Where the counts are the same, by name: rows of an engine elsewhere may come in another order.
    least = sorted(counts.values(), reverse=True)[: MOST_CHOICES + 1][-1:]
    found = [(iri, count) for iri, count in counts.items() if count >= least[0]]
    found.sort(key=lambda each: (-each[1], whole.name(each[0], language).value.casefold(), each[0]))
    return found[: MOST_CHOICES + 1]


def _counted_for(whole: Overview, name: str, project: Project) -> set[str]:
    """Returns the themes, or the organisations in a role, that a project counts for, with those above them."""
    if name == "thema":
        return {above for theme in project.themes for above in whole.with_broader(theme)}
    return {above for party in project.parties[ROLES[name]] for above in whole.with_those_above(party)}


def organisations_of(site: Site, asked: Mapping[str, str], language: str) -> list[Organisation]:
    """Returns the organisations of a kind (`soort`), in the order of `sorteer`."""
    kind, order = asked.get("soort", ""), asked.get("sorteer", "")
    found = _sorted(site, order, language)
    return [each for each in found if each.kind.lower() == kind] if kind else found


@made_once
def _sorted(site: Site, order: str, language: str) -> list[Organisation]:
    whole = overview(site)
    role = {"trekker": LEAD, "partner": PARTNER}.get(order)
    if role is None:
        return whole.by_name(whole.organisations.values(), language)

    def rank(each: Organisation) -> tuple[int, int, str, str]:
        name = whole.name(each.iri, language).value.casefold()
        return -len(each.joint[role]), each.doubtful(role), name, each.iri

    return sorted(whole.organisations.values(), key=rank)


def kinds(site: Site, asked: Mapping[str, str], names: Callable[[str], str], language: str) -> Facet:
    """Returns the facet of the kinds of organisations, those with most first; `names` gives the name of a kind."""
    counts = kind_counts(site)
    return Facet(
        "soort",
        [
            Choice(Term(names(kind), language=language), count, query_of(asked, soort=kind.lower()))
            for kind, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
            if kind.lower() != asked.get("soort")
        ],
    )


@made_once
def kind_counts(site: Site) -> Mapping[str, int]:
    """Returns how many organisations there are of each kind."""
    return Counter(each.kind for each in overview(site).organisations.values())
