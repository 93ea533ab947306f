"""Names one by one: what a text may be the name of, and whom the register knows by it, against a reviewed file.

A line of `names.txt` is a text, and behind "=" what it is: "person", or "person beside a number" where it is one only
near what makes it likely; "surname"; "kept" for what is no person whatever stands before it; "body" for a word that
makes an organisation; then whom it means, in which way, or that it is a group or several names.
Behind ">" stands a whole cell of a column of leads, behind ">>" one of a column that gives no role, and behind "=" the
parties in it; "≠" says that a person would read the cell otherwise.
`python -m pytest tests/golden/test_names.py --update-golden` writes what the code gives now; review it like code.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kennis_ld.agenda.names import candidates, names_of
from kennis_ld.agenda.parties import parties
from kennis_ld.agenda.person_names import person_names_of
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.wording import Words
from kennis_ld.model import GroupName, Known, Organisation, Role
from kennis_ld.publication.language import default_words
from tests.golden.test_cells import said as party_said
from tests.release.test_golden import GOLDEN, compare


def organisations() -> Iterator[Organisation]:
    """Names with commas, slashes, small words, legal forms, stops and units; two that are alike."""
    yield Organisation("gd", "Gemeente Duinstad", abbreviations=("GD", "de gemeente"), name_en="City of Duinstad")
    yield Organisation("bokkum", "Gemeente Bokkum")
    yield Organisation("ud", "Universiteit van Duinstad", abbreviations=("UD",), spellings=("Duinse Uni",))
    yield Organisation("recht", "Faculteit Recht", abbreviations=("FdR",), parents=("ud",))
    yield Organisation("lab", "Stadslab", parents=("recht",), doubtful_spellings=("Lab",))
    yield Organisation("hz", "Hogeschool Zee & Zand", abbreviations=("HZ",))
    yield Organisation("lab-hz", "Zeelab", spellings=("Lab Zee",), parents=("hz",))
    yield Organisation("sw", "Stadtwerke Altenfurt GmbH", spellings=("Stadtwerke",))
    yield Organisation("mühle", "Alte Mühle e. V.")
    yield Organisation("leo", "Dr. Leo Kannerhuis")
    yield Organisation("jan", "Jan en Anna Fonds")
    yield Organisation("rech", "UD, faculteit Rechten")
    yield Organisation("kring-noord", "Kring Noord", abbreviations=("KR",))
    yield Organisation("kring-zuid", "Kring Zuid", abbreviations=("KR", "kr."))
    yield Organisation("amt", "Amt 61", parents=("stadt",))
    yield Organisation("stadt", "Stadt Altenfurt", abbreviations=("Stadt",))
    yield Organisation("publ", "Public Health", parents=("hcc",))
    yield Organisation("hcc", "Harbourton City Council", abbreviations=("HCC",))
    yield Organisation("bos", "Bos en Duin en Zee")


GROUPS = [GroupName("scholen", "scholen", spellings=("alle scholen",), open=True)]
REGISTER = Register(organisations(), GROUPS, default_words())


def said(text: str, words: Words) -> str:
    """What a text is."""
    column, _, cell = text.partition(" ")
    if column in {">", ">>"}:
        found = parties(cell, role=Role.LEAD if column == ">" else None, lexicon=REGISTER, words=words)
        return " + ".join(map(party_said, found)).replace("\n", "⏎")
    persons, names = person_names_of(words, REGISTER), names_of(REGISTER, words)
    told = []
    if persons.is_person(text, near=False):
        told.append("person")
    elif persons.is_person(text, near=True):
        told.append("person beside a number")
    told += [
        word
        for word, is_one in (("surname", persons.is_surname), ("kept", persons.is_kept), ("body", persons.is_body))
        if is_one(text)
    ]
    whom = names.resolved(text)
    if isinstance(whom, Known):
        told.append(f"{whom.organisation} ({whom.way.value})")
    elif keys := candidates(whom):
        told.append(f"one of {' '.join(keys)}")
    elif names.knows(text):
        told.append("group")
    elif several := names.segmented(text):
        told.append(f"names: {' + '.join(several)}")
    elif names.ends_known(text):
        told.append("ends with a name")
    return ", ".join(told)


def test_names_are_known_as_reviewed(words: Words, request: pytest.FixtureRequest) -> None:
    """Each text is the name of a person, a body, an organisation of the register or a group, as reviewed."""
    lines = (GOLDEN / "names.txt").read_text(encoding="utf-8").splitlines()
    texts = [line.removesuffix(" =").partition(" = ")[0] for line in lines]
    found = [f"{text} = {said(text.removesuffix(' ≠').replace('⏎', chr(10)), words)}".rstrip() for text in texts]
    compare("names.txt", found, update=request.config.getoption("--update-golden"))
