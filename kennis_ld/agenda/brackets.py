"""Reads what stands in brackets: something about the party before them, or a list of their own."""

from __future__ import annotations

import re
from dataclasses import replace

from kennis_ld.agenda.names import candidates
from kennis_ld.agenda.party_list import PartyList, is_known
from kennis_ld.agenda.pieces import Kind, name_of, pieces
from kennis_ld.agenda.similarity import is_acronym
from kennis_ld.agenda.wording import MASKED
from kennis_ld.model import Contact, Known, Mention, Nobody, OpenList, Party, Remark, Way


def take_about_last(inside: str, so_far: PartyList) -> bool:
    """Takes in what brackets say of the party before them; whether they do: '(trekker)', '(directeur)', '(HL)'."""
    last, role = so_far.last, so_far.role
    if not inside or so_far.about(inside, so_far.found):
        _tie(inside, so_far)
    elif last and _say_part(inside, last, so_far):
        so_far.found.append(Remark(inside, role, may_be=so_far.sayings.perhaps_role(inside)))
    elif last and inside in so_far.names.lexicon.places and not so_far.words.names_unit(last.name):
        so_far.found[-1] = replace(last, text=f"{last.text} ({inside})")
    elif last and is_acronym(inside, last.name):
        known = so_far.names.resolved(inside)
        doubtful = isinstance(last.resolution, Known) and last.resolution.way is Way.DOUBTFUL_SPELLING
        known = last.resolution if is_known(last) and not (doubtful and candidates(known)) else known
        so_far.found[-1] = replace(last, text=f"{last.text} ({inside})", resolution=known)
    else:
        return False
    return True


def _tie(inside: str, so_far: PartyList) -> None:
    """Gives what brackets say of the last to others as well: '(allen o.v.b.)', '(gemeinsame Federführung)'."""
    found, words, gives_role = so_far.found, so_far.words, so_far.sayings.gives_role(inside)
    every = words.indefinite.match(inside)
    named = words.role.search(inside) if gives_role else None
    many = every or words.shared.search(inside) or (named and words.is_of_many(named))
    if many and (gives_role or words.doubt.fullmatch(inside)):
        start = 0 if every else min(so_far.start_of_tied(len(found) - 1), len(found) - 2)
        so_far.tie(found[-1], "role" if gives_role else "doubt", start)
    so_far.given = len(found) if gives_role else so_far.given


def _say_part(inside: str, last: Mention, so_far: PartyList) -> bool:
    """Whether brackets name an office, or branches, of the one before: what they are about or where is no party."""
    words, names = so_far.words, so_far.names
    if MASKED.search(inside):
        return False
    if office := words.office.match(inside) or words.title.match(inside):
        return not names.ends_known(inside) or bool(names.unit_of(inside[office.end() :], last.name))
    until = words.ends.match(inside)
    if until and len(until[0]) > len("by") and not so_far.sayings.is_date(re.split("[,;]", inside)[0]):
        return True  # "(until handover to UL)"
    several = words.indefinite.match(inside)
    return bool(several and words.unit.match(inside, several.end() + 1))  # "lokale afdelingen A en B"


def inner_list(so_far: PartyList) -> PartyList:
    """Returns the list in brackets, which begins with the name before them."""
    return replace(so_far, found=[so_far.last] if so_far.last else [], inside=True, shared=None)


def put(inside: str, inner: PartyList, so_far: PartyList) -> None:
    """Puts what was read in brackets in the list: units of the one before, parties of the register, or a remark."""
    so_far.marked, so_far.before_with = inner.marked, inner.before_with
    before, sayings = so_far.last, so_far.sayings
    count, joined = int(before is not None), pieces(inside, so_far.words)[0].kind is Kind.JOIN
    read, whole = inner.found[count:], inner.found[0] if before else None
    units = so_far.names.units(whole, read, inside, joined=joined) if isinstance(whole, Mention) else []
    if not units and isinstance(whole, Mention) and not is_known(whole) and so_far.names.has(inside):
        inner.found[0] = Remark(whole.text, whole.role, unit_of=inside)  # "Buurthuis Oost (UL)"
    if not any(_is_party(party, may_be_nobody=not before) for party in read):
        rest = name_of(sayings.bare(inside)) if MASKED.search(inside) else inside
        said = Remark(rest, so_far.role, may_be=sayings.perhaps_role(rest) if before else "")
        read = [*(party for party in read if isinstance(party, Contact)), *([said] if rest else [])]
    so_far.found[len(so_far.found) - count :] = units or [*inner.found[:count], *read]


def _is_party(party: Party, *, may_be_nobody: bool) -> bool:
    """Whether it makes more of brackets than a remark."""
    is_more = isinstance(party, OpenList) or (may_be_nobody and isinstance(party, Nobody))
    return is_more or is_known(party) or (isinstance(party, Remark) and bool(party.unit_of))
