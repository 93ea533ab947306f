"""publication.toml: every wrong setting is an error that names it, and nothing else happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from kennis_ld.errors import KennisError, UnreadableInput, WrongSetting
from kennis_ld.publication import scaffold, settings
from tests import pipeline
from tests.publications import SETTINGS, write
from tests.reading.files import word, word_row, word_table


def test_settings_of_a_second_city_are_read(tmp_path: Path) -> None:
    """Another city's settings need no more than what they say; the rest has a default."""
    publication = settings.publication(write(tmp_path))
    assert "https://data.zandwijk.example" == publication.iris.base
    assert ("2030", "2030-01-02", {"nl": "Agenda 2030"}) == (
        publication.editions[0].key,
        publication.editions[0].issued,
        publication.editions[0].title,
    )
    assert "gz" == publication.catalogue.creator


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('base_uri = "https://data.zandwijk.example"', 'base_url = "x"', "Did you mean 'base_uri'"),
        ('"https://data.zandwijk.example"', '"https://data.zandwijk.example/"', "no address to publish under"),
        ('"https://data.zandwijk.example"', '"ftp://x"', "no address to publish under"),
        ('base_uri = "https://data.zandwijk.example"', "", "base_uri: this text is missing"),
        ('language = "nl"', 'language = "Nederlands!"', "no language tag"),
        ('key = "zandwijk"', 'key = "Zand Wijk"', "no key"),
        ('issued = "2030-01-02"', 'issued = "2 januari"', "no date"),
        ('issued = "2030-01-02"', 'issued = "2030-02-30"', "no day of the calendar"),
        ('themes = ["GOVE"]', 'themes = ["BESTUUR"]', "not in the list"),
        ('themes = ["GOVE"]', "themes = []", "at least one"),
        ('contact.email = "kennis@zandwijk.example"', "", "no e-mail or web address"),
        (
            'license = "https://creativecommons.org/licenses/by/4.0/"',
            'license = "CC BY"',
            "https://creativecommons.org/licenses/by/4.0/ for CC BY",
        ),
        ('publisher = "gz"', 'publisher = "gz"\ncolour = "red"', "there is no setting 'agenda.colour'"),
        ('document = "agenda.txt"', "document = 7", "this text is missing"),
        ("[catalogue]", "[portals]\nmost_leaving = 120\n[catalogue]", "'120' is no percentage"),
        ("[catalogue]", "[portals]\nmost_leaving = true\n[catalogue]", "'True' is no percentage"),
        ("[[editions]]", "[[editie]]", "there is no setting 'editie'"),
        ("[agenda]", "[agenda", "cannot be read"),
    ],
)
def test_wrong_setting_is_an_error_that_names_it(tmp_path: Path, old: str, new: str, what: str) -> None:
    """A setting that is unknown, missing or impossible is named, with the file and what it should be."""
    assert old in SETTINGS
    folder = write(tmp_path, {"publication.toml": SETTINGS.replace(old, new)})
    with pytest.raises(KennisError) as error:
        settings.publication(folder)
    assert what in str(error.value)
    assert "publication.toml" in error.value.where
    assert 2 == error.value.exit_code


def test_wrong_setting_names_its_line(tmp_path: Path) -> None:
    """The line of a setting is the one it stands on in the file."""
    folder = write(tmp_path, {"publication.toml": SETTINGS.replace('issued = "2030-01-02"', 'issued = "straks"')})
    with pytest.raises(WrongSetting) as error:
        settings.publication(folder)
    line = SETTINGS.splitlines().index('issued = "2030-01-02"') + 1
    assert error.value.where.endswith(f"publication.toml:{line}")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('key = "2030"', 'key = "Agenda 2030"', 'key = "Agenda 2030"'),
        (
            "[catalogue]",
            '[statuses.groen]\nwords = ["g"]\nlabel.nl = "Goed"\nlabel.en = "…"\n[catalogue]',
            'label.en = "…"',
        ),
        ('document = "agenda.txt"\n', "", "[[editions]]"),
        (
            "[catalogue]",
            '[[editions]]\nkey = "Twee"\ndocument = "agenda.txt"\ntitle.nl = "Twee"\n[catalogue]',
            'key = "Twee"',
        ),
    ],
)
def test_setting_with_a_common_name_names_its_line(tmp_path: Path, old: str, new: str, named: str) -> None:
    """A setting is found in its own table, and one that is missing by its table; the agenda has a key as well."""
    text = SETTINGS.replace(old, new, 1)
    with pytest.raises(WrongSetting) as error:
        settings.publication(write(tmp_path, {"publication.toml": text}))
    assert error.value.where.endswith(f"publication.toml:{text.splitlines().index(named) + 1}")


def test_settings_saved_as_txt_are_named(tmp_path: Path) -> None:
    """A text editor that puts .txt behind the name is the usual reason that there are no settings."""
    (tmp_path / "publication.toml.txt").write_text(SETTINGS)
    with pytest.raises(UnreadableInput) as error:
        settings.publication(tmp_path)
    assert "Rename publication.toml.txt to publication.toml: your text editor put .txt behind it." == error.value.remedy


def test_folder_without_settings_is_an_error(tmp_path: Path) -> None:
    """A folder that is no publication says what a publication is."""
    with pytest.raises(UnreadableInput, match=r"publication\.toml"):
        settings.publication(tmp_path)


def test_what_the_settings_say_of_a_heading_counts(tmp_path: Path) -> None:
    """A heading that the settings give to one column is taken from the column that it means elsewhere."""
    given = SETTINGS + '\n[columns]\ntitle = ["Omschrijving"]\npartners = ["Betrokken partijen"]\n'
    columns = settings.publication(write(tmp_path, {"publication.toml": given})).columns
    assert "Omschrijving" in columns["title"]
    assert "omschrijving" not in columns["description"]
    assert "Betrokken partijen" in columns["partners"]
    assert "betrokken partijen" not in columns["parties"]
    assert "toelichting" in columns["description"]


