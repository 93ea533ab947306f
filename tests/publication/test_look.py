"""The look of a city: its colours are read, and checked on what they stand on, in light and in dark mode."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kennis_ld.errors import WrongSetting
from kennis_ld.model.look import LEAST_CONTRAST, Look, contrast
from kennis_ld.publication import scaffold, settings
from kennis_ld.publication.look import MOST_LOGO_BYTES, colours, tokens, unreadable
from kennis_ld.quality.messages import message
from tests import pipeline
from tests.conftest import ROOT
from tests.publications import SETTINGS, write


def look_of(folder: Path, site: str) -> Look:
    return settings.publication(write(folder, {"publication.toml": SETTINGS + site})).look


def test_colours_of_the_site_itself_can_be_read() -> None:
    """Each colour that text has stands out from each that it stands on, in both modes (WCAG 2.2, 1.4.3)."""
    shown = colours(Look())
    pairs = [(shown[name], shown[behind]) for name, token in tokens().items() for behind in token.on]
    assert pairs
    assert LEAST_CONTRAST <= min(contrast(front.light, back.light) for front, back in pairs)
    assert LEAST_CONTRAST <= min(contrast(front.dark, back.dark) for front, back in pairs)


def test_a_colour_that_is_given_once_can_be_read_in_dark_mode(tmp_path: Path) -> None:
    """A city gives its colour as its house style has it; in dark mode it is as much lighter as it takes."""
    look = look_of(tmp_path, '\n[site]\naccent = "#00f"\n')
    assert "#0000ff" == look.colours["accent"].light
    assert [] == list(unreadable(look, {}))


@pytest.mark.parametrize(
    ("site", "line", "words"),
    [
        ('accent = "#ffd100"', "publication.toml:{0}", "#ffd100 kan|De kleur #ffd100 is op #ffffff niet goed te lezen"),
        ('accent = { light = "#a3182b", dark = "#331111" }', "publication.toml:{0}", "In donkere weergave"),
        ('[site.tokens]\nutrecht-link-color = "#8ab"', "publication.toml:{1}", "De kleur #88aabb"),
        ('[site.tokens]\nutrecht-document-background-color = "#777"', "publication.toml:{1}", "op #777777"),
        ('[site.tokens]\nutrecht-button-primary-action-color = "#222"', "publication.toml:{1}", "op #1b1d20"),
    ],
)
def test_a_colour_that_cannot_be_read_stops_the_release(tmp_path: Path, site: str, line: str, words: str) -> None:
    """Too little contrast, also with a background that the city set, is a violation at the line of the setting."""
    folder = write(tmp_path, {"publication.toml": f"{SETTINGS}\n[site]\n{site}\n"})
    found = [message(each) for each in pipeline.read(settings.publication(folder)).findings if "contrast" in each.code]
    at = SETTINGS.count("\n") + 3
    assert {line.format(at, at + 1)} == {each.place for each in found}
    assert {"violation"} == {each.severity for each in found}
    assert any(re.search(words, each.message["nl"]) for each in found)


@pytest.mark.parametrize(
    ("site", "what"),
    [
        ('accent = "red"', "'red' is no colour"),
        ('accent = "#fff; } body { display: none"', "is no colour"),
        ('accent = { dark = "#ffffff" }', "light mode is missing"),
        ("accent = 7", "'7' is no colour"),
        ('logo = "logo.exe"', "is no picture"),
        ('logo = "weg.svg"', "cannot be read"),
        ('logo = "groot.png"', "larger than 100 kB"),
        ('colour = "#ffffff"', "there is no setting 'site.colour'"),
        ('[site.tokens]\nutrecht-link-colour = "#ffffff"', "Did you mean 'utrecht-link-color'"),
        ('[site.tokens]\nutrecht-document-font-family = "url(//elders.example/f)"', "no list of fonts"),
        ('tokens = "blauw"', "should be a table"),
    ],
)
def test_a_look_that_is_none_is_an_error(tmp_path: Path, site: str, what: str) -> None:
    """What is no colour, font or picture is named; nothing of it reaches a style sheet."""
    (tmp_path / "groot.png").write_bytes(b"x" * (MOST_LOGO_BYTES + 1))
    with pytest.raises(WrongSetting) as error:
        look_of(tmp_path, f"\n[site]\n{site}\n")
    assert what in str(error.value)


def test_the_starter_shows_each_setting_of_the_look(tmp_path: Path) -> None:
    """The lines about the look in a new publication, with the # taken away, are a look that passes."""
    text = (
        (Path(scaffold.__file__).parent / "starter" / "publication.toml")
        .read_text(encoding="utf-8")
        .partition("# [site]")[2]
    )
    lines = [line.removeprefix("# ") for line in text.splitlines() if re.match(r"# (?:[a-z.-]+ = |\[)", line)]
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    look = look_of(tmp_path, "\n[site]\n" + "\n".join(lines) + "\n")
    assert {token.name for token in tokens().values() if token.setting} | {"accent"} == set(look.colours)
    assert look.font
    assert look.logo
    assert [] == list(unreadable(look, {}))


def test_the_second_city_has_a_look_of_its_own() -> None:
    """Zandwijk shows how: a colour, a logo and a tagline."""
    look = settings.publication(ROOT / "data" / "zandwijk").look
    assert look.logo is not None
    assert ("#00658f", "image/svg+xml", {"nl", "en"}) == (
        look.colours["accent"].light,
        look.logo.media_type,
        set(look.tagline),
    )
