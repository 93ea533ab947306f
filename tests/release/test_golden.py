"""The real agenda, whole: what is read and what is published, against files that people reviewed.

`python -m pytest tests/release/test_golden.py --update-golden` writes what the code gives now; review the difference
like code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kennis_ld.agenda import rows
from kennis_ld.agenda.parties import parties
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.model import Entry, Finding, Group, GroupName, Known, Mention, OpenList, Organisation, Remark, Role
from kennis_ld.publication import tables
from kennis_ld.publication.publication import Publication
from kennis_ld.reading import documents

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


def compare(name: str, found: Sequence[str], *, update: bool) -> None:
    """Compares lines with a golden file and shows what is missing and what is new."""
    path = GOLDEN / name
    if update:
        path.write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
    expected = path.read_text(encoding="utf-8").splitlines()
    before, now = set(expected), set(found)
    missing = [f"- {line[:300]}" for line in expected if line not in now]
    extra = [f"+ {line[:300]}" for line in found if line not in before]
    difference = [*missing[:20], *extra[:20]]
    assert not difference, "\n".join([f"{name} differs:", *difference])
    assert expected == list(found)


def entries(publication: Publication) -> Iterator[Entry | Finding]:
    document = publication.editions[-1].document
    return rows.entries(
        documents.rows(document),
        columns=publication.columns,
        themes=tables.themes(publication.table("themes")),
        document=document.name,
        privacy=Privacy(publication.words, Register(*_known(publication)), publication.decided),
    )


def _known(publication: Publication) -> tuple[Sequence[Organisation], Sequence[GroupName]]:
    return tables.organisations(publication.table("register")), tables.groups(publication.table("groups"))


def reading(publication: Publication, register: Register) -> Iterator[str]:
    """A line for each entry, each party in it and each finding, as a person would note them down."""
    for item in entries(publication):
        if isinstance(item, Finding):
            yield f"{item.code}: {item.subject} {item.words}"
            continue
        yield f"{' / '.join(item.section)} | {item.number} | {item.title} | {item.place}"
        for role, cell in item.parties:
            for party in parties(cell, role=role, lexicon=register, words=publication.words):
                match party:
                    case Mention(text, role_of, start, end, doubt, resolution=resolution):
                        assert isinstance(resolution, Known), text
                        extra = " ".join(str(part) for part in (start, end, doubt) if part)
                        yield f"    {role_of.notation} {text} = {resolution.organisation} {extra}".rstrip()
                    case Group(text, role_of, is_left_open):
                        is_open = " (open)" if is_left_open else ""
                        yield f"    {role_of.notation} group: {text}{is_open}"
                    case OpenList(text, role_of) | Remark(text, role_of):
                        yield f"    {role_of.notation} {type(party).__name__.lower()}: {text}"
                    case other:
                        yield f"    {type(other).__name__.lower()}"


def test_reading_of_the_real_agenda(leiden: Publication, register: Register, request: pytest.FixtureRequest) -> None:
    """Every entry, heading, mention, group and open list of the real document is read as reviewed."""
    compare("reading.txt", list(reading(leiden, register)), update=request.config.getoption("--update-golden"))


def test_real_agenda_adds_up(leiden: Publication, register: Register) -> None:
    """55 entries in the sizes of their sections, 92 leads, 178 partners, 86 organisations, 18 groups, 18 open lists."""
    found = [item for item in entries(leiden) if isinstance(item, Entry)]
    sizes: dict[str, int] = {}
    said = []
    open_lists = 0
    for item in found:
        sizes[item.section[-1]] = sizes.get(item.section[-1], 0) + 1
        inside = [
            party
            for role, cell in item.parties
            for party in parties(cell, role=role, lexicon=register, words=leiden.words)
        ]
        said += inside
        open_lists += any(isinstance(party, OpenList) or (isinstance(party, Group) and party.open) for party in inside)
    assert [18, 13, 8, 4, 12] == list(sizes.values())
    mentions = [party for party in said if isinstance(party, Mention)]
    resolved = [mention.resolution for mention in mentions]
    organisations = {known.organisation for known in resolved if isinstance(known, Known)}
    assert (92, 178) == tuple(sum(mention.role is role for mention in mentions) for role in (Role.LEAD, Role.PARTNER))
    assert 86 == len(organisations)
    assert 18 == sum(isinstance(party, Group) for party in said)
    assert 18 == open_lists


def test_no_word_of_the_document_is_lost(leiden: Publication) -> None:
    """Every word of the document but markup, rules and the header stands in an entry, a heading or a finding."""
    kept: set[str] = set()
    for item in entries(leiden):
        if isinstance(item, Finding):
            kept.update(item.words.split())
        else:
            cells = (item.number, item.title, item.description, *item.section, *(cell for _, cell in item.parties))
            kept.update(word for cell in cells for word in cell.split())
    text = leiden.editions[-1].document.read_text(encoding="utf-8")
    for tag in ("<p>", "</p>", "<i>", "</i>", '<ul style="list-style-type: none">'):
        text = text.replace(tag, " ")
    header = {"nr.", "Project", "Beschrijving", "doel", "T:", "Trekker", "P:", "overige", "(beoogde)", "Partners"}
    assert set() == {word for word in text.split() if word.strip("-")} - kept - header
