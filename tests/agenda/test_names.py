"""The turns of phrase of a parties cell: each word that divides, opens a list, casts doubt or gives a date."""

from __future__ import annotations

import pytest

from kennis_ld.agenda.names import MOST_WORDS_IN_A_NAME, names_of
from kennis_ld.agenda.parties import parties
from kennis_ld.agenda.persons import masked_cell
from kennis_ld.agenda.pieces import name_of
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.role_words import roles_in_heading
from kennis_ld.model import (
    Contact,
    Group,
    GroupName,
    Known,
    Mention,
    Nobody,
    OpenList,
    Organisation,
    Party,
    Remark,
    Role,
    Unknown,
    Unread,
    Way,
)
from kennis_ld.publication.language import default_words

LEAD, PARTNER = Role.LEAD, Role.PARTNER
CITY = Register(
    [
        Organisation("a", "A"),
        Organisation("b", "B"),
        Organisation("ab", "A en B"),
        Organisation("lab", "Lab", parents=("a",)),
        Organisation("x", "X (Oost)"),
        Organisation("lang", ", ".join("abcdefgh")),
        Organisation("langer", ", ".join("stuvwxyz1")),
        Organisation("div", "Div. Wonen"),
    ],
    [GroupName("scholen", "scholen", spellings=("scholen en clubs",), open=True), GroupName("ouders", "ouders")],
)
NOBODY = Register([], [])


def read(cell: str, register: Register = CITY, *, role: Role | None = LEAD) -> list[Party]:
    return list(parties(cell, role=role, lexicon=register, words=default_words()))


def texts(cell: str, register: Register = CITY) -> list[str]:
    return [getattr(party, "text", "contact") for party in read(cell, register)]


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("T:", LEAD), ("t :", LEAD), ("Trekker:", LEAD), ("trekkers:", LEAD), ("Trekker(s):", LEAD), ("Lead:", LEAD),
        ("leads:", LEAD), ("P:", PARTNER), ("P  :", PARTNER), ("Partner:", PARTNER), ("partners:", PARTNER),
        ("Partner(s):", PARTNER), ("Overige partners:", PARTNER), ("Partner/in:", PARTNER),
    ],
)  # fmt: skip
def test_word_that_gives_a_role(word: str, role: Role) -> None:
    """A list starts behind each of these words; before the first one the role is that of the column."""
    assert [Mention("A", role)] == read(f"{word} A", role=None)
    assert [Mention("B", PARTNER), Mention("A", role)] == read(f"B {word} A", role=PARTNER)


@pytest.mark.parametrize("word", ["(beoogde) partners:", "overige (beoogde) Partners:"])
def test_word_that_casts_doubt_on_its_list(word: str) -> None:
    """Who stands behind '(beoogde) partners:' in a cell is in doubt, and nobody behind the next word for a role."""
    expected = [Mention("A", PARTNER, doubt="beoogde"), Mention("B", PARTNER, doubt="beoogde"), Mention("Lab", LEAD)]
    assert expected == read(f"{word} A, B; trekker: Lab", role=None)


@pytest.mark.parametrize("cell", ["XT: A", "team: A", "A T B", "Partner B2"])
def test_word_that_gives_none(cell: str) -> None:
    """A letter at the end of a word, and a word without a colon, is part of a name."""
    assert {None} == {getattr(party, "role", None) for party in read(cell, role=None)}
    assert [Unread(cell)] == read(cell, role=None)


def test_words_without_a_role_are_kept_as_they_stand() -> None:
    """What stands before the first 'T:' or 'P:' in a column without a role is kept, and reading goes on behind it."""
    assert [Unread("Los woord,"), Mention("A", LEAD)] == read(" Los woord, T: A", role=None)
    assert [Mention("A", LEAD)] == read("– T: A", role=None)
    assert [Mention("A", LEAD), Mention("B", LEAD)] == read("T: A P: T: B", role=None)
    assert [] == read("", role=None) == read(" .;– ", role=LEAD) == read("T: P:", role=None)


@pytest.mark.parametrize(
    "between", [", ", ",", "; ", " ,en ", ", en ", ",  and ", " en ", " EN ", " and ", " + ", ", , ", ",;"]
)
def test_what_divides_names(between: str) -> None:
    """Commas, semicolons and the words for 'and' stand between two parties."""
    assert ["Een", "Twee"] == texts(f"Een{between}Twee", NOBODY)


