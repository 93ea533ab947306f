"""The pages of editions and themes: in the order of the agenda, with what changed, and bounded for a large city."""

from __future__ import annotations

import re
from pathlib import Path

from flask.testing import FlaskClient

from kennis_ld.graph.description import Term
from kennis_ld.web.pages.collaboration import Cell
from kennis_ld.web.pages.editions import MOST_ENTRIES, EntryOf, _page, editions
from kennis_ld.web.pages.history import Appearance
from kennis_ld.web.pages.overview import (
    LEAD,
    PARTNER,
    Organisation,
    Overview,
    Project,
    Theme,
    in_order,
    overview,
)
from kennis_ld.web.pages.themes import MOST_PROJECTS, Active, theme_page
from kennis_ld.web.site import Site
from tests.editions.test_changes import DELTA, HEADER, PROJECTS
from tests.editions.test_changes import files as changed_files
from tests.publications import SETTINGS
from tests.web.html import read
from tests.web.small_city import served

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


def entry(project: str, number: str = "1", **seen: list[str]) -> EntryOf:
    return EntryOf(f"e-{project}", project, Appearance("e", number, Term(f"Titel {project}"), **seen))


def test_an_edition_says_what_came_went_and_changed(second_site: Site) -> None:
    """What the page says of the second edition is what a person finds by comparing the documents."""
    shown = editions(second_site)[second_site.iris.edition("2032-2035")]
    titles = [each.seen.title.value for each in shown.entries if each.seen.title]
    assert [str(number) for number in range(1, 13)] == [each.seen.number for each in shown.entries]
    assert ("Slimme zeedijk", "Zilte tuin") == (titles[0], titles[-1])
    assert {"new": 2, "gone": 1, "changed": 10} == shown.counts
    assert ["zoet-water", "kustgeheugen"] == [each.project.rsplit("/", 1)[-1] for each in shown.new]
    assert ["samen-eten"] == [each.project.rsplit("/", 1)[-1] for each in shown.gone]
    dike = shown.changed[0].seen
    assert ["zui"] == [iri.rsplit("/", 1)[-1] for iri in dike.came("leads")]
    assert ["zui"] == [iri.rsplit("/", 1)[-1] for iri in dike.went("partners")]


def test_the_page_of_an_edition_tells_it_in_words(second_client: FlaskClient) -> None:
    """Old titles, numbers and themes, and who came and went, with a way to the edition before."""
    found = second_client.get("/doc/editie/2032-2035", headers=BROWSER).text
    for words in ("2 erbij, 1 eraf, 10 gewijzigd", "heette", "Dijk met sensoren", "nieuwe trekker:", "thema was"):
        assert words in found
    assert "/doc/editie/2028-2031" in read(found).values("a", "href")
    first = second_client.get("/doc/editie/2028-2031.en.html", headers=BROWSER).text
    assert "What changed" not in first
    assert "Next edition" in first


def test_editions_follow_each_other_as_the_data_say() -> None:
    """The order is that of revisions, whatever the editions are called."""
    assert ["herfst", "april", "zomer"] == in_order({"april": "herfst", "zomer": "april", "herfst": ""})


def test_a_large_edition_shows_its_first_entries_and_counts_all() -> None:
    """A page of 20,000 entries is as long as one of a hundred."""
    many = {str(number): entry(str(number), str(number)) for number in range(1000)}
    shown = _page(many, {}, {}, before="earlier", after="")
    assert (MOST_ENTRIES, 1000, 50, 1000) == (len(shown.entries), shown.count, len(shown.new), shown.counts["new"])


def test_a_theme_counts_all_and_shows_the_first() -> None:
    """Sub-themes count, units count for their organisation, and who leads a project does not join it as well."""
    themes = {"t": Theme("t"), "u": Theme("u", broader="t")}
    projects = {str(number): Project(str(number), Term("x"), themes=["u"]) for number in range(MOST_PROJECTS + 1)}
    organisations = {"o": Organisation("o"), "unit": Organisation("unit", parents=["o"])}
    projects["0"].parties[LEAD].append("unit")
    projects["0"].parties[PARTNER].append("o")
    projects["1"].parties[PARTNER].append("unit")
    for organisation in organisations.values():
        for project in projects:
            organisation.joint[PARTNER][project] = True
    shown = theme_page(Overview(projects, organisations, themes), "t")
    assert (MOST_PROJECTS, MOST_PROJECTS + 1) == (len(shown.projects), shown.count)
    assert [Active("o", Cell(leads=1, joins=1))] == list(shown.organisations)
    assert [(themes["u"], MOST_PROJECTS + 1)] == list(shown.narrower)


def test_narrower_themes_stand_in_the_order_of_the_agenda(leiden_client: FlaskClient) -> None:
    """The document has the flagships before the knowledge infrastructure."""
    found = read(leiden_client.get("/doc/thema/kennisstad-breed", headers=BROWSER).text)
    links = [link for link in found.links_above_the_foot() if re.fullmatch(r"/doc/thema/[a-z-]+", link)]
    assert ["/doc/thema/vlaggenschepen", "/doc/thema/kennisinfrastructuur"] == links[:2]


def test_projects_and_themes_stand_in_the_order_of_the_last_edition(second_site: Site) -> None:
    """Twelve was the fourth in the edition before; in the last one it stands at the end, and so does its theme."""
    whole = overview(second_site)
    assert [str(number) for number in range(1, 13)] == [each.number for each in whole.projects.values()]
    assert ["zee", "jong-en-oud", "haven"] == [iri.rsplit("/", 1)[-1] for iri in whole.themes]


