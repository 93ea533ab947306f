"""The grammar of the parties cell, on cells as they stand in the document and on every text there can be."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennis_ld.agenda.parties import parties
from kennis_ld.agenda.persons import masked_cell
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.role_words import roles_in_heading
from kennis_ld.agenda.wording import MASKED
from kennis_ld.model import Contact, Group, GroupName, Mention, OpenList, Organisation, Party, Remark, Role, Unread
from kennis_ld.publication.language import default_words, lists

LEAD, PARTNER = Role.LEAD, Role.PARTNER


def read(cell: str, register: Register) -> list[Party]:
    return list(parties(cell, role=None, lexicon=register, words=default_words()))


def masked(cell: str, register: Register) -> str:
    return masked_cell(cell, words=default_words(), lexicon=register)


def short(found: list[Party]) -> list[str]:
    """Each party as 'T:UL', 'P:[inwoners]' for a group, 'P:…e.a.' for an open list, '#remark'."""
    shown = []
    for party in found:
        match party:
            case Mention(text, role):
                shown.append(f"{role.notation}:{text}")
            case Group(text, role):
                shown.append(f"{role.notation}:[{text}]")
            case OpenList(text, role):
                shown.append(f"{role.notation}:…{text}")
            case Remark(text):
                shown.append(f"#{text}")
            case Contact():
                shown.append("contact")
            case Unread(text):
                shown.append(f"unread:{text}")
    return shown


CELLS = {
    "1a several leads with 'en', a group between partners": (
        "T: UL en GL P: HsL, mboR, Naturalis, partners preventie-akkoord, LUMC",
        ["T:UL", "T:GL", "P:HsL", "P:mboR", "P:Naturalis", "P:[partners preventie-akkoord]", "P:LUMC"],
    ),
    "1c a slash with a blank behind it is still 'unit of'": (
        "T: StudioMoio, HsL/ lectoraat Recht en Rechtvaardigheid P: mboR, GL",
        ["T:StudioMoio", "T:HsL/ lectoraat Recht en Rechtvaardigheid", "P:mboR", "P:GL"],
    ),
    "1f 'e.a.' without a comma": (
        "T: GL P: HsL, UL, mboR, Leren met de Stad, LUMC e.a.",
        ["T:GL", "P:HsL", "P:UL", "P:mboR", "P:Leren met de Stad", "P:LUMC", "P:…e.a."],
    ),
    "1m 'e.a.' before a group": (
        "T: GL P: LUMC, Leyden Academy, HsL, NeLL, e.a. Partijen in de ouderenzorg",
        ["T:GL", "P:LUMC", "P:Leyden Academy", "P:HsL", "P:NeLL", "P:…e.a.", "P:[Partijen in de ouderenzorg]"],
    ),
    "what an unknown name in capitals does, behind a sign": (
        "T: OM = alleen vergunningen",
        ["T:OM", "#alleen vergunningen"],
    ),
    "a short word for a role between two names": (
        "Partner UL lead GL",
        ["P:UL", "T:GL"],
    ),
    "a dash behind a name that ends in a known one": (
        "T: Fonds Zee noch UL – Atlas",
        ["T:Fonds Zee noch UL", "T:Atlas"],
    ),
    "1n 'en' and a full stop at the end": (
        "T: UI, CS Lab P: GL en politie, Leren met de Stad.",
        ["T:UI", "T:CS Lab", "P:GL", "P:politie", "P:Leren met de Stad."],
    ),
    "1r a blank before the colon": (
        "T : LOC waardevolle zorg P : Leyden Academy, GL, LUMC, mboRijnland",
        ["T:LOC waardevolle zorg", "P:Leyden Academy", "P:GL", "P:LUMC", "P:mboRijnland"],
    ),
    "1s no 'P:' at all": (
        "T : GL, UL/FdR, Leidse Rechtswinkel",
        ["T:GL", "T:UL/FdR", "T:Leidse Rechtswinkel"],
    ),
    "2c ', en' before an open list": (
        "T: Naturalis P: GL, Hortus, UL, HsL, inwoners, en nog vele andere partners buiten Leiden",
        [
            "T:Naturalis",
            "P:GL",
            "P:Hortus",
            "P:UL",
            "P:HsL",
            "P:[inwoners]",
            "P:…nog vele andere partners buiten Leiden",
        ],
    ),
    "2d a slash between two parties": (
        "T: Naturalis / Radboud Uni P: GL, HsL, inwoners, en andere partners buiten Leiden",
        ["T:Naturalis", "T:Radboud Uni", "P:GL", "P:HsL", "P:[inwoners]", "P:…andere partners buiten Leiden"],
    ),
    "2g 'en' inside an open list": (
        "T: HsL P: Naturalis, UL, andere partners in en buiten Leiden",
        ["T:HsL", "P:Naturalis", "P:UL", "P:…andere partners in en buiten Leiden"],
    ),
    "2i a group between two names": (
        "T: HsL P: PLNT, GL, PZH, LBSP en diverse werkgevers, CS Lab",
        ["T:HsL", "P:PLNT", "P:GL", "P:PZH", "P:LBSP", "P:[diverse werkgevers]", "P:CS Lab"],
    ),
    "2j a contact person": (
        "T: GL P: UL, HsL, Naturalis, mboR Contact: Voor Beeld",
        ["T:GL", "P:UL", "P:HsL", "P:Naturalis", "P:mboR", "contact"],
    ),
    "3a parties in brackets behind a group with 'en' in it": (
        (
            "T: Cultuurfonds Leiden, Leiden Kennisstad P: kennisinstellingen en partners die zich met letteren "
            "bezighouden (FGW, FSW, FdR, het LEF, musea etc)"
        ),
        [
            "T:Cultuurfonds Leiden",
            "T:Leiden Kennisstad",
            "P:[kennisinstellingen en partners die zich met letteren bezighouden]",
            "P:FGW",
            "P:FSW",
            "P:FdR",
            "P:het LEF",
            "P:[musea]",
            "P:…etc",
        ],
    ),
    "3f 'en' inside a name, and 'en anderen'": (
        "T: UL, Gem P: Leiden en Partners, Cultuurfonds en anderen",
        ["T:UL", "T:Gem", "P:Leiden en Partners", "P:Cultuurfonds", "P:…anderen"],
    ),
    "4/1 slashes that mean 'and'": (
        "T: HsL/UL /GL P: GL, HsL, UL, SOL etc.",
        ["T:HsL", "T:UL", "T:GL", "P:GL", "P:HsL", "P:UL", "P:SOL", "P:…etc."],
    ),
    "4/2 unnamed bodies in brackets are a remark": (
        (
            "T: (aparte organisatie voor fysieke ontwikkeling LBSP en aparte parkorganisatie) GL, in nauwe "
            "samenwerking met UL, LUMC P: OVBS, MRDH, Prov, etc."
        ),
        [
            "#aparte organisatie voor fysieke ontwikkeling LBSP en aparte parkorganisatie",
            "T:GL",
            "T:UL",
            "T:LUMC",
            "P:OVBS",
            "P:MRDH",
            "P:Prov",
            "P:…etc.",
        ],
    ),
    "4/3 no blank behind the colon": ("T:HsL P: gem, UL", ["T:HsL", "P:gem", "P:UL"]),
    "4/1 a comma inside a name of the register": (
        "T: UL, faculteit rechtsgeleerdheid P: alumni, gemeente, PLNT, HsL",
        ["T:UL, faculteit rechtsgeleerdheid", "P:[alumni]", "P:gemeente", "P:PLNT", "P:HsL"],
    ),
    "4/2 a semicolon, and 'en' inside a group": (
        "T: Leren met de Stad, GL P: HsL en UL, div instituten en faculteiten; politie",
        ["T:Leren met de Stad", "T:GL", "P:HsL", "P:UL", "P:[div instituten en faculteiten]", "P:politie"],
    ),
    "4/6 'o.l.v.' names a second lead": (
        "T: werkgroep studentenhuisvesting o.l.v. UL P: GL, DUWO, HsL",
        ["T:werkgroep studentenhuisvesting", "T:UL", "P:GL", "P:DUWO", "P:HsL"],
    ),
    "4/7 an ampersand inside a name, a slash between two": (
        "T: GL, L&P/ECL P: regiogemeenten, LBSP",
        ["T:GL", "T:L&P", "T:ECL", "P:[regiogemeenten]", "P:LBSP"],
    ),
    "4/11 a comma before 'P:'": ("T: mboRijnland, P: GL", ["T:mboRijnland", "P:GL"]),
    "no 'T:' and no 'P:'": ("UL, GL", ["unread:UL, GL"]),
    "only dashes": ("–", []),
}


@pytest.mark.parametrize("name", CELLS)
def test_cell_is_read_as_a_person_reads_it(name: str, register: Register) -> None:
    """Each turn of phrase in the document gives the parties that a person reads in it, in the order of the cell."""
    cell, expected = CELLS[name]
    assert expected == short(read(cell, register))


def test_question_mark_is_kept_as_doubt(register: Register) -> None:
    """'Cultuurfonds Leiden?' (3g) is a lead, and the doubt of the source goes with it."""
    (mention,) = read("T: Cultuurfonds Leiden?", register)
    assert Mention("Cultuurfonds Leiden?", LEAD, doubt="?") == mention


def test_parties_alongside_are_doubtful_leads(register: Register) -> None:
    """Those 'in nauwe samenwerking met' whom a lead works (4/2) are leads only in doubt; the lead itself is sure."""
    found = read("T: GL, in nauwe samenwerking met UL, LUMC P: HsL", register)
    assert [("GL", ""), ("UL", "in nauwe samenwerking met"), ("LUMC", "in nauwe samenwerking met"), ("HsL", "")] == [
        (party.text, party.doubt) for party in found if isinstance(party, Mention)
    ]


def test_periods_become_dates(register: Register) -> None:
    """'(tot 1/1/23)' is an end and '(na 1/1/23)' a start (4/4), day before month."""
    found = read("T: Stuurgroep ECS (tot 1/1/23), stuurgroep LKS (na 1/2/2023)", register)
    assert [
        Mention("Stuurgroep ECS", LEAD, end="2023-01-01"),
        Mention("stuurgroep LKS", LEAD, start="2023-02-01"),
    ] == found


def test_impossible_date_is_a_remark(register: Register) -> None:
    """A date that does not exist is no date; its words are kept as a remark."""
    assert ["T:GL", "#tot 31/2/23"] == short(read("T: GL (tot 31/2/23)", register))


def test_period_before_a_colon_is_about_those_behind_it(register: Register) -> None:
    """'vanaf 2026: GL, UL' is the start of both; a semicolon, a line or another colon ends it."""
    found = read("T: GL P: vanaf 2026: UL, HsL; LUMC\nt/m 2027: Naturalis\nGL", register)
    assert [("", ""), ("2026", ""), ("2026", ""), ("", ""), ("", "2027"), ("", "")] == [
        (party.start, party.end) for party in found if isinstance(party, Mention)
    ]


def test_address_in_square_brackets_is_no_party(register: Register) -> None:
    """Of '[gl@stad.example]' nothing is left but that there was a contact person."""
    found = parties("GL\n[gl@stad.example]\n<ul@stad.example>", role=LEAD, lexicon=register, words=default_words())
    assert (Mention("GL", LEAD), Contact(), Contact()) == found


def test_column_gives_the_role_where_the_cell_does_not(register: Register) -> None:
    """In a table with a column of its own for leads, the cell needs no 'T:'."""
    found = parties("UL en GL", role=LEAD, lexicon=register, words=default_words())
    assert (Mention("UL", LEAD), Mention("GL", LEAD)) == found


def test_unknown_names_stay_whole() -> None:
    """Names that the register does not know are mentions of their own; a tight slash keeps a unit with its whole."""
    empty = Register([], [])
    assert ["T:Stichting Foo", "T:Bar", "P:XU/Lab", "P:diverse dingen"] == [
        text.replace("[", "").replace("]", "")
        for text in short(read("T: Stichting Foo, Bar P: XU/Lab, diverse dingen", empty))
    ]


def test_unit_of_a_known_whole_is_one_party() -> None:
    """'A/B' is the unit where the register says that B is a unit of A, and two parties where it does not."""
    register = Register(
        [
            Organisation("xu", "X-universiteit", abbreviations=("XU",)),
            Organisation("lab", "Stadslab", abbreviations=("SL",), parents=("xu",)),
            Organisation("hz", "Hogeschool Z", abbreviations=("HZ",)),
        ],
        [GroupName("scholen", "scholen")],
    )
    assert ["T:XU/SL", "T:XU", "T:HZ"] == short(read("T: XU/SL, XU/HZ", register))


def test_contact_name_is_masked_wherever_it_stands(register: Register) -> None:
    """The name of a contact person never passes; the words around it do."""
    assert "T: GL Contact: [naam] P: UL" == masked("T: GL Contact: A. B. van Voorbeeld P: UL", register)
    assert "T: GL contactpersoon: [naam]" == masked(masked("T: GL contactpersoon: A. Voorbeeld", register), register)


def test_heading_says_which_parties_are_intended() -> None:
    """'P: overige (beoogde) Partners' says that partners may be intended; it says nothing of leads."""
    assert (PARTNER,) == roles_in_heading("T: Trekker P: overige (beoogde) Partners", None, words=default_words())
    assert () == roles_in_heading("Trekker", LEAD, words=default_words())


WORDS = st.sampled_from(
    [
        *(
            "UL",
            "GL",
            "HsL",
            "T:",
            "P:",
            "T :",
            "en",
            ",",
            ";",
            "/",
            "(",
            ")",
            "e.a.",
            "etc.",
            "?",
            "inwoners",
            "Foo Bar",
        ),
        *(
            "o.l.v.",
            "i.s.m.",
            "div.",
            "tot 1/1/23",
            "31/2/23",
            "Leiden en Partners",
            "Contact",
            "é",
            "\u202e",
            "&",
            ".",
        ),
    ]
)


def test_doubt_before_a_colon_is_about_all_behind_it(register: Register) -> None:
    """It casts doubt on each of the list, whether the register knows the name or not."""
    found = parties("o.v.: Nieuwe Club, GL", role=PARTNER, lexicon=register, words=default_words())
    assert [("Nieuwe Club", "o.v."), ("GL", "o.v.")] == [
        (party.text, party.doubt) for party in found if isinstance(party, Mention)
    ]


@pytest.mark.parametrize(
    "share", ["40%", "8 uur p/w", "8 hours a week", "8 uur per week", "€ 40", "€ 40 mln", "1/3", "8 Std."]
)
def test_share_takes_no_word_of_the_name_behind_it(register: Register, share: str) -> None:
    """A share of the work or the money stands before a name, whose first letter is none of its own."""
    assert ["GL"] == [party.name for party in read(f"T: {share} GL", register) if isinstance(party, Mention)]


def test_amount_ends_where_a_word_begins() -> None:
    """The letter of *m* or *k* is no part of an amount where more letters follow."""
    share = default_words().share
    assert ["€ 40", "€ 40 m", "€ 40 k"] == [share.match(f"€ 40 {word}")[0].strip() for word in ("museum", "m", "k Z")]  # type: ignore[index]


def test_label_behind_a_role_takes_nothing_back(register: Register) -> None:
    """Who was called a lead in brackets stays one, whatever label stands before the names behind."""
    assert ["T:GL", "#iets nieuws", "P:UL"] == short(read("GL (trekker); iets nieuws: UL", register))


SEPARATORS = re.compile(
    r"(?i)o\.\s?l\.\s?v\.|i\.\s?s\.\s?m\.|\b(?:onder leiding van|samen met)\b"
    r"|\b(?:en|and|trekkers?|leads?|partners?|t|p|overige|beoogde)\b|[\W_]"
)
PERIOD_WORDS = "tot na en met t/m until vanaf sinds per from since after"


@pytest.mark.parametrize("role", ["lead", "partner"])
def test_every_word_for_a_role_is_read(role: str, register: Register) -> None:
    """Each word for a role gives one before a colon and in brackets, without its stop and before 'vom' as well."""
    for word in lists()["roles"][role]:
        for written in {word, word.rstrip("."), re.sub(" von$", " vom", word)}:
            mentions = [party.text for party in read(f"{written}: UL", register) if isinstance(party, Mention)]
            assert ["UL"] == mentions, written
            assert any("GL" in getattr(party, "text", "") for party in read(f"GL ({written}), UL", register)), written


@given(cell=st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=60))
def test_no_word_disappears(register: Register, cell: str) -> None:
    """Every word of a cell without a contact person ends in a party, is a separator, or is part of a period."""
    if masked(cell, register) != cell or MASKED.search(cell):
        return
    kept = ""
    for party in read(f"T: {cell}", register):
        assert not isinstance(party, Contact)
        kept += f" {party.text}"
        if isinstance(party, Mention):
            kept += f" {party.doubt} {PERIOD_WORDS if party.start or party.end else ''}"
            kept += "".join(f" {day:%d %m %y %Y} {day.day} {day.month}" for day in (party.start, party.end) if day)
    words = SEPARATORS.sub(" ", cell).split()
    assert [] == [word for word in words if word.casefold() not in kept.casefold()]


@given(st.text(max_size=80))
def test_masking_twice_is_masking_once(register: Register, cell: str) -> None:
    """A masked cell is stable, so a masked document can be read again."""
    once = masked(cell, register)
    assert once.split() == masked(once, register).split()
