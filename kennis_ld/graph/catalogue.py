"""Describes the data for portals: a DCAT-AP-NL 3.0 catalogue with one dataset, its dumps and its SPARQL service.

In: what the publication tells and what the release holds. Out: statements, the same in every run. The catalogue stands
on its own: all that a harvester needs to know of a value is said here (`kennis_ld.graph.authorities`), and schema.org's
words stand beside those of DCAT for who reads only these (NDE, Google Dataset Search).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from rdflib import Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDFS, SDO, XSD

from kennis_ld.graph import authorities
from kennis_ld.graph.dumps import RDF_FORMS, DumpFile
from kennis_ld.graph.organisations import same_as
from kennis_ld.graph.statements import Triple, alike, labels, texts, types, when
from kennis_ld.iri import Iris
from kennis_ld.model import Organisation
from kennis_ld.model.catalogue import FORMS, SERVICES, AgendaFacts, CatalogueFacts, Form
from kennis_ld.model.texts import Texts, around, own, told
from kennis_ld.vocabulary import ADMS, DCAT3, DCATAP, SPDX, VCARD


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that a catalogue is made of.

    Attributes:
        publisher: organisation that publishes the agenda.
        creator: organisation that compiles the data; may be the same.
        files: the dumps of the release.
        release: name of the release, part of the address of the dumps.
        editions: key, period ("2023/2027") and date of issue of every edition, oldest first; the last two may be empty.
    """

    agenda: AgendaFacts
    facts: CatalogueFacts
    publisher: Organisation
    creator: Organisation
    files: Sequence[DumpFile]
    release: str
    editions: Sequence[tuple[str, str, str]]
    language: str


_DATE = "[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_PERIOD = re.compile(rf"(?P<start>{_DATE})(?:/(?:(?P<end>{_DATE})|(?P<open>\.\.)?))?")


def dataset_iri(agenda: str, iris: Iris) -> URIRef:
    """Returns the IRI of the dataset that holds an agenda; a portal knows the dataset by it for ever."""
    return URIRef(iris.resource("dataset", agenda))


def catalogue_triples(catalogue: Catalogue, iris: Iris) -> Iterator[Triple]:
    """Yields the catalogue, its dataset, a distribution for each dump and each service, and all they refer to.

    Only the addresses where the dumps can be downloaded hold the name of the release; every IRI stays the same from
    release to release, for a harvester deletes a dataset whose IRI it does not see again (ckanext-dcat 2.4).
    """
    described = _Described(catalogue, iris)
    yield from described.catalogue()
    yield from described.dataset()
    for file in catalogue.files:
        yield from described.distribution(file)
    for key in SERVICES:
        yield from described.access(key)
        yield from described.service(key)
    yield from described.contact()
    agents = {agent.key: agent for agent in (catalogue.publisher, catalogue.creator)}
    for key in sorted(agents):
        yield from described.agent(agents[key])
    yield from described.values()


