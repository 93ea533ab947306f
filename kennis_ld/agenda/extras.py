"""Reads the extra cells of an entry: when it runs, how far it is, what it costs, where more about it stands.

In: entries with extra cells. Out: the same with what these surely say, and a finding for each that is not sure. The
text of every cell is kept as a remark, whatever was read of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kennis_ld.agenda.budgets import budget
from kennis_ld.agenda.colours import called, heading_of_row, is_colour, names
from kennis_ld.agenda.periods import Period, moment, period
from kennis_ld.agenda.text import one_line
from kennis_ld.agenda.wording import MASKED, Words, fold
from kennis_ld.iri import is_web_address, slug
from kennis_ld.model import Entry, Extra, ExtraCell, Facts, Finding, ProjectEntry, Status

LONGEST_STATUS = 40
"""Characters; a longer text tells a story and is no status."""

SHORTEST_STATUS = 3
"""Characters; "A" or "R" means nothing without a legend."""


@dataclass(frozen=True)
class ExtraReader:
    """Reads the extra cells of one edition.

    Attributes:
        years: those that the edition is about.
    """

    words: Words
    statuses: Sequence[Status]
    language: str
    years: Collection[int]

    def read(self, items: Iterable[ProjectEntry | Finding]) -> Iterator[ProjectEntry | Finding]:
        """Yields entries with what their extra cells say, and what is to be said about these."""
        for item in items:
            if isinstance(item, Finding) or not item.entry.extras:
                yield item
                continue
            facts, findings = self.facts(item.entry)
            yield from findings
            yield replace(item, facts=facts)

    def facts(self, entry: Entry) -> tuple[Facts, Sequence[Finding]]:
        """Returns what the extra cells of an entry say, and findings about those that are not sure."""
        facts, findings = Facts(), []
        for cell in entry.extras:
            facts, code = self._with(facts, cell)
            line, heading = called(one_line(cell.text), self.language, self.words), cell.heading
            if not heading and cell.kind is Extra.STATUS:
                heading = heading_of_row(self.language, self.words)
            facts = replace(facts, remarks=(*facts.remarks, f"{heading}: {line}" if heading else line))
            if code:
                values = {"column": heading, "line": slug(line) or "status"}
                findings.append(Finding(code, entry.place, entry.label, line, values))
            if MASKED.search(cell.text):
                findings.append(Finding("contact-person", entry.place, entry.label))
        if facts.start and facts.end and facts.end < facts.start[: len(facts.end)]:
            facts = replace(facts, start="", end="")
            findings.append(
                Finding("period-unsure", entry.place, entry.label, " | ".join(facts.remarks), {"column": ""})
            )
        return facts, findings

    def _with(self, facts: Facts, cell: ExtraCell) -> tuple[Facts, str]:
        """Returns the facts with those of one cell, and the code of what is to be said about it."""
        match cell.kind:
            case Extra.PERIOD:
                found = period(cell.text, words=self.words, years=self.years)
                if found is None or (facts.start and found.start) or (facts.end and found.end):
                    return facts, "period-unsure"
                return replace(facts, start=found.start or facts.start, end=found.end or facts.end), ""
            case Extra.START | Extra.END:
                when = moment(cell.text, words=self.words, years=self.years)
                found = Period(when.first, when.last) if when else self._one_sided(cell.text)
                if cell.kind is Extra.START:
                    is_sure = bool(found.start and not facts.start)
                    return replace(facts, start=facts.start or found.start), "" if is_sure else "period-unsure"
                is_sure = bool(found.end and not facts.end)
                return replace(facts, end=facts.end or found.end), "" if is_sure else "period-unsure"
            case Extra.STATUS:
                return self._with_status(facts, cell)
            case Extra.BUDGET:
                amount = budget(cell.text, cell.heading, language=self.language, words=self.words)
                if amount is None or facts.budget is not None:
                    return facts, "budget-unsure"
                return replace(facts, budget=amount[0], currency=amount[1]), ""
            case Extra.LINK:
                links = [word.rstrip(".,;)") for word in cell.text.split()]
                links = [word for word in links if re.match(r"https?://", word) and is_web_address(word)]
                return replace(facts, links=tuple(dict.fromkeys((*facts.links, *links)))), "" if links else "no-link"
            case Extra.REMARK:
                return facts, ""

    def _one_sided(self, text: str) -> Period:
        """Returns what a text says of start or end alone ("ab 2027"), and nothing where it says both."""
        found = period(text, words=self.words, years=self.years)
        return found if found and not (found.start and found.end) else Period()

    def _with_status(self, facts: Facts, cell: ExtraCell) -> tuple[Facts, str]:
        text = one_line(cell.text).strip(" .")
        known = next((self._known[fold(name)] for name in names(text, self.words) if fold(name) in self._known), None)
        if facts.status is not None:
            return facts, "status-unread" if cell.heading else ""
        if known is not None:
            return replace(facts, status=known), ""
        key = "" if is_colour(text) else slug(text)
        if not key or not SHORTEST_STATUS <= len(text) <= LONGEST_STATUS or MASKED.search(text):
            return facts, "status-unread"
        return replace(facts, status=Status(key, {self.language: text})), "unknown-status"

    @cached_property
    def _known(self) -> Mapping[str, Status]:
        return {fold(word): status for status in self.statuses for word in (*status.labels.values(), *status.words)}
