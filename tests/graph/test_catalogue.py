"""What portals get to read: valid by the standards, and such that harvesters make of it what is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, SDO, SKOS, XSD

from kennis_ld.graph import formats
from kennis_ld.graph.authorities import licence
from kennis_ld.graph.catalogue import Catalogue, catalogue_triples
from kennis_ld.graph.statements import PREFIXES, Triple
from kennis_ld.graph.void import Statistics, void_triples
from kennis_ld.iri import Iris
from kennis_ld.model.catalogue import FORMS, SERVICES, Contact
from kennis_ld.publication.publication import Publication
from kennis_ld.vocabulary import ADMS, DCAT3, SPDX, VCARD
from tests.graph.cities import RELEASE, of_leiden, of_voorbeeldstad
from tests.standards_shapes import Result, needs_standards, results

EU = "http://publications.europa.eu/resource/authority/"
CITY = "https://agenda.voorbeeld.example"
DATASET = URIRef(f"{CITY}/id/dataset/agenda")
TURTLE = URIRef(f"{CITY}/id/distributie/agenda--ttl")
SPARQL = URIRef(f"{CITY}/id/distributie/agenda--sparql")
SERVICE = URIRef(f"{CITY}/id/dienst/sparql")
CITATION = Literal(f"Gemeente Voorbeeldstad (2025). Projecten van Voorbeeldstad. Dataset. {DATASET}")
MANDATORY = ("DCAT-AP 3.0.1", "DCAT-AP 3.0.1, full", "DCAT-AP-NL 3.0.0")


@pytest.fixture(scope="module", params=["leiden", "voorbeeldstad"])
def city(request: pytest.FixtureRequest, leiden: Publication) -> tuple[Catalogue, Iris]:
    return of_leiden(leiden) if request.param == "leiden" else of_voorbeeldstad()


@pytest.fixture(scope="module")
def described(city: tuple[Catalogue, Iris]) -> Sequence[Triple]:
    return tuple(catalogue_triples(*city))


@pytest.fixture(scope="module")
def voorbeeldstad() -> Sequence[Triple]:
    return tuple(catalogue_triples(*of_voorbeeldstad()))


def about(triples: Sequence[Triple], subject: URIRef) -> set[tuple[URIRef, URIRef | Literal]]:
    return {(prop, value) for found, prop, value in triples if found == subject}


def values(triples: Sequence[Triple], subject: URIRef, prop: URIRef) -> set[URIRef | Literal]:
    return {value for found, value in about(triples, subject) if found == prop}


def instances(triples: Sequence[Triple], cls: URIRef) -> set[URIRef]:
    found = {subject for subject, prop, value in triples if prop == RDF.type and value == cls}
    assert found, f"nothing is a {cls}"
    return found


# The standards


@needs_standards
@pytest.mark.parametrize("standard", MANDATORY)
def test_both_cities_pass_what_is_mandatory(described: Sequence[Triple], standard: str) -> None:
    """A catalogue has nothing to correct by DCAT-AP 3.0.1 and DCAT-AP-NL 3.0.0, not even a warning."""
    assert results(standard, described) == []


@needs_standards
@pytest.mark.parametrize("standard", MANDATORY)
def test_the_void_description_does_no_harm(city: tuple[Catalogue, Iris], standard: str) -> None:
    """The VoID description is about the same dataset, and both together are still valid."""
    assert results(standard, [*catalogue_triples(*city), *void_triples(Statistics(), *city)]) == []


@needs_standards
def test_nde_has_no_violation(described: Sequence[Triple]) -> None:
    """The requirements of the Dutch heritage network (1.14.0) find nothing that is wrong, in DCAT nor in schema.org."""
    assert [] == [each for each in results("NDE 1.14.0", described) if each.severity == "Violation"]


@needs_standards
def test_recommendations_of_dcat_ap_nl(city: tuple[Catalogue, Iris], described: Sequence[Triple]) -> None:
    """Open stays an access service, which CKAN cannot pass on, and a download of what is a service and no file."""
    key, iris = city[0].agenda.key, city[1]
    expected = [
        *(
            Result("Warning", iris.resource("distributie", key, each), str(DCAT.accessService))
            for each in [*FORMS, *SERVICES]
        ),
        *(Result("Warning", iris.resource("distributie", key, each), str(DCAT.downloadURL)) for each in SERVICES),
    ]
    assert results("DCAT-AP-NL 3.0.0, recommended", described) == sorted(expected)


@needs_standards
def test_recommendations_of_dcat_ap(city: tuple[Catalogue, Iris], described: Sequence[Triple]) -> None:
    """Open stays what nobody told: dates of the catalogue (a build has no clock), kinds of agents, where a place is."""
    catalogue, iris = city
    subject = iris.resource("catalogus", catalogue.agenda.key)
    expected = {Result("Warning", subject, str(prop)) for prop in (DCTERMS.issued, DCTERMS.modified)}
    for key in (catalogue.publisher.key, catalogue.creator.key):
        expected.add(Result("Warning", iris.organisation(key), str(DCTERMS.type)))
    if place := catalogue.facts.spatial:
        expected |= {Result("Warning", place, str(prop)) for prop in (DCAT.bbox, DCAT.centroid)}
    else:
        dataset = iris.resource("dataset", catalogue.agenda.key)
        expected |= {Result("Warning", name, str(DCTERMS.spatial)) for name in (subject, dataset)}
    assert results("DCAT-AP 3.0.1, recommended", described) == sorted(expected)


@needs_standards
@pytest.mark.parametrize(
    ("standard", "subject", "prop"),
    [
        ("DCAT-AP 3.0.1", f"{CITY}/id/catalogus/agenda", DCTERMS.title),
        ("DCAT-AP 3.0.1", f"{CITY}/id/catalogus/agenda", DCTERMS.publisher),
        ("DCAT-AP 3.0.1", f"{CITY}/id/dataset/agenda", DCTERMS.description),
        ("DCAT-AP 3.0.1", f"{CITY}/id/distributie/agenda--ttl", DCAT.accessURL),
        ("DCAT-AP 3.0.1", f"{CITY}/id/dienst/sparql", DCAT.endpointURL),
        ("DCAT-AP 3.0.1", f"{CITY}/id/organisatie/stad", FOAF.name),
        ("DCAT-AP 3.0.1, full", f"{CITY}/id/controlegetal/agenda--ttl", SPDX.checksumValue),
        ("DCAT-AP-NL 3.0.0", f"{CITY}/id/catalogus/agenda", DCAT.contactPoint),
        ("DCAT-AP-NL 3.0.0", f"{CITY}/id/dataset/agenda", DCTERMS.identifier),
        ("DCAT-AP-NL 3.0.0", f"{CITY}/id/dataset/agenda", DCTERMS.creator),
        ("DCAT-AP-NL 3.0.0", f"{CITY}/id/dataset/agenda", DCAT.theme),
        ("DCAT-AP-NL 3.0.0", f"{CITY}/id/dataset/agenda", DCTERMS.accessRights),
        ("DCAT-AP-NL 3.0.0", f"{CITY}/id/distributie/agenda--sparql", DCTERMS.license),
        ("DCAT-AP-NL 3.0.0", f"{CITY}/id/dienst/sparql", DCAT.endpointDescription),
        ("DCAT-AP-NL 3.0.0", f"{CITY}/id/dienst/sparql", DCTERMS.license),
    ],
)
def test_a_missing_property_is_found(
    voorbeeldstad: Sequence[Triple], standard: str, subject: str, prop: URIRef
) -> None:
    """Without one mandatory property the catalogue fails, so that passing means something."""
    whole = [triple for triple in voorbeeldstad if triple[:2] != (URIRef(subject), prop)]
    assert len(whole) < len(voorbeeldstad)
    assert results(standard, whole) == [Result("Violation", subject, str(prop))]


@needs_standards
@pytest.mark.parametrize(
    ("value", "cls", "subject", "prop"),
    [
        (f"{EU}language/NLD", DCTERMS.LinguisticSystem, f"{CITY}/id/dataset/agenda", DCTERMS.language),
        (f"{EU}file-type/RDF_TURTLE", DCTERMS.MediaTypeOrExtent, str(TURTLE), DCTERMS["format"]),
    ],
)
def test_a_value_of_no_kind_is_found(
    voorbeeldstad: Sequence[Triple], value: str, cls: URIRef, subject: str, prop: URIRef
) -> None:
    """The range shapes need to be told what a value of an EU list is; without that they complain."""
    untold = [triple for triple in voorbeeldstad if triple != (URIRef(value), RDF.type, cls)]
    assert Result("Violation", subject, str(prop), value) in results("DCAT-AP 3.0.1", untold)


# What is said


def test_the_dataset_of_a_city_that_tells_little(voorbeeldstad: Sequence[Triple]) -> None:
    """The dataset has all that the city tells and nothing that it does not: no place, no homepage, no English."""
    text, title = (
        Literal("De kennisagenda van Voorbeeldstad.", lang="nl"),
        Literal("Projecten van Voorbeeldstad", lang="nl"),
    )
    city, page = URIRef(f"{CITY}/id/organisatie/stad"), URIRef(f"{CITY}/doc/dataset/agenda")
    distributions = {URIRef(f"{CITY}/id/distributie/agenda--{form}") for form in (*FORMS, "sparql", "ldes")}
    by_licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    expected: set[tuple[URIRef, URIRef | Literal]] = {
        (RDF.type, DCAT.Dataset),
        (RDF.type, SDO.Dataset),
        (RDFS.label, title),
        (DCTERMS.title, title),
        (SDO.name, title),
        (DCTERMS.description, text),
        (SDO.description, text),
        (DCTERMS.identifier, Literal(str(DATASET))),
        (SDO.identifier, Literal(str(DATASET))),
        (DCTERMS.publisher, city),
        (SDO.publisher, city),
        (DCTERMS.creator, city),
        (SDO.creator, city),
        (DCAT.contactPoint, URIRef(f"{CITY}/id/contact/agenda")),
        (DCTERMS.accessRights, URIRef(f"{EU}access-right/PUBLIC")),
        (DCAT.theme, URIRef(f"{EU}data-theme/GOVE")),
        (DCAT.keyword, Literal("kennis", lang="nl")),
        (SDO.keywords, Literal("kennis", lang="nl")),
        (DCTERMS.language, URIRef(f"{EU}language/NLD")),
        (SDO.inLanguage, Literal("nl")),
        (DCAT.landingPage, page),
        (SDO.url, page),
        (FOAF.page, URIRef(f"{CITY}/def")),
        (DCTERMS.conformsTo, URIRef(f"{CITY}/def")),
        (DCTERMS.issued, Literal("2021-03", datatype=XSD.gYearMonth)),
        (SDO.datePublished, Literal("2021-03", datatype=XSD.gYearMonth)),
        (DCTERMS.modified, Literal("2025-02-01", datatype=XSD.date)),
        (SDO.dateModified, Literal("2025-02-01", datatype=XSD.date)),
        (DCTERMS.temporal, URIRef(f"{CITY}/id/periode/2021--2024")),
        (SDO.temporalCoverage, Literal("2021/2024")),
        (DCTERMS.accrualPeriodicity, URIRef(f"{EU}frequency/ANNUAL")),
        (ADMS.status, URIRef(f"{EU}dataset-status/COMPLETED")),
        (DCAT3.version, Literal("tweede")),
        (SDO.version, Literal("tweede")),
        (SDO.license, by_licence),
        (SDO.includedInDataCatalog, URIRef(f"{CITY}/id/catalogus/agenda")),
        (DCTERMS.bibliographicCitation, CITATION),
        (SDO.citation, CITATION),
        (URIRef("http://www.w3.org/ns/prov#wasDerivedFrom"), URIRef(f"{CITY}/id/editie/eerste")),
        (URIRef("http://www.w3.org/ns/prov#wasDerivedFrom"), URIRef(f"{CITY}/id/editie/tweede")),
        *((DCAT.distribution, item) for item in distributions),
        *((SDO.distribution, item) for item in distributions),
    }
    assert about(voorbeeldstad, DATASET) == expected


def test_a_dump_moves_and_its_distribution_stays(voorbeeldstad: Sequence[Triple]) -> None:
    """Access goes by way of the page that stays, the download is that of the release, and it can be checked."""
    checksum = URIRef(f"{CITY}/id/controlegetal/agenda--ttl")
    expected = {
        DCAT.accessURL: URIRef(f"{CITY}/doc/dataset/agenda"),
        DCAT.downloadURL: URIRef(f"{CITY}/download/{RELEASE}/agenda.ttl"),
        SDO.contentUrl: URIRef(f"{CITY}/download/{RELEASE}/agenda.ttl"),
        DCAT.mediaType: URIRef("https://www.iana.org/assignments/media-types/text/turtle"),
        SDO.encodingFormat: Literal("text/turtle"),
        DCTERMS["format"]: URIRef(f"{EU}file-type/RDF_TURTLE"),
        DCAT.byteSize: Literal("101", datatype=XSD.nonNegativeInteger),
        SPDX.checksum: checksum,
    }
    for prop, value in expected.items():
        assert values(voorbeeldstad, TURTLE, prop) == {value}
    assert about(voorbeeldstad, checksum) == {
        (RDF.type, SPDX.Checksum),
        (SPDX.algorithm, SPDX.checksumAlgorithm_sha256),
        (SPDX.checksumValue, Literal(f"{1:064x}", datatype=XSD.hexBinary)),
    }


def test_only_downloads_name_the_release(city: tuple[Catalogue, Iris]) -> None:
    """Another release changes the addresses of the dumps and nothing else: no IRI that a harvester knows is lost."""
    catalogue, iris = city
    one, other = (set(catalogue_triples(replace(catalogue, release=name), iris)) for name in ("een", "twee"))
    assert {triple[1] for triple in one ^ other} == {DCAT.downloadURL, SDO.contentUrl}
    assert len(one - other) == 2 * len(FORMS)


def test_the_service_is_one_distribution(voorbeeldstad: Sequence[Triple]) -> None:
    """The endpoint is a distribution too; the service, which has it, names the protocol and describes itself."""
    endpoint, protocol = URIRef(f"{CITY}/sparql"), URIRef("https://www.w3.org/TR/sparql11-protocol/")
    assert values(voorbeeldstad, SPARQL, DCAT.accessURL) == {endpoint}
    assert values(voorbeeldstad, SPARQL, DCAT.downloadURL) == set()
    assert values(voorbeeldstad, SPARQL, SDO.usageInfo) == {protocol}
    assert values(voorbeeldstad, SERVICE, DCAT.endpointURL) == {endpoint}
    assert values(voorbeeldstad, SERVICE, DCAT.endpointDescription) == {endpoint}
    assert values(voorbeeldstad, SERVICE, DCTERMS.conformsTo) == {protocol}
    assert values(voorbeeldstad, SERVICE, DCAT.servesDataset) == {DATASET}


def test_the_change_feed_is_of_a_media_type(voorbeeldstad: Sequence[Triple]) -> None:
    """A portal reads what the feed is in, as of a file; it is no dump, and the SPARQL service answers in many types."""
    feed = URIRef(f"{CITY}/id/distributie/agenda--ldes")
    for prop in (DCAT.mediaType, DCTERMS["format"]):
        assert values(voorbeeldstad, TURTLE, prop) == values(voorbeeldstad, feed, prop)
    assert set() == values(voorbeeldstad, feed, SDO.encodingFormat) | values(voorbeeldstad, SPARQL, DCAT.mediaType)


def test_the_contact_is_an_office(voorbeeldstad: Sequence[Triple]) -> None:
    """Questions go to the name and address that the city tells."""
    assert about(voorbeeldstad, URIRef(f"{CITY}/id/contact/agenda")) == {
        (RDF.type, VCARD.Kind),
        (RDF.type, VCARD.Organization),
        (RDFS.label, Literal("Team Kennis", lang="nl")),
        (VCARD.fn, Literal("Team Kennis")),
        (VCARD.hasEmail, URIRef("mailto:kennis@voorbeeld.example")),
        (RDF.type, SDO.ContactPoint),
        (SDO.name, Literal("Team Kennis", lang="nl")),
        (SDO.email, Literal("kennis@voorbeeld.example")),
    }


def test_publisher_and_creator_have_a_contact_point_where_it_has_an_address(voorbeeldstad: Sequence[Triple]) -> None:
    """NDE asks an organisation for a contact point, and takes one without an e-mail address for an error."""
    contact = URIRef(f"{CITY}/id/contact/agenda")
    assert {contact} == values(voorbeeldstad, URIRef(f"{CITY}/id/organisatie/stad"), SDO.contactPoint)
    catalogue, iris = of_voorbeeldstad()
    by_web = replace(catalogue.facts, contact=Contact("Team Kennis", url="https://voorbeeld.example"))
    triples = tuple(catalogue_triples(replace(catalogue, facts=by_web), iris))
    assert not {SDO.ContactPoint, SDO.contactPoint} & {term for triple in triples for term in triple}


@pytest.mark.parametrize(
    ("period", "key", "start", "end"),
    [
        ("2023/2027", "2023--2027", "2023", "2027"),
        ("2023-01/2023-06-30", "2023-01--2023-06-30", "2023-01", "2023-06-30"),
        ("2023", "2023--2023", "2023", "2023"),
        ("2023/..", "2023--open", "2023", None),
        ("2023/", "2023--open", "2023", None),
    ],
)
def test_a_period_has_an_iri_of_its_own(period: str, key: str, start: str, end: str | None) -> None:
    """A period is no blank node, and one without an end has none."""
    catalogue, iris = of_voorbeeldstad()
    triples = tuple(catalogue_triples(replace(catalogue, editions=(("eerste", period, ""),)), iris))
    subject = URIRef(f"{CITY}/id/periode/{key}")
    assert values(triples, DATASET, DCTERMS.temporal) == {subject}
    assert {str(value) for value in values(triples, subject, DCAT.startDate)} == {start}
    assert {str(value) for value in values(triples, subject, DCAT.endDate)} == ({end} if end else set())


@pytest.mark.parametrize("period", ["", "van 2023 tot 2027", "2027-2023", "23/27"])
def test_a_period_in_other_words_is_left_out(period: str) -> None:
    """What is no period of ISO 8601 is no date in the catalogue either."""
    catalogue, iris = of_voorbeeldstad()
    triples = tuple(catalogue_triples(replace(catalogue, editions=(("eerste", period, ""),)), iris))
    assert values(triples, DATASET, DCTERMS.temporal) == set()
    assert values(triples, DATASET, SDO.temporalCoverage) == set()


@pytest.mark.parametrize(
    "address",
    [
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "http://creativecommons.org/publicdomain/zero/1.0/deed.nl",
        "https://www.creativecommons.org/publicdomain/zero/1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/legalcode",
    ],
)
def test_one_licence_has_one_iri(address: str) -> None:
    """However the city writes CC0, portals get the one https IRI that NDE asks for."""
    assert licence(address) == URIRef("https://creativecommons.org/publicdomain/zero/1.0/")


def test_an_unknown_licence_stays_as_it_is_written() -> None:
    """A licence we do not know is not renamed, and nothing is said of it but that it is one."""
    catalogue, iris = of_voorbeeldstad()
    own = URIRef("https://voorbeeld.example/voorwaarden/")
    facts = replace(catalogue.facts, license=str(own))
    triples = tuple(catalogue_triples(replace(catalogue, facts=facts), iris))
    assert values(triples, TURTLE, DCTERMS.license) == {own}
    assert about(triples, own) == {(RDF.type, DCTERMS.LicenseDocument)}


def test_an_unknown_language_is_not_guessed() -> None:
    """The language of a text that has no code in our part of the EU list is left out."""
    catalogue, iris = of_voorbeeldstad()
    triples = tuple(catalogue_triples(replace(catalogue, language="pap"), iris))
    assert values(triples, DATASET, DCTERMS.language) == set()


def test_the_catalogue_is_no_organisation(leiden: Publication) -> None:
    """The catalogue's homepage is the site, not that of an organisation: what shares a foaf:homepage is one thing."""
    catalogue, iris = of_leiden(leiden)
    triples = tuple(catalogue_triples(catalogue, iris))
    homepages = [value for _, prop, value in triples if prop == FOAF.homepage]
    assert len(homepages) == len(set(homepages)) == 3
    subject = URIRef(iris.resource("catalogus", catalogue.agenda.key))
    assert values(triples, subject, FOAF.homepage) == {URIRef(iris.root)}


