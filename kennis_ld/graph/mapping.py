"""Maps what one edition says about its projects to RDF, in reading order: the entry, the project, who takes part.

The model is that of design and ontology: superclass types and standard properties are stated, not left to inference, so
that a reader who knows only schema.org, W3C ORG, SKOS and PROV can use the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDFS, SDO, SKOS

from kennis_ld.graph.statements import Triple, day, labels, number, text, texts, truth, types
from kennis_ld.iri import Iris
from kennis_ld.model import Certainty, Participation, ProjectEntry, Role, Theme
from kennis_ld.vocabulary import AgendaTerms

THEMES = "themas"
"""Key of the concept scheme of the themes."""


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
        subject = URIRef(self.iris.project(item.project))
        yield subject, self._terms.entry, URIRef(self.iris.entry(edition, item.project))
        yield subject, DCTERMS.isReferencedBy, URIRef(self.iris.edition(edition))

    def former(self, item: ProjectEntry) -> Iterator[Triple]:
        """Yields what the current state keeps of a project that left; who took part stands in the edition."""
        yield from self._described(item)

    def _entry(self, item: ProjectEntry, edition: str, document: str) -> Iterator[Triple]:
        ks, entry = self._terms, item.entry
        subject = URIRef(self.iris.entry(edition, item.project))
        yield from types(subject, ks.Entry, PROV.Entity)
        yield subject, RDFS.label, text(entry.label, self.language)
        yield from texts(subject, SDO.name, (entry.title,), self.language)
        yield subject, ks.number, Literal(entry.number)
        yield subject, ks.project, URIRef(self.iris.project(item.project))
        yield subject, DCTERMS.isPartOf, URIRef(self.iris.edition(edition))
        for theme in item.themes[-1:]:
            yield subject, SDO.about, URIRef(self.iris.theme(theme))
        yield from texts(subject, ks.partiesText, (cell for _, cell in entry.parties), self.language)
        yield from texts(subject, ks.remark, item.remarks, self.language)
        place = entry.place
        if place.first_line:
            yield subject, ks.firstLine, number(place.first_line)
            yield subject, ks.lastLine, number(place.last_line)
        if place.first_page is not None and place.last_page is not None:
            yield subject, ks.firstPage, number(place.first_page)
            yield subject, ks.lastPage, number(place.last_page)
        yield subject, PROV.wasDerivedFrom, URIRef(document)

    def _project(self, item: ProjectEntry, edition: str) -> Iterator[Triple]:
        ks = self._terms
        subject = URIRef(self.iris.project(item.project))
        yield from self._described(item)
        yield subject, SDO.identifier, Literal(item.entry.number)
        yield subject, ks.entry, URIRef(self.iris.entry(edition, item.project))
        yield subject, DCTERMS.isReferencedBy, URIRef(self.iris.edition(edition))
        for participation in item.participations:
            iri = URIRef(self._participation_iri(participation))
            yield subject, ks.participation, iri
            if participation.certainty is not Certainty.DOUBTFUL:
                short = ks.lead if participation.role is Role.LEAD else ks.partner
                yield subject, short, URIRef(self.iris.organisation(participation.organisation))
        yield from texts(subject, ks.otherParties, item.groups, self.language)
        yield subject, ks.openEnded, truth(bool(item.open_list))
        yield from texts(subject, ks.openEndedText, item.open_list, self.language)

    def _described(self, item: ProjectEntry) -> Iterator[Triple]:
        entry = item.entry
        subject = URIRef(self.iris.project(item.project))
        yield from types(subject, self._terms.Project, SDO.Project, ORG.OrganizationalCollaboration)
        yield from texts(subject, SDO.name, (entry.title,), self.language)
        yield from texts(subject, RDFS.label, (entry.title,), self.language)
        yield from texts(subject, SDO.description, (entry.description,), self.language)
        for theme in item.themes[-1:]:
            yield subject, SDO.about, URIRef(self.iris.theme(theme))
            yield subject, DCTERMS.subject, URIRef(self.iris.theme(theme))

    def _participation(self, participation: Participation, item: ProjectEntry, edition: str) -> Iterator[Triple]:
        ks = self._terms
        subject = URIRef(self._participation_iri(participation))
        organisation = URIRef(self.iris.organisation(participation.organisation))
        yield from types(subject, ks.Participation, ORG.Membership, SDO.OrganizationRole)
        yield subject, ORG.organization, URIRef(self.iris.project(participation.project))
        yield subject, ORG.member, organisation
        yield subject, SDO.member, organisation
        yield organisation, ORG.hasMembership, subject  # of the member, not of the project (ORG, section 5.3)
        yield subject, ORG.role, URIRef(self.iris.concept(participation.role.value))
        yield subject, SDO.roleName, text(participation.role.value, "nl")
        yield subject, ks.certainty, URIRef(self.iris.concept(participation.certainty.value))
        yield subject, ks.resolution, URIRef(self.iris.concept(participation.way.value))
        yield from texts(subject, ks.sourceText, participation.mentions, self.language)
        yield from texts(subject, ks.doubt, (participation.doubt,), self.language)
        if participation.start:
            yield subject, SDO.startDate, day(participation.start)
        if participation.end:
            yield subject, SDO.endDate, day(participation.end)
        yield subject, PROV.wasDerivedFrom, URIRef(self.iris.entry(edition, item.project))

    def _participation_iri(self, participation: Participation) -> str:
        return self.iris.participation(participation.project, participation.organisation, participation.role.value)

    def themes(self, themes: Iterable[Theme], *, title: str, title_en: str) -> Iterator[Triple]:
        """Yields the concept scheme of the themes, sub-headings as narrower concepts (NL-SBB, SKOS-AP-NL 1.0).

        Args:
            themes: themes before the sub-headings that stand under them.
            title: Dutch title of the scheme.
            title_en: English title of the scheme.
        """
        scheme = URIRef(self.iris.scheme(THEMES))
        yield from types(scheme, SKOS.ConceptScheme)
        yield from labels(scheme, DCTERMS.title, nl=title, en=title_en)
        yield from labels(scheme, SKOS.prefLabel, nl=title, en=title_en)
        for theme in themes:
            subject = URIRef(self.iris.theme(theme.key))
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
                broader = URIRef(self.iris.theme(theme.broader))
                yield subject, SKOS.broader, broader
                yield broader, SKOS.narrower, subject
            else:
                yield subject, SKOS.topConceptOf, scheme
                yield scheme, SKOS.hasTopConcept, subject


@cache
def _terms(namespace: str) -> AgendaTerms:
    return AgendaTerms(namespace)
