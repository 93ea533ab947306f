"""The turns of phrase of a parties cell, made ready for reading: what gives a role, divides names, casts doubt.

These are words of a language, not of a city, and they are data: `kennis_ld/publication/language/` has a file for each
language, a publication adds its own under [roles] and [words]. Names and abbreviations stand in the register.
`docs/grammar.md` explains each list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kennis_ld.model import AnyRole, NarrowerRole, Role

Lists = Mapping[str, Mapping[str, Sequence[str]]]
"""Words by table ("roles", "words", "persons") and list ("lead", "nobody", "titles")."""

MASK, MASK_MAIL, MASK_PHONE = "[naam]", "[e-mail]", "[telefoon]"
"""What stands in the place of the name, the address and the number of a contact person."""

MASKED = re.compile(r"\[(?:naam|e-mail|telefoon|BSN|IBAN)\]")

_NOTHING = re.compile(r"(?!)")
_SUFFIX = r"(?:\(s\)|s|\(en\)|en|\(n\)|\(innen\)|:innen|n)?"


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of all languages and of one publication, as patterns of whole phrases where nothing else is said.

    Two are equal only where they are one and the same, so that what was read with them can be remembered.

    Attributes:
        roles: role by the word that gives it, folded.
        role: a word that gives a role, with what may stand before it; its group `role` is the word.
        join: between two parties of equal standing.
        either: between two of which it is not sure that both take part ("en/of").
        weak: words that divide only where both sides are known: "of", "met"; in `weak_alongside` those that cast doubt.
        weak_alongside: see `weak`.
        chair: before the party that chairs the one named before it: both have the role.
        alongside: before parties that work along with the ones named before: it is doubtful whether they have the role.
        perhaps: before a party that may take part.
        doubt: behind a party, in brackets or not, that may take part.
        among: before the members of a group that are named.
        open: the list goes on without naming who.
        indefinite: how a group starts whose members are left open.
        groups: a kind of people or parties, never an organisation.
        nobody: no party stands here yet, as the whole of a name.
        nobody_start: the same, as its beginning.
        whom: what a word for nobody may stand beside ("geen partners").
        shared: in brackets, says that those named before do it together.
        article: before a name.
        unit: how the name of a part of an organisation starts.
        period: a day, from or until which.
        period_end: the words before a day that is an end, folded.
        period_loose: a period without a day.
        intended: in the heading of a column.
        contact: what starts the name of a contact person, behind a colon.
        title: what stands before the name of a person without one: an office or a form of address.
        contact_columns: headings of columns in which contact persons stand, folded.
        particles: what may stand between a given name and a family name.
        bodies: words that make a name that of an organisation.
        body_ends: the ends of words that do so as well ("Thuishuis"), but not behind a given name or initials.
        being: between a word for a role and who has it: "trekker is", "als partner".
        given: given names.
        family: family names.
        months: number of a month by its name, whole or short, folded.
        from_start: before the start of a period without an end.
        until: before an end that belongs to the period.
        through: between start and end.
        stopped: says of a project that it stopped, as the whole of a cell.
        refers: says that another number is meant, or that two became one.
        columns: words in the heading of a column that say what it seems to hold, by kind; only for advice.
        marks: words in a legend that say what a mark means, beside those that give a role.
    """

    roles: Mapping[str, AnyRole]
    role: re.Pattern[str]
    join: re.Pattern[str]
    either: re.Pattern[str]
    weak: re.Pattern[str]
    weak_alongside: re.Pattern[str]
    chair: re.Pattern[str]
    alongside: re.Pattern[str]
    perhaps: re.Pattern[str]
    doubt: re.Pattern[str]
    among: re.Pattern[str]
    open: re.Pattern[str]
    indefinite: re.Pattern[str]
    groups: re.Pattern[str]
    nobody: re.Pattern[str]
    nobody_start: re.Pattern[str]
    whom: re.Pattern[str]
    shared: re.Pattern[str]
    article: re.Pattern[str]
    unit: re.Pattern[str]
    period: re.Pattern[str]
    period_end: frozenset[str]
    period_loose: re.Pattern[str]
    intended: re.Pattern[str]
    contact: re.Pattern[str]
    title: re.Pattern[str]
    contact_columns: frozenset[str]
    particles: frozenset[str]
    bodies: re.Pattern[str]
    body_ends: re.Pattern[str]
    being: re.Pattern[str]
    given: frozenset[str]
    family: frozenset[str]
    months: Mapping[str, int]
    from_start: re.Pattern[str]
    until: re.Pattern[str]
    through: re.Pattern[str]
    stopped: re.Pattern[str]
    refers: re.Pattern[str]
    columns: Mapping[str, re.Pattern[str]]
    marks: Mapping[str, re.Pattern[str]]

    @classmethod
    def of(cls, lists: Lists, *, own_roles: Mapping[str, AnyRole] | None = None) -> Words:
        """Returns the words of these lists, those of all languages together.

        Args:
            lists: words by table and list.
            own_roles: the publication's own words for a role; they count before those of the languages.
        """
        roles, words, persons, periods = lists["roles"], lists["words"], lists["persons"], lists["periods"]
        role_of = role_by_word(lists, own_roles or {})
        adjectives = _any(roles["adjectives"])
        named = "|".join(_phrase(word) + (_SUFFIX if len(word) > 1 else "") for word in _longest(role_of))
        start, end = words["period_start"], words["period_end"]
        day = r"(?P<day>[0-9]{1,2})[-/. ](?P<month>[0-9]{1,2})[-/. ](?P<year>[0-9]{4}|[0-9]{2})(?![0-9])"
        year = r"(?:(?:[0-9]{1,2}[-/. ])?[0-9]{1,2}[-/. ])?[0-9]{4}|Q[1-4]\s*['’]?[0-9]{2,4}|[^\W\d_]+\s+[0-9]{4}"
        ends = [body for body in persons["bodies"] if len(body) > 3]
        opened = "|".join(
            (
                rf"(?:{_any(words['open_more'])})\s+(?:{_any(words['open_whom'])})\b[^,;()/?\n]*",
                _any(words["open"]),
                r"\.\.\.|…",
            )
        )
        return cls(
            roles=role_of,
            role=_compiled(rf"(?<!\w)(?:(?:{adjectives})\s+)*(?P<role>{named})(?![\w/])"),
            join=_whole(words["join"]),
            either=_whole(words["either"]),
            weak=_whole(words["weak_either"]),
            weak_alongside=_whole(words["weak_alongside"]),
            chair=_whole(words["chair"]),
            alongside=_whole(words["alongside"]),
            perhaps=_whole(words["perhaps"]),
            doubt=_whole(words["doubt"]),
            among=_whole(words["among"]),
            open=_compiled(rf"(?<!\w)(?:{opened})(?!\w)\.?"),
            indefinite=_compiled(rf"(?:{_any(words['indefinite'])}|[0-9]{{1,3}})(?=\s+[^\W\d_])"),
            groups=_whole(words["groups"]),
            nobody=_whole([*words["nobody"], *words["nobody_start"]]),
            nobody_start=_whole(words["nobody_start"]),
            whom=_whole(words["whom"]),
            shared=_whole(words["shared"]),
            article=_compiled(rf"(?:{_any(words['articles'])})\s+"),
            unit=_whole(words["units"]),
            period=_compiled(rf"(?P<word>{_any([*start, *end])})\s+{day}"),
            period_end=frozenset(map(fold, end)),
            period_loose=_compiled(
                rf"(?:(?:{_any(words['period_loose'])})\s+)+(?:{year})|(?:{year})(?:\s*[-–/]\s*(?:{year}))?"
            ),
            intended=_whole(words["intended"]),
            contact=_whole(persons["contact"]),
            title=_whole(persons["titles"]),
            contact_columns=frozenset(map(fold, persons["columns"])),
            particles=frozenset(map(fold, persons["particles"])),
            bodies=_whole(persons["bodies"]),
            body_ends=_compiled(rf"(?<=\w\w\w)(?:{_any(ends)})(?!\w)"),
            being=_whole(words["being"]),
            given=frozenset(map(fold, persons["given"])),
            family=frozenset(map(fold, persons["family"])),
            months={
                fold(name): at % 12 + 1 for name_list in periods["months"] for at, name in enumerate(name_list.split())
            },
            from_start=_whole(periods["from_start"]),
            until=_whole(periods["until"]),
            through=_whole(periods["through"]),
            stopped=_whole(words["stopped"]),
            refers=_whole(words["refers"]),
            columns={kind: _whole(known) for kind, known in lists["columns"].items()},
            marks={said: _whole(known) for said, known in lists["marks"].items()},
        )

    @property
    def narrower_roles(self) -> Sequence[NarrowerRole]:
        """The roles of the publication that are narrower than lead or partner, each once."""
        return tuple(dict.fromkeys(role for role in self.roles.values() if isinstance(role, NarrowerRole)))

    def names_group(self, name: str) -> bool:
        """Whether a name is one of people or organisations in general, such as 'vrijwilligers uit de wijk'.

        A capital behind the first letter makes it the name of something: 'Vrijwilligers Buurthuis Oost'.
        """
        return name[1:] == name[1:].lower() and self.groups.search(name) is not None

    def role_of(self, match: re.Match[str]) -> AnyRole:
        """Returns the role that a word found by `role` gives."""
        word = fold(match["role"])
        while word not in self.roles:  # a plural
            word = word[:-1]
        return self.roles[word]


