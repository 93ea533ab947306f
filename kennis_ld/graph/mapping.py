"""Maps what one edition says about its projects to RDF, in reading order: the entry, the project, who takes part.

The model is that of design and ontology: superclass types and standard properties are stated, not left to inference, so
that a reader who knows only schema.org, W3C ORG, SKOS and PROV can use the data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDFS, SDO, SKOS

from kennis_ld.graph.concepts import status_key
from kennis_ld.graph.statements import Triple, amount, day, labels, number, text, texts, truth, types, when
from kennis_ld.iri import Iris
from kennis_ld.model import Certainty, Facts, Participation, ProjectEntry, Role, Theme
from kennis_ld.vocabulary import AgendaTerms

THEMES = "themas"
"""Key of the concept scheme of the themes."""


# rdflib looks a term up anew each time that it is named, which is as dear as making a statement.
_IS_PART_OF = DCTERMS.isPartOf
_IS_REFERENCED_BY = DCTERMS.isReferencedBy
_SUBJECT = DCTERMS.subject
_MEMBERSHIP = ORG.Membership
_ORGANIZATIONAL_COLLABORATION = ORG.OrganizationalCollaboration
_HAS_MEMBERSHIP = ORG.hasMembership
_MEMBER = ORG.member
_ORGANIZATION = ORG.organization
_ROLE = ORG.role
_ENTITY = PROV.Entity
_WAS_DERIVED_FROM = PROV.wasDerivedFrom
_LABEL = RDFS.label
_ORGANIZATION_ROLE = SDO.OrganizationRole
_PROJECT = SDO.Project
_ABOUT = SDO.about
_DESCRIPTION = SDO.description
_END_DATE = SDO.endDate
_IDENTIFIER = SDO.identifier
_SDO_MEMBER = SDO.member
_NAME = SDO.name
_ROLE_NAME = SDO.roleName
_START_DATE = SDO.startDate
_URL = SDO.url


@dataclass(frozen=True, slots=True)
class Mapping:
    """Maps entries of one publication.

    Attributes:
        iris: mints the IRIs.
        language: language tag of the texts of the document.
    """

    iris: Iris
    language: str

    @property
    def _terms(self) -> AgendaTerms:
        return _terms(self.iris.terms)

    def entry(self, item: ProjectEntry, *, edition: str, document: str) -> Iterator[Triple]:
        """Yields all that one entry of an edition says: the entry itself, its project and who takes part.

        Args:
            item: the entry, resolved.
            edition: key of the edition.
            document: IRI of the source document.
        """
        yield from self._entry(item, edition, document)
        yield from self._project(item, edition)
        for participation in item.participations:
            yield from self._participation(participation, item, edition)

    def history(self, item: ProjectEntry, *, edition: str, document: str) -> Iterator[Triple]:
        """Yields what the current state keeps of an entry of an earlier edition: the entry, and that there was one."""
        yield from self._entry(item, edition, document)
        yield from self._referenced(item, edition)

    def change(self, item: ProjectEntry, *, edition: str, document: str) -> Iterator[Triple]:
        """Yields what a row of an edition of changes says that does not say who takes part: the entry and its text.

        Args:
            item: the entry, resolved.
            edition: key of the edition.
            document: IRI of the source document.
        """
        yield from self._entry(item, edition, document)
        yield from self._described(item)
        yield from self._facts(item.facts, _uri(self.iris.project, item.project))
        yield from self._referenced(item, edition)

    def stopped(self, item: ProjectEntry, *, edition: str) -> Iterator[Triple]:
        """Yields that an entry says that its project stopped."""
        yield _uri(self.iris.entry, edition, item.project), self._terms.stopped, truth(True)

    def standing(self, item: ProjectEntry, *, edition: str, parties_edition: str) -> Iterator[Triple]:
        """Yields the current state of a project whose entry and parties may come from different editions."""
        yield from self._project(item, edition)
        for participation in item.participations:
            yield from self._participation(participation, item, parties_edition)

    def former(self, item: ProjectEntry) -> Iterator[Triple]:
        """Yields what the current state keeps of a project that left; who took part stands in the edition."""
        yield from self._described(item)

    def _entry(self, item: ProjectEntry, edition: str, document: str) -> Iterator[Triple]:
        ks, entry = self._terms, item.entry
        subject = _uri(self.iris.entry, edition, item.project)
        yield from types(subject, ks.Entry, _ENTITY)
        yield subject, _LABEL, text(entry.label, self.language)
        yield from texts(subject, _NAME, (entry.title,), self.language)
        if entry.number:
            yield subject, ks.number, Literal(entry.number)
        yield subject, ks.project, _uri(self.iris.project, item.project)
        yield subject, _IS_PART_OF, _uri(self.iris.edition, edition)
        for theme in item.themes[-1:]:
            yield subject, _ABOUT, _uri(self.iris.theme, theme)
        yield from texts(subject, ks.partiesText, (cell for _, cell in entry.parties), self.language)
        yield from texts(subject, ks.remark, (*item.remarks, *item.facts.remarks), self.language)
        place = entry.place
        if place.first_line:
            yield subject, ks.firstLine, number(place.first_line)
            yield subject, ks.lastLine, number(place.last_line)
        if place.first_page is not None and place.last_page is not None:
            yield subject, ks.firstPage, number(place.first_page)
            yield subject, ks.lastPage, number(place.last_page)
        yield subject, _WAS_DERIVED_FROM, URIRef(document)

    def _project(self, item: ProjectEntry, edition: str) -> Iterator[Triple]:
        ks = self._terms
        subject = _uri(self.iris.project, item.project)
        yield from self._described(item)
        if item.entry.number:
            yield subject, _IDENTIFIER, Literal(item.entry.number)
        yield from self._referenced(item, edition)
        yield from self._facts(item.facts, subject)
        for participation in item.participations:
            iri = self._participation_iri(participation)
            yield subject, ks.participation, iri
            if participation.certainty is not Certainty.DOUBTFUL:
                short = ks.lead if participation.role.main is Role.LEAD else ks.partner
                yield subject, short, _uri(self.iris.organisation, participation.organisation)
        yield from texts(subject, ks.otherParties, item.groups, self.language)
        yield subject, ks.openEnded, truth(bool(item.open_list))
        yield from texts(subject, ks.openEndedText, item.open_list, self.language)

    def _referenced(self, item: ProjectEntry, edition: str) -> Iterator[Triple]:
        """Yields that a project has an entry in an edition."""
        subject = _uri(self.iris.project, item.project)
        yield subject, self._terms.entry, _uri(self.iris.entry, edition, item.project)
        yield subject, _IS_REFERENCED_BY, _uri(self.iris.edition, edition)

    def _facts(self, facts: Facts, subject: URIRef) -> Iterator[Triple]:
        """Yields what extra columns surely say of a project."""
        for prop, moment in ((_START_DATE, facts.start), (_END_DATE, facts.end)):
            if moment:
                yield subject, prop, when(moment)
        if facts.status:
            yield subject, self._terms.status, _uri(self.iris.concept, status_key(facts.status))
        if facts.budget is not None:
            yield subject, self._terms.budget, amount(facts.budget)
            yield subject, self._terms.currency, Literal(facts.currency)
        for link in facts.links:
            yield subject, _URL, URIRef(link)

    def _described(self, item: ProjectEntry) -> Iterator[Triple]:
        entry = item.entry
        subject = _uri(self.iris.project, item.project)
        yield from types(subject, self._terms.Project, _PROJECT, _ORGANIZATIONAL_COLLABORATION)
        yield from texts(subject, _NAME, (entry.title,), self.language)
        yield from texts(subject, _LABEL, (entry.title,), self.language)
        yield from texts(subject, _DESCRIPTION, (entry.description,), self.language)
        for theme in item.themes[-1:]:
            yield subject, _ABOUT, _uri(self.iris.theme, theme)
            yield subject, _SUBJECT, _uri(self.iris.theme, theme)

    def _participation(self, participation: Participation, item: ProjectEntry, edition: str) -> Iterator[Triple]:
        ks = self._terms
        subject = self._participation_iri(participation)
        organisation = _uri(self.iris.organisation, participation.organisation)
        yield from types(subject, ks.Participation, _MEMBERSHIP, _ORGANIZATION_ROLE)
        yield subject, _ORGANIZATION, _uri(self.iris.project, participation.project)
        yield subject, _MEMBER, organisation
        yield subject, _SDO_MEMBER, organisation
        yield organisation, _HAS_MEMBERSHIP, subject  # of the member, not of the project (ORG, section 5.3)
        yield subject, _ROLE, _uri(self.iris.concept, participation.role.key)
        yield subject, _ROLE_NAME, text(participation.role.label, "nl")
        yield subject, ks.certainty, _uri(self.iris.concept, participation.certainty.value)
        yield subject, ks.resolution, _uri(self.iris.concept, participation.way.value)
        yield from texts(subject, ks.sourceText, participation.mentions, self.language)
        yield from texts(subject, ks.doubt, (participation.doubt,), self.language)
        if participation.start:
            yield subject, _START_DATE, day(participation.start)
        if participation.end:
            yield subject, _END_DATE, day(participation.end)
        yield subject, _WAS_DERIVED_FROM, _uri(self.iris.entry, edition, item.project)

    def _participation_iri(self, part: Participation) -> URIRef:
        return _uri(self.iris.participation, part.project, part.organisation, part.role.key)

    def themes(self, themes: Iterable[Theme], *, title: str, title_en: str) -> Iterator[Triple]:
        """Yields the concept scheme of the themes, sub-headings as narrower concepts (NL-SBB, SKOS-AP-NL 1.0).

        Args:
            themes: themes before the sub-headings that stand under them.
            title: Dutch title of the scheme.
            title_en: English title of the scheme.
        """
        scheme = _uri(self.iris.scheme, THEMES)
        yield from types(scheme, SKOS.ConceptScheme)
        yield from labels(scheme, DCTERMS.title, nl=title, en=title_en)
        yield from labels(scheme, SKOS.prefLabel, nl=title, en=title_en)
        for theme in themes:
            subject = _uri(self.iris.theme, theme.key)
            yield from types(subject, SKOS.Concept)
            yield from labels(subject, SKOS.prefLabel, nl=theme.label, en=theme.label_en)
            yield from texts(
                subject, SKOS.altLabel, (other for other in theme.headings if other != theme.label), self.language
            )
            yield from labels(subject, SKOS.definition, nl=theme.definition, en=theme.definition_en)
            yield subject, SKOS.inScheme, scheme
            if theme.notation:
                yield subject, SKOS.notation, Literal(theme.notation)
            if theme.broader:
                broader = _uri(self.iris.theme, theme.broader)
                yield subject, SKOS.broader, broader
                yield broader, SKOS.narrower, subject
            else:
                yield subject, SKOS.topConceptOf, scheme
                yield scheme, SKOS.hasTopConcept, subject


@lru_cache(maxsize=32_768)
def _uri(mint: Callable[..., str], *keys: str) -> URIRef:
    return URIRef(mint(*keys))


@cache
def _terms(namespace: str) -> AgendaTerms:
    return AgendaTerms(namespace)