# What every description keeps to


def test_every_thing_of_ours_that_is_named_is_described(
    city: tuple[Catalogue, Iris], described: Sequence[Triple]
) -> None:
    """The catalogue stands on its own: of our IRIs only the editions are described elsewhere."""
    iris = city[1]
    subjects = {subject for subject, _, _ in described}
    named = {
        value for _, _, value in described if isinstance(value, URIRef) and str(value).startswith(f"{iris.base}/id/")
    }
    editions = {URIRef(iris.edition(key)) for key, _, _ in city[0].editions}
    assert named - subjects == editions


def test_no_blank_nodes_and_no_empty_text(described: Sequence[Triple]) -> None:
    """Everything has an IRI, and what is missing is no statement."""
    for subject, _, value in described:
        assert isinstance(subject, URIRef)
        assert isinstance(value, URIRef | Literal)
        assert str(value).strip()


@pytest.mark.parametrize("form", ["ttl", "rdf", "jsonld"])
def test_every_form_says_the_same(described: Sequence[Triple], form: str) -> None:
    """Another reader than the one that wrote it gets the same statements from each form."""
    lines = "".join(f"{line}\n" for line in sorted(set(formats.lines(described)))).encode()
    names = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}
    read = Graph().parse(data=formats.converted(lines, "nt", form, prefixes=PREFIXES), format=names[form])
    assert set(read) == set(described)