def role_by_word(lists: Lists, own: Mapping[str, AnyRole]) -> Mapping[str, AnyRole]:
    """Returns the role by each word that gives one, folded; the publication's `own` words count before the others."""
    roles = lists["roles"]
    known: dict[str, AnyRole] = {fold(word): Role.PARTNER for word in roles["partner"]}
    known |= {fold(word): Role.LEAD for word in roles["lead"]}
    return known | {fold(word): role for word, role in own.items()}


def fold(word: str) -> str:
    """Returns a word as words are compared: small letters, single blanks."""
    return " ".join(word.split()).casefold()


def _longest(words: Iterable[str]) -> Sequence[str]:
    return sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))


def _phrase(words: str) -> str:
    """Returns the pattern of a phrase; letters of an abbreviation with stops may have blanks between them."""
    pieces = []
    for word in words.split():
        stopped = word.endswith(".")
        letters = [re.escape(part) for part in word.rstrip(".").split(".")]
        pieces.append(r"\.\s?".join(letters) + (r"\.?" if stopped else ""))
    return r"\s+".join(pieces)


def _any(words: Iterable[str]) -> str:
    return "|".join(map(_phrase, _longest(words))) or "(?!)"


def _whole(words: Sequence[str]) -> re.Pattern[str]:
    return _compiled(rf"(?<!\w)(?:{_any(words)})(?!\w)") if words else _NOTHING


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