def test_ampersand_between_names() -> None:
    """It divides where the register knows a side; between two unknown words it is most likely in a name."""
    assert ["A", "Twee"] == texts("A & Twee")
    assert ["Een", "A"] == texts("Een & A")
    assert ["Een & Twee"] == texts("Een & Twee")


def test_slash_behind_a_person() -> None:
    """It divides: nothing is a unit of a person."""
    assert ["contact", "Een"] == texts("[naam]/Een")
    assert ["Twee/Een"] == texts("Twee/Een")


@pytest.mark.parametrize(
    "cell", ["Een-Twee", "Een&Twee", "Een+Twee", "Eenen Twee", "Een enTwee", "Een. Twee", "Een Twee"]
)
def test_what_does_not(cell: str) -> None:
    """Without blanks around it a sign is part of the name, and so is a word that only begins or ends like 'en'."""
    assert [cell] == texts(cell, NOBODY)


@pytest.mark.parametrize("between", [" o.l.v. ", ", o.l.v. ", " O. L. V. ", " olv. ", " onder leiding van "])
def test_who_chairs_leads_as_well(between: str) -> None:
    """Behind 'o.l.v.' stands another lead, without a doubt."""
    expected = [Mention("Een", LEAD), Mention("Twee", LEAD)]
    assert (expected if "olv" not in between else [Mention("Een olv. Twee", LEAD)]) == read(f"Een{between}Twee", NOBODY)


@pytest.mark.parametrize(
    "words",
    [
        "in samenwerking met", "in nauwe samenwerking met", "in goede samenwerking met", "met samenwerking met",
        "i.s.m.", "I. S. M.", "samen met",
    ],
)  # fmt: skip
def test_who_works_along_is_in_doubt(words: str) -> None:
    """Those behind these words have the role in doubt, all of them in that list, with the words that say so."""
    for comma in ("", ","):
        assert [
            Mention("Een", LEAD),
            Mention("Twee", LEAD, doubt=words),
            Mention("Drie", LEAD, doubt=words),
            Mention("A", PARTNER),
        ] == read(f"Een{comma} {words} Twee, Drie P: A", NOBODY)


@pytest.mark.parametrize(
    "words",
    [
        "e.a.", "e.a", "E. a.", "etc", "etc.", "en etc.", "enz", "enz.", "et al", "et al.", "anderen", "en anderen",
        "vele anderen", "nog veel anderen", "en nog vele anderen", "andere partners", "en andere partijen",
        "meer organisaties", "nog veel meer partners", "andere partners buiten de stad", "and others", "other parties",
        "and many other organisations", "more partners", "many more parties elsewhere",
        "and many others", "others",
    ],
)  # fmt: skip
def test_words_that_leave_the_list_open(words: str) -> None:
    """Each of these says that the list goes on, behind a comma or behind a blank; what 'and' stands before it goes."""
    for between in (", ", " "):
        (one, opened) = read(f"Een{between}{words}", NOBODY)
        assert (Mention("Een", LEAD), OpenList) == (one, type(opened))
        assert isinstance(opened, OpenList)
        assert words.endswith(opened.text)
        assert words.removesuffix(opened.text).strip() in {"", "en", "and"}
    assert [OpenList(read(f"A, {words}")[-1].text, LEAD), Mention("B", LEAD)] == read(f"A, {words}, B")[1:]  # type: ignore[union-attr]


@pytest.mark.parametrize("words", ["Theater", "etcetera", "De anderen-groep", "Andere Kijk", "Meer Muziek", "Mothers"])
def test_words_that_only_look_like_it(words: str) -> None:
    """A name that begins like such a word is a name."""
    assert not [party for party in read(words, NOBODY) if isinstance(party, OpenList) and party.text == words]


@pytest.mark.parametrize("word", ["div.", "Div", "diverse", "verschillende", "overige", "several", "various", "other"])
def test_group_whose_members_are_left_open(word: str) -> None:
    """A name that begins with such a word is an open group, whatever the list of groups says."""
    assert [Group(f"{word} scholen", LEAD)] == read(f"{word} scholen", NOBODY)
    assert [True] == [group.open for group in read(f"{word} scholen", NOBODY) if isinstance(group, Group)]


