"""Pages of cities of other sizes than the bundled ones: nine themes, a lead of sixty, forty partners, nobody."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask.testing import FlaskClient

from tests.publications import REGISTER
from tests.web.html import read
from tests.web.small_city import served

HEADER = "nr\tProject\tBeschrijving\tPartijen\n"
NINE = ["Gezondheid", "Energie", "Cultuur", "Onderwijs", "Verkeer", "Arbeidsmarktvraagstukken", "Zorg", "Wonen", "Data"]


def agenda(entries: Sequence[tuple[str, str]], themes: Sequence[str] = ("Water",)) -> dict[str, str]:
    """Returns the files of a city with a project for each title and parties cell, and as many under each theme."""
    rows = [
        f"{place}. {theme}\n"
        + "".join(f"{place}-{n}\t{title} {place}\tTekst.\t{cell}\n" for n, (title, cell) in enumerate(entries))
        for place, theme in enumerate(themes, 1)
    ]
    keys = [f"t{place},{place},{theme},{theme},{theme},,,\n" for place, theme in enumerate(themes, 1)]
    listed = [
        f"p{place}-{n},2030,t{place},{place}-{n},x\n"
        for place in range(1, len(themes) + 1)
        for n in range(len(entries))
    ]
    return {
        "agenda.txt": HEADER + "".join(rows),
        "themes.csv": "key,number,headings,label,label_en,definition,definition_en,broader\n" + "".join(keys),
        "projects.csv": "project,edition,theme,number,title\n" + "".join(listed),
        "register.csv": REGISTER + "".join(f"o{n},Organisatie {n},NGO,,O{n},,\n" for n in range(40)),
    }


def words(client: FlaskClient, path: str) -> str:
    return " ".join(read(client.get(path).text).text.split())


def test_a_city_of_nine_themes_scrolls_its_matrix_and_not_the_page(tmp_path: Path) -> None:
    """More than six columns stand in a part of the page that scrolls, which the keyboard reaches."""
    client, _ = served(tmp_path / "nine", agenda([("Plan", "T: GZ P: HD")], NINE))
    few, _ = served(tmp_path / "few", agenda([("Plan", "T: GZ P: HD")], NINE[:6]))
    region = '<div class="scroll" tabindex="0" role="group" aria-labelledby="wie-doet-wat">'
    assert (1, 0) == (client.get("/").text.count(region), few.get("/").text.count(region))


def test_who_leads_sixty_has_no_sixty_dots(tmp_path: Path) -> None:
    """A dot stands for as many projects as keep a cell at thirty dots, and the page says for how many."""
    client, _ = served(tmp_path, agenda([("Plan", "T: GZ P: O1")] * 61))
    row = client.get("/").text.split('<tr><th scope="row">')[1]
    assert "Gemeente Zandwijk" in row
    assert (21, 0) == (row.count("<i class=lead>"), row.count("<i></i>"))
    assert "Elke stip is 3 projecten" in words(client, "/")


def test_who_works_with_many_shows_them_all(tmp_path: Path) -> None:
    """The circle has room for eighteen; its table names all forty. A unit leads to the circle of its organisation."""
    client, _ = served(tmp_path, agenda([("Plan", f"T: ZL P: {', '.join(f'O{n}' for n in range(40))}")]))
    for asked in ("zu", "zu-lab"):
        page = client.get(f"/samenwerking?organisatie={asked}").text
        assert "Samenwerking van Universiteit Zandwijk" in page.split("</title>")[0]
        assert (18, 40) == (page.count("<line "), page.count('<tr><th scope="row">'))


def test_an_unknown_organisation_is_said(tmp_path: Path) -> None:
    """The page of collaboration does not act as if nothing was asked."""
    client, _ = served(tmp_path, agenda([("Plan", "T: GZ P: HD")]))
    for asked in ("nee", "zu"):
        assert "Die organisatie is niet bekend of doet aan geen project mee." in words(
            client, f"/samenwerking?organisatie={asked}"
        )
        assert 404 == client.get(f"/samenwerking.svg?organisatie={asked}").status_code
    assert "Die organisatie" not in words(client, "/samenwerking")


def test_where_nobody_takes_part_nothing_is_empty(tmp_path: Path) -> None:
    """Without organisations the page of collaboration says so, and has no table and no list to choose from."""
    client, _ = served(tmp_path, agenda([("Plan", "")]))
    page = client.get("/samenwerking").text
    assert "Bij geen project staat nog een organisatie." in page
    assert not any(tag in page for tag in ("<select", "<table"))
    assert 'class="columns lists"' not in page


def test_one_is_no_many(tmp_path: Path) -> None:
    """No number of one stands before a word for many."""
    client, _ = served(tmp_path, agenda([("Plan", "T: GZ P: HD")]))
    for path in ("/", "/projecten", "/samenwerking", "/samenwerking?organisatie=gz", "/doc/organisatie/gz.html"):
        text = words(client, path)
        assert not any(f" 1 {many}" in text for many in ("projecten", "organisaties", "paren", "thema’s")), path
