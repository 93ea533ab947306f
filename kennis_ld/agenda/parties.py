"""Reads a parties cell: `T: UL en GL P: HsL, mboR, LUMC e.a.` becomes mentions with their role, groups and open lists.

The grammar is written down in `docs/grammar.md`. It takes the cell as printed, with its line breaks; the words of the
language; and a lexicon (what the register of the publication calls its organisations and groups), because only the
register can tell whether 'Leiden en Partners' is one name or two, and whether 'UL/FSW' is a unit or a pair. Every word
of the cell ends in one of the parties that come out, in the order of the cell; contact persons do not come out at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kennis_ld.agenda import brackets
from kennis_ld.agenda.names import names_of
from kennis_ld.agenda.party_list import PartyList, is_known
from kennis_ld.agenda.periods import is_time
from kennis_ld.agenda.persons import divided, masked_cell
from kennis_ld.agenda.phrases import Phrase
from kennis_ld.agenda.pieces import Kind, closed_at, name_of, pieces, trimmed
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.role_words import by_role
from kennis_ld.agenda.sayings import ANYONE, Sayings
from kennis_ld.agenda.wording import MASKED, Words
from kennis_ld.model import Contact, Group, Mention, Nobody, OpenList, Party, Remark, Role, Unknown, Unread

_SQUARE = re.compile(rf"(?!{MASKED.pattern})\[([^\[\]]*)\]")


def parties(cell: str, *, role: Role | None, lexicon: Register, words: Words) -> tuple[Party, ...]:
    """Returns what a parties cell says, in its order.

    Args:
        role: the role that the column gives; None where the cell itself says so with 'T:' and 'P:'.
    """
    found: list[Party] = []
    cell = divided(masked_cell(cell, words=words, lexicon=lexicon), words=words, lexicon=lexicon)
    cell = _SQUARE.sub(r"(\1)", cell)
    parts = list(by_role(cell, role, names_of(lexicon, words), words))
    others = {part_role.main for part_role, _, _ in parts if part_role}
    for part_role, doubt, text in parts:
        so_far = PartyList(
            part_role or Role.PARTNER,
            names_of(lexicon, words),
            words,
            Sayings(words),
            in_cell=role is None,
            is_sure=part_role is not None,
            alongside=doubt,
            given=int(part_role is not None and part_role.main == Role.LEAD),
        )
        read = _Reader(so_far, text).read()
        if part_role is None and not so_far.marked and (others != {Role.PARTNER} or not any(map(is_known, read))):
            found += [party for party in read if isinstance(party, Contact)]
            if name_of(rest := MASKED.sub("", text)) and not all(isinstance(party, Contact) for party in read):
                found.append(Unread(rest.strip()))
            continue
        if part_role is None and not any(isinstance(one, Mention) and one.role.main == Role.LEAD for one in read):
            # "UL met GL als partner", "UL; partners: GL"
            leads = so_far.before_with or (0 if so_far.marked else len(read))
            read = [
                replace(one, role=Role.LEAD) if isinstance(one, Mention) and at < leads else one
                for at, one in enumerate(read)
            ]
        found += read
    return tuple(found)


class _Reader:
    """Reads a text into a list, piece by piece."""

    def __init__(self, so_far: PartyList, text: str) -> None:
        self._list, self._text, self._run = so_far, text, pieces(text, so_far.words)
        self._names, self._words, self._sayings = so_far.names, so_far.words, so_far.sayings

    def read(self) -> list[Party]:
        """Returns the parties of the list, in its order, with those of the text."""
        at = 0
        while at < len(self._run):
            at = self._step(at)
        self._list.close()
        return self._list.found

    def _step(self, at: int) -> int:
        """Reads what begins at a piece; returns where the next begins."""
        piece, run, so_far = self._run[at], self._run, self._list
        end, resolution = self._names.longest(self._text, run, at, kinds=so_far.kinds)
        if at + 1 < end < len(run) and run[end].kind is Kind.UNIT_JOIN and self._goes_on(end):  # "GL, afd. A en B"
            end, resolution = self._names.longest(self._text, run[: end - 1], at, kinds=so_far.kinds)
        if piece.kind is Kind.NAME:
            so_far.kinds = self._kinds(piece.text, known=end > at) or so_far.kinds
        if self._is_why_none(at):
            so_far.found.append(Remark(trimmed(piece.text.strip("() ")), so_far.role))
            return at + 1
        if end == at and (aside := self._end_of_aside(at)):
            said = self._between(at, aside)
            masked = MASKED.search(said) is not None
            so_far.found.append(Remark(trimmed(self._sayings.bare(said) if masked else said), so_far.role))
            so_far.found += [Contact()] * masked
            return aside
        begun = self._names.begun(self._text, run, at)
        if end >= begun and not self._goes_on(end):
            so_far.take([so_far.named(self._between(at, end), resolution)])
            return end
        if piece.kind is Kind.NAME:
            return self._unknown(at, begun)
        if piece.kind is Kind.WEAK_EITHER and self._names.begins(self._text, run, at):
            return self._unknown(at, at + 2)
        self._divider(at)
        return at + 1

    def _between(self, at: int, end: int) -> str:
        """Returns the text of pieces as it stands there."""
        return self._text[self._run[at].start : self._run[end - 1].end]

    def _kind(self, at: int) -> Kind | None:
        return self._run[at].kind if at < len(self._run) else None

    def _unknown(self, at: int, end: int) -> int:
        """Reads a name that the register does not know, and what divides nothing behind it."""
        so_far, name = self._list, self._run[at].text
        if not isinstance(tailed := self._names.shared_tail(self._text, self._run, at), Unknown):
            so_far.take([so_far.mention(name, name_of(name), tailed)])
            return at + 1
        end = self._names.reaches_over(self._text, self._run, end)
        joined = self._kind(end) is Kind.JOIN and self._run[end].text[0].isalpha() and end + 1 < len(self._run)
        if joined and self._is_place_of_group(self._between(at, end), self._run[end + 1].text):
            end += 2  # "scholen in Leiden en Voorschoten"
        label, said = self._kind(end) is Kind.COLON, self._between(at, end)
        if label and self._takes_label(at, end):
            return end
        wrapped = any(part.kind is Kind.LINE for part in self._run[at:end])
        read = Phrase(said, so_far, wrapped=wrapped).read()
        if label and read:  # nothing where a time was about the one before: "2026: UL, 2027: GL"
            read = self._before_colon(read)
        elif self._is_said(at, end):
            nobody = all(isinstance(party, Nobody) for party in read) and so_far.about(said, so_far.found)
            read = [] if nobody else [self._said_of(party) for party in read]
        so_far.take(read)
        return end

    def _divider(self, at: int) -> None:
        """Takes in brackets, or what stands between two names."""
        so_far, text = self._list, self._run[at].text.strip()
        match self._run[at].kind:
            case Kind.BRACKETS if not self._sayings.leads(self._run, at):
                self._brackets(text)
            case Kind.PERHAPS | Kind.BRACKETS:
                self._doubt(at)
            case Kind.OPEN:
                so_far.found.append(OpenList(text, so_far.role))
            case Kind.AMONG:
                self._among(at)
            case Kind.ALONGSIDE | Kind.WEAK_ALONGSIDE:
                so_far.go_alongside(self._run[at].text, tight=self._kind(at - 1) is Kind.NAME)
            case Kind.EITHER | Kind.WEAK_EITHER:
                so_far.doubt_both(text)
            case Kind.COLON:
                so_far.listed = so_far.perhaps or so_far.listed
            case Kind.LINE | Kind.JOIN if not any(map(str.isalpha, text)) and text != "+":
                so_far.divide(text, at)
            case Kind.STOP:
                so_far.divide(text, at)
            case _:
                pass

    def _among(self, at: int) -> None:
        """'waaronder' says that a name before is a group, and the list open."""
        last, more = self._list.last, at + 1 < len(self._run)  # "u. a." at the end is about no name
        named = more and self._sayings.group(name_of(self._run[at + 1].text)) is None  # "NABU u. a. Verbände"
        if named and last and isinstance(last.resolution, Unknown):
            self._list.found[-1] = Group(last.text, last.role, open=True)
        self._list.found.append(OpenList(self._run[at].text.strip(), self._list.role))

    def _brackets(self, text: str) -> None:
        """Reads what stands in brackets: something about the party before them, or a list of their own."""
        inside, so_far = text[1:].removesuffix(")").strip(" ="), self._list
        excepts = so_far.found and isinstance(so_far.found[-1], Nobody) and self._words.absent.match(inside)
        if excepts:  # "geen (behalve UL)"
            _Reader(so_far, inside).read()
        if excepts or brackets.take_about_last(inside, so_far):
            return
        inner = brackets.inner_list(so_far)
        for role, doubt, part in by_role(inside, so_far.role, self._names, self._words):
            inner.role, inner.alongside = role or so_far.role, doubt or so_far.alongside
            _Reader(inner, part).read()
        brackets.put(inside, inner, so_far)

    def _is_why_none(self, at: int) -> bool:
        """Whether a piece says why there is nobody: 'geen (alleen van UL)', 'N/A - internal to UL'."""
        found, text = self._list.found, self._run[at].text
        if not found or not isinstance(last := found[-1], Nobody) or not self._sayings.is_none(last.text):
            return False
        dash = self._kind(at) is Kind.NAME and self._kind(at - 1) is Kind.DASH and not self._names.knows(text)
        return (dash or self._kind(at) is Kind.BRACKETS) and not self._words.absent.match(text.lstrip("( "))

    def _end_of_aside(self, at: int) -> int:
        """Returns where a clause ends in which organisations are only mentioned: 'locatie: UL'; 0 where none begins.

        So is what stands behind the heading of another column: 'Status: Loopt'.
        """
        if at and self._kind(at - 1) in (Kind.NAME, Kind.SLASH):
            return 0
        text, start = self._text, self._run[at].end - len(self._run[at].text.lstrip())
        article = self._words.article.match(text, start)
        begun = self._words.aside.match(text, article.end() if article else start)
        if not begun and self._kind(at + 1) is Kind.BRACKETS:
            begun = self._words.refers.match(text, start)  # "see action 3.2 (UL)"
        first = begun.end() if begun else 0
        if self._kind(at + 1) is Kind.COLON and self._sayings.heads_column(name_of(self._run[at].text)):
            first = self._run[at + 1].end
        end = at + 1 if first else 0
        while first and end < len(self._run) and not (self._run[end].start >= first and self._ends_clause(end)):
            end += 1
        return end

    def _ends_clause(self, at: int) -> bool:
        return self._kind(at) in (Kind.LINE, Kind.STOP) or self._run[at].text.strip() in {",", ";"}

    def _kinds(self, name: str, *, known: bool) -> Sequence[str]:
        """Returns what the names behind one may begin with as well: 'gemeente' behind 'gemeenten A', 'Gemeente A'."""
        if one := self._words.singular(name)[0]:
            return (one,)
        tokens = name.split() if known else []
        return [" ".join(tokens[:end]) for end in range(len(tokens) - 1, 0, -1)]

    def _goes_on(self, end: int) -> bool:
        """Whether a known name is only the beginning of an unknown one: 'Hogeschool Z of the Arts'."""
        between = self._kind(end - 1) is self._kind(end + 1) is Kind.NAME
        weak = between and self._kind(end) in (Kind.UNIT_JOIN, Kind.WEAK, Kind.WEAK_EITHER)
        return weak and not self._names.divides(self._text, self._run, end)

    def _doubt(self, at: int) -> None:
        """Takes in words that cast doubt: on the next name, or on the one before where none follows: 'GD misschien'."""
        text, after = self._run[at].text.strip("() \t\n"), self._kind(at + 1)
        ends = after in {None, Kind.JOIN, Kind.LINE} or self._sayings.kind(self._run[at + 1].text.strip("() "))
        behind = ends and at > 0 and self._kind(at - 1) in {Kind.NAME, Kind.BRACKETS}
        if not behind or not self._list.about(text, self._list.found):
            self._list.doubt_more(text, closed_at(self._run, at + 1))

    def _is_place_of_group(self, text: str, after: str) -> bool:
        """Whether a name tells, with the known one at the end of a group, where that is."""
        group = self._sayings.group(name_of(text)) is not None and not self._words.acting.match(name_of(text))
        return group and self._names.ends_known(text, self._names.has) and self._names.knows(after)

    def _takes_label(self, at: int, end: int) -> bool:
        """Takes in a doubt before a colon, or a period before a known name: 'allen o.v.: UL, GL', 'vanaf 2026: UL'."""
        said, so_far = name_of(self._run[at].text) if end == at + 1 else "", self._list
        known = self._names.longest(self._text, self._run, end + 1)[1]
        during = said and not isinstance(known, Unknown) and self._sayings.during(said, ANYONE) is not ANYONE
        so_far.when = said if during else ""
        if self._words.doubt.fullmatch(said) or self._words.absent.fullmatch(said):
            so_far.listed = said
            return True
        return bool(during)

    def _before_colon(self, read: list[Party]) -> list[Party]:
        """Reads what stands before a colon as a label; whoever leads was named by a word that is known."""
        so_far, label = self._list, not any(map(is_known, read))
        if label:
            texts = [party.text for party in read if isinstance(party, Mention | Remark)]
            read = [party for text in texts for party in self._labelled(text)]
        groups = all(isinstance(party, Group) for party in read)
        said = [party.text for party in read if isinstance(party, Remark)]
        no_role = any(is_time(text, self._words) or self._words.contact.fullmatch(text) for text in said)
        if so_far.in_cell and not no_role and (label or (so_far.found and groups)):
            so_far.role = Role.PARTNER
        so_far.marked = so_far.marked or groups  # "Consortium: UL, GL"
        return read

    def _labelled(self, text: str) -> list[Party]:
        """Reads words before a colon: most likely a role, with a name of the list before it where one is known."""
        head, tail = next((pair for pair in self._sayings.behind(text) if self._names.has(pair[0])), ("", text))
        may_be = "" if is_time(tail, self._words) else "partner"
        return [*([self._list.known(head)] if head else []), Remark(tail, self._list.role, may_be=may_be)]

    def _is_said(self, at: int, end: int) -> bool:
        """Whether a piece says something of the last party: behind a colon, or one dash ('UL – Forschung')."""
        before, found = self._run[at - 1], self._list.found
        if not at or not found or not is_known(found[-1]):
            return False
        if before.kind is Kind.COLON:
            return not isinstance(found[-1], Group)  # "Scholen: De Linde"
        around = (*self._run[max(at - 3, 0) : at], *self._run[end : end + 1])
        dash = [piece for piece in around if piece.kind is Kind.DASH] == [before] and before.text.strip() != "&"
        return dash and not name_of(self._run[at].text).isupper()

    def _said_of(self, party: Party) -> Party:
        """Returns an unknown name as a remark, but for one with a word for an organisation beside others."""
        if isinstance(party, Mention) and not is_known(party) and not self._words.names_body(party.text):
            return Remark(party.text, self._list.role)
        return party
