"""Content negotiation by RFC 9110, section 12.5.1, lenient to clients that exist."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kennis_ld.web.documents import FOR_MACHINES, FOR_PEOPLE
from kennis_ld.web.negotiation import MOST_HEADER_BYTES, choose

HTML, TURTLE, JSON_LD, XML = "text/html", "text/turtle", "application/ld+json", "application/rdf+xml"
OFFERED = (HTML, TURTLE, JSON_LD, XML)

CASES = [
    # header, what is chosen, why
    (None, HTML, "no header: anything will do"),
    ("", HTML, "an empty header says nothing"),
    ("*/*", HTML, "anything: the server's own preference"),
    ("text/turtle", TURTLE, "the only one accepted"),
    ("TEXT/Turtle", TURTLE, "types are case-insensitive"),
    ("text/turtle, text/html", HTML, "equally liked: the server's preference, not the client's order"),
    ("text/turtle, text/html;q=0.9", TURTLE, "the higher weight"),
    ("text/html;q=0.1, text/turtle;q=0.2, application/ld+json;q=0.3", JSON_LD, "the highest of three weights"),
    ("application/*", JSON_LD, "a range of subtypes"),
    ("text/*;q=0.5, application/ld+json;q=0.4", HTML, "a range can outweigh a type"),
    ("text/*, text/html;q=0.1", TURTLE, "the more specific range decides: HTML has 0.1"),
    ("text/html;q=0, */*", TURTLE, "q=0 excludes"),
    ("text/*;q=0, */*;q=0.1", JSON_LD, "q=0 excludes a whole range"),
    ("*/*;q=0", None, "nothing is accepted"),
    ("text/html;q=0", None, "what is not named is not accepted"),
    ("image/png", None, "nothing that exists"),
    ("image/png, */*;q=0.001", HTML, "the least weight is still a weight"),
    ("text/turtle;charset=utf-8", TURTLE, "all text is UTF-8"),
    ('text/turtle; charset="UTF-8"', TURTLE, "a quoted parameter"),
    ("text/turtle;charset=utf-16", None, "a parameter that the offer does not have"),
    ("text/turtle;charset=utf-16, application/ld+json;q=0.5", JSON_LD, "likewise, with something else to choose"),
    ("text/html;level=1, text/turtle;q=0.5", HTML, "a parameter that says nothing about what we have"),
    ("text/turtle;version=1.1", TURTLE, "likewise, as Jena sends"),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"', JSON_LD, "a profile may be passed over"),
    ("text/turtle;q=.9, */*;q=.1", TURTLE, "a weight without its nought"),
    ("text/turtle;q=1.0000, */*;q=0.5", TURTLE, "a weight with too many noughts"),
    ("text/html;q=1., text/turtle;q=0.", HTML, "a weight that ends in its point"),
    ("image/gif, *; q=.2, */*; q=.2", HTML, "java.net.HttpURLConnection"),
    ("text/turtle;q=.2, *;q=.1", TURTLE, "a star stands for any type"),
    ("text/turtle;q=., application/ld+json;q=.1", JSON_LD, "a point alone is no weight"),
    ("text/turtle;q=abc", HTML, "a weight that is none: the part is passed over, and nothing is left"),
    ("text/turtle;q=abc, application/ld+json;q=0.1", JSON_LD, "likewise, with something left"),
    ("text/turtle;q=1.5, application/ld+json", JSON_LD, "a weight above 1 is none"),
    ("text/turtle;q=-1, application/ld+json", JSON_LD, "a weight below 0 is none"),
    ("text/turtle;q=0.1234, application/ld+json;q=0.1233", TURTLE, "more than three decimals"),
    ("text, */turtle, /, ;q=1, ,, application/ld+json", JSON_LD, "malformed ranges are passed over"),
    ('application/x;a="text/turtle, text/html", application/ld+json', JSON_LD, "a comma between quotes is no comma"),
    ("  text/turtle ;  q=0.5 , application/ld+json;q=0.4", TURTLE, "white space"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML, "a browser"),
    ("text/turtle, application/rdf+xml;q=0.9, */*;q=0.1", TURTLE, "an RDF library"),
]


@pytest.mark.parametrize(("header", "expected", "why"), CASES, ids=[why for _, _, why in CASES])
def test_choice(header: str | None, expected: str | None, why: str) -> None:
    """Each header gets the form that the standard gives it (case 45; faults D2)."""
    assert expected == choose(header, OFFERED), why


def test_very_long_header_is_not_read(client: FlaskClient) -> None:
    """A header over the bound is refused before it is taken apart (case 45)."""
    accept = "a/b," * (MOST_HEADER_BYTES // 4)
    statuses = [client.get("/projecten", headers={"Accept": each}).status_code for each in (accept, f"{accept}x")]
    assert [406, 431] == statuses


@given(st.text(alphabet='abc/*;q=0.51, "\\\x00é', max_size=200))
def test_any_header_has_an_outcome(header: str) -> None:
    """Whatever a client sends, one of the offers or None comes out, and nothing is raised."""
    assert choose(header, OFFERED) in {None, *OFFERED}


# What EasyRdf 1.1 sends: with equal weight it can read the one, and fails on the other.
EASY_RDF = (
    "application/ld+json,application/n-triples,application/rdf+xml,application/json,text/turtle,"
    "application/xhtml+xml;q=0.4,text/html;q=0.4"
)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (EASY_RDF, TURTLE),
        ("application/ld+json,application/n-triples", "application/n-triples"),
        ("application/ld+json,application/rdf+xml", XML),
        ("application/ld+json", JSON_LD),
    ],
)
def test_ties_go_to_what_most_clients_can_read(header: str, expected: str) -> None:
    """Among forms that a client likes equally: Turtle, N-Triples, RDF/XML and only then JSON-LD (fault D11)."""
    assert expected == choose(header, FOR_PEOPLE) == choose(header, FOR_MACHINES)
