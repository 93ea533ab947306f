"""Which requests a worker may answer by itself: those that are byte for byte like the one that was shown."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennis_ld.engine import loan
from kennis_ld.engine.loan import Answered, Said, Terms
from kennis_ld.urlencoded import decoded

PLAIN = Terms(
    before=b"GET /sparql?query=",
    after=b"&format=json HTTP/1.1\r\nHost: data.example.org\r\nAccept: */*\r\n\r\n",
    rest=None,
    base="http://data.example.org/",
    solutions="json",
    default_graphs=("http://data.example.org/a",),
    named_graphs=(),
    tag_before="release",
    tag_after="json",
    head=b'HTTP/1.1 200 OK\r\nETag: "',
    head_after_tag=b'"\r\nContent-Length: ',
    head_after_length=b"\r\n\r\n",
    most_body=1000,
)
PROXIED = replace(
    PLAIN,
    after=b" HTTP/1.1\r\nHost: data.example.org\r\nX-Forwarded-For: ",
    rest=b"\r\nAccept: */*\r\n\r\n",
)
queries = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)
addresses = st.from_regex(r"[0-9a-f:., ]{0,40}", fullmatch=True)


def request(terms: Terms, query: str, forwarded: str = "") -> bytes:
    """Returns a request that is like the one of the terms."""
    behind = b"" if terms.rest is None else forwarded.encode() + terms.rest
    return terms.before + quote(query, safe="").encode() + terms.after + behind


@given(queries, addresses)
def test_another_query_of_somebody_else_is_answered(query: str, forwarded: str) -> None:
    """The query and who is said to ask may be others; they are what was sent."""
    encoded, nobody = PLAIN.asked(request(PLAIN, query)) or (b"?", b"?")
    assert (query, b"") == (decoded(encoded), nobody)
    encoded, somebody = PROXIED.asked(request(PROXIED, query, forwarded)) or (b"?", b"?")
    assert (query, forwarded) == (decoded(encoded), somebody.decode())


@given(st.sampled_from([PLAIN, PROXIED]), st.data())
def test_no_other_byte_may_be_another(terms: Terms, data: st.DataObject) -> None:
    """One byte more, less or else, outside the query and the address, and the request is for the web process."""
    whole = request(terms, "ASK {}", "10.0.0.1")
    fixed = set(range(len(terms.before)))
    start = whole.index(terms.after)
    fixed |= set(range(start, start + len(terms.after)))
    fixed |= set() if terms.rest is None else set(range(whole.rindex(terms.rest), len(whole)))
    at = data.draw(st.sampled_from(sorted(fixed)))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != whole[at]))
    changed = whole[:at] + bytes([byte]) + whole[at + 1 :]
    seen = terms.asked(changed)
    # Where the query or the address could as well have ended with it, it is another query or address.
    assert seen is None or seen != terms.asked(whole)
    assert terms.asked(whole[:at] + whole[at + 1 :]) != terms.asked(whole)
    assert terms.asked(whole + bytes([byte])) is None
    assert terms.asked(whole[:-1]) is None


@pytest.mark.parametrize(
    "query",
    [
        b"ASK%20%7B%7D&query=ASK",
        b"ASK {}",
        b"ASK%20%7B%7D\r\nX: y",
        b"ASK%20%7B%7D#part",
        b"ASK\x00",
        b"ASK\xc3\xa9",
        b"ASK\t",
    ],
)
def test_what_is_no_plain_query_is_for_the_web_process(query: bytes) -> None:
    """More parameters, spaces, line ends, parts and raw bytes are not looked into."""
    assert PLAIN.asked(PLAIN.before + query + PLAIN.after) is None


@pytest.mark.parametrize("forwarded", [b"10.0.0.1\r\nX: y", b"10.0.0.1\n", b"\x00", b"<script>"])
def test_what_no_proxy_writes_is_for_the_web_process(forwarded: bytes) -> None:
    """Nobody can put a header into that of a proxy."""
    assert PROXIED.asked(PROXIED.before + b"ASK" + PROXIED.after + forwarded + (PROXIED.rest or b"")) is None


def test_two_requests_at_once_are_for_the_web_process() -> None:
    """A client that does not wait for its answers is none for a worker."""
    one = request(PLAIN, "ASK {}")
    assert PLAIN.asked(one + one) is None
    assert PLAIN.asked(one + one[:10]) is None


@pytest.mark.parametrize("terms", [PLAIN, PROXIED])
def test_terms_arrive_as_they_were(terms: Terms) -> None:
    """What the worker reads is what was written, in pieces or all at once, several after one another."""
    sent = loan.lent(1, terms) + loan.lent(12, PLAIN)
    buffer, seen = bytearray(), []
    for byte in sent:
        buffer.append(byte)
        seen += list(loan.read_lent(buffer))
    assert [(1, terms), (12, PLAIN)] == seen
    assert not buffer


@given(st.lists(st.builds(Answered, st.integers(1, 12), st.floats(0, 9), st.floats(0, 9), st.binary(), st.binary())))
def test_what_was_answered_arrives_as_it_was(answered: list[Answered]) -> None:
    """All that the web process counts and logs."""
    sent = loan.ready(77) + loan.message(Said.ANSWERED, b"".join(each.to_bytes() for each in answered))
    sent += loan.returned(3, b"rest") + loan.message(Said.OVER)
    (ready, first), (said, content), (returned, back), (over, nothing) = loan.read(bytearray(sent))
    assert (Said.READY, 77) == (ready, loan.process_of(first))
    assert (Said.ANSWERED, answered) == (said, list(loan.read_answered(content)))
    assert (Said.RETURNED, 3, b"rest") == (returned, back[0], back[1:])
    assert (Said.OVER, b"") == (over, nothing)
