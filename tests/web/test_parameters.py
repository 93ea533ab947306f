"""The query string and the form of a request, decoded once and as the standard says."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennis_ld.web.problems import Problem
from kennis_ld.web.protocol import MOST_PARAMETERS, asked_in_address

_PIECES = st.one_of(
    st.sampled_from(
        ["query=", "&", "=", "%", "%25", "%2", "%zz", "+", "\\", "\\x41", "%5Cx41", "%C3%A9", "%C3", "%00", "%0A"]
    ),
    st.characters(codec="latin-1"),
    st.text(max_size=4).map(lambda text: "".join(f"%{byte:02X}" for byte in text.encode(errors="ignore"))),
)


@given(st.lists(_PIECES, max_size=20).map("".join))
def test_a_query_is_decoded_as_by_the_standard_library(query_string: str) -> None:
    """Any text in an address is the query that the standard library reads, or a problem where that has none."""
    encoded = "".join(each if each < "\x80" else f"%{ord(each):02X}" for each in query_string)
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(Problem):
            asked_in_address(query_string)
        return
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) > 1 or any("\0" in each for each in queries) or any(name == "update" for name, _ in pairs):
        with pytest.raises(Problem):
            asked_in_address(query_string)
    else:
        assert (queries or [None])[0] == asked_in_address(query_string).query


def test_so_many_parameters_and_no_more() -> None:
    """As many parameters as there may be are read; one more is a problem, however long the address may be."""
    most = "&".join(["named-graph-uri=http://a/"] * MOST_PARAMETERS)
    assert MOST_PARAMETERS == len(asked_in_address(most).named_graphs)
    with pytest.raises(Problem):
        asked_in_address(f"{most}&query=ASK%7B%7D")
