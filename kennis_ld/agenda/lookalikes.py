"""Tells rows that look like entries or headings and are neither: totals, legends, remarks, numbers that became dates.

The words are those of the languages in which agendas are written (Dutch, English, German), not of a city.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_TOTAL = re.compile(
    r"(?:(?:sub|eind)[- ]?totaal|totaal|totalen|(?:sub|grand )?-?totals?|(?:gesamt|zwischen)summe|summe|insgesamt)"
    r"(?=\s*(?::|$|[0-9€(]|aantal\b|budget\b|generaal\b|bedrag\b|kosten\b|number\b|amount\b|projecten\b|projects\b))",
    re.IGNORECASE,
)
_LEGEND = re.compile(
    r"(?:gebruikte |lijst (?:van|met) )?(?:afkortingen|afkortingenlijst|legenda|legende|verklaring(?: van [\w ]+)?|"
    r"voetnoten|noten|bronnen|abbreviations|legend|key|footnotes|abkürzungen|zeichenerklärung)\s*:?",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"[*†‡¹²³⁴⁵]|(?:nb|n\.b\.|let op|noot|opmerking(?:en)?|bron(?:nen)?|toelichting|note|source|remark|quelle|hinweis)"
    r"\s*[:.!]|(?:laatst (?:bijgewerkt|gewijzigd)|bijgewerkt|stand|peildatum|versie|vastgesteld|last updated|updated|"
    r"version|stand vom)\b[^0-9]{0,30}[0-9]",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mrt|mar|maa|mär|apr|mei|may|mai|jun|jul|aug|sep|okt|oct|nov|dec|dez)[a-z]*\.?"
_DATE = re.compile(
    rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?: [0-9:]+)?|[0-9]{{1,2}}[-/. ]{_MONTH}(?:[-/. ][0-9]{{2,4}})?"
    rf"|{_MONTH}[-/. ][0-9]{{2,4}}|[0-9]{{1,2}}[-/.][0-9]{{1,2}}[-/.](?:19|20)[0-9]{{2}}",
    re.IGNORECASE,
)


def is_total(text: str) -> bool:
    """Whether a text is that of a row with totals: 'Totaal', 'Subtotaal: 4', but not 'Totaalaanpak wonen'."""
    return _TOTAL.match(text) is not None


def are_counts(cells: Collection[str]) -> bool:
    """Whether cells of a row or column say how many there are: numbers, and more than one."""
    return len(cells) > 1 and all(map(str.isdecimal, cells))


def is_legend(heading: str) -> bool:
    """Whether a heading is that of a list that explains the table: 'Afkortingen:'."""
    return _LEGEND.fullmatch(heading.strip()) is not None


def is_remark(heading: str) -> bool:
    """Whether a line is a remark about the table: '* onder voorbehoud', 'Laatst bijgewerkt: 3 maart'."""
    return _REMARK.match(heading) is not None


def is_date(number: str) -> bool:
    """Whether what stands in the column of numbers is a date: a spreadsheet makes '2026-02-01' or '1-feb' of '1-2'."""
    return _DATE.fullmatch(number.strip()) is not None
