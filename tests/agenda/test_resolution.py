"""From a cell to participations: who takes part, in which role, how sure that is, since when, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from kennis_ld.agenda.register import Register
from kennis_ld.agenda.resolution import Resolver
from kennis_ld.iri import is_key
from kennis_ld.model import (
    Certainty,
    Entry,
    Finding,
    GroupName,
    Organisation,
    Participation,
    Place,
    ProjectEntry,
    Role,
    Way,
)
from kennis_ld.publication.language import default_words

LEAD, PARTNER = Role.LEAD, Role.PARTNER
STATED, INTENDED, DOUBTFUL = Certainty.STATED, Certainty.INTENDED, Certainty.DOUBTFUL
AT = Place("a.txt", 7, 8)


def resolve(
    cell: str, register: Register, *, role: Role | None = None, intended: tuple[Role, ...] = (PARTNER,)
) -> tuple[ProjectEntry, tuple[Finding, ...]]:
    """Resolves one cell of an entry, in a table that calls partners intended as that of Leiden does."""
    entry = Entry("1a", "Sloten", "", ((role, cell),), (), AT, intended)
    return Resolver(register, default_words()).resolve(entry, project="sloten", themes=("water", "peil"))


def short(item: ProjectEntry) -> list[tuple[str, str, Certainty, Way]]:
    return [
        (f"{part.role.notation}:{part.organisation}", part.doubt, part.certainty, part.way)
        for part in item.participations
    ]


def said(findings: tuple[Finding, ...]) -> list[tuple[str, str, Mapping[str, str]]]:
    return [(item.code, item.words, item.values) for item in findings]


def test_one_lead_and_one_partner(register: Register) -> None:
    """A mention becomes a participation with all that the cell, the heading and the register say of it."""
    item, findings = resolve("T: UL P: GL", register)
    entry = Entry("1a", "Sloten", "", ((None, "T: UL P: GL"),), (), AT, (PARTNER,))
    assert () == findings
    assert item == ProjectEntry(
        project="sloten",
        entry=entry,
        themes=("water", "peil"),
        participations=(
            Participation("sloten", "ul", LEAD, STATED, Way.ABBREVIATION, ("UL",)),
            Participation("sloten", "gl", PARTNER, INTENDED, Way.ABBREVIATION, ("GL",)),
        ),
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param(
            "T: GL, in nauwe samenwerking met UL, LUMC P: OVBS, MRDH, Prov, etc.",
            [
                ("T:gl", "", STATED, Way.ABBREVIATION),
                ("T:ul", "in nauwe samenwerking met", DOUBTFUL, Way.ABBREVIATION),
                ("T:lumc", "in nauwe samenwerking met", DOUBTFUL, Way.ABBREVIATION),
                ("P:ovbsp", "OVBS", DOUBTFUL, Way.DOUBTFUL_SPELLING),
                ("P:mrdh", "", INTENDED, Way.ABBREVIATION),
                ("P:pzh", "", INTENDED, Way.SPELLING),
            ],
            id="4/2",
        ),
        pytest.param(
            "T: Cultuurfonds Leiden? P: Gebr. de Nobel",
            [
                ("T:cultuurfonds-leiden", "?", DOUBTFUL, Way.NAME),
                ("P:gebr-de-nobel", "", INTENDED, Way.NAME),
            ],
            id="3g",
        ),
        pytest.param(
            "T: UI, CS Lab P: GL en politie",
            [
                ("T:ul", "UI", DOUBTFUL, Way.DOUBTFUL_SPELLING),
                ("T:cslab", "", STATED, Way.ABBREVIATION),
                ("P:gl", "", INTENDED, Way.ABBREVIATION),
                ("P:politie", "", INTENDED, Way.NAME),
            ],
            id="1n",
        ),
        pytest.param("T: UI?", [("T:ul", "?", DOUBTFUL, Way.DOUBTFUL_SPELLING)], id="the doubt of the source first"),
        pytest.param(
            "T: HsL/UL /GL P: GL",
            [
                ("T:hsl", "", STATED, Way.ABBREVIATION),
                ("T:ul", "", STATED, Way.ABBREVIATION),
                ("T:gl", "", STATED, Way.ABBREVIATION),
                ("P:gl", "", INTENDED, Way.ABBREVIATION),
            ],
            id="4/1: one organisation in two roles is two participations",
        ),
    ],
)  # fmt: skip
def test_cells_of_leiden(cell: str, expected: list[tuple[str, str, Certainty, Way]], register: Register) -> None:
    """Who is doubtful is never called stated or intended, whatever the heading of the column says."""
    item, _ = resolve(cell, register)
    assert expected == short(item)


@pytest.mark.parametrize(
    ("role", "intended", "expected"),
    [
        (LEAD, (), STATED),
        (LEAD, (PARTNER,), STATED),
        (LEAD, (LEAD,), INTENDED),
        (PARTNER, (), STATED),
        (PARTNER, (PARTNER,), INTENDED),
        (PARTNER, (LEAD, PARTNER), INTENDED),
        (PARTNER, (LEAD,), STATED),
    ],
)
def test_heading_says_who_is_intended(
    role: Role, intended: tuple[Role, ...], expected: Certainty, register: Register
) -> None:
    """An intended partner is never one that is merely stated, and the heading of one role says nothing of the other."""
    item, _ = resolve("UL", register, role=role, intended=intended)
    assert [(role, expected)] == [(part.role, part.certainty) for part in item.participations]


def test_dates_of_leiden(register: Register) -> None:
    """'(tot 1/1/23)' and '(na 1/1/23)' (4/4) are the end and the start of a participation, not of its certainty."""
    item, findings = resolve("T: Stuurgroep ECS (tot 1/1/23), stuurgroep LKS (na 1/2/23)", register)
    assert () == findings
    assert [
        (STATED, "", "2023-01-01", ("Stuurgroep ECS",)),
        (STATED, "2023-02-01", "", ("stuurgroep LKS",)),
    ] == [(part.certainty, part.start, part.end, part.mentions) for part in item.participations]


@pytest.mark.parametrize(
    ("cell", "mentions", "certainty", "doubt"),
    [
        ("T: GL, Gem", ("GL", "Gem"), STATED, ""),
        ("T: GL, GL", ("GL",), STATED, ""),
        ("T: GL?, Gem", ("GL?", "Gem"), STATED, ""),
        ("T: Gem, GL?", ("Gem", "GL?"), STATED, ""),
        ("T: GL?, Gem?", ("GL?", "Gem?"), DOUBTFUL, "?"),
    ],
)
def test_named_twice_in_one_role(
    cell: str, mentions: tuple[str, ...], certainty: Certainty, doubt: str, register: Register
) -> None:
    """One organisation named twice is one participation with both mentions, as sure as the surest of them."""
    (part,) = resolve(cell, register)[0].participations
    assert ("gl", mentions, certainty, doubt) == (part.organisation, part.mentions, part.certainty, part.doubt)


def test_named_twice_with_a_period(register: Register) -> None:
    """The start that one mention gives and the end that another gives are those of the one participation."""
    (part,) = resolve("T: GL (na 1/1/23), Gem (tot 1/1/25)", register)[0].participations
    assert ("2023-01-01", "2025-01-01") == (part.start, part.end)
    (part,) = resolve("T: GL (na 1/1/23), Gem (na 1/1/24)", register)[0].participations
    assert "2023-01-01" == part.start
    (part,) = resolve("T: GL (tot 1/1/23), Gem (tot 1/1/24)", register)[0].participations
    assert "2023-01-01" == part.end


def test_unknown_name_is_a_provisional_organisation(register: Register) -> None:
    """A name that the register does not know is published as provisional, and the finding says what it looks like."""
    resolver = Resolver(register, default_words())
    entry = Entry("1a", "Sloten", "", ((LEAD, "Stichting Blooom, Qqq"),), (), AT)
    item, findings = resolver.resolve(entry, project="sloten", themes=())
    assert [
        ("voorlopig-stichting-blooom", STATED, Way.PROVISIONAL, ("Stichting Blooom",), ""),
        ("voorlopig-qqq", STATED, Way.PROVISIONAL, ("Qqq",), ""),
    ] == [(part.organisation, part.certainty, part.way, part.mentions, part.doubt) for part in item.participations]
    assert (
        Organisation("voorlopig-stichting-blooom", "Stichting Blooom", provisional=True),
        Organisation("voorlopig-qqq", "Qqq", provisional=True),
    ) == resolver.provisional
    one, two = findings
    assert ("unknown-name", AT, "1a Sloten", "Stichting Blooom") == (one.code, one.place, one.subject, one.words)
    assert "Stichting Bloom" == one.values["suggestions"].split(" / ")[0]
    assert {"suggestions": ""} == two.values


def test_one_unknown_name_is_one_organisation_in_all_entries(register: Register) -> None:
    """However a name is spelled, in whichever entry, it is one provisional organisation, called as it came first."""
    resolver = Resolver(register, default_words())
    for cell in ("Bureau Zand.", "bureau zand", "BUREAU  ZAND"):
        entry = Entry("1a", "Sloten", "", ((LEAD, cell),), (), AT)
        (part,) = resolver.resolve(entry, project="sloten", themes=())[0].participations
        assert "voorlopig-bureau-zand" == part.organisation
    assert ["Bureau Zand"] == [organisation.name for organisation in resolver.provisional]


def test_two_unknown_names_never_get_one_key() -> None:
    """Names that make the same key, and one that has the key of the register, are told apart by a digest."""
    register = Register([Organisation("voorlopig-bureau-zee", "Bureau van de zee")], [])
    resolver = Resolver(register, default_words())
    cell = "Bureau Zand, Bureau-Zand, Bureau Zee, ☃, ☂"
    entry = Entry("1a", "Sloten", "", ((LEAD, cell),), (), AT)
    keys = [part.organisation for part in resolver.resolve(entry, project="sloten", themes=())[0].participations]
    assert 5 == len(set(keys))
    assert all(map(is_key, keys))
    assert "voorlopig-bureau-zand" == keys[0]
    assert keys[1].startswith("voorlopig-bureau-zand-")
    assert keys[2].startswith("voorlopig-bureau-zee-")
    assert [len("voorlopig-") + 8] * 2 == [len(key) for key in keys[3:]]


@pytest.mark.parametrize("word", ["Woord ", "Lommer ", f"W{'w' * 59} "])
@pytest.mark.parametrize("length", [60, 69, 70, 71, 79, 80, 200])
def test_key_of_a_long_name(length: int, word: str) -> None:
    """A key is cut where it is too long, between words too, and two names of one beginning still get two keys."""
    name = (word * 50)[:length].strip()
    entry = Entry("1a", "Sloten", "", ((LEAD, f"{name}; {name}-"),), (), AT)
    resolver = Resolver(Register([], []), default_words())
    resolver.resolve(entry, project="sloten", themes=())
    other = replace(entry, parties=((LEAD, f"({name})"), (LEAD, f"{name} !")))
    resolver.resolve(other, project="sloten", themes=())
    keys = [organisation.key for organisation in resolver.provisional]
    assert len(keys) == len(set(keys)) >= 2
    assert all(map(is_key, keys))
    assert max(map(len, keys)) <= 80


def test_keys_of_long_names_have_all_characters_there_may_be() -> None:
    """Of two names that begin alike as much is kept as a key can hold: what a digest leaves, in the second."""
    entry = Entry("1a", "Sloten", "", ((LEAD, "Zandzee" * 20), (LEAD, "Zandzee" * 21)), (), AT)
    resolver = Resolver(Register([], []), default_words())
    resolver.resolve(entry, project="sloten", themes=())
    assert [80, 80] == [len(organisation.key) for organisation in resolver.provisional]


def test_ambiguous_name_is_not_chosen() -> None:
    """A name of two organisations becomes a doubtful, provisional one, and the finding names both."""
    register = Register(
        [Organisation("a", "Huis A", abbreviations=("HA",)), Organisation("b", "Huis B", spellings=("HA",))], []
    )
    item, findings = resolve("T: HA P: ha?", register)
    assert [
        ("T:voorlopig-ha", "HA", DOUBTFUL, Way.AMBIGUOUS),
        ("P:voorlopig-ha", "?", DOUBTFUL, Way.AMBIGUOUS),
    ] == short(item)
    assert [
        ("ambiguous-name", "HA", {"organisations": "Huis A / Huis B"}),
        ("ambiguous-name", "ha", {"organisations": "Huis A / Huis B"}),
        ("doubtful-participation", "ha?", {"doubt": "?"}),
    ] == said(findings)


def test_doubts_are_said(register: Register) -> None:
    """A doubtful spelling and a doubt of the source each have a finding, with the words it is about."""
    assert [
        ("doubtful-spelling", "UI", {"organisation": "Universiteit Leiden"}),
        ("doubtful-spelling", "OVBS", {"organisation": "Ondernemersvereniging Bio Science Park"}),
        ("doubtful-participation", "OVBS?", {"doubt": "?"}),
    ] == said(resolve("T: UI P: OVBS?", register)[1])


@pytest.mark.parametrize(
    ("cell", "groups", "open_list"),
    [
        pytest.param("T: GL P: inwoners", ("inwoners",), (), id="2c: a group of the list"),
        pytest.param("T: GL P: UL e.a.", (), ("e.a.",), id="1f: an open list"),
        pytest.param("P: div. instellingen", ("div. instellingen",), ("div. instellingen",), id="1e: an open group"),
        pytest.param("T: GL P: musea, musea etc, etc", ("musea",), ("etc",), id="each once"),
        pytest.param("T: GL e.a. P: inwoners en anderen", ("inwoners",), ("e.a.", "anderen"), id="in each role"),
        pytest.param("T: GL P: UL", (), (), id="none"),
    ],
)  # fmt: skip
def test_groups_and_open_lists(
    cell: str, groups: tuple[str, ...], open_list: tuple[str, ...], register: Register
) -> None:
    """A group is no organisation but a text, and the words that leave the list open are kept as they stand."""
    item, findings = resolve(cell, register)
    assert (groups, open_list, ()) == (item.groups, item.open_list, findings)


def test_group_that_the_list_calls_open() -> None:
    """Whether 'scholen' leaves open who they are says the publication's list of groups."""
    register = Register([], [GroupName("scholen", "scholen", open=True), GroupName("ouders", "ouders")])
    item, _ = resolve("P: scholen, ouders", register)
    assert (("scholen", "ouders"), ("scholen",)) == (item.groups, item.open_list)