def test_described_twice_it_is_the_same(city: tuple[Catalogue, Iris], described: Sequence[Triple]) -> None:
    """The order of the statements is the same in every run."""
    assert tuple(catalogue_triples(*city)) == described


# Harvesters (facts of ckanext-dcat 2.4.4 and the requirements of NDE)


def test_ckan_finds_a_dutch_title_for_everything(described: Sequence[Triple]) -> None:
    """A dataset without a title stops the whole harvest, and one without a Dutch title gets another language's."""
    for cls in (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, DCAT.DataService):
        for subject in instances(described, cls):
            dutch = [title for title in values(described, subject, DCTERMS.title) if title.language == "nl"]
            assert len(dutch) == 1, subject


def test_ckan_takes_every_keyword_for_one_tag(described: Sequence[Triple]) -> None:
    """A comma splits a keyword, and a word that stands there in two languages is the same tag twice."""
    for subject in instances(described, DCAT.Dataset):
        words = [str(word) for word in values(described, subject, DCAT.keyword)]
        assert words
        assert not [word for word in words if "," in word]
        assert len({word.casefold() for word in words}) == len(words)


def test_ckan_keeps_the_iris_of_the_lists(described: Sequence[Triple]) -> None:
    """A value of a list has no rdfs:label, which CKAN would keep in the place of the IRI; a file type has."""
    of_lists = {subject for subject, _, _ in described if str(subject).startswith((EU, "https://creativecommons.org/"))}
    assert len(of_lists) > 10
    named = {triple[0] for triple in described if triple[0] in of_lists and triple[1] == RDFS.label}
    assert {value for _, prop, value in described if prop == DCTERMS["format"]} == named


