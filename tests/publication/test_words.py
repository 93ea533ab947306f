"""A publication's own words for roles, for nobody and the like, and what it decided to publish of persons."""

from __future__ import annotations

from pathlib import Path

import pytest

from kennis_ld.errors import WrongSetting
from kennis_ld.publication.settings import publication
from tests import pipeline
from tests.publications import SETTINGS, write

OWN = """
[roles]
"Aanjager" = "lead"
"Meedenker" = "partner"
"Regie" = "partner"

[words]
nobody = ["wordt vervolgd"]
groups = ["stadmakers"]

[persons]
publish = ["Info@zandwijk.example", "071 516 51 65", "NL91 ABNA 0417 1643 00"]
"""
HEADER = "nr\tProject\tBeschrijving\tPartijen"


def city(folder: Path, *rows: str, own: str = OWN) -> pipeline.Read:
    document = "\n".join([HEADER, "1. Water", *rows, ""])
    return pipeline.read(publication(write(folder, {"publication.toml": SETTINGS + own, "agenda.txt": document})))


def test_own_word_gives_a_role(tmp_path: Path) -> None:
    """A word of [roles] gives the role that the publication says, also where the language says another."""
    read = city(tmp_path / "city", "1a\tSloten\tx\tAanjager: GZ Meedenkers: ZU Regie: HD")
    parts = [(part.role.notation, part.organisation) for part in read.entries["2030"][0].participations]
    assert [("T", "gz"), ("P", "zu"), ("P", "hd")] == parts


def test_own_word_is_the_heading_of_a_column(tmp_path: Path) -> None:
    """A column with a word of [roles] over it holds parties of that role; so does one with a word of the language."""
    for heading, own in (("Aanjager", OWN), ("Penvoerder", "")):
        document = f"nr\tProject\tBeschrijving\t{heading}\tDeelnemers\n1. Water\n1a\tSloten\tx\tGZ\tZU\n"
        changes = {"publication.toml": SETTINGS + own, "agenda.txt": document}
        read = pipeline.read(publication(write(tmp_path / heading, changes)))
        parts = [(part.role.notation, part.organisation) for part in read.entries["2030"][0].participations]
        assert [("T", "gz"), ("P", "zu")] == parts


def test_own_words_for_nobody_and_groups(tmp_path: Path) -> None:
    """Words of [words] are read as those of the language."""
    read = city(tmp_path / "city", "1a\tSloten\tx\tT: GZ P: wordt vervolgd, stadmakers")
    (entry,) = read.entries["2030"]
    assert (("stadmakers",), ("wordt vervolgd",)) == (entry.groups, entry.open_list)
    assert ["gz"] == [part.organisation for part in entry.participations]


def test_what_was_decided_is_published(tmp_path: Path) -> None:
    """An address or number of [persons] is published without a question; another IBAN is withheld."""
    text = "Mail info@zandwijk.example of bel 071-5165165, NL91ABNA0417164300."
    read = city(tmp_path / "city", f"1a\tSloten\t{text}\tT: GZ", "1b\tZee\tOp GB29NWBK60161331926819.\tT: GZ")
    assert [text, "Op [IBAN]."] == [entry.entry.description for entry in read.entries["2030"]]
    assert ["number-withheld"] == [item.code for item in read.findings if item.code != "new-project"]


@pytest.mark.parametrize(
    ("own", "setting"),
    [
        ('[roles]\n"Trekker" = "baas"\n', "roles.Trekker"),
        ('[words]\nvorken = ["x"]\n', "words.vorken"),
        ('[words]\nnobody = "x"\n', "words.nobody"),
        ("[persons]\npublish = [1]\n", "persons.publish"),
        ('[roles.a]\nb = "lead"\n', "roles.a"),
    ],
)
def test_wrong_words_are_errors(own: str, setting: str, tmp_path: Path) -> None:
    """A role that is none, a list that there is not, and a text in the place of a list are named."""
    folder = write(tmp_path / "city", {"publication.toml": f"{SETTINGS}\n{own}"})
    with pytest.raises(WrongSetting, match=rf"Setting {setting}"):
        publication(folder)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Vrijwilligers uit de wijk", True), ("Vrijwilligers Oost", False), ("Hogeschool", False), ("stadmakers", True)],
)
def test_names_that_are_groups(name: str, expected: bool, tmp_path: Path) -> None:
    """One list of words, with the publication's own, says which unknown names are proposed as groups."""
    city = publication(write(tmp_path / "city", {"publication.toml": SETTINGS + OWN}))
    assert expected == city.words.names_group(name)