def test_groups_of_the_list() -> None:
    """A group of the list is one, with 'en' in it too; open only where the list says so."""
    assert [Group("scholen en clubs", LEAD), Group("ouders", LEAD)] == read("scholen en clubs, ouders?")[:1] + read(
        "ouders"
    )
    found = [party for text in ("scholen.", "ouders") for party in read(text)]
    assert [True, False] == [group.open for group in found if isinstance(group, Group)]
    assert [Group("diverse", LEAD)] == read("diverse", NOBODY)
    assert [Mention("Div. Wonen", LEAD)] == read("Div. Wonen")


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("tot 1/2/23", "", "2023-02-01"),
        ("tot en met 1/2/23", "", "2023-02-01"),
        ("Tot  en met 01-02-2023", "", "2023-02-01"),
        ("t/m 1.2.23", "", "2023-02-01"),
        ("until 31 12 99", "", "2099-12-31"),
        ("vanaf 1/2/23", "2023-02-01", ""),
        ("sinds 1/2/2023", "2023-02-01", ""),
        ("per 1/2/00", "2000-02-01", ""),
        ("na 1/2/1999", "1999-02-01", ""),
        ("from 1/2/23", "2023-02-01", ""),
        ("since 1/2/23", "2023-02-01", ""),
        ("after 1/2/23", "2023-02-01", ""),
        ("vanaf 2025", "2025", ""),
        ("from 2025", "2025", ""),
        ("ab 2025", "2025", ""),
        ("tot 2026", "", "2026"),
        ("t/m 2026", "", "2026"),
        ("2025-2027", "2025", "2027"),
        ("2025 – 2027", "2025", "2027"),
        ("2025/2027", "2025", "2027"),
        ("2025 t/m 2027", "2025", "2027"),
        ("from 2025 until 2027", "2025", "2027"),
        ("vanaf 2025 tot en met 2027", "2025", "2027"),
    ],
)
def test_words_that_give_a_period(words: str, start: str, end: str) -> None:
    """In brackets behind a name they are its start or its end, day before month; a year alone is a year."""
    assert [Mention("A", LEAD, start=start, end=end)] == read(f"A ({words})")
    assert [Mention("A", LEAD, start=start, end=end), Mention("B", LEAD)] == read(f"A ( {words} ), B")


@pytest.mark.parametrize(
    "words",
    [
        "medio 2023",
        "2027-2025",
        "2025-10",
        "2025",
        "voor 1/2/23",
        "tot 1/2/23 of later",
        "1/2/23",
        "tot 1/13/23",
        "tot 1/2/123",
    ],
)
def test_words_that_give_none(words: str) -> None:
    """What is no day or year is a remark, and a period behind nothing is one too."""
    assert [Mention("A", LEAD), Remark(words, LEAD)] == read(f"A ({words})")
    assert [Remark("tot 1/2/23", LEAD), Mention("A", LEAD)] == read("(tot 1/2/23) A")
    assert [Group("ouders", LEAD), Remark("tot 1/2/23", LEAD)] == read("ouders (tot 1/2/23)")


def test_a_year_beside_a_day() -> None:
    """A year is its first or its last day where the other side is a day, for a year and a day have no order."""
    assert [Mention("A", LEAD, start="2025-01-01", end="2026-05-01")] == read("A (vanaf 2025) (tot 1/5/26)")
    assert [Mention("A", LEAD, start="2025-05-01", end="2026-12-31")] == read("A (tot 2026) (vanaf 1/5/25)")


def test_two_periods_are_a_start_and_an_end() -> None:
    """A start and an end may each stand in brackets of their own."""
    expected = Mention("A", LEAD, start="2023-01-01", end="2024-01-01")
    assert [expected] == read("A (na 1/1/23) (tot 1/1/24)")


@pytest.mark.parametrize("cell", ["A?", "A ?", "A (?)", "A ( ? )", "A (??)", "A?."])
def test_question_mark(cell: str) -> None:
    """A question mark behind a name or in brackets behind it is a doubt, and no part of the name."""
    (mention,) = read(cell)
    assert isinstance(mention, Mention)
    assert ("A", "?") == (name_of(mention.text), mention.doubt)