def test_narrowing_links_are_not_to_be_followed(leiden_client: FlaskClient) -> None:
    """A crawler is told to leave facets, chips and sorting alone: together they are endless."""
    for path in ("/projecten?trekker=ul", "/organisaties"):
        found = read(leiden_client.get(path, headers=BROWSER).text)
        own = path.partition("?")[0]
        links = [each for tag, each in found.elements if tag == "a" and (each.get("href") or "").startswith(f"{own}?")]
        assert links
        assert {"nofollow"} == {each.get("rel") for each in links if each.get("hreflang") is None}


def test_an_edition_that_lists_changes_drops_only_what_it_stops(tmp_path: Path) -> None:
    """What it does not name stays, and so do the leads and partners of a row that names none."""
    client, _ = served(tmp_path, changed_files())
    text = " ".join(read(client.get("/doc/editie/2031.html").text).text.split())
    assert "1 erbij, 1 eraf, 1 gewijzigd. Erbij gekomen Duinpad 2b Eraf Regenkaart 1b Gewijzigd Schone sloten" in text
    assert "Zandbank" not in text
    assert "is gestopt" in read(client.get("/doc/project/regen.html").text).text
    assert "niets in titel, nummer" in read(client.get("/doc/project/stuif.html").text).text


def test_changes_leave_the_roles_that_a_row_does_not_give(tmp_path: Path) -> None:
    """A new lead alone keeps the partners, on the page of the edition and on that of the project; a dash ends them."""
    later = DELTA.replace("2031", "2032").replace("changes.txt", "later.txt")
    rows = ("sloten,{},water,1a,Schone sloten\n", "stuif,{},zand,2a,Stuifplan\n")
    projects = "".join(row.format(year) for year in ("2031", "2032") for row in rows)
    changes = HEADER + "1. Water\n1a\tSchone sloten\t\t{}\t\n2. Zand\n2a\tStuifplan\t\t{}\t\n"
    given = changed_files(changes=changes.format("T: HD", "P: GZ"))
    given |= {
        "publication.toml": given["publication.toml"].replace("[extra]", f"{later}\n[extra]"),
        "later.txt": changes.format("T: HD P: -", "Opdrachtgever: ZU"),
        "projects.csv": "".join(row for row in PROJECTS.splitlines(keepends=True) if ",2031," not in row) + projects,
    }
    given["publication.toml"] += '\n[roles]\n"Opdrachtgever" = "client"\n'
    client, _ = served(tmp_path, given)

    def text(path: str) -> str:
        return "".join(read(client.get(path, headers=BROWSER).text).text.split())

    before, after = text("/doc/editie/2031"), text("/doc/editie/2032")
    assert (
        "Schonesloten1anieuwetrekker:HogeschoolDuingeentrekkermeer:GemeenteZandwijk"
        "Stuifplan2ageentrekkermeer:GemeenteZandwijknieuwepartner:GemeenteZandwijkgeenpartnermeer:UniversiteitZandwijk"
        "Deagenda"
    ) in before
    assert (
        "Schonesloten1ageenpartnermeer:UniversiteitZandwijkStuifplan2anieuwetrekker:UniversiteitZandwijkDeagenda"
    ) in after
    assert "StuifplanHogeschoolDuin,UniversiteitZandwijk" in after
    history = text("/doc/project/sloten").partition("Doordeeditiesheen")[2]
    assert 1 == history.count("geenpartnermeer:UniversiteitZandwijk")
    assert 1 == history.count("nieuwetrekker:HogeschoolDuin")


def test_history_goes_by_the_editions_and_not_by_their_names(tmp_path: Path) -> None:
    """Editions that are named after seasons stand in the order of the settings, also for projects without numbers."""
    later = '[[editions]]\nkey = "herfst"\ndocument = "later.txt"\ntitle.nl = "Herfst"\n[catalogue]'
    settings = SETTINGS.replace('key = "2030"', 'key = "zomer"').replace('"Agenda 2030"', '"Zomer"')
    document = (
        "Project\tBeschrijving\tPartijen\nSchone sloten\tBewoners meten hoe schoon het water in de sloten is.\tT: {}\n"
    )
    files = {
        "publication.toml": settings.replace("[catalogue]", later),
        "agenda.txt": document.format("GZ"),
        "later.txt": document.format("ZU"),
        "projects.csv": "project,edition,title\nsloten,zomer,Schone sloten\nsloten,herfst,Schone sloten\n",
    }
    client, _ = served(tmp_path, files)
    found = " ".join(read(client.get("/doc/project/sloten", headers=BROWSER).text).text.split())
    history = found.partition("Wat er veranderde")[2]
    assert "Herfst" in history
    assert "Schone sloten nieuwe trekker: Universiteit Zandwijk" in history.partition("Zomer")[0]
    assert "Trekkers: Gemeente Zandwijk" in history.partition("Zomer")[2]
    assert "Editie Herfst" in found


def test_pages_that_say_something_else_have_another_title(second_client: FlaskClient) -> None:
    """An entry of one edition and of another, and the pairs of all themes and of one, are told apart."""
    entries = [f"/doc/agendapunt/{edition}--stuifkaart" for edition in ("2028-2031", "2032-2035")]
    paths = [*entries, "/samenwerking", "/samenwerking?thema=zee", "/samenwerking?thema=haven"]
    titles = {second_client.get(path, headers=BROWSER).text.split("</title>")[0] for path in paths}
    assert len(paths) == len(titles), titles