class _Described:
    """The descriptions of one catalogue, one method for each kind of thing."""

    def __init__(self, catalogue: Catalogue, iris: Iris) -> None:
        self._all = catalogue
        self._facts = catalogue.facts
        self._iris = iris
        key = catalogue.agenda.key
        # An /id/ IRI like all things: {base}/catalog is the address of the document about the catalogue, and a document
        # has a form and a date of its own (Cool URIs, section 4). Whoever fetches the document finds the thing in it.
        self._catalogue = URIRef(iris.resource("catalogus", key))
        self._document = URIRef(iris.catalogue)
        self._dataset = dataset_iri(key, iris)
        self._contact = URIRef(iris.resource("contact", key))
        self._endpoints = {"sparql": URIRef(iris.endpoint), "ldes": URIRef(iris.stream)}
        self._licence = authorities.licence(catalogue.facts.license)
        self._languages = tuple(filter(None, (authorities.language_code(catalogue.language),)))

    def catalogue(self) -> Iterator[Triple]:
        agenda = self._all.agenda
        yield from types(self._catalogue, DCAT.Catalog, SDO.DataCatalog)
        title = around(agenda.title, nl="Open gegevens: {}", en="Open data: {}", other="{} (DCAT)")
        yield from self._named(self._catalogue, title)
        yield from self._about(self._catalogue)
        yield from self._by(self._catalogue)
        yield from self._place(self._catalogue)
        yield self._catalogue, DCAT.contactPoint, self._contact
        yield self._catalogue, DCTERMS.license, self._licence
        # The site itself. The homepage that the publication tells may be that of an organisation in the register, and
        # foaf:homepage would then make organisation and catalogue one thing (it is inverse functional).
        yield self._catalogue, FOAF.homepage, URIRef(self._iris.root)
        yield from types(URIRef(self._iris.root), FOAF.Document)
        yield self._catalogue, DCAT.themeTaxonomy, authorities.THEME.iri
        yield from alike(self._catalogue, self._dataset, DCAT.dataset, SDO.dataset)
        for key in SERVICES:
            yield self._catalogue, DCAT.service, self._service(key)
        for code in filter(None, dict.fromkeys(map(authorities.language_code, title))):
            yield self._catalogue, DCTERMS.language, authorities.LANGUAGE.value(code)
            yield from authorities.LANGUAGE.triples(code)
        yield from types(self._document, FOAF.Document)
        yield self._document, FOAF.primaryTopic, self._catalogue
        yield self._catalogue, FOAF.isPrimaryTopicOf, self._document

    def dataset(self) -> Iterator[Triple]:
        subject, facts = self._dataset, self._facts
        yield from types(subject, DCAT.Dataset, SDO.Dataset)
        yield from self._named(subject, facts.title)
        yield from self._about(subject)
        yield from self._offered(subject)
        yield from self._dates()
        yield from self._place(subject)
        yield from self._periods()
        yield subject, DCTERMS.accrualPeriodicity, authorities.FREQUENCY.value(facts.frequency)
        yield subject, ADMS.status, authorities.DATASET_STATUS.value("COMPLETED")
        yield subject, DCTERMS.conformsTo, URIRef(self._iris.ontology)
        if facts.homepage:
            yield subject, FOAF.page, URIRef(facts.homepage)
            yield from types(URIRef(facts.homepage), FOAF.Document)
        yield subject, SDO.identifier, Literal(str(subject))
        yield from alike(subject, Literal(self._citation()), DCTERMS.bibliographicCitation, SDO.citation)
        yield subject, SDO.url, self._page(subject)
        yield subject, SDO.license, self._licence
        yield subject, SDO.includedInDataCatalog, self._catalogue
        if self._languages:
            yield subject, SDO.inLanguage, Literal(self._all.language)
        for key, _, _ in self._all.editions:
            yield subject, PROV.wasDerivedFrom, URIRef(self._iris.edition(key))
        for key, _, _ in self._all.editions[-1:]:
            yield from alike(subject, Literal(key), DCAT3.version, SDO.version)
        for form in (*(file.form for file in self._all.files), *SERVICES):
            yield from alike(subject, self._distribution(form), DCAT.distribution, SDO.distribution)

    def _citation(self) -> str:
        """Returns how to cite the dataset: who compiled it, when as far as the city tells, its name, its address."""
        year = next((issued[:4] for _, _, issued in self._all.editions[-1:] if issued), "")
        who = f"{self._all.creator.name} ({year})" if year else self._all.creator.name
        return f"{who}. {own(self._facts.title)}. Dataset. {self._dataset}"

    def distribution(self, file: DumpFile) -> Iterator[Triple]:
        subject, form = self._distribution(file.form), FORMS[file.form]
        download = URIRef(self._iris.download(self._all.release, file.name))
        checksum = URIRef(self._iris.resource("controlegetal", self._all.agenda.key, file.form))
        yield from self._distributed(subject, form)
        # A dump moves with every release; the page of the dataset stays and leads to all of them.
        yield subject, DCAT.accessURL, self._page(self._dataset)
        yield from alike(subject, download, DCAT.downloadURL, SDO.contentUrl)
        # Not of a service: to who looks for dumps (NDE) the feed is none.
        yield subject, SDO.encodingFormat, Literal(form.media_type)
        yield from types(URIRef(form.standard), DCTERMS.Standard)
        if file.form in RDF_FORMS:
            yield subject, DCTERMS.conformsTo, URIRef(self._iris.ontology)
        yield subject, DCAT.byteSize, Literal(str(file.size), datatype=XSD.nonNegativeInteger)
        yield subject, SDO.contentSize, Literal(f"{file.size} B")
        yield subject, SDO.sha256, Literal(file.sha256)
        yield subject, SPDX.checksum, checksum
        yield from types(checksum, SPDX.Checksum)
        yield checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256
        yield from types(SPDX.checksumAlgorithm_sha256, SPDX.ChecksumAlgorithm)
        yield checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)

    def access(self, key: str) -> Iterator[Triple]:
        subject, endpoint, form = self._distribution(key), self._endpoints[key], SERVICES[key]
        yield from self._distributed(subject, form)
        yield from alike(subject, endpoint, DCAT.accessURL, SDO.contentUrl)
        yield subject, SDO.usageInfo, URIRef(form.standard)
        # No dcat:accessService: a CKAN that harvested one writes no RDF of the dataset any more (ckanext-dcat 2.4.4).
        # The catalogue names the service (dcat:service), and the service its dataset.
        yield subject, DCTERMS.conformsTo, URIRef(self._iris.ontology)

    def service(self, key: str) -> Iterator[Triple]:
        subject, endpoint, form, facts = self._service(key), self._endpoints[key], SERVICES[key], self._facts
        yield from types(subject, DCAT.DataService)
        title = around(
            facts.title, nl=f"{form.name}-dienst: {{}}", en=f"{form.name} service: {{}}", other=f"{{}} ({form.name})"
        )
        yield from labels(subject, DCTERMS.title, RDFS.label, **title)
        yield from labels(subject, DCTERMS.description, nl=form.service_nl, en=form.service_en)
        yield from self._offered(subject)
        yield subject, DCTERMS.license, self._licence
        yield subject, DCAT.endpointURL, endpoint
        # Asked without a query it answers with its service description (SPARQL 1.1 Service Description, section 2); the
        # first page of a stream describes it too.
        yield subject, DCAT.endpointDescription, endpoint
        yield subject, DCTERMS.conformsTo, URIRef(form.standard)
        yield from types(URIRef(form.standard), DCTERMS.Standard)
        yield subject, DCAT.servesDataset, self._dataset

    def contact(self) -> Iterator[Triple]:
        subject, contact = self._contact, self._facts.contact
        yield from types(subject, VCARD.Kind, VCARD.Organization)
        if contact.email:
            # To NDE a contact point without an e-mail address is an error, and no contact point a warning.
            yield from types(subject, SDO.ContactPoint)
            yield from texts(subject, SDO.name, (contact.name,), self._all.language)
            yield subject, SDO.email, Literal(contact.email.removeprefix("mailto:"))
        yield from texts(subject, RDFS.label, (contact.name,), self._all.language)
        yield subject, VCARD.fn, Literal(contact.name)
        if contact.email:
            address = quote(contact.email.removeprefix("mailto:"), safe="@!$&'*+/=.-_~")  # RFC 6068, section 2
            yield subject, VCARD.hasEmail, URIRef(f"mailto:{address}")
        if contact.url:
            yield subject, VCARD.hasURL, URIRef(contact.url)

    def agent(self, organisation: Organisation) -> Iterator[Triple]:
        subject = URIRef(self._iris.organisation(organisation.key))
        yield from types(subject, FOAF.Agent, SDO.Organization)
        names = told(organisation.name, organisation.name_en, self._all.language)
        yield from labels(subject, FOAF.name, SDO.name, **names)
        if self._facts.contact.email:
            yield subject, SDO.contactPoint, self._contact
        if organisation.homepage:
            yield subject, FOAF.homepage, URIRef(organisation.homepage)
        for identifier in organisation.identifiers:
            yield subject, same_as(identifier), URIRef(identifier.iri)

    def values(self) -> Iterator[Triple]:
        """Yields what is to be known of the values that several descriptions share."""
        facts = self._facts
        for code in facts.themes:
            yield from authorities.THEME.triples(code)
        yield from authorities.ACCESS_RIGHT.triples(facts.access_rights)
        yield from authorities.FREQUENCY.triples(facts.frequency)
        yield from authorities.DATASET_STATUS.triples("COMPLETED")
        yield from authorities.AVAILABILITY.triples("STABLE")
        for code in self._languages:
            yield from authorities.LANGUAGE.triples(code)
        yield from authorities.licence_triples(facts.license)
        yield from types(URIRef(self._iris.ontology), DCTERMS.Standard)
        if facts.spatial:
            yield from types(URIRef(facts.spatial), DCTERMS.Location)

    def _named(self, subject: URIRef, title: Texts) -> Iterator[Triple]:
        yield from labels(subject, DCTERMS.title, SDO.name, RDFS.label, **title)

    def _about(self, subject: URIRef) -> Iterator[Triple]:
        yield from labels(subject, DCTERMS.description, SDO.description, **self._all.agenda.description)

    def _by(self, subject: URIRef) -> Iterator[Triple]:
        publisher, creator = self._all.publisher.key, self._all.creator.key
        yield from alike(subject, URIRef(self._iris.organisation(publisher)), DCTERMS.publisher, SDO.publisher)
        yield from alike(subject, URIRef(self._iris.organisation(creator)), DCTERMS.creator, SDO.creator)

    def _offered(self, subject: URIRef) -> Iterator[Triple]:
        """Yields what DCAT-AP-NL wants to know of a dataset as well as of a service."""
        facts = self._facts
        yield subject, DCTERMS.identifier, Literal(str(subject))
        yield from self._by(subject)
        yield subject, DCAT.contactPoint, self._contact
        yield subject, DCTERMS.accessRights, authorities.ACCESS_RIGHT.value(facts.access_rights)
        for code in facts.themes:
            yield subject, DCAT.theme, authorities.THEME.value(code)
        for prop in (DCAT.keyword, SDO.keywords):
            for language, keywords in self._keywords():
                yield from texts(subject, prop, keywords, language)
        for code in self._languages:
            yield subject, DCTERMS.language, authorities.LANGUAGE.value(code)
        page = self._page(subject)
        yield subject, DCAT.landingPage, page
        yield from types(page, FOAF.Document)
        # The ontology's page is where a person reads what the classes and properties mean.
        yield subject, FOAF.page, URIRef(self._iris.ontology)
        yield from types(URIRef(self._iris.ontology), FOAF.Document)

    def _keywords(self) -> Iterator[tuple[str, Sequence[str]]]:
        """Yields the keywords by language, but for those of a language before it: a CKAN tag has no language."""
        before: set[str] = set()
        for language, keywords in self._facts.keywords.items():
            yield language, [keyword for keyword in keywords if keyword.casefold() not in before]
            before |= {keyword.casefold() for keyword in keywords}

    def _distributed(self, subject: URIRef, form: Form) -> Iterator[Triple]:
        """Yields what every distribution has, a dump as well as the service."""
        facts, name = self._facts, form.name
        yield from types(subject, DCAT.Distribution, SDO.DataDownload)
        yield from self._named(subject, {language: f"{title} ({name})" for language, title in facts.title.items()})
        yield from labels(subject, DCTERMS.description, SDO.description, nl=form.nl, en=form.en)
        if form.media_type:
            yield subject, DCAT.mediaType, authorities.media_type(form.media_type)
            yield from types(authorities.media_type(form.media_type), DCTERMS.MediaType)
        yield subject, DCTERMS["format"], authorities.FILE_TYPE.value(form.file_type)
        yield from authorities.file_type_triples(form.file_type)
        yield subject, DCTERMS.conformsTo, URIRef(form.standard)
        yield from alike(subject, self._licence, DCTERMS.license, SDO.license)
        for code in self._languages:
            yield subject, DCTERMS.language, authorities.LANGUAGE.value(code)
        yield subject, DCATAP.availability, authorities.AVAILABILITY.value("STABLE")

    def _dates(self) -> Iterator[Triple]:
        """Yields when the first edition was issued and when the last, as far as the city tells.

        The catalogue and the distributions have no dates: a build has no clock, so that it gives the same bytes.
        """
        subject = self._dataset
        issued = [date for _, _, date in self._all.editions]
        for date in filter(None, issued[:1]):
            yield from alike(subject, when(date), DCTERMS.issued, SDO.datePublished)
        for date in filter(None, issued[-1:]):
            yield from alike(subject, when(date), DCTERMS.modified, SDO.dateModified)

    def _place(self, subject: URIRef) -> Iterator[Triple]:
        if self._facts.spatial:
            yield from alike(subject, URIRef(self._facts.spatial), DCTERMS.spatial, SDO.spatialCoverage)

    def _periods(self) -> Iterator[Triple]:
        """Yields the years that the editions are about; a period in other words than ISO 8601 is left out."""
        for text in dict.fromkeys(period for _, period, _ in self._all.editions):
            if found := _PERIOD.fullmatch(text):
                start, end = found["start"], found["end"]
                if "/" not in text:
                    end = start
                period = URIRef(self._iris.resource("periode", start, end or "open"))
                yield self._dataset, DCTERMS.temporal, period
                yield self._dataset, SDO.temporalCoverage, Literal(text)
                yield from types(period, DCTERMS.PeriodOfTime)
                yield period, RDFS.label, Literal(text)
                yield period, DCAT.startDate, when(start)
                if end:
                    yield period, DCAT.endDate, when(end)

    def _service(self, key: str) -> URIRef:
        return URIRef(self._iris.resource("dienst", key))

    def _distribution(self, form: str) -> URIRef:
        return URIRef(self._iris.resource("distributie", self._all.agenda.key, form))

    def _page(self, subject: URIRef) -> URIRef:
        return URIRef(self._iris.page(str(subject)))