def test_heading_of_title_and_description_is_both(tmp_path: Path) -> None:
    """A heading under title and description: the first line of its cells is the title, the rest the description."""
    given = SETTINGS.replace("agenda.txt", "agenda.csv") + '\n[columns]\ntitle = ["Wat"]\ndescription = ["Wat"]\n'
    table = 'nr;Wat;Trekker\n1;"Sloten\n\nMeten hoe schoon het water is.";GZ\n'
    city = settings.publication(write(tmp_path, {"publication.toml": given, "agenda.csv": table}))
    ((item,),) = pipeline.read(city).entries.values()
    assert ("Sloten", "Meten hoe schoon het water is.") == (item.entry.title, item.entry.description)


def test_heading_of_two_columns_is_an_error(tmp_path: Path) -> None:
    """A heading is that of one column."""
    given = SETTINGS + '\n[columns]\ntitle = ["Actie"]\nleads = ["actie"]\n'
    with pytest.raises(WrongSetting, match="stands under title as well"):
        settings.publication(write(tmp_path, {"publication.toml": given}))


@pytest.mark.parametrize(
    ("setting", "expected"), [("", None), ('struck = "keep"', False), ('struck = "leave out"', True)]
)
def test_struck_text(setting: str, expected: bool | None, tmp_path: Path) -> None:
    """Struck text is left out where the settings say so; without a word, nobody decided."""
    given = f"{SETTINGS}\n[reading]\n{setting}\n"
    assert expected is settings.publication(write(tmp_path, {"publication.toml": given})).leaves_out_struck


def test_pipeline_leaves_struck_text_out(tmp_path: Path) -> None:
    """The setting reaches the entries."""
    given = SETTINGS.replace("agenda.txt", "agenda.docx") + '\n[reading]\nstruck = "leave out"\n'
    struck = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    rows = (word_row("1a", "Sloten", "x", "GZ"), word_row(*map(struck.format, ("1b", "Duin", "y", "GZ"))))
    word(write(tmp_path, {"publication.toml": given}) / "agenda.docx", word_table(*rows))
    found = pipeline.read(settings.publication(tmp_path))
    assert "struck-left-out" in {finding.code for finding in found.findings}
    assert "number-left-out" not in {finding.code for finding in found.findings}


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (SETTINGS.replace('"zandwijk"', "“zandwijk”"), 6, "curly quotation marks"),
        (f"{SETTINGS}[extra]\n[extra]\n", SETTINGS.count("\n") + 2, r"\[extra\] stands in the file twice"),
        (SETTINGS.replace('"agenda.txt"', '"C:\\Users\\agenda.txt"'), 14, "backslash"),
        (SETTINGS.replace('key = "2030"', "key 2030"), 13, "cannot be read"),
    ],
)
def test_line_that_is_no_toml_is_named(tmp_path: Path, content: str, line: int, what: str) -> None:
    """What a text editor made of the settings is said with its line and what to type instead."""
    folder = write(tmp_path / "city", {"publication.toml": content})
    with pytest.raises(UnreadableInput, match=what) as error:
        settings.publication(folder)
    assert error.value.where.endswith(f"publication.toml:{line}")
    assert error.value.remedy


@pytest.mark.parametrize("codec", ["utf-8-sig", "cp1252", "utf-16"])
def test_settings_as_a_text_editor_saves_them(tmp_path: Path, codec: str) -> None:
    """A byte order mark, Windows-1252 and UTF-16 change nothing."""
    folder = write(tmp_path / "city")
    content = SETTINGS.replace("verzonnen stad", "stad aan zeeën")
    (folder / "publication.toml").write_bytes(content.replace("\n", "\r\n").encode(codec))
    assert {"nl": "De agenda van een stad aan zeeën."} == settings.publication(folder).agenda.description


def test_text_is_told_in_the_language_of_the_publication(tmp_path: Path) -> None:
    """A German city writes title.de; without it the error names that, and title.fr is no setting."""
    german = SETTINGS.replace('"nl"', '"de"').replace(".nl =", ".de =")
    told = settings.publication(write(tmp_path / "city", {"publication.toml": german})).agenda
    assert {"de": "Kennisagenda Zandwijk", "en": "Zandwijk knowledge agenda"} == told.title
    for wrong, what in (
        (german.replace("title.de", "title.en"), "editions.title.de"),
        (german.replace("title.de", "title.fr"), "Known here: de, en, nl"),
    ):
        with pytest.raises(WrongSetting) as error:
            settings.publication(
                write(
                    tmp_path / "city",
                    {"publication.toml": wrong.replace('title.en = "Zandwijk', 'title.de = "Zandwijk', 1)},
                )
            )
        assert what in str(error.value)


def test_new_publication_in_german_asks_for_german(tmp_path: Path) -> None:
    """What is still to be filled in has the language of the publication, and a text that is there is not asked for."""
    folder = tmp_path / "city"
    scaffold.write(folder)
    text = (folder / "publication.toml").read_text(encoding="utf-8").replace('language = "nl"', 'language = "de"')
    (folder / "publication.toml").write_text(text.replace('title.nl = ""', 'title.de = "Agenda"', 1), encoding="utf-8")
    with pytest.raises(WrongSetting) as error:
        settings.publication(folder)
    assert "agenda.title" not in str(error.value)
    assert "agenda.description.de" in str(error.value)
    assert ".nl" not in str(error.value)
