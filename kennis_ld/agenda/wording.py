"""The turns of phrase of a parties cell, made ready for reading: what gives a role, divides names, casts doubt.

These are words of a language, not of a city, and they are data: `kennis_ld/publication/language/` has a file for each
language, a publication adds its own under [roles] and [words]. Names and abbreviations stand in the register.
`docs/grammar.md` explains each list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kennis_ld.agenda.patterns import OF, any_of, compiled, whole
from kennis_ld.model import Role

Lists = Mapping[str, Mapping[str, Sequence[str]]]
"""Words by table ("roles", "words", "persons") and list ("lead", "nobody", "titles")."""

MASK, MASK_MAIL, MASK_PHONE = "[naam]", "[e-mail]", "[telefoon]"
"""What stands in the place of the name, the address and the number of a contact person."""

COLON = re.compile(r"\s*[:=]|(?<=\?)(?=\s)|(?<=\b\w)\s?[)\]>|](?=\s)")
"""What stands behind a word that says what follows: 'T: UL', 'Met wie? UL', 'T) UL'."""

MASKED = re.compile(r"\[(?:naam|e-mail|telefoon|BSN|IBAN)\]")

NARROWER = ("funder", "client", "executing")
"""The roles that say more than lead or partner, as [roles] calls them; [columns] has words for each."""

_CUT_SHORT = re.compile(r"\S+-\s+\w+\s+")  # "Grund- und Oberschulen"
_OF_ACRONYM = re.compile(r"[A-Z]{2,}[-\s](?=[a-z])")  # "GP practices", "IT-bedrijven"
_ACRONYMS = re.compile(r"[A-Z]\w*[A-Z]['’]?(?:s|ers)")  # "CLB's", "GPs", "MKB'ers", "VvE's"
_SHORTEST_KIND = 4
"""Letters in a small word for what something is, before its name: 'club Zee'."""

_LETTERED = re.compile(r"[A-Z]\w*[A-Z]|[„“\"]")
"""In a name: an abbreviation, or quotation marks."""

_WORD = re.compile(r"[^\s,;/()]+")
_LETTERS = re.compile(r"(?<![\w.])([A-Z])(?:\s?[/&+,]\s?([A-Z]))?(?=\s?[:=)\]>|]|\s[–—-]\s)")  # "R: UL A/C: GL"
_GENDERED = r"(?:\([a-z]{1,5}\)|[/:*_][-–]?(?:in|innen)(?!\w))?"  # "Ansprechpartner*in", "contactpersoon(en)"

# Lists that are attributes as they stand: of phrases, and of single words.
_PHRASES = (
    "join", "either", "weak_alongside", "chair", "together", "perhaps", "former", "among", "groups", "alone",
    "nobody_start", "whom", "shared", "intended", "being", "stopped", "refers", "address", "represents",
    "reached", "from_start", "after", "until", "through", "thousand", "million",
)  # fmt: skip
_SINGLE = (
    "fields",
    "settling",
    "settled",
    "around",
    "particles",
    "initials",
    "suffixes",
    "given",
    "family",
    "homonyms",
)
_OF_NAMES = {("persons", name) for name in ("given", "family", "particles", "initials", "suffixes", "homonyms")}
_LETTERS_ONLY = re.compile(r"[^\W\d_][\w'’-]*")
_ASKED = r"(?:\?|(?=\s*:))"  # "Wie: UL"
_SUFFIX = r"(?:\(s\)|s|\(en\)|en|e|\(n\)|\(innen\)|[:*_/]-?in(?:nen)?|n)?"


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of all languages and of one publication, as patterns of whole phrases where nothing else is said.

    Two are equal only where they are one and the same, so that what was read with them can be remembered.
    """

    roles: Mapping[str, Role]  # role by the word that gives it, folded
    schemes: Sequence[Mapping[str, str]]  # the words that single letters stand for, where they stand together: "R: A:"
    narrower: Mapping[str, str]  # the role that [roles] may name for a word of a language ("cofinancier": "funder")
    role_like: re.Pattern[str]  # a single word that ends like one for a role ("procesbegeleider")
    role: re.Pattern[str]  # a word that gives a role, with what may stand around it; its group `role` is the word
    label: re.Pattern[str]  # those that give a role only before a colon: "in samenwerking met:"
    task: re.Pattern[str]  # says what somebody does there; behind a lead no other role: "(advies)"
    and_: re.Pattern[str]  # the plainest word between two; `or_` where they are a choice
    or_: re.Pattern[str]  # see `and_`
    join: re.Pattern[str]  # between two parties of equal standing
    paired: Sequence[tuple[re.Pattern[str], re.Pattern[str]]]  # before the first and the second of two: "zowel", "als"
    either: re.Pattern[str]  # between two of which it is not sure that both take part ("en/of")
    weak: re.Pattern[str]  # divides only where both sides are known: "of", "v/h"; `weak_alongside` casts doubt
    weak_alongside: re.Pattern[str]  # see `weak`
    chair: re.Pattern[str]  # before the party that chairs the one named before it: both have the role
    alongside: re.Pattern[str]  # before those that work along with the ones before: doubtful whether in the role
    together: re.Pattern[str]  # those of `alongside` that say that they take part: no doubt in a list of partners
    perhaps: re.Pattern[str]  # before a party that may take part
    doubt: re.Pattern[str]  # behind a party, in brackets or not, that may take part
    absent: re.Pattern[str]  # beside a party that does not take part; in `former` before one that no longer does
    former: re.Pattern[str]  # see `absent`
    aside: re.Pattern[str]  # begins a clause in which organisations are only mentioned: "het pand is van UL"
    among: re.Pattern[str]  # before the members of a group that are named
    open: re.Pattern[str]  # the list goes on without naming who
    left_out: re.Pattern[str]  # what a folded name may lack: an article, a legal form at an end, small words
    indefinite: re.Pattern[str]  # how a group starts whose members are left open
    groups: re.Pattern[str]  # a kind of people or parties, never an organisation
    group_ends: re.Pattern[str]  # the ends of words that name such a kind ("zorgpartijen")
    alone: re.Pattern[str]  # a body that is nobody in particular where it stands alone ("stuurgroep")
    nobody: re.Pattern[str]  # no party stands here yet, as the whole of a name
    nobody_start: re.Pattern[str]  # the same, as its beginning
    above: re.Pattern[str]  # what stands in the row above is meant, as the whole of a cell
    whom: re.Pattern[str]  # what a word for nobody may stand beside ("geen partners")
    settling: frozenset[str]  # single words, folded: something is open; `settled` are those beside them
    settled: frozenset[str]  # see `settling`
    around: frozenset[str]  # single words, folded, around a name that do not say who ("subsidie van de")
    short: Mapping[str, Sequence[str]]  # words by their abbreviations in names ("gem": "gemeente"), folded
    plurals: Mapping[str, str]  # the one that a plural before several names stands for ("gemeenten": "gemeente")
    part_of: re.Pattern[str]  # between the name of a part of an organisation and that of the whole ("van de")
    shared: re.Pattern[str]  # in brackets, says that those named before do it together
    article: re.Pattern[str]  # before a name
    unit: re.Pattern[str]  # how the name of a part of an organisation starts; `unit_end` how one ends ("Jugendamt")
    unit_end: re.Pattern[str]  # see `unit`
    fields: frozenset[str]  # single words, folded, of which names of a part consist: "Wonen en Zorg"
    acting: re.Pattern[str]  # people of an organisation whose name follows: "studenten van de UL"
    starts: re.Pattern[str]  # before the start of a period of a party; `ends` before its end
    after: re.Pattern[str]  # those of `starts` of which only a day is one
    ends: re.Pattern[str]  # see `starts`
    onwards: re.Pattern[str]  # behind a moment, or a dash at the end, that makes it a start
    part_of_year: re.Pattern[str]  # before a year of which a part is meant ("eind 2028")
    quarter: re.Pattern[str]  # a quarter without its year, with its number as `n` or `m`: "Q1", "1e kwartaal"
    time_number: re.Pattern[str]  # a number among words of time: "Q1", "'26", "1e", "2026-2028"
    times: frozenset[str]  # single words, folded, about time
    intended: re.Pattern[str]  # in the heading of a column, or before a word for a role
    contact: re.Pattern[str]  # what starts the name of a contact person, behind a colon or where a name plainly follows
    title: re.Pattern[str]  # what stands before the name of a person without one: an office or a form of address
    address: re.Pattern[str]  # those of `title` behind which a single word is a name ("dhr. Nieuwenhuis")
    represents: re.Pattern[str]  # before the organisation that a person speaks for ("namens UL: A. de Boer")
    reached: re.Pattern[str]  # between a word for contact and the person through whom ("contact via")
    office: re.Pattern[str]  # how the name of an office starts, without a person ("Head of Planning")
    before_name: re.Pattern[str]  # those of `title`, and offices by how they end ("-adviseur")
    office_name: re.Pattern[str]  # an office that may stand before a person, or before its field
    contact_columns: frozenset[str]  # headings of columns in which contact persons stand, folded
    particles: frozenset[str]  # what may stand between a given name and a family name
    initials: frozenset[str]  # initials of more than one letter ("chr"), without their stop
    suffixes: frozenset[str]  # what may stand behind a family name ("jr")
    before_person: re.Pattern[str]  # small words before a name that say when or beside whom ("nu", "idem")
    ordinary: frozenset[str]  # single words, folded, of all lists but those of names
    ordinary_end: re.Pattern[str]  # the ends of words that are none of a person ("-heid")
    place_end: re.Pattern[str]  # the ends of names of streets and schools, which have names of persons in them
    legal: re.Pattern[str]  # a legal form in front of a name: "vzw Samenhuis"
    bodies: re.Pattern[str]  # words that make a name that of an organisation
    body_ends: re.Pattern[str]  # the ends of words that do so as well ("Thuishuis"), not behind a given name
    being: re.Pattern[str]  # between a word for a role and who has it: "trekker is", "als partner"
    given: frozenset[str]  # given names
    family: frozenset[str]  # family names
    homonyms: frozenset[str]  # those of `bodies` that are family names behind a given name: "Anna Kerk"
    months: Mapping[str, int]  # number of a month by its name, whole or short, folded
    from_start: re.Pattern[str]  # before the start of a period without an end
    until: re.Pattern[str]  # before an end that belongs to the period
    through: re.Pattern[str]  # between start and end
    stopped: re.Pattern[str]  # says of a project that it stopped, as the whole of a cell
    refers: re.Pattern[str]  # says that another number is meant, or that two became one
    thousand: re.Pattern[str]  # of an amount; `million` as well
    million: re.Pattern[str]  # see `thousand`
    numbers: re.Pattern[str]  # says that what stands below a heading is counted in hundreds, thousands or more
    share: re.Pattern[str]  # a share of the work or the money, no part of a name: "40%", "€ 50.000", "0,5 fte"
    columns: Mapping[str, re.Pattern[str]]  # words in a heading that say what its column seems to hold; for advice
    participations: Mapping[str, Sequence[str]]  # headings of the columns in a table of participations, by kind
    # what rows begin with that are no entries ("total", "remark"), or are ("legend"; "total of", beside amounts), what
    # stands before the signs of a legend ("legend head"), and a date that a spreadsheet made of a number ("date").
    rows: Mapping[str, re.Pattern[str]]
    colours: Mapping[str, Sequence[str]]  # names of each colour, and of that of a row, in the order of `language` there
    marks: Mapping[str, re.Pattern[str]]  # words in a legend that say what a mark means, beside those that give a role

    @classmethod
    def of(cls, lists: Lists, *, own_roles: Mapping[str, Role] | None = None) -> Words:
        """Returns the words of these lists, those of all languages together.

        Args:
            lists: words by table and list.
            own_roles: the publication's own words for a role; they count before those of the languages.
        """
        roles, words, persons, periods = lists["roles"], lists["words"], lists["persons"], lists["periods"]
        role_of = role_by_word(lists, own_roles or {})
        signs, ordinals = any_of(periods["quarter_signs"]), any_of(periods["ordinals"])
        adjectives, asked = any_of(roles["adjectives"]), [word for word in role_of if word.endswith("?")]
        named = (
            rf"(?:{any_of(word.rstrip('?') for word in asked)}){_ASKED}"
            rf"|(?:{any_of(word for word in role_of if len(word) > 1 and word[-1] != '?')}){_SUFFIX}"
            rf"|{any_of(word for word in role_of if len(word) == 1)}"
        )
        no_role = any_of(persons["contact"])  # "Ansprechpartner:"
        compound = (
            rf"(?:(?!{no_role})[\w-]{{2,40}}?(?=(?:{any_of(roles['ends'])}){_SUFFIX}(?:\s*[:=]|\s+(?-i:[A-Z]))))??"
        )
        beside = rf"(?:[^\S\n]+(?P<beside>{any_of(roles['beside'])}|(?-i:[a-z]\w+))(?=\s*[:=]))?"
        alongside = [*words["alongside"], *words["together"]]
        opened = "|".join(
            (
                rf"(?:{any_of(words['open_more'])})\s+(?:{any_of(words['open_whom'])})\b[^,;()/?\n]*",
                any_of(words["open"]),
                r"\.\.\.|…",
            )
        )
        offices = any_of(office for office in persons["offices"] if not office.endswith(" of"))
        ends = compiled(rf"\w*(?:{any_of(persons['office_ends'])})")
        names = filter(ends.fullmatch, [*persons["given"], *persons["family"]])  # "Burmeister"
        offices += rf"|(?!(?:{any_of(names)})(?!\w))[\w-]*(?:{any_of(persons['office_ends'])})"
        every = {**periods, **persons, **words}
        as_they_stand: dict[str, Any] = {name: whole(every[name]) for name in _PHRASES}
        as_they_stand |= {name: frozenset(map(fold, every[name])) for name in _SINGLE}
        return cls(
            **as_they_stand,
            roles=role_of,
            schemes=[dict(pair.split("=") for pair in scheme.split()) for scheme in roles["schemes"]],
            narrower={
                word: role
                for role in NARROWER
                for word in map(fold, lists["columns"][role])
                if word in role_of and word not in {fold(own) for own in own_roles or ()}
            },
            role_like=compiled(rf"[\w-]*?(?:{any_of(roles['likely'])})"),
            role=compiled(
                rf"(?<![\w&])(?:(?!{any_of(asked)})(?:{adjectives})[rnsm]?\s+)*{compound}(?P<role>{named})(?![\w/]){beside}"
            ),
            label=whole(
                [word for word in alongside if word not in roles["partner"]]
                + [*words["weak_alongside"], *words["acting"], *words["shared"]]
            ),
            task=whole(roles["tasks"]),
            weak=whole([*words["weak_either"], *words["former"]]),
            alongside=whole(alongside),
            doubt=compiled(
                rf"(?<!\w)(?:(?:{any_of([*words['shared'], *words['indefinite']])})\s+)?"  # "beide o.v.b."
                rf"(?:(?:{any_of([*words['doubt'], *words['perhaps']])})(?!\w)|(?:{any_of(words['if'])})\s[^,;()\n]+)"
            ),
            paired=[
                (whole([first]), whole([second])) for first, second in (pair.split("=") for pair in words["paired"])
            ],
            absent=whole([*words["absent"], *words["former"]]),
            open=compiled(rf"(?<!\w)(?:{opened})(?!\w)\.?"),
            aside=_aside(words["aside"]),
            left_out=compiled(
                rf"^(?:{any_of([*words['legal_first'], *words['articles']])})\s+(?=\S)"
                rf"|(?<=\S)\s+(?:{any_of(words['legal_last'])})$"
                rf"|(?<=\s)(?:(?:{any_of(words['small'])})\s+)+"
            ),
            indefinite=compiled(rf"(?:{any_of(words['indefinite'])}|[0-9]{{1,3}})(?=\s+[^\W\d_])"),
            group_ends=compiled(rf"(?:{any_of(words['group_ends'])})n?(?!\w)"),
            nobody=whole([*words["nobody"], *words["nobody_start"], *words["above"]]),
            above=compiled(rf"(?:{any_of(words['above'])})\.?"),
            short=_pairs(words["short"]),
            plurals={plural: one for plural, (one, *_) in _pairs(words["plurals"]).items()},
            part_of=compiled(rf"\s+(?:{any_of(words['part_of'])})\s+"),
            article=compiled(rf"(?:{any_of(words['articles'])})\s+"),
            unit=compiled(rf"(?<!\w)(?:{any_of(words['units'])})(?![^\W\d])"),
            unit_end=compiled(rf"(?:[\w.&-]+\s)*[\w-]*(?:{any_of(words['units'])})$"),
            acting=compiled(rf"(?:[0-9]+\s+)?(?:{any_of(words['acting'])}){_GENDERED}(?![\w'’])"),
            starts=whole([*periods["from_start"], *periods["starts"], *periods["after"]]),
            ends=whole([*periods["until"], *periods["ends"]]),
            onwards=compiled(rf"(?:\s*[-–—]|\s+(?:{any_of(periods['onwards'])}))$"),
            part_of_year=whole(periods["part_of_year"]),
            quarter=compiled(
                rf"(?:(?:{signs})\.?\s?(?P<n>[1-4])"
                rf"|(?P<m>[1-4])\s?(?:{ordinals}|\.)?\s?(?:{any_of(periods['quarter'])}))"
            ),
            time_number=compiled(
                rf"(?:{signs}|{any_of(periods['half_signs'])}|(?=['’‘]))?['’‘]?[0-9]+(?:[./'’‘-]+[0-9]+)*(?:{ordinals})?"
            ),
            times=frozenset(
                fold(word).strip(".")
                for name, phrases in periods.items()
                if name not in {"months", "quarter_signs", "half_signs", "ordinals"}
                for phrase in phrases
                for word in phrase.split()
            ),
            contact=compiled(rf"(?<!\w)(?:{any_of(persons['contact'])})(?!\w){_GENDERED}"),
            title=compiled(rf"(?<!\w)(?:{any_of(persons['titles'])})(?!\w){_GENDERED}"),
            before_name=compiled(rf"(?<!\w)(?:{any_of(persons['titles'])}|{offices})(?!\w|-\w){_GENDERED}"),
            office_name=compiled(rf"(?:{offices}){_GENDERED}"),
            office=compiled(rf"(?:{any_of(persons['offices'])})(?:s|en|n|innen)?(?![\w'’])"),
            contact_columns=frozenset(map(fold, persons["columns"])),
            before_person=compiled(rf"\s*(?:{any_of([*persons['before'], *words['above']])})(?!\w)\.?:?\s+(?=\w)"),
            ordinary=frozenset(
                fold(word)
                for table, named in lists.items()
                for name, phrases in named.items()
                if (table, name) not in _OF_NAMES
                for phrase in phrases
                for word in _LETTERS_ONLY.findall(phrase)
            ),
            ordinary_end=compiled(rf"(?<=\w\w)(?:{any_of(persons['ordinary_ends'])})$"),
            place_end=compiled(rf"(?:{any_of(persons['place_ends'])})$"),
            legal=compiled(rf"(?:{any_of(words['legal_first'])})\s+(?-i:[A-ZÀ-Þ])"),
            bodies=whole([*persons["bodies"], *words["legal_first"]]),
            body_ends=compiled(
                rf"(?<=\w\w\w)(?:{any_of([*filter(_is_long, persons['bodies']), *persons['body_ends']])})(?!\w)"
            ),
            months={
                fold(name): at % 12 + 1 for name_list in periods["months"] for at, name in enumerate(name_list.split())
            },
            and_=whole(words["and"]),
            or_=whole(words["or"]),
            numbers=compiled(rf"{any_of(filter(_is_long, words['numbers']))}|{whole(words['numbers']).pattern}"),
            share=_share(words),
            columns={kind: whole(known) for kind, known in lists["columns"].items()},
            participations=lists["participations"],
            rows=_rows(lists["rows"], periods["months"], any_of(words["part_of"])),
            colours=lists["colours"],
            marks={said: whole(known) for said, known in lists["marks"].items()},
        )

    @property
    def narrower_roles(self) -> Sequence[Role]:
        """The roles of the publication that are narrower than lead or partner, each once."""
        return tuple(dict.fromkeys(role for role in self.roles.values() if role.broader))

    def names_group(self, name: str) -> bool:
        """Whether a name is one of people or organisations in general, such as 'vrijwilligers uit de wijk'.

        A capital behind the first letter makes it the name of something: 'Vrijwilligers Buurthuis Oost'.
        """
        if _ACRONYMS.fullmatch(name):
            return True
        name = name.lower() if name.isupper() and " " in name else name
        name = _OF_ACRONYM.sub("", _CUT_SHORT.sub("", name))
        return name[1:] == name[1:].lower() and (self.groups.search(name) or self._ends_as_group(name)) is not None

    def _ends_as_group(self, name: str) -> re.Match[str] | None:
        return None if self.bodies.match(name) and self.part_of.search(name) else self.group_ends.search(name)

    def names_unit(self, name: str) -> bool:
        """Whether a name looks like that of a part of an organisation."""
        return bool(self.unit.match(name) or self.unit_end.match(name))

    def names_fields(self, name: str) -> bool:
        """Whether a name consists of what parts of an organisation are about: 'Wonen en Zorg'."""
        said = set(map(fold, _WORD.findall(name))) - {"&", "-", "+"}
        return (
            name[:1].isupper()
            and bool(said & self.fields)
            and not {w for w in said - self.fields if not self.join.fullmatch(w) and w not in self.around}
        )

    def begins_unit(self, name: str) -> bool:
        """Whether the name of one part of an organisation begins in it: 'afd. Sport', but not 'faculteiten Recht'."""
        return any(match.end() < len(name) and not self.singular(match[0])[0] for match in self.unit.finditer(name))

    def in_full(self, name: str) -> Sequence[str]:
        """Returns a name with its abbreviated words in full, in each language: 'gem. X' is 'gemeente X'."""
        words = [self.short.get(word.casefold().replace(".", ""), (word,)) for word in name.split()]
        return [" ".join(each[min(at, len(each) - 1)] for each in words) for at in range(max(map(len, words)))]

    def singular(self, name: str) -> tuple[str, str]:
        """Returns what the first word of a name is the plural of, and the rest: 'gemeenten X' is a 'gemeente' 'X'."""
        name = name.lstrip()
        article = self.article.match(name)
        tokens = name[article.end() if article else 0 :].split(" ")
        for end in (2, 1):  # "lokale besturen A en B"
            if one := self.plurals.get(fold(" ".join(tokens[:end]))):
                return one, " ".join(tokens[end:])
        return "", " ".join(tokens[1:])

    def is_plain(self, name: str) -> bool:
        """Whether words name no body: none has a capital, none is a word for one ('vergaderzaal', 'als adviseur')."""
        return name == name.lower() != name.upper() and not (self.is_body(name) or self.unit.search(name))

    def is_body(self, name: str) -> bool:
        """Whether a word of a name is one for an organisation, or ends like one."""
        return bool(self.bodies.search(name) or self.body_ends.search(name))

    def names_body(self, name: str) -> bool:
        """Whether a name has a word for an organisation, and other words: 'Stichting Zee', but not 'Zorg & Welzijn'."""
        others = self.join.sub(" ", self.bodies.sub(" ", name))
        return name != name.lower() and self.is_body(name) and any(map(str.isalpha, others))

    def is_named(self, name: str) -> bool:
        """Whether unknown words look like a name: they end in a capital, or have one and a body, letters or quotes."""
        if name == name.lower() != name.upper():
            return self.bodies.match(name) is not None
        *_, last = [word for word in name.split() if not word[0].isdigit()] or [name]
        return not last[0].islower() or self.is_body(name) or _LETTERED.search(name) is not None

    def is_clause(self, name: str) -> bool:
        """Whether words begin small as no name does: 'solange kein Manager bestellt ist', but not 'hockeyclub Zee'."""
        words = [word for word in name.split() if word[0].isalpha()]
        small = sum(word[0].islower() for word in words)
        begins = bool(words) and words[0] == words[0].lower() and not self.bodies.search(name)
        return begins and not self.article.match(name) and (len(words[0]) < _SHORTEST_KIND or 2 * small > len(words))

    def without_leading(self, text: str) -> str:
        """Returns a text without the words that lead up to a person."""
        return self.before_name.sub(" ", self.contact.sub(" ", text))

    def is_unsettled(self, text: str) -> bool:
        """Whether a text only says that something is still open: 'ligt nog niet vast', 'still to be agreed'."""
        said = [fold(word) for word in _WORD.findall(text) if not any(map(str.isdigit, word))]  # "wordt in Q2 bepaald"
        if text.isupper() and len(said) == 1:  # an abbreviation
            return False
        return not self.settling.isdisjoint(said) and (self.settling | self.settled).issuperset(said)

    def roles_at_colons(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
        """Yields the words in a part of a text that give a role with a colon behind them, each with that colon."""
        for match in self.role.finditer(text, start, len(text) if end is None else end):
            if colon := COLON.match(text, match.end()):
                yield match, colon

    def role_at_colon(self, text: str, at: int) -> re.Match[str] | None:
        """Returns the word at a place that gives a role with a colon behind it: 'T: UL'."""
        match = self.role.match(text, at)
        return match if match and COLON.match(text, match.end()) else None

    def role_of(self, match: re.Match[str]) -> Role:
        """Returns the role that a word found by `role` gives."""
        return self.roles[self._one(match)]

    def in_words(self, cell: str) -> str:
        """Returns a cell with words in the place of letters that stand for them: 'R: UL C/I: GL'."""
        letters = {letter for pair in _LETTERS.findall(cell) for letter in pair if letter}
        scheme = next((each for each in self.schemes if len(letters) > 1 and letters <= set(each)), {})
        return _LETTERS.sub(lambda match: scheme[match[1]], cell) if scheme else cell

    def is_question(self, word: str) -> bool:
        """Whether a word for a role asks who: 'Wie?', 'Wie:'."""
        return f"{fold(word).rstrip('?')}?" in self.roles

    def is_of_many(self, match: re.Match[str]) -> bool:
        """Whether a word found by `role` is a plural: '(trekkers)', '(co-leads)'."""
        word = fold(match["role"])
        return word not in self.roles or (word.endswith("s") and word[:-1] in self.roles)

    def narrower_of(self, match: re.Match[str]) -> str:
        """Returns the narrower role that a word found by `role` may give, as [roles] calls it; empty for most."""
        return self.narrower.get(self._one(match), "")

    def _one(self, match: re.Match[str]) -> str:
        word = fold(match["role"])
        if self.is_question(word):
            return f"{word.rstrip('?')}?"
        word = re.sub(rf" {OF}$", " von", word)
        while word not in self.roles:  # a plural
            if f"{word}." in self.roles:  # "(verantw)"
                return f"{word}."
            word = word[:-1]
        return word


def _is_long(word: str) -> bool:
    """Whether a word is still that word inside another one."""
    return len(word) > 3


def role_by_word(lists: Lists, own: Mapping[str, Role]) -> Mapping[str, Role]:
    """Returns the role by each word that gives one, folded; the publication's `own` words count before the others."""
    roles = lists["roles"]
    alongside = (*lists["words"]["alongside"], *lists["words"]["together"])  # "in samenwerking met: UL"
    known: dict[str, Role] = {fold(word): Role.PARTNER for word in (*roles["partner"], *alongside)}
    known |= {fold(word): Role.LEAD for word in roles["lead"]}
    return known | {fold(word): role for word, role in own.items()}


def _aside(words: Sequence[str]) -> re.Pattern[str]:
    """Returns what matches the words; a single one, or a compound of it, where no capital follows as in a name."""
    single = [word for word in words if word.isalpha()]
    several, long = any_of(word for word in words if word not in single), any_of(filter(_is_long, single))
    one = any_of(single)
    return compiled(rf"(?<!\w)(?:(?:{several})(?!\w)|(?:{one}|[\w-]{{1,30}}?(?:{long}))(?!\w)(?!\s+(?-i:[A-Z])))")


def _share(words: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    number, scale = "[0-9][0-9.,]*", any_of(words["scale"])
    each = rf"p/\w(?!\w)|(?:{any_of(words['share_of'])})\s\w+"  # "8 uur p/w", "8 hours a week"
    return compiled(
        rf"[0-9]{{1,2}}:[0-9]{{1,2}}(?![:0-9])|[0-9]+(?:[.,][0-9]+)?\s?(?:%|(?:{any_of(words['share'])})(?:\s(?:{each}))?)"
        rf"|[1-9]/[1-9](?![0-9/])|(?:[€£]|EUR|euro)\s?{number}(?:\s?(?:{scale})(?!\w))?"
        rf"|{number}\s?(?:(?:{scale})?\s?(?:[€£]|euro|EUR)|k\b)"
    )


def _rows(rows: Mapping[str, Sequence[str]], months: Sequence[str], part_of: str) -> Mapping[str, re.Pattern[str]]:
    month = rf"(?:{any_of(name[:3] for names in months for name in names.split())})[a-z]*\.?"
    legend, explains = any_of(rows["legend"]), any_of(rows["explains"])
    patterns = {
        "total": rf"(?:{any_of(rows['total'])})(?=\s*(?:[:0-9€(]|$|(?:{any_of(rows['total_of'])})\b))",
        "total of": rf"(?:{any_of(rows['total'])})\s.+|.+\s(?:{any_of(rows['total'])})",
        "remark": rf"[*†‡¹²³⁴⁵]|(?:{any_of(rows['remark'])})\s*[:.!]|(?:{any_of(rows['dated'])})\b[^0-9]{{0,30}}[0-9]",
        "legend": rf"(?:{any_of(rows['list'])}|{legend}|(?:{explains})(?:\s(?:{part_of})\s[\w ]+)?)\s*:?",
        "legend head": rf"^(?:(?:\w+\s+){{0,2}}(?:{legend}|{explains})\b[^:]{{0,30}}:\s*|(?:{legend})\s+)",
        "date": rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?: [0-9:]+)?|[0-9]{{1,2}}[-/. ]{month}(?:[-/. ][0-9]{{2,4}})?"
        rf"|{month}[-/. ][0-9]{{2,4}}|[0-9]{{1,2}}[-/.][0-9]{{1,2}}[-/.](?:19|20)[0-9]{{2}}",
    }
    return {kind: compiled(pattern) for kind, pattern in patterns.items()}


def _pairs(pairs: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Returns what stands behind the equals sign by what stands before it, folded."""
    found: dict[str, list[str]] = {}
    for pair in pairs:
        before, _, behind = fold(pair).partition("=")
        found.setdefault(before, []).append(behind)
    return found


def fold(word: str) -> str:
    """Returns a word as words are compared: small letters, single blanks."""
    return " ".join(word.split()).casefold()