def test_what_is_no_party_is_said(register: Register) -> None:
    """Remarks, words without a role and contact persons each have a finding; the name of a person has not."""
    item, findings = resolve("Los woord T: GL (een bureau) (een bureau) P: UL Contact: Voor Beeld", register)
    assert ("een bureau",) == item.remarks
    assert [
        ("unread-words", "Los woord", {}),
        ("remark-in-brackets", "een bureau", {}),
        ("remark-in-brackets", "een bureau", {}),
        ("contact-person", "", {}),
    ] == said(findings)
    assert {(AT, "1a Sloten")} == {(item.place, item.subject) for item in findings}


def test_words_before_a_colon_may_be_a_role(register: Register) -> None:
    """The finding has the line that makes a role of them."""
    assert [("unknown-role", "Duider", {"line": '"Duider" = "partner"'})] == said(
        resolve("Duider: UL", register, role=LEAD)[1]
    )


def test_two_cells_of_one_entry(register: Register) -> None:
    """Leads and partners in columns of their own are read one after the other."""
    entry = Entry("1", "A", "", ((LEAD, "UL"), (PARTNER, "GL?")), (), AT)
    item, findings = Resolver(register, default_words()).resolve(entry, project="a", themes=())
    assert [("T:ul", "", STATED, Way.ABBREVIATION), ("P:gl", "?", DOUBTFUL, Way.ABBREVIATION)] == short(item)
    assert [("doubtful-participation", "GL?", {"doubt": "?"})] == said(findings)
