"""The few ways in which literals are made, and what may be published."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rdflib import RDF, RDFS, XSD, BNode, Literal, URIRef

from kennis_ld.graph import statements

ONE, TWO = URIRef("https://x.example/1"), URIRef("https://x.example/2")


def test_literals() -> None:
    """Numbers, days, truths and texts are written in one way each."""
    assert Literal("7", datatype=XSD.integer) == statements.number(7)
    assert Literal("2023-01-09", datatype=XSD.date) == statements.day(date(2023, 1, 9))
    assert Literal("true", datatype=XSD.boolean) == statements.truth(True)
    assert Literal("false", datatype=XSD.boolean) == statements.truth(False)
    assert Literal("Zee", lang="fy") == statements.text("Zee", "fy")
    with pytest.raises(KeyError):
        statements.when("23-01-09")


@given(st.decimals(min_value=0, max_value=10**15, allow_nan=False, allow_infinity=False, places=3))
@example(Decimal("12.50"))
@example(Decimal("1E+3"))
@example(Decimal(180_000))
def test_an_amount_has_one_form(value: Decimal) -> None:
    """Whatever zeros a cell has, the same amount is the same text: a stop, and no zero at an end that need not be."""
    written = str(statements.amount(value))
    assert value == Decimal(written)
    assert re.fullmatch(r"(?:0|[1-9][0-9]*)\.(?:0|[0-9]*[1-9])", written)


def test_an_empty_text_is_no_statement() -> None:
    """Of several texts only those with words are said; of a Dutch and an English one those there are."""
    assert [(ONE, RDFS.label, Literal("a", lang="nl"))] == list(statements.texts(ONE, RDFS.label, ("", "a", ""), "nl"))
    assert [] == list(statements.labels(ONE, RDFS.label, nl="", en=""))
    assert [(ONE, RDFS.label, Literal("b", lang="en"))] == list(statements.labels(ONE, RDFS.label, nl="", en="b"))


def test_what_can_be_published_is_sorted_and_said_once() -> None:
    """Statements come in the order of their lines, each once; a blank node is refused, wherever it stands."""
    one, two = (ONE, RDFS.label, Literal("a")), (ONE, RDF.type, TWO)
    assert (two, one) == statements.published([one, two, one])
    text, thing = (ONE, RDFS.label, Literal("a")), (ONE, RDFS.label, TWO)
    assert (text, thing) == statements.published([thing, text])  # a line of a text begins with a quotation mark
    for blank in ((BNode(), RDF.type, TWO), (ONE, RDF.type, BNode()), (ONE, BNode(), TWO)):
        with pytest.raises(ValueError, match="blank node"):
            statements.published([one, blank])


def test_prefixes_of_published_data() -> None:
    """Each vocabulary has the prefix by which people know it."""
    w3 = "http://www.w3.org"
    assert {
        "adms": f"{w3}/ns/adms#",
        "dcat": f"{w3}/ns/dcat#",
        "dcatap": "http://data.europa.eu/r5r/",
        "dct": "http://purl.org/dc/terms/",
        "dqv": f"{w3}/ns/dqv#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "org": f"{w3}/ns/org#",
        "owl": f"{w3}/2002/07/owl#",
        "prov": f"{w3}/ns/prov#",
        "rdf": f"{w3}/1999/02/22-rdf-syntax-ns#",
        "rdfs": f"{w3}/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": f"{w3}/2004/02/skos/core#",
        "spdx": "http://spdx.org/rdf/terms#",
        "vcard": f"{w3}/2006/vcard/ns#",
        "void": "http://rdfs.org/ns/void#",
        "xsd": f"{w3}/2001/XMLSchema#",
    } == statements.PREFIXES
