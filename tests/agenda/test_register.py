"""The look-up of a name in the register: which organisation bears it, in which way, and what is a group."""

from __future__ import annotations

import pytest

from kennis_ld.agenda.register import Register, folded
from kennis_ld.agenda.wording import Words
from kennis_ld.model import Ambiguous, GroupName, Known, Organisation, Resolution, Unknown, Way

CITY = Register(
    [
        Organisation("xu", "Universiteit X", name_en="University of X", abbreviations=("XU",), spellings=("Univ. X",)),
        Organisation("recht", "Faculteit Recht", abbreviations=("FdR",), parents=("xu",)),
        Organisation("lab", "Stadslab", abbreviations=("SL",), parents=("recht",), doubtful_spellings=("Stadslap",)),
        Organisation("zu", "Universiteit Z", abbreviations=("ZU",)),
        Organisation("zu-lab", "Zandlab", abbreviations=("SL",), parents=("zu",)),
        Organisation("hz", "Hogeschool Z", abbreviations=("HZ", "Hz.")),
        Organisation("hertz", "Stichting Hertz", abbreviations=("Hz",)),
        Organisation("los", "Los", spellings=("XU", "los")),
        Organisation("twee", "Dubbel", parents=("xu", "zu")),
    ],
    [
        GroupName("scholen", "basisscholen", spellings=("scholen", "div. scholen"), open=True),
        GroupName("inwoners", "inwoners"),
    ],
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("UL", Known("ul", Way.ABBREVIATION)),
        ("Universiteit Leiden", Known("ul", Way.NAME)),
        ("Leiden University", Known("ul", Way.NAME)),
        ("Universiteit van Leiden", Known("ul", Way.SPELLING)),
        ("UI", Known("ul", Way.DOUBTFUL_SPELLING)),
        ("Gem", Known("gl", Way.ABBREVIATION)),
        ("UL/FSW", Known("ul-fsw", Way.SPELLING)),
        ("UL/ICLON", Known("iclon", Way.UNIT)),
        ("ICLON", Known("iclon", Way.NAME)),
        ("Prov.", Known("pzh", Way.SPELLING)),
        ("prov", Known("pzh", Way.SPELLING)),
        ("HsL/ lectoraat  Recht en Rechtvaardigheid", Known("hsl-lectoraat-recht", Way.SPELLING)),
        ("OVBS", Known("ovbsp", Way.DOUBTFUL_SPELLING)),
        ("Cultuurfonds", Known("cultuurfonds-leiden", Way.DOUBTFUL_SPELLING)),
        ("inwoners", Unknown()),
        ("GL/ICLON", Unknown()),
        ("Stichting Onbekend", Unknown()),
        ("", Unknown()),
    ],
)
def test_names_of_leiden(name: str, expected: Resolution, register: Register) -> None:
    """A name of the real agenda is that of one organisation, and the register says in which way."""
    assert expected == register.resolve(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("xu", Ambiguous(("los", "xu")), id="two bearers, neither spelled so"),
        pytest.param("XU", Ambiguous(("los", "xu")), id="two bearers, both spelled so"),
        pytest.param("SL", Ambiguous(("lab", "zu-lab")), id="two units of one name"),
        pytest.param("XU/SL", Known("lab", Way.UNIT), id="the whole tells which, at any depth"),
        pytest.param("FdR / SL", Known("lab", Way.UNIT), id="blanks around the slash"),
        pytest.param("ZU/SL", Known("zu-lab", Way.UNIT), id="the other whole"),
        pytest.param("HZ/SL", Unknown(), id="a unit of another whole"),
        pytest.param("SL/XU", Unknown(), id="the whole behind the unit"),
        pytest.param("XU/", Unknown(), id="nothing behind the slash"),
        pytest.param("Hz", Known("hertz", Way.ABBREVIATION), id="only one is spelled exactly so"),
        pytest.param("HZ", Known("hz", Way.ABBREVIATION), id="the other one"),
        pytest.param("hZ", Ambiguous(("hertz", "hz")), id="neither is"),
        pytest.param("stadslap", Known("lab", Way.DOUBTFUL_SPELLING), id="a doubtful spelling"),
        pytest.param("univ X", Known("xu", Way.SPELLING), id="without its full stop"),
        pytest.param("University  of X", Known("xu", Way.NAME), id="the English name"),
        pytest.param("Los", Known("los", Way.NAME), id="a name before its spelling"),
        pytest.param("XU/Dubbel", Known("twee", Way.UNIT), id="a unit of two wholes, by one"),
        pytest.param("ZU/Dubbel", Known("twee", Way.UNIT), id="and by the other"),
    ],
)
def test_which_organisation_a_name_means(name: str, expected: Resolution) -> None:
    """One bearer is known; of several the one spelled exactly so; a unit by its whole; else nobody is chosen."""
    assert expected == CITY.resolve(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hogeschool  Leiden", "hogeschool leiden"),
        ("Prov.", "prov"),
        ("St. ’t Huys", "st 't huys"),
        ("‘t Huys", "'t huys"),
        ("HsL/ lectoraat", "hsl / lectoraat"),
        ("Cafe\u0301", "café"),
        ("UL,", "ul"),
        (":UL;", "ul "),
        ("STRASSE", "straße"),
        ("ＧＬ", "gl"),
    ],
)
def test_what_makes_two_names_the_same(one: str, other: str) -> None:
    """Capitals, full stops, blanks, punctuation around it and forms of accents and apostrophes make no difference."""
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("UL", "U L"), ("café", "cafe"), ("A-B", "A B"), ("A(B)", "A")])
def test_what_keeps_two_names_apart(one: str, other: str) -> None:
    """Blanks, accents, hyphens and brackets inside a name do make a difference."""
    assert folded(one) != folded(other)