def test_ckan_shows_a_form_by_its_name(described: Sequence[Triple]) -> None:
    """Of a dct:IMT with a label CKAN shows the label and can make a preview; of anything else it shows the IRI."""
    csv = URIRef(f"{EU}file-type/CSV")
    assert {DCTERMS.IMT, DCTERMS.MediaTypeOrExtent} == values(described, csv, RDF.type)
    assert {Literal("CSV")} == values(described, csv, RDFS.label)


def test_ckan_has_no_use_for_the_status_of_a_distribution(described: Sequence[Triple]) -> None:
    """The full schema of ckanext-dcat refuses a dataset with adms:status on a distribution."""
    for distribution in instances(described, DCAT.Distribution):
        assert set() == values(described, distribution, ADMS.status)


def test_ckan_can_pass_on_what_it_harvested(described: Sequence[Triple]) -> None:
    """CKAN (ckanext-dcat 2.4.4) writes no RDF of a dataset with an access service that has a contact or a publisher.

    DCAT-AP-NL asks for both of every service. So a distribution names none; the catalogue does, and each its dataset.
    """
    services = instances(described, DCAT.DataService)
    assert 2 == len(services)
    for service in services:
        for prop in (DCAT.contactPoint, DCTERMS.publisher, DCAT.servesDataset):
            assert values(described, service, prop)
    (catalogue,) = instances(described, DCAT.Catalog)
    assert services == values(described, catalogue, DCAT.service)
    assert not [triple for triple in described if triple[1] == DCAT.accessService]


