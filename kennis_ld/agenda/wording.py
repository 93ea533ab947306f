"""The Dutch (and English) turns of phrase of a parties cell: what divides names, what opens a list, what casts doubt.

These are words of the language, not of a city: names and abbreviations stand in the register of the publication.
`docs/grammar.md` explains each with the row that asked for it.
"""

from __future__ import annotations

import re

ROLE = re.compile(
    r"(?<![\w])(?P<role>T|P|trekkers?|trekker\(s\)|leads?|partners?|partner\(s\)|(?:overige\s+)?(?:\(beoogde\)\s+)?partners)"
    r"\s*:",
    re.IGNORECASE,
)
"""What starts the list of a role: 'T:', 'P :', 'Trekker:'."""

CONTACT = re.compile(r"(?<!\w)contact(?:persoon|personen|person)?\s*:", re.IGNORECASE)
"""What starts the name of a contact person, which goes on until the next role or the end of the cell."""

MASK = "[naam]"
"""What stands in the place of the name of a contact person."""

INTENDED = re.compile(r"\bbeoogde?\b|\bintended\b", re.IGNORECASE)
"""In the heading of a column: its parties may be intended and not yet agreed."""

JOIN = re.compile(r"\s*[,;]\s*(?:en|and)?(?=\s|$|[,;])\s*|\s*[,;]\s*|\s+(?:en|and|&|\+)\s+", re.IGNORECASE)
"""What stands between two parties of equal standing: a comma, a semicolon, 'en'."""

SLASH = re.compile(r"\s*/\s*")
"""Between a unit and what it is a unit of ('UL/FSW'), or between two parties ('HsL/UL /GL'); the register decides."""

CHAIR = re.compile(r"\s*,?\s*(?:\bo\.\s?l\.\s?v\.|\bonder leiding van\b)\s*", re.IGNORECASE)
"""Before the party that chairs the one named before it: both lead."""

ALONGSIDE = re.compile(
    r"\s*,?\s*(?:\b(?:in|met)\s+(?:nauwe\s+|goede\s+)?samenwerking\s+met\b|\bi\.\s?s\.\s?m\.|\bsamen\s+met\b)\s*",
    re.IGNORECASE,
)
"""Before parties that work along with the ones named before: it is doubtful whether they have the same role."""

OPEN_LIST = re.compile(
    r"(?<!\w)(?:"
    r"e\.\s?a\.?(?!\w)"
    r"|(?:en\s+)?(?:etc|enz|et\s+al)\b\.?"
    r"|(?:en\s+)?(?:nog\s+)?(?:vele\s+|veel\s+)?anderen\b"
    r"|(?:en\s+)?(?:nog\s+)?(?:vele\s+|veel\s+)?(?:andere|meer)\s+(?:partners|partijen|organisaties)\b[^,;()/?]*"
    r"|(?:and\s+)?(?:many\s+)?(?:other|more)\s+(?:partners|parties|organisations)\b[^,;()/?]*"
    r"|(?:and\s+)?(?:many\s+)?others\b"
    r")",
    re.IGNORECASE,
)
"""Words that say that the list goes on without naming who."""

INDEFINITE = re.compile(r"(?:div\.?|diverse|verschillende|overige|several|various|other)\s+\w", re.IGNORECASE)
"""How a group starts whose members are left open: 'div. instellingen', 'overige onderwijsinstellingen'."""

PERIOD = re.compile(
    r"(?P<word>tot\s+en\s+met|t/m|tot|until|vanaf|sinds|per|na|from|since|after)\s+"
    r"(?P<day>[0-9]{1,2})[-/. ](?P<month>[0-9]{1,2})[-/. ](?P<year>[0-9]{4}|[0-9]{2})",
    re.IGNORECASE,
)
"""A period in brackets: 'tot 1/1/23', 'na 1/1/23'; day, month, year. Two digits are a year of this century."""

PERIOD_END = frozenset({"tot", "tot en met", "t/m", "until"})
"""The words before a date that is an end; the others stand before a start."""
