"""What words around a name say of it: a share, a period, a doubt, a role, or that nobody is known yet.

They stand in brackets, behind the name ("GO 60%", "HK vanaf 1-1-2026") or before it ("subsidie van de provincie").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kennis_ld.agenda.names import AROUND
from kennis_ld.agenda.periods import comparable, is_time, period_of_party, time_before
from kennis_ld.agenda.pieces import ENDS, Kind, Piece, name_of
from kennis_ld.agenda.wording import MASKED, NARROWER, Words, fold
from kennis_ld.model import Mention, Party, Remark, Role

_NO_PARTY = ("period", "start", "end", "status", "budget", "link", "remark")
"""What other columns hold: in a cell with parties it stands behind its name."""

ANYONE = Mention("", Role.PARTNER)
"""A party of whom something may be said."""

_MOST_TOKENS = 12
_BETWEEN = re.compile(r"(?:\s*[:=–]|\s+-|-(?=\s+[A-Z]))?\s+")
_PARTS = re.compile(r"[,;]|\s[–—-]\s")
_LABEL = re.compile(r"([^:?]+)[:?]")
_NUMBER = re.compile(r"\s+[0-9]+\.[0-9]")
_BETWEEN_SAYINGS = re.compile(r",?\s+|(?<=\w)(?=\?$)")


class Sayings:
    """Reads what words say about the party beside them, with the words of a language."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def kind(self, text: str) -> str:
        """Returns what words beside a name are: "kept" as words of the mention, "about" it, or nothing that we know."""
        text = self._said(text.strip(f"{ENDS}?"))
        if self._words.share.fullmatch(text) or self._words.shared.fullmatch(text):
            return "kept"
        role = self._role(text)
        is_letter = role is not None and len(role["role"]) <= 3
        return "about" if not is_letter and self.about(text, ANYONE) else ""

    def gives_role(self, text: str) -> bool:
        """Whether words are one that gives a role."""
        said = self._said(text)
        return self._role(said) is not None and not self._words.shared.fullmatch(said)

    def _role(self, text: str) -> re.Match[str] | None:
        """Returns the word for a role that a text is, with what is done, or for whom: 'leads on delivery'."""
        role = self._words.role.match(text)
        if role and role.end() < len(text) and self._words.label.fullmatch(role["role"]):
            return None  # "(namens de regio)"
        first, _, rest = text[role.end() if role else 0 :].lstrip().partition(" ")
        task = fold(first) in self._words.around and self._words.is_plain(rest)
        return role if role and (not first or task or self._for_whom(text, role)) else None

    def _for_whom(self, text: str, role: re.Match[str]) -> str:
        """Returns who is only spoken for behind a word for a role: 'trekker namens de regio'."""
        rest = text[role.end() :].lstrip()
        task = self._words.task.fullmatch(role["role"])  # "ondersteuning vanuit UL"
        return rest if self._words.represents.match(rest) and not task else ""

    def perhaps_role(self, text: str) -> str:
        """Returns the role that an unknown word in brackets behind a name may give, as [roles] calls it; or nothing."""
        word = fold(self._said(text))
        known = (role for role in NARROWER if self._words.columns[role].fullmatch(word))
        return next(known, "partner" if self._words.role_like.fullmatch(word) else "")

    def about(self, text: str, last: Mention, *, sure: bool = False) -> list[Party]:
        """Returns the party before these words as they make it, with a remark where they are one; or none.

        Args:
            sure: whether its role is, so that words for a task give no other.
        """
        if said := self._about(text, last, sure=sure):
            return said
        for divider in _BETWEEN_SAYINGS.finditer(text):  # "trekker vanaf 2026", "partner, 50%", "partner?"
            head, tail = text[: divider.start()], text[divider.end() :]
            first = self._about(head, last, sure=sure) if self._is_measure(head) or self._is_measure(tail) else []
            if first and isinstance(first[0], Mention) and (others := self.about(tail, first[0], sure=sure)):
                return [*others, *first[1:]]
        return []

    def leads(self, run: Sequence[Piece], at: int) -> bool:
        """Whether brackets cast doubt on the name behind them: '(beoogd) UL'."""
        inside = run[at].text.strip("() ")
        between = run[max(at - 1, 0)].kind is not Kind.NAME and at + 1 < len(run) and run[at + 1].kind is Kind.NAME
        return between and bool(self._words.doubt.fullmatch(inside) or self.is_nobody(inside))

    def unless_absent(self, one: Mention) -> Mention | Remark:
        """Returns a party, or a remark where the word that casts doubt on it says that it does not take part."""
        return Remark(f"{one.doubt} {one.text}", one.role) if self._words.absent.fullmatch(one.doubt) else one

    def _is_measure(self, text: str) -> bool:
        """Whether words are a share, a day or year, or a question mark."""
        return text == "?" or self._words.share.fullmatch(text) is not None or self.is_date(text)

    def _about(self, text: str, last: Mention, *, sure: bool) -> list[Party]:
        inside = self._said(text)
        if self._words.share.fullmatch(inside) or self._words.shared.fullmatch(inside):
            return [replace(last, text=last.text if inside in last.text else f"{last.text} ({inside})")]
        if role := self._role(inside):
            narrower = self._words.narrower_of(role)
            other = self._words.role_of(role).main != last.role.main
            if other and (sure or last.role.main == Role.LEAD) and self._words.task.fullmatch(role["role"]):
                return [last, Remark(inside, last.role, may_be=narrower)]  # "GD (advies)"
            named = replace(last, role=self._words.role_of(role))
            said = inside if narrower else self._for_whom(inside, role)
            return [named, Remark(said, named.role, may_be=narrower)] if said else [named]
        if (during := self.during(text, last)) is not last:
            return [during]
        if not inside.strip("? "):
            return [replace(last, doubt="?")] if text.strip() else []
        if any(map(self.is_none, _PARTS.split(inside))) or self._declines(inside):
            return [Remark(f"{last.text} ({inside})", last.role)]
        if self._words.doubt.fullmatch(inside) or self.is_nobody(inside):
            return [replace(last, doubt=text.strip(" ,;:–-"))]
        if is_time(inside, self._words):
            return [last, Remark(inside, last.role)]
        return []

    def _declines(self, text: str) -> bool:
        """Whether words behind a name say that it has a role no more, and not until when: 'no longer leads this'."""
        absent = self._words.absent.match(text)
        role = self._words.role.search(text, absent.end()) if absent and text.islower() else None
        return bool(role and not self._words.task.fullmatch(role["role"])) and not any(map(str.isdigit, text))

    def during(self, text: str, last: Mention) -> Mention:
        """Returns a party with the start or end that words say, or as it was."""
        if not (period := period_of_party(text, self._words)):
            return last
        start, end = comparable(period.start or last.start, period.end or last.end)
        return last if start and end and start > end else replace(last, start=start, end=end)

    def is_nobody(self, text: str) -> bool:
        """Whether a text says that nobody is known yet."""
        name = name_of(name_of(text).strip(AROUND))
        if not name:
            return "?" in text
        bare = name_of(self._words.whom.sub(" ", name)) or name
        if self._words.nobody.fullmatch(bare) or self._words.nobody.fullmatch(f"{bare}."):
            return True
        if start := self._words.nobody_start.match(name):
            rest = name[start.end() :]
            if not rest.strip() or (rest[0].isspace() and rest.strip()[0].islower()):
                return True
        return self._words.is_unsettled(name)

    def is_none(self, text: str) -> bool:
        """Whether a text only says that nobody takes part: 'geen partners'."""
        return self._words.absent.fullmatch(name_of(self._words.whom.sub(" ", text))) is not None

    def denies(self, name: str, core: str, odd: str) -> bool:
        """Whether words around a name say that it takes no part; two that deny do not: 'none other than UL'."""
        absent, nobody = self._words.absent, self._words.nobody
        if self._words.aside.search(odd):
            return True  # "ANB keurt het plan goed"
        if self._words.is_unsettled(odd) or not (absent.match(name) or absent.search(odd)):
            return False
        said, denials = nobody.subn(" ", name.replace(core, " "))
        return (denials + len(absent.findall(said))) % 2 == 1

    def group(self, name: str) -> bool | None:
        """Returns whether the members of a group are left open; None for what is no group."""
        article = self._words.article.match(name)
        name = name[article.end() :] if article else name
        if match := self._words.indefinite.match(name):
            rest = name[match.end() :].strip()
            plural, behind = self._words.singular(rest)
            if plural and behind[:1].isupper():  # "drie gemeenten Aalderen en Bokkum"
                return None
            if name[0].isdigit():
                return True if self._words.names_group(rest) or self._words.groups.match(rest) else None
            if rest[:1].islower() or name[0].islower() or self._words.groups.match(rest):
                return True
        if self._words.groups.fullmatch(name) or self._words.alone.fullmatch(name):
            return False
        if self._words.names_group(name) and not (name[:2].istitle() and self._words.bodies.match(name)):
            return False  # 'Kring rond mantelzorgers' may be an organisation: a finding asks
        first, _, last = name.partition(" ")
        if first.islower() and fold(first) not in self._words.around and self._words.names_group(last):
            return True  # "allfällige Sponsoren"
        match = self._words.groups.match(name)
        return False if match and (name[0].islower() or name[match.end() :].strip()[:1].islower()) else None

    def is_no_name(self, name: str) -> bool:
        """Whether words are one for a role or a contact, or lead elsewhere: 'zie project 3', 'vervalt'."""
        label = _LABEL.match(name)
        if label and self.heads_column(label[1]):
            return True  # "Status: loopt", "Bis wann? Ende 2027"
        no_name = (self._words.role, self._words.contact, self._words.stopped)
        being = self._words.being.match(name)  # "as 1.3, but without UL"
        refers = self._words.refers.match(name) or _NUMBER.match(name[being.end() :] if being else "")
        return any(pattern.fullmatch(name) for pattern in no_name) or bool(refers)

    def heads_column(self, text: str) -> bool:
        """Whether words are the heading of a column without parties: 'Status', 'Looptijd'."""
        return any(self._words.columns[kind].fullmatch(text) for kind in _NO_PARTY)

    def is_sentence(self, text: str) -> bool:
        """Whether words begin as a sentence about what is still open: 'Wordt opgepakt', 'Wird vom Rat beauftragt'."""
        first, _, rest = text.partition(" ")
        return fold(first) in self._words.settling and rest[:1].islower()

    def is_around(self, rest: str, *, many: bool, begins: bool, last: bool) -> bool:
        """Whether words around a known name tell about it, and make no other name of it: 'Gaat via de UL lopen'.

        Args:
            many: whether it is several names, of which no other one is made.
            begins: whether the text begins with a known name.
            last: whether it ends with one.
        """
        first, *others = rest.split() or [""]
        small = [word for word in others if word[0].islower()]
        tells = (first[:1].islower() or len(small) > 2) and len(small) > 2 * (len(others) - len(small))
        acting = any(found.end() == len(rest) for found in self._words.acting.finditer(rest))  # "T-level students"
        tells = tells or (begins and first[:1].islower() and fold(first) not in self._words.around)  # "UL stellt Räume"
        small_first = last and first[:1].islower() and not self._words.is_body(rest)  # "vor Ort UL"
        small_first = small_first or fold(first) in self._words.settling  # "TBC between UL"
        told = (
            acting
            or small_first
            or (many and (first[:1].islower() or small))
            or (tells and not self._words.is_body(rest))
        )
        return bool(told or self._words.alone.fullmatch(rest))

    def behind(self, name: str) -> Iterator[tuple[str, str]]:
        """Yields a name and what is said behind it, at each of its blanks; the longest that is said comes first."""
        for match in _BETWEEN.finditer(name):
            yield name[: match.start()], name[match.end() :]

    def part_behind(self, name: str, has: Callable[[str], bool]) -> tuple[str, str, str] | None:
        """Returns a known name, words behind it that name no party, and the whole where they are a part of it.

        'UL afdeling Wonen', 'HCC Chief Executive', 'UL: 2 x 10 studenten', 'UL zonder ICLON', 'UL t/m de oplevering'.
        """
        for head, tail in self.behind(name):
            part = self._words.names_unit(tail) or self._words.names_fields(tail) or self._words.office.match(tail)
            colon = name[len(head)] == ":" and self._words.is_plain(tail)
            until = None if any(map(str.isdigit, tail)) else self._words.until.match(tail)
            without = self._words.absent.match(tail) or until
            being = self._words.being.match(tail)  # "BBL als Betreiber"
            plain = self._words.is_plain(tail) or self.kind(tail)
            without = without or (None if plain else being)
            if self._declines(tail):
                continue
            said = part or colon or (without and without.end() < len(tail))
            if (said and has(head)) or (colon and tail[0].isdigit()):
                return head, tail, name_of(head) if part else ""
        return None

    def part_before(self, name: str, has: Callable[[str], bool]) -> tuple[str, str] | None:
        """Returns an unknown part and the known name behind it of which it is one: 'afdeling Wonen van de UL'."""
        for match in self._words.part_of.finditer(name):
            head, tail = name[: match.start()], name[match.end() :]
            unit = self._words.names_unit(head) and not self._words.unit.fullmatch(head)  # "Dept. of Housing" is a name
            together = self._words.alone.fullmatch(head) and not self._words.groups.fullmatch(head)
            if (unit or together) and has(tail):
                return head, tail
        return None

    def of(self, text: str) -> str:
        """Returns what follows on words such as 'of the'."""
        tokens = text.strip(ENDS).split()
        while tokens and fold(tokens[0]) in self._words.around:
            del tokens[0]
        return " ".join(tokens)

    def without_small(self, name: str) -> str:
        """Returns a name without the small words before it that do not say who: 'sindsdien Voka', 'de Zee'."""
        article = self._words.article.match(name)
        end = article.end() if article else name.find(" ") + 1
        said = name[:end].strip()
        small = said and said[0].islower() and (article or fold(said) in self._words.around)
        return self.without_small(name[end:]) if small and end < len(name) else name

    def bare(self, text: str) -> str:
        """Returns words without the masks of a contact person and what leads up to them."""
        rest = self._words.weak_alongside.sub(" ", self._words.without_leading(MASKED.sub(" ", text)))
        return re.sub(r"\s*[,:;/]+(?=\s|$)", "", rest)

    def behind_shares(self, text: str) -> Sequence[str]:
        """Returns the parts of a text that end in a share, and the rest: 'UL 60%' and 'GL 40%'."""
        ends = [0, *(share.end() for share in self._words.share.finditer(text)), len(text)]
        return [part for one, other in pairwise(ends) if (part := text[one:other].strip())]

    def before(self, name: str, knows: Callable[[str], bool]) -> tuple[str, str]:
        """Returns a share or a day before a name, and the rest: '50% GK', 'vanaf 2026 HK'."""
        if match := self._words.share.match(name):
            return match[0], name[match.end() :]
        end = time_before(name, self._words)
        sure = period_of_party(name[:end], self._words) and (self.is_date(name[:end]) or knows(name[end:]))
        return (name[:end], name[end:]) if sure else ("", name)  # "2025-2027" may begin a name

    def within(self, name: str, knows: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
        """Yields known names in a text without words around them that do not say who, and these if they may matter."""
        rest = name[time_before(name, self._words) :].lstrip(ENDS)
        tokens = rest.split()
        for length in range(len(tokens) if len(tokens) <= _MOST_TOKENS else 0, 0, -1):
            for first in range(len(tokens) - length + 1):
                core = " ".join(tokens[first : first + length])
                if length == len(name.split()) or not knows(core):
                    continue
                around = [*tokens[:first], *tokens[first + length :]]
                odd = [token for token in around if fold(token) not in self._words.around and not token.isdigit()]
                said = " ".join(odd)
                said = " ".join(self._words.whom.sub(" ", said).split()) if self._words.absent.search(said) else said
                said = said.lower() if self.is_sentence(said) else said
                small = first == 0 and core.isupper() and said == said.lower()  # "NPA ranger service"
                small = small and not any(map(knows, odd))
                sure = small or self._words.is_plain(said) or self._words.is_unsettled(said)
                if not odd or sure or self._words.absent.fullmatch(said):
                    yield core, said

    def is_date(self, text: str) -> bool:
        """Whether words say from or until when."""
        text = text.strip(ENDS)
        begins = self._words.starts.match(text) or self._words.ends.match(text)
        return begins is not None and period_of_party(text, self._words) is not None

    def _said(self, text: str) -> str:
        text = text.strip(f"{ENDS} ")
        being = self._words.being.match(text)
        return text[being.end() :].strip() if being else text
