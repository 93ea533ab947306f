"""The published lists: every value that a catalogue may take from one, its name and its kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from kennis_ld.graph import authorities, formats
from kennis_ld.graph.authorities import Authority, language_code, licence, licence_triples, media_type
from tests.golden.difference import compare

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
EU = "http://publications.europa.eu/resource/authority/"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
BY = "https://creativecommons.org/licenses/by/4.0/"
MARK = "https://creativecommons.org/publicdomain/mark/1.0/"
TABLES = [value for value in vars(authorities).values() if isinstance(value, Authority)]


def test_every_value_of_every_list(request: pytest.FixtureRequest) -> None:
    """The values, labels and kinds are those that were reviewed beside the lists of the EU."""
    assert len(TABLES) == 7
    triples = [triple for table in TABLES for code in table.values for triple in table.triples(code)]
    triples += [triple for address in (CC0, BY, MARK) for triple in licence_triples(address)]
    compare(
        GOLDEN / "authorities.nt",
        formats.lines(triples),
        update=request.config.getoption("--update-golden"),
    )


def test_a_concept_stands_in_its_scheme() -> None:
    """A value that is a concept is shown in its list, one that is not stands alone."""
    theme, frequency = URIRef(f"{EU}data-theme/GOVE"), URIRef(f"{EU}frequency/IRREG")
    said = set(authorities.THEME.triples("GOVE"))
    assert (theme, SKOS.inScheme, URIRef(f"{EU}data-theme")) in said
    assert (URIRef(f"{EU}data-theme"), DCTERMS.title, Literal("Gegevensthema", lang="nl")) in said
    assert {
        (frequency, RDF.type, DCTERMS.Frequency),
        (frequency, SKOS.prefLabel, Literal("onregelmatig", lang="nl")),
        (frequency, SKOS.prefLabel, Literal("irregular", lang="en")),
    } == set(authorities.FREQUENCY.triples("IRREG"))


def test_a_value_that_is_not_in_the_list() -> None:
    """A code that the list does not have is a mistake in the program."""
    with pytest.raises(KeyError, match="'WEG' is not in the table data-theme"):
        authorities.THEME.value("WEG")


@pytest.mark.parametrize(
    ("tag", "code"),
    [("nl", "NLD"), ("nl-NL", "NLD"), ("EN", "ENG"), ("fy", "FRY"), ("de-AT", "DEU"), ("fr", "FRA"), ("tr", "")],
)  # fmt: skip
def test_language_of_a_tag(tag: str, code: str) -> None:
    """A tag has the code of its language, whatever its country; one that the list does not have has none."""
    assert code == language_code(tag)


@pytest.mark.parametrize(
    ("address", "iri"),
    [
        ("http://creativecommons.org/publicdomain/zero/1.0", CC0),
        ("https://www.creativecommons.org/publicdomain/zero/1.0/deed.nl", CC0),
        ("https://creativecommons.org/licenses/by/4.0/legalcode.nl", BY),
        ("https://creativecommons.org/licenses/by/4.0/legalcode", BY),
        ("https://creativecommons.org/publicdomain/mark/1.0/deed.zh-hans", MARK),
        ("https://creativecommons.org/licenses/by/3.0/", "https://creativecommons.org/licenses/by/3.0/"),
        ("https://stad.example/licentie", "https://stad.example/licentie"),
    ],
)
def test_licence_by_its_address(address: str, iri: str) -> None:
    """A licence that is known has one IRI however its address is written; any other keeps its own."""
    assert URIRef(iri) == licence(address)


def test_an_unknown_licence_says_only_what_it_is() -> None:
    """Of a licence that is not known nothing is made up."""
    iri = "https://stad.example/licentie"
    assert [(URIRef(iri), RDF.type, DCTERMS.LicenseDocument)] == list(licence_triples(iri))


def test_media_type() -> None:
    """A media type has the IRI of the list of IANA."""
    assert URIRef("https://www.iana.org/assignments/media-types/text/turtle") == media_type("text/turtle")
