"""Files of others as candidates: ROR in both schemas and zipped, RDF, tables, and what is none of these."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from kennis_ld.errors import UnreadableInput
from kennis_ld.linking import ror
from kennis_ld.linking.candidate import Candidate, Kind
from kennis_ld.linking.source import candidates
from tests.linking.files import QID, ROR_A, ROR_B, record_1, record_2


def read(path: Path, *wanted: str, known: Sequence[str] = ()) -> list[Candidate]:
    return list(candidates(path, wanted=lambda name: name in wanted, known=known))


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_record_of_schema_1(tmp_path: Path) -> None:
    """Names, short names, site, place and the only item of Wikidata come out of a record of the first schema."""
    path = written(tmp_path / "v1.json", json.dumps([record_1(ROR_A, "Universiteit Zandwijk")], indent=4))
    expected = Candidate(
        names=("Universiteit Zandwijk", "Université de Zandwijk", "Zandwijk University"),
        abbreviations=("ZU",),
        identities={"ror": ROR_A, "wikidata": QID},
        where=ROR_A,
        site="http://www.zu.example/",
        town="Zandwijk",
        country=("NL", "Netherlands"),
        town_iri="https://sws.geonames.org/2751773/",
        kind=Kind.ORGANISATION,
    )
    assert [expected] == read(path)


def test_record_of_schema_2(tmp_path: Path) -> None:
    """The same comes out of a record of the second schema, the displayed name first; a government is told as one."""
    names = [
        {"value": "GZ", "types": ["acronym"], "lang": None},
        {"value": "GEZA", "types": ["acronym", "alias"], "lang": None},
        {"value": "Zandwijk City Council", "types": ["label"], "lang": "en"},
        {"value": "Gemeente Zandwijk", "types": ["ror_display", "label"], "lang": "nl"},
    ]
    external = [{"type": "wikidata", "all": ["Q1", "Q2"], "preferred": None}]
    record = record_2(ROR_A, "", town="Zandwijk", names=names, external_ids=external, types=["government"])
    (found,) = read(written(tmp_path / "v2.json", json.dumps([record])))
    assert ("Gemeente Zandwijk", "Zandwijk City Council") == found.names
    assert ("GZ", "GEZA") == found.abbreviations
    assert ({"ror": ROR_A}, Kind.GOVERNMENT) == (found.identities, found.kind)
    assert ("Zandwijk", ("NL", "The Netherlands")) == (found.town, found.country)


def test_organisation_in_several_countries(tmp_path: Path) -> None:
    """It is of each of them, and its town is the first that ROR names."""
    places = [
        {"geonames_id": 1, "geonames_details": {"name": "Zandwijk", "country_code": "NL", "country_name": "Nederland"}},
        {"geonames_id": 2, "geonames_details": {"name": "Porto", "country_code": "PT", "country_name": "Portugal"}},
    ]
    (found,) = read(written(tmp_path / "r.json", json.dumps([record_2(ROR_A, "Huis Zand", locations=places)])))
    assert ("Zandwijk", ("PT", "Portugal", "NL", "Nederland")) == (found.town, found.country)


@pytest.mark.parametrize("status", ["withdrawn", "inactive"])
def test_what_ror_withdrew_is_no_candidate(tmp_path: Path, status: str) -> None:
    """Nobody is linked with a record that ROR took out."""
    assert [] == read(written(tmp_path / "r.json", json.dumps([record_2(ROR_A, "Huis Zand", status=status)])))


def test_odd_values_in_a_record_are_passed_over(tmp_path: Path) -> None:
    """A value of another kind than ROR documents costs that value, not the dump."""
    odd = {"id": 7, "names": [{"value": None}]}
    record = record_2(ROR_A, "Huis Zand", locations=None, links="x", external_ids=[{"type": "wikidata", "all": "Q5"}])
    (found,) = read(written(tmp_path / "r.json", json.dumps([odd, record])))
    assert ("Huis Zand",) == found.names
    assert {"ror": ROR_A, "wikidata": "http://www.wikidata.org/entity/Q5"} == found.identities


def test_zip_of_ror_is_read_in_its_newer_schema(tmp_path: Path) -> None:
    """ROR published both schemas in one zip, with a table of each."""
    path = tmp_path / "v1.50-ror-data.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("v1.50-ror-data.csv", "id,name\n")
        archive.writestr("v1.50-ror-data.json", json.dumps([record_1(ROR_A, "Oud")]))
        archive.writestr("v1.50-ror-data_schema_v2.json", json.dumps([record_2(ROR_A, "Nieuw")]))
    assert [("Nieuw",)] == [found.names for found in read(path)]


@pytest.mark.parametrize("name", ["organisaties.xlsx", "organisaties.ods", "tabellen.zip"])
def test_zip_of_something_else_is_no_dump(tmp_path: Path, name: str) -> None:
    """A workbook is a zip too; whoever gives one hears which files there can be, and what to do with a spreadsheet."""
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    with pytest.raises(UnreadableInput, match="no kind of file to link with") as caught:
        read(tmp_path / name)
    assert "save a spreadsheet as .csv" in caught.value.remedy


def test_dump_is_never_in_memory_whole() -> None:
    """A dump of 40 MB costs no more than a piece of it."""
    text = json.dumps(record_2(ROR_A, "Huis Zand", note="x" * 20_000))

    class Dump(io.StringIO):
        left = 2_000

        def read(self, size: int | None = -1) -> str:
            if not self.left:
                return ""
            self.left -= 20
            return f"{text}," * 20

    tracemalloc.start()
    count = sum(1 for _ in ror.candidates(Dump(), "dump.json"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 2_000 == count
    assert most < 8 * 1024 * 1024


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", '[{"id": "https://ror.org/027bh9e22", "na', "cannot be read"),
        ("a.json", "[" * 100_000 + "{" * 10, "cannot be read"),
        ("a.json", '[{"a": ' + "[" * 100_000, "cannot be read"),
        ("a.json", '{"hello": 1}', "no dump of ROR"),
        ("a.ttl", "dit is geen turtle", "not the RDF"),
        ("a.csv", "kleur,smaak\nrood,zoet\n", "no column for names"),
        ("a.csv", 'name,uri\n"Huis,https://x.example\n', "no CSV"),
        ("a.pdf", "%PDF", "no kind of file"),
        ("a.zip", "PK\x03\x04 kapot", "damaged"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, content: str, said: str) -> None:
    """A file that is cut off, or of another kind, is one sentence with its path and a way on."""
    with pytest.raises(UnreadableInput, match=said) as caught:
        read(written(tmp_path / name, content))
    assert caught.value.where.startswith(str(tmp_path / name))
    assert caught.value.remedy


def test_dump_of_another_city(tmp_path: Path) -> None:
    """Of a thing with a wanted name come its names, identities and site; provisional ones and projects do not."""
    path = written(
        tmp_path / "agenda.ttl",
        """
        @prefix schema: <https://schema.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix s: <https://stad.example/id/organisatie/> .
        @prefix ks: <https://stad.example/def#> .
        s:ul a schema:Organization ; skos:prefLabel "Universiteit Leiden"@nl ; skos:altLabel "UL" ;
          schema:url <https://www.universiteitleiden.nl> ; owl:sameAs <https://ror.org/027bh9e22> .
        s:voorlopig-huis a schema:Organization ; schema:name "Huis" ; ks:provisional true .
        s:p a schema:Project ; schema:name "Universiteit Leiden" .
        s:x a schema:Organization ; schema:name "Een ander" .
        """,
    )
    (found,) = read(path, "Universiteit Leiden", "Huis")
    assert ("Universiteit Leiden", "UL") == found.names
    assert {"ror": ROR_A, "same_as": "https://stad.example/id/organisatie/ul"} == found.identities
    assert "https://www.universiteitleiden.nl" == found.site
    assert 1 == len(read(path, known=[ROR_A]))


def test_thesaurus_in_skos(tmp_path: Path) -> None:
    """A concept is its own identity; an exact match is one too, and a close match or a place register is none."""
    path = written(
        tmp_path / "thesaurus.nt",
        "\n".join(
            f"<https://thes.example/1> <http://www.w3.org/2004/02/skos/core#{prop}> {value} ."
            for prop, value in [
                ("prefLabel", '"Museum Zand"@nl'),
                ("exactMatch", f"<{QID}>"),
                ("closeMatch", f"<{ROR_B}>"),
                ("exactMatch", "<https://sws.geonames.org/2751773/>"),
            ]
        ),
    )
    (found,) = read(path, "Museum Zand")
    assert {"same_as": "https://thes.example/1", "wikidata": QID} == found.identities


def test_release_is_named_by_its_folder(tmp_path: Path) -> None:
    """A folder of a release is read by its N-Quads, of every graph."""
    line = '<https://stad.example/id/organisatie/x> <https://schema.org/name> "Huis"@nl <https://stad.example/g> .\n'
    written(tmp_path / "agenda.nq", line)
    assert ["https://stad.example/id/organisatie/x"] == [found.where for found in read(tmp_path, "Huis")]


@pytest.mark.parametrize(
    "text",
    [
        f"name,identifier\nHuis Zand,{ROR_A}\nZonder,\n",
        f"Naam;URI;Plaats\r\nHuis Zand;{ROR_A};Zandwijk\r\n",
        f"\ufeffnaam\tROR\nHuis Zand\t{ROR_A.removeprefix('https://ror.org/')}\n",
    ],
)
def test_tables_of_any_country(tmp_path: Path, text: str) -> None:
    """Dividers, marks and Dutch headings are as people save them; a row without an identifier is none."""
    (found,) = read(written(tmp_path / "t.csv", text))
    assert (("Huis Zand",), {"ror": ROR_A}, "t.csv:2") == (found.names, found.identities, found.where)


def test_identifier_that_is_no_address_is_none(tmp_path: Path) -> None:
    """A number of the chamber of commerce is no web address, and a ROR identifier with a slip is not ROR's."""
    text = "name,identifier,kind\nA,41169515,\nB,https://ror.org/027bh9e23,\nC,https://c.example/1,Place\n"
    (found,) = read(written(tmp_path / "t.csv", text))
    assert (("C",), Kind.PLACE) == (found.names, found.kind)
