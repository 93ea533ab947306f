"""`kennis-ld query --endpoint`: a site on another address than the one that its data have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.answering import answering
from tests.cli.conftest import Run
from tests.web.small_city import served

QUESTION = ("query", "projecten-van-organisatie", "-p", "organisatie=hd", "--endpoint")


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The endpoint of the made-up city, whose base_uri is not where it is served."""
    client, _ = served(tmp_path_factory.mktemp("elsewhere"), {})
    with answering(client.application) as address:
        yield f"{address}/sparql"


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_row_says_for_which_addresses_was_asked(run: Run, endpoint: str, form: str) -> None:
    """Where base_uri is another one than the endpoint's address the answer is empty: the way out is said."""
    base = endpoint.removesuffix("/sparql")
    found = run(*QUESTION, endpoint, "--format", form, "--lang", "nl")
    assert found.exit_code == 0
    assert f"Gevraagd is naar adressen onder {base}, " in found.stderr
    assert "--base-uri" in found.stderr
    assert f"This asked for addresses under {base}, " in run(*QUESTION, endpoint, "--lang", "en").stderr


def test_rows_are_shown_without_a_remark(run: Run, endpoint: str) -> None:
    """With the right --base-uri the projects are there, and nothing is said of it; nor where it was given and wrong."""
    found = run(*QUESTION, endpoint, "--base-uri", "https://data.zandwijk.example")
    assert "Regenkaart" in found.stdout
    assert "--base-uri" not in found.stderr
    assert "--base-uri" not in run(*QUESTION, endpoint, "--base-uri", "https://elsewhere.example").stderr


@pytest.mark.parametrize("more", ["?default-graph-uri=", "?timeout=9", "#a"])
def test_more_of_an_address_is_no_part_of_what_addresses_begin_with(run: Run, endpoint: str, more: str) -> None:
    """What an endpoint has behind its path belongs to the question, not to the addresses in the data."""
    found = run(*QUESTION, endpoint + more, "--lang", "en")
    assert f"This asked for addresses under {endpoint.removesuffix('/sparql')}, " in found.stderr
