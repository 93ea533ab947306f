"""Reads a parties cell: `T: UL en GL P: HsL, mboR, LUMC e.a.` becomes mentions with their role, groups and open lists.

The grammar is written down in `docs/grammar.md`. It takes the cell as printed, with its line breaks; the words of the
language; and a lexicon (what the register of the publication calls its organisations and groups), because only the
register can tell whether 'Leiden en Partners' is one name or two, and whether 'UL/FSW' is a unit or a pair. Every word
of the cell ends in one of the parties that come out, in the order of the cell; contact persons do not come out at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kennis_ld.agenda.names import candidates, names_of
from kennis_ld.agenda.periods import is_time
from kennis_ld.agenda.persons import divided, masked_cell
from kennis_ld.agenda.pieces import ENDS, Kind, Piece, closed_at, name_of, pieces, trimmed
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.role_words import by_role
from kennis_ld.agenda.sayings import ANYONE, Sayings
from kennis_ld.agenda.similarity import is_acronym
from kennis_ld.agenda.wording import MASKED, Words, fold
from kennis_ld.model import (
    AnyRole,
    Contact,
    Group,
    Known,
    Mention,
    Nobody,
    OpenList,
    Party,
    Remark,
    Resolution,
    Role,
    Unknown,
    Unread,
    Way,
)

_LONGEST_LETTERS = 3
"""How long letters that stand for a role may be: 'T', 'ff.'."""

_QUOTED = re.compile(r"[\"“„‘']([^\"“”„‘’']+)[\"”“’']")
_SQUARE = re.compile(rf"(?!{MASKED.pattern})\[([^\[\]]*)\]")

_NOTE_MARKS = "¹²³⁴⁵⁶⁷⁸⁹†‡"


def parties(cell: str, *, role: AnyRole | None, lexicon: Register, words: Words) -> tuple[Party, ...]:
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
        reader = _Reader(
            part_role or Role.PARTNER, lexicon, words, in_cell=role is None, doubt=doubt, is_sure=part_role is not None
        )
        read = reader.read(text)
        if part_role is None and not reader.marked and (others != {Role.PARTNER} or not any(map(_is_known, read))):
            found += [party for party in read if isinstance(party, Contact)]
            if name_of(rest := MASKED.sub("", text)) and not all(isinstance(party, Contact) for party in read):
                found.append(Unread(rest.strip()))
            continue
        if part_role is None and not any(isinstance(one, Mention) and one.role.main is Role.LEAD for one in read):
            # "UL met GL als partner", "UL; partners: GL"
            leads = reader.before_with or (0 if reader.marked else len(read))
            read = [
                replace(one, role=Role.LEAD) if isinstance(one, Mention) and at < leads else one
                for at, one in enumerate(read)
            ]
        found += read
    return tuple(found)


@dataclass(slots=True)
class _Now:
    """What words before said that holds for the names to come."""

    role: AnyRole
    alongside: str  # the word that casts doubt on all in the list
    given: int  # how many have their role already: "T: UL, GL en HsL doen mee"
    inside: bool = False  # in brackets
    perhaps: str = ""  # the word for 'perhaps' about the next one
    tied: str = ""  # the one that goes on,
    tied_to: int = 0  # up to this piece, behind 'en'
    listed: str = ""  # the one before a colon
    kinds: Sequence[str] = ()  # how names before begin: 'gemeente' behind 'gemeenten'
    when: str = ""  # the period before a colon
    together: int = 0  # where those begin that 'en' ties to the last
    list: int = 0  # where the list begins that it closes: "UL, GL en HsL doen mee"


class _Reader:
    """Reads the list of one role; `marked` says whether a word behind a name gave it a role ('GK (trekker)').

    Args:
        role: what those in the list do.
        in_cell: whether the cell itself gives the role, and not its column.
        doubt: the word that casts doubt on all in the list.
        is_sure: whether the column or the cell gives the role.
    """

    def __init__(
        self, role: AnyRole, lexicon: Register, words: Words, *, in_cell: bool, doubt: str, is_sure: bool
    ) -> None:
        self._in_cell = in_cell
        self._words = words
        self._lexicon = lexicon
        self._names = names_of(lexicon, words)
        self._sayings = Sayings(words)
        self._now = _Now(role, alongside=doubt, given=int(role.main is Role.LEAD))
        self._is_sure = is_sure
        self.before_with = 0  # how many stand before 'met'
        self.marked = False

    def read(self, text: str, before: Sequence[Party] = ()) -> list[Party]:
        """Returns the parties of a list, in its order, behind the one `before` it about which its words may be."""
        run = pieces(text, self._words)
        found = list(before)
        at = 0
        while at < len(run):
            at = self._step(text, run, at, found)
        if self._now.perhaps:  # words for 'perhaps' before nobody
            kind = Nobody if self._sayings.is_nobody(self._now.perhaps) else Remark
            found.append(kind(self._now.perhaps, self._now.role))
            self._now.perhaps = ""
        return found

    def _step(self, text: str, run: Sequence[Piece], at: int, found: list[Party]) -> int:
        piece = run[at]
        end, resolution = self._names.longest(text, run, at, kinds=self._now.kinds)
        if at + 1 < end < len(run) and run[end].kind is Kind.UNIT_JOIN and self._goes_on(text, run, end):
            # "GL, afd. A en B"
            end, resolution = self._names.longest(text, run[: end - 1], at, kinds=self._now.kinds)
        if piece.kind is Kind.NAME:
            self._now.kinds = self._kinds(piece.text, known=end > at) or self._now.kinds
        if self._is_why_none(run, at, found):
            found.append(Remark(trimmed(piece.text.strip("() ")), self._now.role))
            return at + 1
        begun = self._names.begun(text, run, at)
        if end >= begun and not self._goes_on(text, run, end):
            found += self._with_perhaps([self._named(text[piece.start : run[end - 1].end], resolution)])
            return end
        match piece.kind:
            case Kind.NAME | Kind.WEAK_EITHER if piece.kind is Kind.NAME or self._names.begins(text, run, at):
                if not isinstance(tailed := self._names.shared_tail(text, run, at), Unknown):
                    found.append(self._mention(piece.text, name_of(piece.text), tailed))
                    return at + 1
                end = self._names.reaches_over(text, run, begun if piece.kind is Kind.NAME else at + 2)
                joined = end + 1 < len(run) and run[end].kind is Kind.JOIN and run[end].text[0].isalpha()
                if joined and self._is_place_of_group(text[piece.start : run[end - 1].end], run[end + 1].text):
                    end += 2  # "scholen in Leiden en Voorschoten"
                label = end < len(run) and run[end].kind is Kind.COLON
                if label and self._takes_label(text, run, at, end):
                    return end
                wrapped = any(part.kind is Kind.LINE for part in run[at:end])
                read = self._unknown(text[piece.start : run[end - 1].end], found, wrapped=wrapped)
                if label and read:  # nothing where a time was about the one before: "2026: UL, 2027: GL"
                    read = self._before_colon(read, found)
                elif found and self._is_said(run, at, end, found[-1]):  # "UL: Forschung"
                    said = text[piece.start : run[end - 1].end]
                    nobody = all(isinstance(party, Nobody) for party in read) and self._about(said, found)
                    read = [] if nobody else [self._said_of(party) for party in read]
                found += self._with_perhaps(read)
                return end
            case Kind.BRACKETS if not self._sayings.leads(run, at):
                self._bracketed(piece.text, found)
            case Kind.OPEN:
                found.append(OpenList(piece.text.strip(), self._now.role))
            case Kind.ALONGSIDE | Kind.WEAK_ALONGSIDE:
                sure = self._now.role.main is Role.PARTNER and self._words.together.fullmatch(piece.text)
                self._now.alongside = self._now.alongside if sure else piece.text
                self._now.together = self._now.list = len(found)
                self.before_with = self.before_with or len(found)
            case Kind.PERHAPS | Kind.BRACKETS:
                self._doubt(run, at, found)
            case Kind.EITHER | Kind.WEAK_EITHER:
                self._now.perhaps = piece.text.strip()
                if (
                    found
                    and isinstance(last := found[-1], Mention)
                    and not self._words.former.fullmatch(self._now.perhaps)
                ):
                    found[-1] = self._sayings.unless_absent(replace(last, doubt=last.doubt or self._now.perhaps))
            case Kind.COLON:
                self._now.listed = self._now.perhaps or self._now.listed
            case Kind.AMONG:
                more = at + 1 < len(run)  # "u. a." at the end leaves the list open and is about no name
                named = more and self._sayings.group(name_of(run[at + 1].text)) is None  # "NABU u. a. Verbände"
                if named and found and isinstance(last := found[-1], Mention) and isinstance(last.resolution, Unknown):
                    found[-1] = Group(last.text, last.role, open=True)
                found.append(OpenList(piece.text.strip(), self._now.role))
            case Kind.LINE | Kind.JOIN if not any(map(str.isalpha, piece.text)) and piece.text.strip() != "+":
                self._now.together, self._now.tied = len(found), self._now.tied if at < self._now.tied_to else ""
                if piece.text.strip() != ",":
                    self._now.when, self._now.listed, self._now.list = "", "", len(found)
            case _:
                pass
        return at + 1

    def _is_why_none(self, run: Sequence[Piece], at: int, found: Sequence[Party]) -> bool:
        """Whether a piece says why there is nobody: 'geen (alleen van UL)', 'N/A - internal to UL'."""
        if not found or not isinstance(last := found[-1], Nobody) or not self._sayings.is_none(last.text):
            return False
        dash = run[at].kind is Kind.NAME and run[at - 1].kind is Kind.DASH and not self._names.knows(run[at].text)
        said = run[at].text.lstrip("( ")
        return (dash or run[at].kind is Kind.BRACKETS) and not self._words.absent.match(said)

    def _takes_label(self, text: str, run: Sequence[Piece], at: int, end: int) -> bool:
        """Takes in a doubt before a colon, or a period before a known name: 'allen o.v.: UL, GL', 'vanaf 2026: UL'."""
        said, known = name_of(run[at].text) if end == at + 1 else "", self._names.longest(text, run, end + 1)[1]
        during = said and not isinstance(known, Unknown) and self._sayings.during(said, ANYONE) is not ANYONE
        self._now.when = said if during else ""
        if self._words.doubt.fullmatch(said) or self._words.absent.fullmatch(said):
            self._now.listed = said
            return True
        return bool(during)

    def _kinds(self, name: str, *, known: bool) -> Sequence[str]:
        """Returns what the names behind one may begin with as well: 'gemeente' behind 'gemeenten A', 'Gemeente A'."""
        if one := self._words.singular(name)[0]:
            return (one,)
        tokens = name.split() if known else []
        return [" ".join(tokens[:end]) for end in range(len(tokens) - 1, 0, -1)]

    def _doubt(self, run: Sequence[Piece], at: int, found: list[Party]) -> None:
        """Takes in words that cast doubt: on the next name, or on the one before where none follows: 'GD misschien'."""
        text = run[at].text.strip("() \t\n")
        after = run[at + 1] if at + 1 < len(run) else None
        ends = not after or after.kind in {Kind.JOIN, Kind.LINE} or self._sayings.kind(after.text.strip("() "))
        behind = ends and at > 0 and run[at - 1].kind in {Kind.NAME, Kind.BRACKETS}
        if not behind or not self._about(text, found):
            self._now.perhaps = f"{self._now.perhaps} {text}".strip()
            self._now.tied_to = closed_at(run, at + 1)

    @staticmethod
    def _is_said(run: Sequence[Piece], at: int, end: int, last: Party) -> bool:
        """Whether a piece says something of the last party: behind a colon, or one dash ('UL – Forschung')."""
        if not _is_known(last) or (isinstance(last, Group) and run[at - 1].kind is Kind.COLON):  # "Scholen: De Linde"
            return False
        dashes = [piece for piece in (*run[max(at - 3, 0) : at], *run[end : end + 1]) if piece.kind is Kind.DASH]
        dash = len(dashes) == 1 and dashes[0] is run[at - 1] and dashes[0].text.strip() != "&"
        return at > 0 and (run[at - 1].kind is Kind.COLON or (dash and not name_of(run[at].text).isupper()))

    def _said_of(self, party: Party) -> Party:
        """Returns an unknown name as a remark, but for one with a word for an organisation beside others."""
        if isinstance(party, Mention) and not _is_known(party) and not self._words.names_body(party.text):
            return Remark(party.text, self._now.role)
        return party

    def _before_colon(self, read: list[Party], found: Sequence[Party]) -> list[Party]:
        """Reads what stands before a colon as a label; whoever leads was named by a word that is known."""
        label = not any(map(_is_known, read))
        if label:
            texts = [party.text for party in read if isinstance(party, Mention | Remark)]
            read = [party for text in texts for party in self._labelled(text)]
        groups = all(isinstance(party, Group) for party in read)
        said = [party.text for party in read if isinstance(party, Remark)]
        no_role = any(is_time(text, self._words) or self._words.contact.fullmatch(text) for text in said)
        if self._in_cell and not no_role and (label or (found and groups)):
            self._now.role = Role.PARTNER
        self.marked = self.marked or groups  # "Consortium: UL, GL"
        return read

    def _labelled(self, text: str) -> list[Party]:
        """Reads words before a colon: most likely a role, with a name of the list before it where one is known."""
        head, tail = next((pair for pair in self._sayings.behind(text) if self._names.has(pair[0])), ("", text))
        named = [self._named(head, self._names.resolved(head))] if head else []
        return [*named, Remark(tail, self._now.role, may_be="" if is_time(tail, self._words) else "partner")]

    def _goes_on(self, text: str, run: Sequence[Piece], end: int) -> bool:
        """Whether a known name is only the beginning of an unknown one: 'Hogeschool Z of the Arts'."""
        before, between, after = (*(piece.kind for piece in run[end - 1 : end + 2]), None, None)[:3]
        weak = before is after is Kind.NAME and between in {Kind.UNIT_JOIN, Kind.WEAK, Kind.WEAK_EITHER}
        return weak and not self._names.divides(text, run, end)

    def _named(self, text: str, resolution: Resolution) -> Party:
        """Returns the party of a name that the register knows, or of a known name with an unknown unit ('UL/Lab')."""
        if isinstance(resolution, Unknown) and self._names.is_group(text):
            name = name_of(text)
            is_open = self._lexicon.is_open(name) or bool(self._words.indefinite.match(name))
            return Group(trimmed(text), self._now.role, open=is_open)
        return self._mention(text, name_of(text), resolution)

    def _mention(
        self, text: str, name: str, resolution: Resolution, *, wrapped: bool = False, said: str = ""
    ) -> Mention | Remark:
        self._now.perhaps, self._now.tied = "", self._now.perhaps or self._now.tied
        doubt = (
            "?"
            if text.rstrip(ENDS).endswith("?")
            else self._now.tied or self._now.listed or self._now.alongside or said
        )
        mention = Mention(trimmed(text), self._now.role, doubt=doubt, name=name, resolution=resolution, wrapped=wrapped)
        return self._sayings.unless_absent(self._sayings.during(self._now.when, mention))

    def _with_perhaps(self, read: list[Party]) -> list[Party]:
        """Returns parties with the words for 'perhaps' before a first one that cannot be in doubt: 'evt. scholen'."""
        perhaps, self._now.perhaps = self._now.perhaps, ""
        match read:
            case [Group() | Remark() | Nobody() as first, *others] if self._words.perhaps.match(
                perhaps
            ) or self._sayings.kind(perhaps):
                return [replace(first, text=f"{perhaps} {first.text}"), *others]
            case [] | [Contact(), *_]:
                self._now.perhaps = perhaps
        return read

    def _unknown(self, text: str, found: list[Party], *, wrapped: bool) -> list[Party]:
        """Reads words that the register does not know as they stand."""
        name = name_of(text)
        if MASKED.search(text):
            return self._with_person(text, found)
        if not name.strip("/|") and "?" not in text:
            return []
        if name[:1] and name[0] in _NOTE_MARKS:
            return [Remark(trimmed(text), self._now.role)]
        is_nobody = self._sayings.is_nobody(text) and not next(self._sayings.within(name, self._names.has), None)
        said = self._sayings.kind(name)
        behind_with = self._now.alongside and self._now.together == len(found)  # "UL namens zijn leden"
        if said and not is_nobody and not behind_with and self._about(name, found):
            if self._sayings.gives_role(name):  # "UL (FdR, ICLON) trekt"
                self._tie(found, found[-1], "role", self._start_of_tied(len(found) - 1))
            return []
        is_alone = self._words.alone.fullmatch(name)  # "Stadtrat"
        article = self._words.article.match(name)
        if article and self._words.office.match(name, article.end()):  # "de wethouder"
            name = name[article.end() :]
        office = None if is_alone else self._words.office.match(name) or self._words.title.match(name)
        acting = self._words.acting.search(name)
        if acting and acting.start() and self._sayings.of(tail := name[acting.end() :]) == tail.strip(ENDS):
            acting = None  # "HBO-V studenten van de UL", but not "Ford College apprentices"
        head, _, tail = name.rpartition("-")  # "GD-team"
        beside = (self._words.acting, self._words.role, self._words.office, self._words.title)
        if self._names.has(head) and any(pattern.fullmatch(tail) for pattern in beside):
            gives = self._sayings.gives_role(tail) and not self._words.acting.fullmatch(tail)  # "GD-led"
            self._now.perhaps = self._now.perhaps or ("" if gives else tail)
            read = self._unknown_or_known(head, found)
            self._about(tail if gives else "", read)
            return read
        if self._names.has(head) and self._words.unit.match(tail):  # "GD-dienst Wonen"
            return [*self._unknown_or_known(head, found), Remark(tail, self._now.role, unit_of=head)]
        if (leads := office or acting) and self._names.names(rest := self._sayings.of(name[leads.end() :])):
            self._now.perhaps = self._now.perhaps or (leads[0] if leads is acting else "")
            return self._unknown_or_known(rest, found)
        is_office = office and (self._words.office.match(name) or not self._words.names_body(name[office.end() :]))
        if is_office or self._sayings.is_no_name(name):
            whole = next((tail for _, tail in self._sayings.behind(name) if office and self._names.has(tail)), "")
            return [
                Remark(trimmed(text.removesuffix(whole)), self._now.role),
                *([self._named(whole, self._names.resolved(whole))] if whole else []),  # "hoofd Wonen UL"
            ]
        if is_nobody or (len(name) == 1 and name.islower()):
            return [Nobody(trimmed(text), self._now.role)]
        if said == "kept" or (any(map(str.isdigit, name)) and not any(map(str.isalpha, name))):
            return [Remark(trimmed(text), self._now.role)]
        if segments := self._names.segmented(text.strip(ENDS)):
            return [self._named(segment, self._names.resolved(segment)) for segment in segments]
        if behind := self._sayings.part_behind(name, self._names.has):
            head, tail, unit_of = behind
            return [*self._unknown_or_known(head, found), Remark(tail, self._now.role, unit_of=unit_of)]
        if before := self._sayings.part_before(name, self._names.has):
            head, tail = before
            return [Remark(head, self._now.role, unit_of=tail), *self._unknown_or_known(tail, found)]
        begins_known = any(self._names.has(head) for head, _ in self._sayings.behind(name))
        # "later de omgevingsdienst"
        holds_known = begins_known or next(self._sayings.within(name, self._names.has), None)
        if not holds_known and (unit := self._unit(text, found)):
            return [unit]
        if not begins_known and (group := self._sayings.group(name)) is not None:
            for _, tail in self._sayings.behind(name):  # "UL en scholen doen mee"
                if self._sayings.gives_role(tail):
                    last = self._sayings.about(tail, replace(ANYONE, role=self._now.role))[0]
                    self._tie(found, last, "role", self._start_of_tied(len(found)))
                    self.marked, self._now.given = True, len(found)
            return [Group(trimmed(text), self._now.role, open=group)]
        if read := self._with_words(text, found):
            return read
        role = self._words.role.match(name)
        plain = self._words.is_plain(name[role.end() :] if role else name)  # "Federführung wechselt jährlich"
        plain = plain or (name[:1].islower() and self._words.absent.match(name) is not None)  # "m.u.v. De Linde"
        known, rest = self._names.known_in(name)
        plain = plain or (not known and self._sayings.is_sentence(name)) or ": " in name  # "Stuurgroep: schepen"
        plain = plain or (not known and self._words.is_clause(name))
        if plain or (self._words.around.issuperset(map(fold, name.split())) and not name.isupper()):  # "Nieuw (UL)"
            return [Remark(trimmed(text), self._now.role)]
        if (
            known
            and not self._now.inside
            and self._sayings.is_around(
                rest, many=len(known) > 1, begins=name.startswith(known[0]), last=name.endswith(known[-1])
            )
        ):
            roles = (
                {self._words.role_of(match) for match in self._words.role.finditer(rest)} if self._in_cell else set()
            )
            self.marked = self.marked or len(roles) == 1  # "Hier trekt UL aan de kar"
            told = roles.pop() if len(roles) == 1 else self._now.role
            doubted = (self._mention(part, part, self._names.resolved(part), said=rest) for part in known)
            return [*(replace(one, role=told) for one in doubted), Remark(trimmed(text), told)]
        article = self._words.article.match(name)
        name = name[article.end() :] if article and article[0].islower() else name
        if name.isalpha() and name == name.lower() and not self._words.bodies.fullmatch(name):  # "huurdersraad"
            return [Remark(trimmed(text), self._now.role)]
        name = quoted[1] if (quoted := _QUOTED.fullmatch(name)) else name
        return [self._mention(text, name, self._lexicon.without_place(name), wrapped=wrapped)]

    def _with_person(self, text: str, found: list[Party]) -> list[Party]:
        """Reads what stands beside the mask of a contact person."""
        rest = self._sayings.bare(text)
        read = self._unknown_or_known(rest, found) if name_of(rest).strip("=/|()[]<> ") else []
        return [*read, Contact()]

    def _is_place_of_group(self, text: str, after: str) -> bool:
        """Whether a name tells, with the known one at the end of a group, where that is."""
        group = self._sayings.group(name_of(text)) is not None and not self._words.acting.match(name_of(text))
        return group and self._names.ends_known(text, self._names.has) and self._names.knows(after)

    def _unknown_or_known(self, text: str, found: list[Party]) -> list[Party]:
        if self._names.knows(text):
            return [self._named(text, self._names.resolved(text))]
        return self._unknown(text, found, wrapped=False)

    def _unit(self, text: str, found: list[Party]) -> Party | None:
        """Returns the remark that an unknown part of the organisation before it is; a known part takes its place."""
        name, last = name_of(text), found[-1] if found else None
        keys = candidates(last.resolution) if isinstance(last, Mention) else ()
        fields = self._words.names_fields(name) and not any(self._lexicon.by_key[key].parents for key in keys)
        if fields and isinstance(last, Mention) and (unit := self._names.unit_of(name, last.name)):
            if self._now.inside:
                return None
            del found[-1]
            return replace(last, text=f"{last.text}, {trimmed(text)}", name=name, resolution=unit)
        whole = (last.name or last.text) if isinstance(last, Mention) else getattr(last, "unit_of", "")
        is_part = whole and (fields or self._words.names_unit(name))
        return Remark(trimmed(text), self._now.role, unit_of=whole) if is_part else None

    def _with_words(self, text: str, found: list[Party]) -> list[Party]:
        """Reads a name with something said about it in front or behind: 'GO 60%', 'GK trekker', 'dank aan UK'."""
        name = name_of(text)
        for head, tail in self._sayings.behind(name):
            said = self._sayings.kind(tail)
            verb = (
                said == "about"
                and tail[0].islower()
                and len(tail) > _LONGEST_LETTERS
                and tail == tail.lower()
                and _is_written_as_name(head)
            )
            label = name[len(head) :].lstrip()[:1] in {":", "=", "–", "-"} and (
                head.isupper() or self._words.names_body(head)
            )
            if label and not said and self._words.is_plain(tail):  # "Environment Agency – consents only"
                return [self._mention(head, name_of(head), Unknown()), Remark(tail, self._now.role)]
            plain = said and (verb or label or self._names.names(head))  # "Kunstkring doet mee", "OM = advies"
            if name_of(head) and (said == "kept" or self._sayings.is_date(tail) or plain):
                read = self._unknown_or_known(head, found)
                if read and isinstance(read[-1], Mention):
                    read[-1] = replace(read[-1], text=trimmed(text)) if said == "kept" else read[-1]
                    if self._about(tail, read) and self._sayings.gives_role(tail):
                        self._tie(found, read[0], "role", self._start_of_tied(len(found)))
                        self._now.given = len(found) + len(read)
                return read
        said, rest = self._sayings.before(name, self._names.knows)
        read = self._unknown_or_known(rest, found) if said and name_of(rest) else []
        if read:
            self._about(said, read)
        elif core := next(self._sayings.within(name, self._names.knows), None):
            denies = self._sayings.denies(name, *core)
            if denies and not (found and isinstance(found[-1], Nobody)):  # "geen, behalve UL"
                self._now.tied = core[1]
                return [Remark(trimmed(text), self._now.role)]
            self._now.perhaps = self._now.perhaps or ("" if denies else core[1])
            read = self._unknown_or_known(core[0], found)
            self._now.perhaps, self._now.tied = "", core[1] if name.endswith(core[0]) and not denies else ""
        if len(read) == 1 and isinstance(read[0], Mention | Group):
            read[0] = replace(read[0], text=trimmed(text))
        return read

    def _says_part(self, inside: str, last: Mention) -> bool:
        """Whether brackets name an office, or branches, of the one before: what they are about or where is no party."""
        if MASKED.search(inside):
            return False
        if office := self._words.office.match(inside) or self._words.title.match(inside):
            return not self._names.ends_known(inside) or bool(self._names.unit_of(inside[office.end() :], last.name))
        until = self._words.ends.match(inside)
        if until and len(until[0]) > len("by") and not self._sayings.is_date(re.split("[,;]", inside)[0]):
            return True  # "(until handover to UL)"
        several = self._words.indefinite.match(inside)
        return bool(several and self._words.unit.match(inside, several.end() + 1))  # "lokale afdelingen A en B"

    def _about(self, text: str, found: list[Party]) -> bool:
        """Takes in what words say about the party before them; whether they say anything."""
        if not found or not isinstance(last := found[-1], Mention):
            return False
        if not (said := self._sayings.about(text, last, sure=self._is_sure)):
            return False
        self.marked = self.marked or self._sayings.gives_role(text)
        found[-1:] = said
        return True

    def _tie(self, found: list[Party], last: Party, said: str, start: int) -> None:
        """Gives the "role" or "doubt" of the last to those that 'en' ties to it, or all: 'GD en UD trekken'."""
        for at, one in enumerate(found[start:], start=start):
            if isinstance(one, Mention):
                found[at] = replace(one, **{said: getattr(last, said)})

    def _start_of_tied(self, last: int) -> int:
        """Returns where those begin that 'en' ties to the last: all of its list, but for who has a role already."""
        return max(self._now.given, self._now.list) if self._now.together < last else self._now.together

    def _bracketed(self, brackets: str, found: list[Party]) -> None:
        """Reads what stands in brackets: something about the party before it, parties of the register, or a remark."""
        inside = brackets.strip()[1:].removesuffix(")").strip()
        if not inside or self._about(inside, found):
            every = self._words.indefinite.match(inside)  # "(allen o.v.b.)"
            what = "role" if self._sayings.gives_role(inside) else "doubt" * bool(self._words.doubt.fullmatch(inside))
            many = what == "role" and (named := self._words.role.search(inside)) and self._words.is_of_many(named)
            if what and (every or many or self._words.shared.search(inside)):  # "(gemeinsame Federführung)"
                start = self._start_of_tied(len(found) - 1)
                self._tie(found, found[-1], what, 0 if every else min(start, len(found) - 2))
            self._now.given = len(found) if what == "role" else self._now.given
            return
        if found and isinstance(last := found[-1], Mention) and self._says_part(inside, last):
            found.append(Remark(inside, self._now.role, may_be=self._sayings.perhaps_role(inside)))
            return
        if found and isinstance(last := found[-1], Mention) and is_acronym(inside, last.name):
            known = self._names.resolved(inside)
            doubtful = isinstance(last.resolution, Known) and last.resolution.way is Way.DOUBTFUL_SPELLING
            known = last.resolution if _is_known(last) and not (doubtful and candidates(known)) else known
            found[-1] = replace(last, text=f"{last.text} ({inside})", resolution=known)
            return
        before = found[-1:] if found and isinstance(found[-1], Mention) else []
        read, outside = before, self._now
        self._now = replace(outside, inside=True)
        for part_role, doubt, part in by_role(inside, outside.role, self._names, self._words):
            self._now.role, self._now.alongside = part_role or outside.role, doubt or outside.alongside
            read = self.read(part, read)
        self._now = outside
        inner, joined = read[len(before) :], pieces(inside, self._words)[0].kind is Kind.JOIN
        if (
            before
            and isinstance(read[0], Mention)
            and (units := self._names.units(read[0], inner, inside, joined=joined))
        ):
            read = units
        elif not any(_is_more(party) or (not before and isinstance(party, Nobody)) for party in inner):
            rest = name_of(self._sayings.bare(inside)) if MASKED.search(inside) else inside
            contacts = [party for party in inner if isinstance(party, Contact)]
            said = Remark(rest, self._now.role, may_be=self._sayings.perhaps_role(rest) if before else "")
            read = [*read[: len(before)], *contacts, *([said] if rest else [])]
        found[len(found) - len(before) :] = read


def _is_written_as_name(text: str) -> bool:
    """Whether words look like those of a name: each has a capital."""
    return all(word[0].isupper() for word in text.split())


def _is_known(party: Party) -> bool:
    return isinstance(party, Group) or (isinstance(party, Mention) and bool(candidates(party.resolution)))


def _is_more(party: Party) -> bool:
    """Whether it makes more of brackets than a remark."""
    return _is_known(party) or isinstance(party, OpenList) or (isinstance(party, Remark) and bool(party.unit_of))
