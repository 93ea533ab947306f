"""What pages show of many things: projects, organisations and themes.

In go the rows of the site's own queries; out come values for the templates. The overview is read once; a page filters
and counts, it asks nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kennis_ld.graph.description import Term
from kennis_ld.iri import Iris
from kennis_ld.web.site import Site, made_once
from kennis_ld.web.words import in_language

LEAD, PARTNER = "T", "P"
ROLES: Mapping[str, str] = {"trekker": LEAD, "partner": PARTNER}
"""Values of the filter `rol` and the notation of the role concept each stands for."""


@dataclass(slots=True)
class Theme:
    """A theme; `definition` and `labels` by language."""

    iri: str
    notation: str = ""
    broader: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Project:
    """A project; `parties` holds organisation IRIs by role, `doubtful` those that the source is not sure of."""

    iri: str
    title: Term
    number: str = ""
    open: bool = False
    themes: list[str] = field(default_factory=list)
    parties: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list, {LEAD: [], PARTNER: []}))
    doubtful: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(slots=True)
class Organisation:
    """An organisation.

    Attributes:
        iri: the IRI.
        names: by language.
        kind: local name of its class of schema.org, as lists and pages show it.
        parents: IRIs of the organisations that it is a unit of.
        provisional: whether it is not in the register yet.
        own: IRIs of the projects that name it, by role.
        joint: IRIs of the projects that name it or one of its units, by role, and whether one of these is named without
            doubt; in the order of the document.
    """

    iri: str
    names: dict[str, str] = field(default_factory=dict)
    kind: str = "Organization"
    parents: list[str] = field(default_factory=list)
    provisional: bool = False
    own: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    joint: defaultdict[str, dict[str, bool]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def joined(self) -> dict[str, bool]:
        """The projects that it takes part in and does not lead, and whether that is without doubt."""
        return {iri: is_sure for iri, is_sure in self.joint[PARTNER].items() if iri not in self.joint[LEAD]}

    def doubtful(self, role: str) -> int:
        """Returns in how many of the projects of a role it is not sure that it has that role."""
        return sum(not sure for sure in self.joint[role].values())


@dataclass(frozen=True, slots=True)
class Overview:
    """All projects, organisations and themes, by IRI, in the order in which pages show them.

    Attributes:
        projects: in the order of the document.
        organisations: in no order.
        themes: in the order of the document; one above others stands before them.
        former: the titles of projects that are no longer on the agenda.
        place: of each project in the document.
        about: the projects that name each theme.
        keys: the IRI of each theme and organisation, by the last two parts of it.
    """

    projects: Mapping[str, Project]
    organisations: Mapping[str, Organisation]
    themes: Mapping[str, Theme]
    former: Mapping[str, Term] = field(default_factory=dict)
    place: Mapping[str, int] = field(init=False)
    about: Mapping[str, Sequence[str]] = field(init=False)
    keys: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        about: defaultdict[str, list[str]] = defaultdict(list)
        for project in self.projects.values():
            for theme in project.themes:
                about[theme].append(project.iri)
        object.__setattr__(self, "place", {iri: place for place, iri in enumerate(self.projects)})
        object.__setattr__(self, "about", dict(about))
        keys = {"/".join(iri.split("/")[-2:]): iri for iri in (*self.themes, *self.organisations)}
        object.__setattr__(self, "keys", keys)

    def meant(self, concept: str, reference: str) -> str:
        """Returns the IRI of a theme or organisation from the last part of it; empty where there is none."""
        return self.keys.get(f"{concept}/{reference}", "")

    def kind(self, iri: str) -> str:
        """Returns the name of the class of an organisation, as in `words.toml`; empty for anything else."""
        organisation = self.organisations.get(iri)
        return f"term.schema-{organisation.kind}" if organisation else ""

    def known(self, iri: str, language: str) -> Term | None:
        """Returns the name of a project, an organisation or a theme; None for anything else."""
        if iri in self.projects:
            return self.projects[iri].title
        return self.name(iri, language) if iri in self.organisations or iri in self.themes else self.former.get(iri)

    def numbered(self, project: Project, language: str) -> Term:
        """Returns the number of a project behind its theme, for other themes may have the same number."""
        names = [self.name(theme, language) for theme in project.themes[:1]]
        if not names:
            return Term(project.number)
        return Term(f"{names[0].value} {project.number}".strip(), language=names[0].language)

    def tops_in(self, project: Project, role: str) -> dict[str, bool]:
        """Returns the organisations at the top that a project counts for in a role, and whether without doubt."""
        found: dict[str, bool] = {}
        for party in project.parties[role]:
            for top in self.tops_of(party):
                found[top] = found.get(top, False) or party not in project.doubtful[role]
        return found

    def tops_of(self, iri: str) -> set[str]:
        """Returns the organisations at the top that an organisation counts for; itself where it is no unit."""
        found = set(self.with_those_above(iri))
        return {each for each in found if not found & set(self.organisations[each].parents)} or {iri}

    def with_those_above(self, iri: str) -> list[str]:
        """Returns an organisation and all that it is a unit of; nothing where there is no such organisation."""
        return [each.iri for each in _with_those_above(iri, self.organisations)]

    def above(self, theme: str) -> str:
        """Returns the theme at the top of those that a theme falls under."""
        return self.with_broader(theme)[-1]

    def name(self, iri: str, language: str) -> Term:
        """Returns the name of an organisation or theme in the language, else in any other."""
        thing = self.organisations.get(iri)
        names = thing.names if thing is not None else self.themes[iri].labels if iri in self.themes else {}
        return in_language(names, language) if names else Term(reference(iri))

    def by_name(self, organisations: Iterable[Organisation], language: str) -> list[Organisation]:
        """Returns organisations by name, units under the organisation that they belong to where that is one of them."""
        by_iri = {each.iri: each for each in organisations}

        def path(each: Organisation) -> list[tuple[str, str]]:
            above: list[Organisation] = []
            while each not in above:
                above.insert(0, each)
                each = next((by_iri[parent] for parent in each.parents if parent in by_iri), each)
            return [(self.name(each.iri, language).value.casefold(), each.iri) for each in above]

        return sorted(by_iri.values(), key=path)

    def tops(self) -> list[Theme]:
        """Returns the themes that stand under no other."""
        return [theme for theme in self.themes.values() if not theme.broader]

    def with_broader(self, theme: str) -> list[str]:
        """Returns a theme and all that it falls under."""
        found = [theme]
        while (known := self.themes.get(found[-1])) and known.broader in self.themes and known.broader not in found:
            found.append(known.broader)
        return found

    def within(self, theme: str) -> set[str]:
        """Returns a theme and all that fall under it."""
        themes = {theme}
        while more := {each.iri for each in self.themes.values() if each.broader in themes} - themes:
            themes |= more
        return themes

    def of_theme(self, theme: str) -> set[str]:
        """Returns the IRIs of the projects of a theme and of all that falls under it; none of what is no theme."""
        return (
            {iri for each in self.within(theme) for iri in self.about.get(each, ())} if theme in self.themes else set()
        )

    def of_organisation(self, organisation: str, role: str | None, *, alone: bool) -> set[str]:
        """Returns the IRIs of the projects that name an organisation or one of its units.

        Args:
            organisation: IRI.
            role: LEAD or PARTNER; None for either.
            alone: whether the projects of its units are left out.
        """
        known = self.organisations.get(organisation)
        if known is None:
            return set()
        return {
            iri for each in ((role,) if role else ROLES.values()) for iri in (known.own if alone else known.joint)[each]
        }

    def in_order(self, iris: Iterable[str]) -> list[Project]:
        """Returns projects in the order of the document."""
        return [self.projects[iri] for iri in sorted(iris, key=self.place.__getitem__)]


def reference(iri: str) -> str:
    """Returns the last part of an IRI of ours."""
    return iri.rsplit("/", 1)[-1]


@made_once
def editions_in_order(site: Site) -> Sequence[str]:
    """Returns the IRIs of the editions, from the first to the latest."""
    return in_order({row["edition"]: row.get("before", "") for row in site.lookup.rows("editions")})


def in_order(before: Mapping[str, str]) -> list[str]:
    """Returns the editions from the first to the latest, by the IRI of the one before each."""
    after = {earlier: edition for edition, earlier in before.items()}
    found: list[str] = []
    while (edition := after.get(found[-1] if found else "")) is not None and edition not in found:
        found.append(edition)
    return found


@made_once
def overview(site: Site) -> Overview:
    """Returns the overview of the release."""
    projects: dict[str, Project] = {}
    ages = {edition: age for age, edition in enumerate(reversed(editions_in_order(site)))}
    places: dict[str, tuple[int, int]] = {}
    for row in site.lookup.rows("projects"):
        title = Term(row["title"], language=row.get("title@", ""))
        project = projects.setdefault(row["project"], Project(row["project"], title))
        project.number = project.number or row.get("number", "")
        project.open = project.open or row.get("open") == "true"
        if row.get("theme", "") not in {"", *project.themes}:
            project.themes.append(row["theme"])
        place = ages.get(row.get("edition", ""), len(ages)), int(row.get("line", "0"))
        places[project.iri] = min(place, places.get(project.iri, place))
    # Its place is that in the last edition that names it: an earlier one may have had another order.
    projects = dict(sorted(projects.items(), key=lambda each: places[each[0]]))
    organisations = _organisations(site.lookup.rows("organisations"))
    rows = site.lookup.rows("parties")
    sure = sure_parties(rows, site.iris)
    for row in rows:
        role, organisation = row["role"], row["organisation"]
        if row["project"] in projects and organisation not in projects[row["project"]].parties[role]:
            projects[row["project"]].parties[role].append(organisation)
            if organisation in organisations:
                organisations[organisation].own[role].append(row["project"])
    for project in projects.values():
        for role, parties in project.parties.items():
            for party in parties:
                is_sure = (project.iri, role, party) in sure
                if not is_sure:
                    project.doubtful[role].add(party)
                for each in _with_those_above(party, organisations):
                    each.joint[role][project.iri] = is_sure or each.joint[role].get(project.iri, False)
    former = {row["project"]: Term(row["title"], language=row.get("title@", "")) for row in site.lookup.rows("former")}
    return Overview(projects, organisations, _themes(site.lookup.rows("themes"), projects.values()), former)


def sure_parties(rows: Iterable[Mapping[str, str]], iris: Iris) -> set[tuple[str, str, str]]:
    """Returns project, role and organisation of each row of participations about which the source is sure."""
    doubt = iris.concept("onzeker")
    return {(row["project"], row["role"], row["organisation"]) for row in rows if row.get("certainty") != doubt}


def _with_those_above(iri: str, organisations: Mapping[str, Organisation]) -> list[Organisation]:
    """Returns an organisation and all that it is a unit of, each once."""
    found: dict[str, Organisation] = {}
    waiting = [iri]
    while waiting:
        each = organisations.get(waiting.pop())
        if each is not None and each.iri not in found:
            found[each.iri] = each
            waiting += each.parents
    return list(found.values())


def _organisations(rows: Iterable[Mapping[str, str]]) -> dict[str, Organisation]:
    found: dict[str, Organisation] = {}
    for row in rows:
        organisation = found.setdefault(row["organisation"], Organisation(row["organisation"]))
        organisation.names.setdefault(row.get("name@", ""), row["name"])
        kind = row["type"].rsplit("/", 1)[-1]
        if kind != "Organization":
            organisation.kind = kind
        if row.get("parent", "") not in {"", *organisation.parents}:
            organisation.parents.append(row["parent"])
        organisation.provisional = organisation.provisional or row.get("provisional") == "true"
    return found


def _themes(rows: Iterable[Mapping[str, str]], projects: Iterable[Project]) -> dict[str, Theme]:
    """Returns the themes as the document has them, those above others first; what no project is about comes last."""
    found: dict[str, Theme] = {}
    for row in rows:
        theme = found.setdefault(row["theme"], Theme(row["theme"]))
        theme.notation = theme.notation or row.get("notation", "")
        theme.broader = theme.broader or row.get("broader", "")
        theme.labels.setdefault(row.get("label@", ""), row["label"])
        if "definition" in row:
            theme.definitions.setdefault(row.get("definition@", ""), row["definition"])
    ordered: dict[str, Theme] = {}
    for lowest in (*dict.fromkeys(theme for project in projects for theme in project.themes), *found):
        iri, above = lowest, list[str]()
        while iri in found and iri not in above:
            above.append(iri)
            iri = found[iri].broader
        ordered |= {each: found[each] for each in reversed(above) if each not in ordered}
    return ordered
