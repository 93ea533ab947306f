"""Maps what one edition says about its projects to RDF, in reading order: the entry, the project, who takes part.

The model is that of design and ontology: superclass types and standard properties are stated, not left to inference, so
that a reader who knows only schema.org, W3C ORG, SKOS and PROV can use the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as ByRole

from kennis_ld.graph.concepts import status_key
from kennis_ld.graph.formats import written
from kennis_ld.graph.statements import amount, truth, when
from kennis_ld.graph.things import (
    DCTERMS,
    ORG,
    PROV,
    RDF,
    RDFS,
    SDO,
    Pair,
    Terms,
    Thing,
    link,
    minted,
    number,
    plain,
    text,
    texts,
)
from kennis_ld.iri import Iris
from kennis_ld.model import Certainty, Facts, Participation, ProjectEntry, Role
from kennis_ld.vocabulary import AgendaTerms


class Mapping:
    """Maps entries of one publication."""

    def __init__(self, iris: Iris, language: str) -> None:
        self._iris = iris
        self._language = language
        self._terms = Terms(AgendaTerms(iris.terms))

    def entry(self, item: ProjectEntry, *, edition: str, document: str) -> Iterator[Thing]:
        """Yields all that one entry of an edition says: the entry itself, its project and who takes part."""
        yield self._entry_iri(item, edition), tuple(self._entry(item, edition, document))
        yield from self.standing(item, edition=edition, said_in={})

    def history(self, item: ProjectEntry, *, edition: str, document: str) -> Iterator[Thing]:
        """Yields what the current state keeps of an entry of an earlier edition: the entry, and that there was one."""
        yield self._entry_iri(item, edition), tuple(self._entry(item, edition, document))
        yield self._project_iri(item), tuple(self._referenced(item, edition))

    def change(self, item: ProjectEntry, *, edition: str, document: str) -> Iterator[Thing]:
        """Yields what a row of an edition of changes says that does not say who takes part: the entry and its text."""
        yield from self.history(item, edition=edition, document=document)
        yield self._project_iri(item), (*self._described(item), *self._facts(item.facts))

    def stopped(self, item: ProjectEntry, *, edition: str) -> Iterator[Thing]:
        """Yields that an entry says that its project stopped."""
        yield self._entry_iri(item, edition), ((self._terms.stopped, written(truth(True))),)

    def standing(self, item: ProjectEntry, *, edition: str, said_in: ByRole[Role, str]) -> Iterator[Thing]:
        """Yields the current state of a project whose entry and parties, by role, may come from different editions."""
        yield self._project_iri(item), tuple(self._project(item, edition))
        for participation in item.participations:
            subject, member = self._participation_iri(participation), self._organisation_iri(participation)
            yield subject, tuple(self._participation(participation, item, said_in.get(participation.role, edition)))
            yield member, ((ORG.hasMembership, subject),)  # of the member, not of the project (ORG, section 5.3)

    def former(self, item: ProjectEntry) -> Iterator[Thing]:
        """Yields what the current state keeps of a project that left; who took part stands in the edition."""
        yield self._project_iri(item), tuple(self._described(item))

    def _entry(self, item: ProjectEntry, edition: str, document: str) -> Iterator[Pair]:
        ks, entry, place = self._terms, item.entry, item.entry.place
        yield RDF.type, ks.Entry
        yield RDF.type, PROV.Entity
        yield RDFS.label, text(entry.label, self._language)
        yield from texts(SDO.name, (entry.title,), self._language)
        if entry.number:
            yield ks.number, plain(entry.number)
        yield ks.project, self._project_iri(item)
        yield DCTERMS.isPartOf, minted(self._iris.edition(edition))
        for theme in item.themes[-1:]:
            yield SDO.about, minted(self._iris.theme(theme))
        yield from texts(ks.partiesText, (entry.parties_text,), self._language)
        yield from texts(ks.remark, (*item.remarks, *item.facts.remarks), self._language)
        if place.first_line:
            yield ks.firstLine, number(place.first_line)
            yield ks.lastLine, number(place.last_line)
        if place.first_page is not None and place.last_page is not None:
            yield ks.firstPage, number(place.first_page)
            yield ks.lastPage, number(place.last_page)
        yield PROV.wasDerivedFrom, link(document)

    def _project(self, item: ProjectEntry, edition: str) -> Iterator[Pair]:
        ks = self._terms
        yield from self._described(item)
        if item.entry.number:
            yield SDO.identifier, plain(item.entry.number)
        yield from self._referenced(item, edition)
        yield from self._facts(item.facts)
        for participation in item.participations:
            yield ks.participation, self._participation_iri(participation)
            if participation.certainty is not Certainty.DOUBTFUL:
                short = ks.lead if participation.role.main == Role.LEAD else ks.partner
                yield short, self._organisation_iri(participation)
        yield from texts(ks.otherParties, item.groups, self._language)
        yield ks.openEnded, written(truth(bool(item.open_list)))
        yield from texts(ks.openEndedText, item.open_list, self._language)

    def _referenced(self, item: ProjectEntry, edition: str) -> Iterator[Pair]:
        """Yields that a project has an entry in an edition."""
        yield self._terms.entry, self._entry_iri(item, edition)
        yield DCTERMS.isReferencedBy, minted(self._iris.edition(edition))

    def _facts(self, facts: Facts) -> Iterator[Pair]:
        """Yields what extra columns surely say of a project."""
        for prop, moment in ((SDO.startDate, facts.start), (SDO.endDate, facts.end)):
            if moment:
                yield prop, written(when(moment))
        if facts.status:
            yield self._terms.status, minted(self._iris.concept(status_key(facts.status)))
        if facts.budget is not None:
            yield self._terms.budget, written(amount(facts.budget))
            yield self._terms.currency, plain(facts.currency)
        for address in facts.links:
            yield SDO.url, link(address)

    def _described(self, item: ProjectEntry) -> Iterator[Pair]:
        entry = item.entry
        yield RDF.type, self._terms.Project
        yield RDF.type, SDO.Project
        yield RDF.type, ORG.OrganizationalCollaboration
        yield from texts(SDO.name, (entry.title,), self._language)
        yield from texts(RDFS.label, (entry.title,), self._language)
        yield from texts(SDO.description, (entry.description,), self._language)
        for theme in item.themes[-1:]:
            yield SDO.about, minted(self._iris.theme(theme))
            yield DCTERMS.subject, minted(self._iris.theme(theme))

    def _participation(self, participation: Participation, item: ProjectEntry, edition: str) -> Iterator[Pair]:
        ks, member = self._terms, self._organisation_iri(participation)
        yield RDF.type, ks.Participation
        yield RDF.type, ORG.Membership
        yield RDF.type, SDO.OrganizationRole
        yield ORG.organization, minted(self._iris.project(participation.project))
        yield ORG.member, member
        yield SDO.member, member
        yield ORG.role, minted(self._iris.concept(participation.role.key))
        yield SDO.roleName, self._role_name(participation)
        yield ks.certainty, minted(self._iris.concept(participation.certainty.value))
        yield ks.resolution, minted(self._iris.concept(participation.way.value))
        yield from texts(ks.sourceText, participation.mentions, self._language)
        yield from texts(ks.doubt, (participation.doubt,), self._language)
        if participation.start:
            yield SDO.startDate, written(when(participation.start))
        if participation.end:
            yield SDO.endDate, written(when(participation.end))
        yield PROV.wasDerivedFrom, self._entry_iri(item, edition)

    def _role_name(self, participation: Participation) -> str:
        """Returns one name of the role: in the language of the publication where there is one, else in English."""
        names = participation.role.labels
        wanted = (self._language, self._language.partition("-")[0], "en")
        language = next(each for each in wanted if each in names)
        return text(names[language], language)

    def _entry_iri(self, item: ProjectEntry, edition: str) -> str:
        return minted(self._iris.entry(edition, item.project))

    def _project_iri(self, item: ProjectEntry) -> str:
        return minted(self._iris.project(item.project))

    def _organisation_iri(self, part: Participation) -> str:
        return minted(self._iris.organisation(part.organisation))

    def _participation_iri(self, part: Participation) -> str:
        return minted(self._iris.participation(part.project, part.organisation, part.role.key))
