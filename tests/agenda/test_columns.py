"""Columns of parties: the three that every agenda has, and one for each narrower role."""

from __future__ import annotations

import pytest

from kennis_ld.agenda.columns import kind_of_role, party_columns, role_of_column
from kennis_ld.agenda.headers import Headings
from kennis_ld.agenda.wording import Words
from kennis_ld.model import Role
from kennis_ld.publication.language import default_columns, lists
from kennis_ld.publication.own_roles import standard_roles
from tests.agenda.source import rows

FUNDER, CLIENT = standard_roles()["funder"], standard_roles()["client"]
WORDS = Words.of(lists(), own_roles={"Cofinanciers": FUNDER, "Opdrachtgever": CLIENT, "Aanjager": Role.LEAD})
FUNDERS, CLIENTS = f"role {FUNDER.key}", f"role {CLIENT.key}"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("cofinanciers", FUNDERS),
        ("opdrachtgever", CLIENTS),
        ("opdrachtgevers", CLIENTS),
        ("aanjager", ""),
        ("trekker", ""),
        ("opdrachtgever van het project", ""),
        ("", ""),
    ],
)
def test_heading_of_a_narrower_role(heading: str, kind: str) -> None:
    """A word of [roles] that says more than lead or partner has a column of its own; the others have theirs."""
    assert kind == kind_of_role(heading, WORDS)


def test_columns_of_parties() -> None:
    """Those of every agenda come first, then those of narrower roles, each once; other columns hold no parties."""
    assert ("leads", "partners", "parties") == party_columns(["title", "leads"])
    expected = ("leads", "partners", "parties", *sorted({FUNDERS, CLIENTS}))
    assert expected == party_columns(["title", CLIENTS, FUNDERS, CLIENTS])


def test_role_that_a_column_gives() -> None:
    """Leads and partners by the column, a narrower role by its own, and none where the cells themselves say so."""
    found = [role_of_column(column, WORDS) for column in ("leads", "partners", "parties", FUNDERS, CLIENTS)]
    assert [Role.LEAD, Role.PARTNER, None, FUNDER, CLIENT] == found


def test_header_with_narrower_roles() -> None:
    """Two columns of one role are joined by a comma; a heading that says so calls it intended."""
    (head, row) = rows("nr|Project|Cofinanciers|Beoogd opdrachtgever|Cofinanciers", "1|Sloten|GD|UD|HD")
    header = Headings(default_columns(), WORDS).header(head)
    assert header is not None
    assert {0: "number", 1: "title", 2: FUNDERS, 4: FUNDERS} == {at: header.columns[at] for at in (0, 1, 2, 4)}
    assert "GD, HD" == header.cell(row, FUNDERS)
