"""Takes the names of contact persons, and how to reach them, out of texts.

A cell is masked to the bone: whoever looks like a person and is not in the register goes. Running text keeps what the
city wrote, but for a name behind 'contactpersoon' and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kennis_ld.agenda.contact_details import numbers_masked
from kennis_ld.agenda.contact_persons import STOP, contact_persons_of, is_in_brackets
from kennis_ld.agenda.names import names_of
from kennis_ld.agenda.person_names import person_names_of
from kennis_ld.agenda.pieces import Kind, Piece, name_of, pieces
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.wording import COLON, MASK, MASK_MAIL, MASK_PHONE, MASKED, Words, fold

_PARTICLE = re.compile(r"[/.]\w")  # "O. L. v/d Berg" is no "o.l.v."
_GOES_ON = re.compile(r"[\w.&]$")  # "z. B. Bos", "R&D. Wie"


@lru_cache(maxsize=16_384)
def masked_cell(cell: str, *, words: Words, lexicon: Register) -> str:
    """Returns a cell of a table without persons: their names, e-mail addresses, telephone, BSN and IBAN numbers."""
    return _persons(words, lexicon).cell(numbers_masked(cell), in_brackets=False) if cell.strip() else cell


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
        self._repeated_masks = re.compile(rf"{mask}(?:[\s,.]*(?:(?:{words.and_.pattern}|&)\s+)?{mask})+")

    def cell(self, text: str, *, in_brackets: bool) -> str:
        """Masks every person in a cell."""
        text = self._persons.shape.with_initials.sub(self._masked_initials, self._contacts.cell(text))
        text = self._persons.shape.reversed.sub(self._masked_reversed, text)
        done, at = [], 0
        for start, end in sorted(self._headed(text)):
            if start >= at:
                done += [self._by_piece(text[at:start], in_brackets=in_brackets), text[start:end]]
                at = end
        masked = "".join([*done, self._by_piece(text[at:], in_brackets=in_brackets)])
        return self._repeated_masks.sub(MASK, masked)

    def _headed(self, text: str) -> Iterator[tuple[int, int]]:
        """Yields where words stand that say what follows: with a colon, or before a name of the register."""
        for pattern in (self._words.role, self._words.title):
            for match in pattern.finditer(text):
                colon = COLON.match(text, match.end())
                end = colon.end() if colon else self._contacts.start_of_known(text, match.end())
                if end > match.end() and not is_in_brackets(text, match.start()):
                    yield match.start(), end

    def _masked_reversed(self, match: re.Match[str]) -> str:
        """Masks 'Visser, A.', but not 'HK, N. N.'."""
        surname, _, initials = match[0].partition(",")
        no_name = surname.isupper() or self._names.knows(surname) or self._persons.is_body(surname)
        nobody = [letter for letter in initials if letter.isalpha()] == ["N", "N"]
        return match[0] if no_name or nobody else MASK

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

    def _by_piece(self, text: str, *, in_brackets: bool) -> str:
        done, at = [], 0
        for match in MASKED.finditer(text):
            if match[0] == MASK and not is_in_brackets(text, match.start()):
                head = text[at : match.start()]
                leading = self._contacts.start_of_leading(head)
                done += [self._by_name(head[:leading], in_brackets=in_brackets), head[leading:], MASK]
                at = match.end()
        return "".join([*done, self._by_name(text[at:], in_brackets=in_brackets)])

    def _by_name(self, text: str, *, in_brackets: bool) -> str:
        run = pieces(text, self._words)
        done: list[str] = []
        at, beside = 0, False  # whether the name before is one of a person: 'Anna, Bert en Fatou'
        while at < len(run):
            done.append(text[run[at - 1].end if at else 0 : run[at].start])  # blanks between two separators
            end, _ = self._names.longest(text, run, at)
            if end > at:
                done.append(text[run[at].start : run[end - 1].end])
                at = end
                continue
            piece = run[at]
            if piece.kind is Kind.BRACKETS:
                inside = piece.text[1:].removesuffix(")")
                done.append(f"({self.cell(inside, in_brackets=True)})")
            elif piece.kind is Kind.NAME:
                stop = self._names.reaches_over(text, run, at + 1)
                whole = text[piece.start : run[stop - 1].end]
                number = self._has_number(run, at)
                behind = self._behind(run, at)
                # 'Voorbeeld (UL)' is most likely a person.
                of_body = self._names.has(behind) and not self._is_field(text, run, at)
                called = self._words.contact.fullmatch(behind)  # 'Anna Visser (contactpersoon)'
                near = in_brackets or number or of_body or bool(called) or self._has_office(text, run, at)
                if self._persons.is_person(whole, near=near):
                    done.append(_replaced(whole))
                    at, beside = stop, True
                    continue
                alone = (
                    of_body
                    or (in_brackets and beside)
                    or (number and (in_brackets or at > 0 or MASKED.search(piece.text)))
                )
                surname = alone and self._persons.is_surname(name_of(MASKED.sub(" ", piece.text)))
                person = surname or self._persons.is_person(piece.text, near=near)
                done.append(_replaced(piece.text) if person else self._inside(piece.text))
                beside = person
            else:
                done.append(piece.text)
            at += 1
        return "".join([*done, text[run[-1].end :]]) if run else text

    def _behind(self, run: Sequence[Piece], at: int) -> str:
        """Returns what stands in brackets behind a piece; empty where nothing does."""
        behind = run[at + 1 : at + 2]
        return behind[0].text.strip("() ") if behind and behind[0].kind is Kind.BRACKETS else ""

    def _has_office(self, text: str, run: Sequence[Piece], at: int) -> bool:
        """Whether an office stands behind a piece and a comma: 'Fatou Bremema, lector'."""
        if len(run) < at + 3 or run[at + 1].text.strip() != "," or self._names.longest(text, run, at + 2)[0] > at + 2:
            return False
        office = run[at + 2].text.lstrip()
        return bool(self._words.title.match(office) or self._words.office.match(office))

    def _is_field(self, text: str, run: Sequence[Piece], at: int) -> bool:
        """Whether a piece is the field of an office: 'Head of Estates (UL)', whose 'of' is a Dutch 'or'."""
        weak = at > 1 and run[at - 1].kind is Kind.WEAK_EITHER
        return weak and self._words.office.match(text[run[at - 2].start :].lstrip()) is not None

    def _inside(self, text: str) -> str:
        """Masks a person behind a known name without a separator: 'GK Anna Visser', 'GK A. de Boer'."""
        for token in re.finditer(r"(?<=\s)\S", text):
            head, tail = text[: token.start()], text[token.start() :]
            if self._names.knows(head) and self._persons.is_person(tail, near=False):
                return head + _replaced(tail)
        return text

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
        if self._words.title.match(name) or self._words.office.match(name):
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
