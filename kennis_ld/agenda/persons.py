"""Takes the names of contact persons, and how to reach them, out of texts.

A cell is masked to the bone: whoever looks like a person and is not in the register goes. Running text keeps what the
city wrote, but for a name behind 'contactpersoon' and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from kennis_ld.agenda.contact_details import numbers_masked
from kennis_ld.agenda.contact_persons import STOP, contact_persons_of, is_in_brackets
from kennis_ld.agenda.names import MOST_WORDS_IN_A_NAME, names_of
from kennis_ld.agenda.person_names import person_names_of
from kennis_ld.agenda.pieces import Kind, Piece, name_of, pieces
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.wording import COLON, MASK, MASK_MAIL, MASK_PHONE, MASKED, Words, fold
from kennis_ld.model import Unknown

_APART = (Kind.JOIN, Kind.LINE, Kind.BRACKETS)
_LISTS = (Kind.AMONG, Kind.PERHAPS)
_PARTICLE = re.compile(r"[/.]\w")  # "O. L. v/d Berg" is no "o.l.v."
_LINE_BEGINS = re.compile(r"(?:^|\n)[\s–—*•-]*\Z")
_MASKS = re.compile(f"({MASKED.pattern})")
_BRACKETED = re.compile(rf"(?!{MASKED.pattern})[\[<]((?:{MASKED.pattern}|[^\[\]<>\n])+)[\]>]")
"""Other brackets than round ones: 'UL [Anna Visser <a.visser@stad.example>]'."""
_GOES_ON = re.compile(r"[\w.&]$")  # "z. B. Bos", "R&D. Wie"


@lru_cache(maxsize=16_384)
def masked_cell(cell: str, *, words: Words, lexicon: Register) -> str:
    """Returns a cell of a table without persons: their names, e-mail addresses, telephone, BSN and IBAN numbers."""
    return _persons(words, lexicon).masked(numbers_masked(cell)) if cell.strip() else cell


@lru_cache(maxsize=256)
def masked_text(text: str, *, words: Words, lexicon: Register) -> str:
    """Returns running text without the names behind 'contactpersoon', and what reaches them in the same sentence."""
    return contact_persons_of(words, lexicon).running(text)


class _Persons:
    """Finds persons with the words of a publication and its register."""

    def __init__(self, words: Words, lexicon: Register) -> None:
        self._words = words
        self._names = names_of(lexicon, words)
        self._persons = person_names_of(words, lexicon)
        self._contacts = contact_persons_of(words, lexicon)
        mask = re.escape(MASK)
        self._repeated_masks = re.compile(
            rf"{mask}(?:[\s,.]*(?:(?:{words.and_.pattern}|{words.or_.pattern}|&)\s+)?{mask})+"
        )

    def masked(self, text: str) -> str:
        """Masks every person in a whole cell, whatever brackets they stand in."""
        round_ = _BRACKETED.sub(r"(\1)", text)
        found = self._masked_in_any_case(round_)
        return text if found == round_ else found

    def _masked_in_any_case(self, text: str) -> str:
        """Masks every person; a cell in small letters or in capitals only is so again."""
        letters = MASKED.sub("", text)
        for case in (str.lower, str.upper):
            if " " in text.strip() and letters == case(letters) and letters.lower() != letters.upper():
                spelled = self.cell(self._persons.spelled(self._contacts.capitalised(text)), in_brackets=False)
                return "".join(part if MASKED.fullmatch(part) else case(part) for part in _MASKS.split(spelled))
        return self.cell(text, in_brackets=False)

    def cell(self, text: str, *, in_brackets: bool, behind_known: bool = False) -> str:
        """Masks every person in a part of a cell."""
        text = self._persons.shape.with_initials.sub(self._masked_initials, self._contacts.cell(text))
        text = self._persons.shape.reversed.sub(self._masked_reversed, text)
        done, at = [], 0
        for start, end in sorted(self._headed(text)):
            if start >= at:
                done += [self._by_piece(text[at:start], in_brackets=in_brackets), text[start:end]]
                at = end
        rest = text[at:]
        masked = "".join([*done, self._by_piece(rest, in_brackets=in_brackets, behind_known=behind_known)])
        return self._repeated_masks.sub(MASK, masked)

    def _headed(self, text: str) -> Iterator[tuple[int, int]]:
        """Yields where words stand that say what follows: with a colon, or before a name of the register."""
        for pattern in (self._words.role, self._words.before_name):
            for match in pattern.finditer(text):
                colon = COLON.match(text, match.end())
                end = colon.end() if colon else self._contacts.start_of_known(text, match.end())
                if end > match.end() and not is_in_brackets(text, match.start()):
                    yield match.start(), end

    def _masked_reversed(self, match: re.Match[str]) -> str:
        """Masks 'Visser, A.', and 'Visser, Anna' on a line of its own; but not 'HK, N. N.'."""
        surname, given = match["surname"], match["given"]
        no_name = surname.isupper() or self._names.knows(surname) or self._persons.is_body(surname)
        nobody = [letter for letter in match[0][len(surname) :] if letter.isalpha()] == ["N", "N"]
        line = _LINE_BEGINS.search(match.string, 0, match.start())
        no_given = given and not (line and self._persons.is_given(given) and not self._names.knows(given))
        return match[0] if no_name or nobody or no_given else MASK

    def _masked_initials(self, match: re.Match[str]) -> str:
        """Masks initials with a family name at the start of a piece or behind a known name: 'E. D. de Boer'."""
        text, start = match.string, match.start()
        before, after = text[:start].rstrip(" \t"), STOP.search(text, match.end())
        end = self._persons.before_role(text, start, match.end())
        phrases = (self._words.alongside.match(text, start), self._words.chair.match(text, start))
        if (
            any(found and not _PARTICLE.match(text, found.end()) for found in phrases)
            or not self._persons.shape.with_initials.fullmatch(text, start, end)
            or any(map(self._persons.is_kept, (text[start : after.start() if after else len(text)], text[start:end])))
            or (_GOES_ON.search(before) and not self._is_behind_small(before) and not self._names.ends_known(before))
        ):
            return match[0]
        return MASK + text[end : match.end()]

    def _is_behind_small(self, before: str) -> bool:
        """Whether a text ends in a small word, and not one that a name goes on behind: 'na overleg bij'."""
        last = before.split()[-1]
        return last.isalpha() and last.islower() and len(last) > 1 and last not in self._words.particles

    def _by_piece(self, text: str, *, in_brackets: bool, behind_known: bool = False) -> str:
        done, at = [], 0
        for match in MASKED.finditer(text):
            if match[0] == MASK and not is_in_brackets(text, match.start()):
                head = text[at : match.start()]
                leading = self._contacts.start_of_leading(head)
                masked = self._by_name(head[:leading], in_brackets=in_brackets, behind_known=behind_known)
                done += [masked, head[leading:], MASK]
                at = match.end()
        beside = at > 0 and in_brackets
        return "".join([*done, self._by_name(text[at:], in_brackets=in_brackets, behind_known=behind_known or beside)])

    def _by_name(self, text: str, *, in_brackets: bool, behind_known: bool) -> str:
        """Masks the persons in a run of pieces, and those that stand in a list with one of them."""
        run = pieces(text, self._words)
        said = [text[piece.start : piece.end] for piece in run]
        masked: set[int] = set()
        known: dict[int, int] = {}  # where names of the register begin, by where they end
        at = 0
        while at < len(run):
            end = self._end_of_known(text, run, at)
            if end > at:
                known[end - 1] = at
                at = end
                continue
            piece = run[at]
            if piece.kind is Kind.BRACKETS:
                inside = piece.text[1:].removesuffix(")")
                said[at] = f"({self.cell(inside, in_brackets=True, behind_known=at - 1 in known)})"
            elif piece.kind is Kind.NAME and not self._is_field(run, at):
                stop = self._names.reaches_over(text, run, at + 1)
                likely = self._is_likely(run, at, known, behind_known=behind_known)
                near = in_brackets or likely or self._has_office(text, run, at)
                whole = text[piece.start : run[stop - 1].end]
                if self._persons.is_person(whole, near=near):
                    said[at:stop] = [_replaced(whole), *[""] * (stop - at - 1)]
                    masked.add(at)
                    at = stop
                    continue
                listed = self._persons.is_listed(name_of(piece.text[self._persons.leading(piece.text) :]))
                alone = likely or (listed and self._is_beside(text, run, at, known))
                said[at] = self._one(piece.text, near=near, alone=alone)
                masked |= {at} if said[at].rstrip().endswith(MASK) else set()
            at += 1
        self._mask_listed(run, said, masked, in_brackets=in_brackets)
        edges = [0, *chain.from_iterable((piece.start, piece.end) for piece in run), len(text)]
        blanks = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
        return "".join(chain(*zip(blanks, [*said, ""], strict=True)))

    def _end_of_known(self, text: str, run: Sequence[Piece], at: int) -> int:
        """Returns where a name of the register ends that begins at a piece; it does before a person: 'GK/Bremema'."""
        end, whom = self._names.longest(text, run, at)
        tied = end == at + 3 and run[at + 1].kind is Kind.SLASH and isinstance(whom, Unknown)
        return at + 1 if tied and self._persons.is_surname(name_of(run[at + 2].text)) else end

    def _one(self, text: str, *, near: bool, alone: bool) -> str:
        """Returns a piece without its person, with the words before: 'nu Bremema'."""
        lead = self._persons.leading(text)
        rest = text[lead:]
        if self._persons.is_person(rest, near=near) or (
            alone and self._persons.is_surname(name_of(MASKED.sub(" ", rest)))
        ):
            return text[:lead] + _replaced(rest)
        return text[:lead] + self._inside(rest)

    def _is_likely(self, run: Sequence[Piece], at: int, known: Mapping[int, int], *, behind_known: bool) -> bool:
        """Whether a person is likely at a piece: beside an organisation, an office or a number, in no list of names."""
        before, behind = run[at - 1 : at] if at else (), self._behind(run, at)
        called = self._words.contact.fullmatch(behind)  # 'Anna Visser (contactpersoon)'
        if self._names.has(behind) or called or self._has_number(run, at):
            return True
        if not before or before[0].kind in _LISTS:
            return behind_known and not before
        if behind_known:
            return True
        label = before[0].kind is Kind.COLON and not self._words.contact.fullmatch(name_of(run[at - 2].text))
        tight = label or (before[0].kind is Kind.SLASH and before[0].text == "/")
        first = known.get(at - 2, 0)
        around = (*run[max(first - 1, 0) : first], *run[at + 1 : at + 2])
        apart = before[0].kind is Kind.DASH and all(piece.kind in _APART for piece in around)
        return at - 2 in known and (tight or apart)

    def _is_beside(self, text: str, run: Sequence[Piece], at: int, known: Mapping[int, int]) -> bool:
        """Whether a name of the register stands before or behind a piece, with only what lists them between."""
        before = at - 1
        if at and run[before].kind is not Kind.JOIN:
            return False
        while before >= 0 and run[before].kind is Kind.JOIN:
            before -= 1
        listed = len(run) > at + 2 and run[at + 1].kind is Kind.JOIN
        behind = listed and self._names.longest(text, run, at + 2)[0] > at + 2
        return behind or (before < at - 1 and before in known)

    def _mask_listed(self, run: Sequence[Piece], said: list[str], masked: set[int], *, in_brackets: bool) -> None:
        """Masks those in a list with a person that look like one: 'Bremema en Hovema (GK)'."""
        for step in (1, -1):
            for at in range(len(run))[::step]:
                beside, tie = at - 2 * step, at - step
                if beside not in masked or at in masked or run[at].kind is not Kind.NAME:
                    continue
                if not in_brackets and not run[tie].text[0].isalpha():
                    continue
                if self._persons.is_surname(name_of(run[at].text)):
                    said[at] = _replaced(run[at].text)
                    masked.add(at)
                elif step > 0:
                    said[at] = self._inside(run[at].text, listed=True)

    def _behind(self, run: Sequence[Piece], at: int) -> str:
        """Returns what stands in brackets behind a piece; empty where nothing does."""
        behind = run[at + 1 : at + 2]
        return behind[0].text.strip("() ") if behind and behind[0].kind is Kind.BRACKETS else ""

    def _has_office(self, text: str, run: Sequence[Piece], at: int) -> bool:
        """Whether an office stands behind a piece and a comma: 'Fatou Bremema, lector'."""
        if len(run) < at + 3 or run[at + 1].text.strip() != "," or self._names.longest(text, run, at + 2)[0] > at + 2:
            return False
        office = run[at + 2].text.lstrip()
        return bool(self._words.before_name.match(office) or self._words.office.match(office))

    def _is_field(self, run: Sequence[Piece], at: int) -> bool:
        """Whether a piece is what a body is of: 'School of Law', 'Friends of Anna', whose 'of' is a Dutch 'or'."""
        weak = at > 1 and run[at - 1].kind is Kind.WEAK_EITHER
        name = name_of(run[at - 2].text) if weak else ""
        return weak and (self._words.office.match(name) is not None or self._words.bodies.fullmatch(name) is not None)

    def _inside(self, text: str, *, listed: bool = False) -> str:
        """Masks persons beside a known name without a separator, or in a sentence: 'GK Anna Visser', 'Visser GK'.

        Args:
            listed: whether a person stands before the text, in one list with what it begins with.
        """
        done, at, tokens = [], 0, list(re.finditer(r"(?<!\S)\S+", text))
        for count, token in enumerate(tokens):
            start, near = token.start(), tokens[max(count - MOST_WORDS_IN_A_NAME, 0)].start()
            if start < at:
                continue
            head, tail = text[max(near, at) : start], text[start:]
            last, known = head.split()[-1:], head != "" and self._names.ends_known(head, self._names.has)
            if len(tokens) - count <= MOST_WORDS_IN_A_NAME:
                capitals = name_of(tail).isupper() and self._names.has(tail)
                named = name_of(text[at:start])
                if capitals and (self._persons.is_likely_surname(named) or self._persons.is_person(named, near=False)):
                    done.append(_replaced(text[at:start]))
                    at = start
                    break
                if known and self._persons.is_person(tail, near=False):
                    return "".join([*done, text[at:start], _replaced(tail)])
            small = last and last[0].islower() and not self._words.is_body(last[0])
            small = known or (listed and not count) or (small and not self._persons.ends_with_particle(head))
            found = self._persons.shape.name.match(text, start)
            name, _, more = found[0].partition(" ") if found else ("", "", "")
            if more and not self._names.has(more.removeprefix(self._persons.particles(more))):  # "Anna vom GK"
                name = f"{name} {more}"
            end, before = start + len(name), "small" if small else text[:start].strip()
            if name and self._persons.is_named(name, before=before, behind=text[end : end + 2]):
                done += [text[at:start], MASK]
                at = end
        return "".join([*done, text[at:]])

    def _has_number(self, run: Sequence[Piece], at: int) -> bool:
        """Whether an e-mail address or a telephone number belongs to a piece: it is then most likely a person.

        It does not where another name stands between the two, or beside the number in brackets.
        """
        behind = run[at + 1 :]
        if behind[1:] and behind[0].kind is Kind.LINE and MASKED.match(behind[1].text.lstrip()):
            behind = behind[1:]  # "Bos", and "06-…" on the next line
        for piece in (run[at], *behind):
            if MASK_MAIL in piece.text or MASK_PHONE in piece.text:
                return piece is run[at] or not self._names_somebody(piece.text)
            if piece is not run[at] and (piece.kind is Kind.LINE or self._names_somebody(piece.text)):
                return False
        return False

    def _names_somebody(self, text: str) -> bool:
        """Whether there is more in a text than numbers and what says of whom they are: 'directeur wonen', 'tel:'."""
        name = name_of(text)
        if self._words.before_name.match(name) or self._words.office.match(name):
            return False
        rest = self._words.without_leading(re.sub(r"\[(?:e-mail|telefoon)\]", " ", text))
        tokens = [fold(token.strip(".:()")) for token in re.split(r"[\s,;/]+", rest)]
        return any(len(token) > 1 and token not in self._words.contact_columns for token in tokens)


@lru_cache(maxsize=8)
def _persons(words: Words, lexicon: Register) -> _Persons:
    return _Persons(words, lexicon)


def _replaced(text: str) -> str:
    """Returns the mask in the place of a name, with the blanks and masks around it."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    masks = "".join(f" {mask}" for mask in MASKED.findall(text))
    return f"{before}{MASK}{masks}{after}"


def divided(cell: str, *, words: Words, lexicon: Register) -> str:
    """Returns a masked cell in which a comma stands for what leads up to a person: 'GK contactpersoon: [naam]'."""
    done, at, contacts = "", 0, contact_persons_of(words, lexicon)
    for match in MASKED.finditer(cell):
        before = cell[at : match.start()]
        head = before[: contacts.start_of_leading(before)].rstrip()
        done += f"{head}{',' if head[-1:].isalnum() else ''} {match[0]}"
        at = match.end()
    return done + cell[at:]