def test_brackets() -> None:
    """Parties of the register in brackets are parties, other words a remark; a name may have brackets itself."""
    assert [Mention("Een", LEAD), Mention("A", LEAD), Mention("Twee", LEAD)] == read("Een (A, Twee)")
    assert [Mention("Een", LEAD), Group("ouders", LEAD)] == read("Een (ouders)")
    assert [Mention("Een", LEAD), Remark("Twee, Drie", LEAD)] == read("Een (Twee, Drie)")
    assert [Mention("X (Oost)", LEAD), Mention("A", LEAD)] == read("X (Oost), A")
    assert [Mention("Een", LEAD), Remark("twee (drie) vier", LEAD)] == read("Een (twee (drie) vier)")
    assert [Mention("Een (twee", LEAD)] == read("Een (twee")
    assert [Mention("Een", LEAD), Remark("x", LEAD), Mention("Twee", LEAD)] == read("Een (x)Twee")
    assert [] == read("()")
    assert [Mention("A", LEAD)] == read("A ()")
    assert [Nobody("?", LEAD)] == read("(?)")
    assert [Group("ouders", LEAD), Nobody("?", LEAD)] == read("ouders (?)")


def test_longest_name_of_the_register_counts() -> None:
    """A run of pieces that the register knows as one name is one party, up to eight pieces of it."""
    assert 8 == MOST_WORDS_IN_A_NAME
    assert ["A en B", "A"] == texts("A en B en A")
    assert ["B", "A"] == texts("B en A")
    assert [", ".join("abcdefgh"), "B"] == texts(f"{', '.join('abcdefgh')}, B")
    assert [*"stuvwxyz1"] == texts(", ".join("stuvwxyz1"))


def test_how_far_names_are_looked_for() -> None:
    """A unit stands behind its whole without a sign, with sixteen words together; forty words are divided in names."""
    whole, unit = f"Stichting {' '.join('abcdefg')}", f"Lab {' '.join('tuvwxyz')}"
    city = Register(
        [
            Organisation("whole", whole),
            Organisation("unit", unit, parents=("whole",)),
            Organisation("longer", f"{unit} 2", parents=("whole",)),
        ],
        [],
    )
    names = names_of(city, default_words())
    assert Known("unit", Way.UNIT) == names.resolved(f"{whole} {unit}")
    assert Unknown() == names.resolved(f"{whole} {unit} 2")
    rows = [names_of(CITY, default_words()).segmented(" ".join(["A"] * count)) for count in (40, 41)]
    assert [True, False] == list(map(bool, rows))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("A/Lab", ["A/Lab"]),
        ("A / Lab", ["A / Lab"]),
        ("A/ Lab, B", ["A/ Lab", "B"]),
        ("Lab/A", ["Lab", "A"]),
        ("A/B", ["A", "B"]),
        ("A / B", ["A", "B"]),
        ("B/Lab", ["B", "Lab"]),
        ("A/Nieuw", ["A/Nieuw"]),
        ("A / Nieuw", ["A", "Nieuw"]),
        ("A /Nieuw", ["A", "Nieuw"]),
        ("Nieuw/A", ["Nieuw", "A"]),
        ("Nieuw/Ander", ["Nieuw/Ander"]),
        ("Nieuw / Ander", ["Nieuw", "Ander"]),
        ("Nieuw/ouders", ["Nieuw", "ouders"]),
        ("A/ouders", ["A", "ouders"]),
        ("Nieuw/Ander/Derde", ["Nieuw", "Ander", "Derde"]),
        ("Nieuw/(Ander)", ["Nieuw", "Ander"]),
        ("Nieuw/", ["Nieuw"]),
        ("A, Nieuw/Ander", ["A", "Nieuw/Ander"]),
    ],
)
def test_slash_is_a_unit_or_and(cell: str, expected: list[str]) -> None:
    """A unit stands behind its whole; an unknown word stays with the word that a tight slash ties it to."""
    assert expected == texts(cell)


