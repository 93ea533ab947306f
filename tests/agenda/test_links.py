"""The address behind the words of a link: taken over in a column of links, said elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kennis_ld.agenda.layouts.layout import Layout, Name
from kennis_ld.model import Entry, SourceRow
from kennis_ld.publication.language import default_columns
from tests.agenda.layouts.reading import read, said
from tests.agenda.source import rows

COLUMNS = {**default_columns(), "extra link": ("site",)}
TABLE = Layout()
ONE, TWO = "https://venne.example/een", "https://venne.example/twee/"


def linked(*lines: str, **links: tuple[str, ...]) -> list[SourceRow]:
    """Rows, with the addresses behind the cells of those that begin with a word."""
    return [replace(row, links=links.get(row.cells[0], ()) if row.cells else ()) for row in rows(*lines)]


def sites(given: list[SourceRow], layout: Layout = TABLE) -> tuple[list[str], list[tuple[str, str]]]:
    """What stands in the columns of links, and what is said of addresses."""
    found = read(given, layout, columns=COLUMNS)
    texts = [cell.text for item in found if isinstance(item, Entry) for cell in item.extras]
    return texts, [one for one in said(found) if one[0] == "link-address"]


@pytest.mark.parametrize(
    ("cell", "link", "text"),
    [
        ("meer", ONE, f"meer {ONE}"),
        ("", ONE, ONE),
        ("meer", f"{ONE} {TWO}", f"meer {ONE} {TWO}"),
        (ONE, ONE, ONE),
        ("venne.example/een", ONE, f"venne.example/een {ONE}"),
        ("meer", "", "meer"),
    ],
)
def test_column_of_links(cell: str, link: str, text: str) -> None:
    """The address stands behind the words; where it is written in full it stands there once."""
    assert ([text], []) == sites(linked("nr|Project|Trekker|Site", f"1|Sloten|GD|{cell}", **{"1": ("", "", "", link)}))


def test_address_elsewhere() -> None:
    """The words are left as they are, and a finding has the address, unless the cell says it."""
    given = linked("nr|Project|Trekker", "1|Sloten|GD", "2|venne.example/twee|GD", **{"1": ("", ONE), "2": ("", TWO)})
    assert ([], [("link-address", ONE)]) == sites(given)


def test_address_in_another_layout() -> None:
    """Where cells become other ones, every address is said."""
    given = linked("Project|Sloten", "Trekker|GD", "Site|meer", Site=("", ONE))
    assert (["meer"], [("link-address", ONE)]) == sites(given, Layout(Name.CARDS))
