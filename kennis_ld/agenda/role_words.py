"""Finds the words that give a role: 'T:' in a cell, 'trekker' on a line of its own, '(beoogde) Partners' above one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kennis_ld.agenda.contact_persons import is_in_brackets
from kennis_ld.agenda.names import Names
from kennis_ld.agenda.pieces import ENDS, pieces
from kennis_ld.agenda.wording import COLON, MASK, Words, fold
from kennis_ld.model import Role, Unknown

_ALONE = re.compile(r"[^\S\n]*(?:\n|[–—-]\s)")
_DASH = re.compile(r"[^\S\n]+[–—-](?=[^\S\n])")
_FIRST = re.compile(r"[^\S\n]+(\w+)(?=[^\S\n]+\w)")
_SENTENCE = re.compile(r"[.;\n]\s*$")
_BRACKETED = re.compile(r"\s*[(\[<{]([^()\[\]<>{}]{1,40})[)\]>}]")
_SAID = re.compile(r"([^\W\d_][\w-]+)\s+(\([^()\n]{2,40}\))\s*:")  # "Trekker (beoogd): UL"
_PERSON = re.compile(rf",?(?:\s+{re.escape(MASK)},?)+(?=\s)")  # "Led by [naam], UL"
_TASK_COLON = re.compile(r":(?=\s)")
_LONGEST_TASK = 40
"""In how many characters a small task may stand behind a word for a role, before its colon or 'is'."""
_LINE_START = re.compile(r"(?:^|[\n,;./|])\s*(?:[-–—*•]\s+)?$")


def roles_in_heading(heading: str, role: Role | None, *, words: Words) -> tuple[Role, ...]:
    """Returns the roles that the heading of a column calls intended: 'P: overige (beoogde) Partners'."""
    parts = _at_colons(heading, role, words) if role is None else [(role, heading)]
    return tuple(part_role for part_role, text in parts if part_role and words.intended.search(text))


def roles_named(text: str, words: Words) -> tuple[Role, ...]:
    """Returns the roles whose word stands in a text with a colon behind it: 'T: Trekker P: overige Partners'."""
    return tuple(words.role_of(match) for match, _ in words.roles_at_colons(text))


def role_at(text: str, at: int, words: Words) -> Role | None:
    """Returns the role that a text gives at a place: 'T: UL'."""
    match = words.role_at_colon(text, at)
    return words.role_of(match) if match else None


def _at_colons(text: str, role: Role | None, words: Words) -> Iterator[tuple[Role | None, str]]:
    start, current = 0, role
    for match, colon in words.roles_at_colons(text):
        yield current, text[start : match.start()]
        start, current = colon.end(), words.role_of(match)
    yield current, text[start:]


def by_role(cell: str, role: Role | None, names: Names, words: Words) -> Iterator[tuple[Role | None, str, str]]:
    """Divides a cell at the words that give a role, each with what casts doubt on its list: 'beoogde partners:'.

    What stands before the first has the role of the column.
    """
    start, current, doubt, last = 0, role, "", None
    cell = words.in_words(cell)
    cell = _SAID.sub(lambda match: f"{match[1]}: {match[2]} " if words.role.fullmatch(match[1]) else match[0], cell)
    if (first := _BRACKETED.match(cell)) and words.role.fullmatch(first[1]):  # "[T] UL [P] GL"
        cell = _BRACKETED.sub(lambda match: f" {match[1]}: " if words.role.fullmatch(match[1]) else match[0], cell)
    for match in words.role.finditer(cell):
        in_brackets = is_in_brackets(cell, match.start())
        if in_brackets and last and words.is_question(last["role"]) and words.role_of(match).main == Role.LEAD:
            current = role  # "Wie? UL (trekker), GL"
        end = _end_of_role(cell, match, current, names, words, last=last)
        if match.start() < start or not end or in_brackets:
            continue
        if cell[start : match.start()].strip(f"{ENDS}/|"):
            yield current, doubt, cell[start : match.start()].rstrip("/| \t\n-–—•*")
        intended = words.intended.search(cell, match.start(), match.start("role"))
        current, doubt, start, last = words.role_of(match), intended[0] if intended else "", end, match
    if cell[start:].strip(f"{ENDS}/|"):
        yield current, doubt, cell[start:]


def _end_of_task(rest: str, names: Names, words: Words) -> int:
    """Returns where 'is' or a colon ends behind a small task: 'penvoerder voor de subsidie is UL'; 0 if none does."""
    for tie in filter(None, (words.being.search(rest, 0, _LONGEST_TASK), _TASK_COLON.search(rest, 0, _LONGEST_TASK))):
        task = rest[: tie.start()].strip()
        small = task.replace(" ", "").isalpha() and task.islower()
        if not task or (small and not words.join.search(task) and not names.known_in(task)[0]):
            return tie.end()
    return 0


def _is_before_name(match: re.Match[str], text: str, words: Words, *, first: bool) -> bool:
    """Whether a word in small letters stands before what begins as a name does, be it unknown: 'financier Zeefonds'."""
    begins = text[:1].isupper() or (not first and words.bodies.match(text) is not None)
    others = (words.indefinite, words.office, words.title)  # "weitere Vereine", "wethouder Zorg"
    return begins and match["role"].islower() and not any(found.match(f"{match[0]} x") for found in others)


def _end_of_role(
    cell: str, match: re.Match[str], role: Role | None, names: Names, words: Words, *, last: re.Match[str] | None
) -> int:
    """Returns where a word that gives a role ends: at its colon, its line, or before a name of the register; else 0.

    Where there is a `role`, "led by" is about the one before: 'All partners, led by UL'. Behind a `last` word that gave
    one, another may stand between two names: 'trekker UL partner GL', and 'with' gives one: 'Led by UL with GL'.
    """
    known = match["beside"] and names.has(match["beside"])  # "Trekker gemeente: mw. Smit"
    end = match.end("role") if known else match.end()
    if colon := COLON.match(cell, end):
        return 0 if role and words.shared.fullmatch(match["role"]) else colon.end()
    word = match["role"]
    led = last and words.chair.fullmatch(last["role"]) and words.weak_alongside.fullmatch(word)
    before = cell[: match.start()]
    led = led or (last and _SENTENCE.search(before))  # "T: UL. In samenwerking met GL"
    no_role = (*([] if led else [words.label]), *([words.chair] if role else []))
    starts = led or _LINE_START.search(before) or (last and len(word) > 3 and names.ends_known(before.rstrip()))
    behind = [found for found in words.weak_alongside.finditer(before) if not before[found.end() :].strip()]
    with_ = before[: behind[0].start()].rstrip() if behind else ""
    starts = starts or names.ends_known(with_) or with_.endswith(",")  # "UL met partners GL"
    if any(found.fullmatch(word) for found in no_role) or not starts:
        return 0
    if (
        role
        and words.alongside.fullmatch(word)
        and any(words.role_of(later).main == Role.PARTNER for later, _ in words.roles_at_colons(cell, end))
    ):
        return 0  # "T: UL, ondersteund door GL P: HsL"
    if len(word) > 3 and (alone := _ALONE.match(cell, end)):
        return alone.end()
    person = _PERSON.match(cell, end)
    rest = cell[person.end() if person else end :]
    if not rest[:1].isspace() or (words.groups.fullmatch(word) and words.part_of.match(rest)):  # "partners van UL"
        return 0
    if dash := _DASH.match(rest):  # "T - UL, P - GL"
        rest = rest[dash.end() :]
    while (small := _FIRST.match(rest)) and fold(small[1]) in words.around:  # "coördinatie door UL"
        rest = rest[small.end() :]
    listed = words.among.sub("", rest, 1) if words.among.match(rest.lstrip()) else rest  # "partners incl. UL"
    run = pieces(listed, words)
    line = re.split(r"[,;\n/]", cell[match.start() :])[0]
    if len(word) > 3 and (task := _end_of_task(rest, names, words)):
        return len(cell) - len(rest) + task
    named = (
        words.nobody.match(rest.lstrip())
        or (run and names.begins_known(run[0].text))
        or not isinstance(names.longest(listed, run, 0)[1], Unknown)
    )
    named = named or _is_before_name(match, rest.lstrip(), words, first=not before)
    up_to_role = (again := words.role.search(rest)) and names.knows(rest[: again.start()])  # "trekker UL partner GL"
    if not run or not (named or up_to_role) or names.knows(line):
        return 0
    return end if person else len(cell) - len(rest)