@pytest.mark.parametrize(
    ("text", "name"),
    [(" A. ", "A"), ("A?", "A"), ("A ?.", "A"), ("– A –", "A"), ("A  B", "A B"), (";A:", "A"), ("St. A", "St. A")],
)
def test_name_without_what_stands_around_it(text: str, name: str) -> None:
    """A name is what is left without punctuation and a question mark; a full stop inside it stays."""
    assert name == name_of(text)
    assert "A." == texts(" A. ")[0]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("T: A Contact: Voor Beeld", "T: A Contact: [naam]"),
        ("T: A Contact: Voor Beeld P: B", "T: A Contact: [naam] P: B"),
        ("Contactpersoon : V. Beeld", "Contactpersoon : [naam]"),
        ("contactpersonen: Een en Twee", "contactpersonen: [naam]"),
        ("Contactperson: X T: A contact: Y", "Contactperson: [naam] T: A contact: [naam]"),
        ("T: A Contact:", "T: A Contact:"),
        ("T: A Contact: P: B", "T: A Contact: P: B"),
        ("T: Contactpunt: A", "T: Contactpunt: A"),
        ("T: A", "T: A"),
    ],
)
def test_name_of_a_contact_person_is_masked(cell: str, expected: str) -> None:
    """The name behind 'Contact:' goes, up to the next role; nothing is masked where no name stands."""
    assert expected == masked_cell(cell, words=default_words(), lexicon=NOBODY)


def test_contact_persons_are_said_and_not_read() -> None:
    """A contact person in each list is said; the parties before and behind it are read."""
    assert [Mention("A", LEAD), Contact(), Mention("B", PARTNER), Contact()] == read(
        "T: A Contact: X P: B Contact: Y", role=None
    )
    assert [Contact()] == read("Contact: X", role=None)


@pytest.mark.parametrize(
    ("heading", "role", "expected"),
    [
        ("T: Trekker P: overige (beoogde) Partners", None, (PARTNER,)),
        ("T: beoogde trekker P: partner", None, (LEAD,)),
        ("Beoogd partner", PARTNER, (PARTNER,)),
        ("Intended leads", LEAD, (LEAD,)),
        ("Beoogdheid", PARTNER, ()),
        ("Partners", PARTNER, ()),
        ("Beoogde partijen", None, ()),
    ],
)
def test_who_a_heading_calls_intended(heading: str, role: Role | None, expected: tuple[Role, ...]) -> None:
    """The heading says it of a role; where it has no role it says it of nobody."""
    assert expected == roles_in_heading(heading, role, words=default_words())


def test_line_with_a_group_is_no_rest_of_a_name() -> None:
    """A line that begins with a word for a group stands for itself, though it begins small."""
    assert ["Jobcentre Oost", "local employers"] == texts("Jobcentre Oost\nlocal employers", NOBODY)


def test_legal_form_stays_with_its_name() -> None:
    """'eG' is a legal form and no 'e.g.'."""
    assert [Mention("Genossenschaft Anger eG", LEAD)] == read("Genossenschaft Anger eG", NOBODY)


@pytest.mark.parametrize("cell", ["beoogd: A", "beoogd A", "evt.: A"])
def test_word_for_perhaps_before_a_colon(cell: str) -> None:
    """A colon behind it does not make it part of the name."""
    (party,) = read(cell)
    assert isinstance(party, Mention)
    assert ("A", True) == (party.name, bool(party.doubt))


@pytest.mark.parametrize("name", ["CLB's", "CLB’s", "CBSs", "vrijwilligers uit de wijk", "zorgpartijen"])
def test_members_of_a_group_are_not_left_open(name: str) -> None:
    """A plural names a group, of whose members it is not said that there are more."""
    (group,) = read(name, NOBODY)
    assert isinstance(group, Group)
    assert (name, False) == (group.text, group.open)


@pytest.mark.parametrize("cell", ["A trekker", "A, trekker", "A (trekker)", "A als trekker", "A: trekker?"])
def test_role_behind_a_name(cell: str) -> None:
    """A word for a role behind a name gives it that role, whatever the role of the column."""
    assert [("A", LEAD)] == [
        (party.name, party.role) for party in read(cell, role=PARTNER) if isinstance(party, Mention)
    ]


@pytest.mark.parametrize(
    "piece",
    ["woord ", "regen valt\n\n", "((a ", "Contact: Anna Visser, 06-10000001. ", "De zee, (of het zand) bij regen. "],
)
def test_twice_the_text_takes_twice_as_many_names_to_look_up(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is longer than any name is not looked up, nor each of its beginnings and ends."""
    looked_up: list[str] = []
    resolve = Register.resolve
    monkeypatch.setattr(Register, "resolve", lambda self, name: looked_up.append(name) or resolve(self, name))

    def letters(count: int) -> int:
        looked_up.clear()
        masked_cell(
            piece * count, words=default_words(), lexicon=Register([Organisation("a", "Gemeente Aalderen")], [])
        )
        return sum(map(len, looked_up))

    assert letters(400) <= 2.5 * letters(200) + 1_000