def test_units_of_any_depth() -> None:
    """An organisation is a unit of its parents and theirs, never of itself or of its units."""
    pairs = {("lab", "xu"), ("lab", "recht"), ("recht", "xu"), ("twee", "xu"), ("twee", "zu"), ("zu-lab", "zu")}
    keys = list(CITY.by_key)
    assert pairs == {(unit, whole) for unit in keys for whole in keys if CITY.is_unit(unit, whole)}


def test_groups() -> None:
    """A group is known by its name and spellings, and the list says whether its members are left open."""
    names = ["basisscholen", "Scholen", "div scholen", "inwoners", "XU", "ouders"]
    assert [True, True, True, True, False, False] == [CITY.is_group(name) for name in names]
    assert [True, True, True, False, False, False] == [CITY.is_open(name) for name in names]


def test_every_name_can_be_suggested() -> None:
    """The names for suggestions are those of the register as written, each once for each organisation."""
    names = CITY.names()
    assert ("Universiteit X", "xu") in names
    assert ("University of X", "xu") in names
    assert ("Stadslap", "lab") in names
    assert [("XU", "los"), ("XU", "xu")] == sorted(name for name in names if name[0].casefold() == "xu")
    assert [("SL", "lab"), ("SL", "zu-lab")] == sorted(name for name in names if name[0] == "SL")
    assert [("Los", "los")] == [name for name in names if name[0].casefold() == "los"]
    assert len(names) == len(set(names))


def test_register_keeps_its_order() -> None:
    """The organisations come in the order of the register and cannot be changed through it."""
    assert ["xu", "recht", "lab", "zu", "zu-lab", "hz", "hertz", "los", "twee"] == list(CITY.by_key)
    assert "Stadslab" == CITY.by_key["lab"].name
    with pytest.raises(TypeError):
        CITY.by_key["nieuw"] = CITY.by_key["lab"]  # type: ignore[index]


def test_an_article_takes_no_doubt_away(words: Words) -> None:
    """A doubtful spelling and an abbreviation are that behind an article as well; a name that is shortened is not."""
    register = Register(
        [Organisation("lab", "Stadslab van Duinstad", abbreviations=("SL",), doubtful_spellings=("Lab",))], [], words
    )
    found = {name: register.resolve(name) for name in ("het Lab", "het SL", "Stadslab Duinstad")}
    assert {
        "het Lab": Known("lab", Way.DOUBTFUL_SPELLING),
        "het SL": Known("lab", Way.ABBREVIATION),
        "Stadslab Duinstad": Known("lab", Way.SPELLING),
    } == found


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Sport & Welzijn", "sport"),
        ("Sport&Welzijn", "sport"),
        ("Sport + Welzijn", "sport"),
        ("Sport und Welzijn", "sport"),
        ("Sport Welzijn", ""),
        ("Cafe Zee", "cafe"),
        ("Cafx Zee", ""),
        ("Stadslab Zuid", "lab"),
        ("het Stadslab-Zuid", "lab"),
        ("Stichting Stadslab-Zuid", "lab"),
        ("Bouwhuis", "bouw"),
        ("Bouwhuis N.V.", "bouw"),
        ("de Bouwhuis", "bouw"),
        ("B.V.", ""),
    ],
)
def test_what_a_name_may_lack(name: str, key: str, words: Words) -> None:
    """One that is unknown is looked for without accents, hyphens, article and legal form; 'en' is as good as '&'."""
    register = Register(
        [
            Organisation("sport", "Sport en Welzijn"),
            Organisation("cafe", "Café Zee"),
            Organisation("lab", "Stadslab-Zuid"),
            Organisation("bouw", "Bouwhuis B.V."),
        ],
        [],
        words,
    )
    assert (Known(key, Way.SPELLING) if key else Unknown()) == register.resolve(name)


def test_name_without_its_place(words: Words) -> None:
    """A name without the place at its end means the one organisation of that name, in doubt; of two, nobody."""
    names = "Atheneum Zee", "Bibliotheek Zee", "Museum Zee", "Zee Museum", "Fonds Zand"
    city = Register([Organisation(name.replace(" ", "-"), name) for name in names], [], words)
    assert Known("Atheneum-Zee", Way.DOUBTFUL_SPELLING) == city.without_place("atheneum")
    assert Unknown() == city.without_place("Museum") == city.without_place("Fonds") == city.without_place("Zee")