def test_ckan_knows_the_licence(leiden: Publication) -> None:
    """CKAN recognises a licence by its title; the other lists' IRIs for it are beside it."""
    triples = tuple(catalogue_triples(*of_leiden(leiden)))
    cc0 = URIRef("https://creativecommons.org/publicdomain/zero/1.0/")
    assert values(triples, cc0, DCTERMS.title) == {Literal("Creative Commons CCZero", lang="en")}
    assert values(triples, cc0, SKOS.exactMatch) == {
        URIRef("https://definities.geostandaarden.nl/dcat-ap-nl/id/waardelijst/licenties/cc0"),
        URIRef(f"{EU}licence/CC0"),
    }


def test_nde_finds_what_it_requires(described: Sequence[Triple]) -> None:
    """Dataset, distributions and organisations have schema.org's names for what NDE and search engines ask."""
    for dataset in instances(described, SDO.Dataset):
        for prop in (SDO.name, SDO.description, SDO.publisher, SDO.creator, SDO.license, SDO.distribution):
            assert values(described, dataset, prop), prop
        for text in values(described, dataset, SDO.name) | values(described, dataset, SDO.description):
            assert text.language
        assert all(str(value).startswith("https://") for value in values(described, dataset, SDO.license))
    for distribution in instances(described, SDO.DataDownload):
        assert len(values(described, distribution, SDO.contentUrl)) == 1
        assert len(values(described, distribution, SDO.license)) == 1
        kinds = values(described, distribution, SDO.encodingFormat) | values(described, distribution, SDO.usageInfo)
        assert len(kinds) == 1
    for organisation in instances(described, SDO.Organization):
        assert values(described, organisation, SDO.name)
        assert str(organisation).startswith(("http://", "https://"))
