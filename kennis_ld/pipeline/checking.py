"""Checks a publication: all findings in words, what there is of everything, how complete it is, what the tables lack.

Nothing is written. A build does the same with the same batches and writes them on the way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from kennis_ld.iri import slug
from kennis_ld.model import Finding, Place, Severity, Theme
from kennis_ld.model.texts import Bilingual, own
from kennis_ld.pipeline.assembly import Assembly
from kennis_ld.pipeline.batch import Batch
from kennis_ld.pipeline.definitions import Definitions
from kennis_ld.publication.proposals import Gaps
from kennis_ld.publication.publication import Publication
from kennis_ld.publication.settled import Settled, settled
from kennis_ld.quality.completeness import COMPLETE, Completeness, Measured
from kennis_ld.quality.messages import Message, message, messages, shape_messages, sorted_messages
from kennis_ld.quality.validation import Validation

Progress: TypeAlias = Callable[[str, int, int | None], None]
"""Told what is being done, how far it is, and how much there is to do; None where nobody knows."""

_NUMBER_OF_COLUMN = re.compile(r"[0-9]+(?= \()")

READING = "reading"
"""What is being done while entries are read, resolved and validated."""


def quiet(what: str, done: int, total: int | None) -> None:
    """Tells nobody how far the work is."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a publication amounts to.

    Attributes:
        messages: all findings, the gravest first.
        counts: projects, organisations, participations and so on.
        measured: how complete each edition is, and each theme in it.
        names: names of editions by (key, ""), and of themes in them by (key of the edition, key of the theme).
        labels: label of each theme by its key.
        depths: how many themes each theme stands under.
        settled: findings that people decided to leave as they are.
        superseded: names of the documents that a later edition replaces.
    """

    messages: Sequence[Message]
    counts: Mapping[str, int]
    measured: Sequence[Measured]
    names: Mapping[tuple[str, str], Bilingual]
    labels: Mapping[str, Bilingual]
    depths: Mapping[str, int]
    gaps: Gaps
    settled: Sequence[Message] = ()
    superseded: frozenset[str] = frozenset()

    @property
    def sound(self) -> bool:
        """Whether nothing stops a release."""
        return all(item.severity is not Severity.VIOLATION for item in self.messages)


def check(publication: Publication, definitions: Definitions, *, version: str, progress: Progress = quiet) -> Checked:
    """Reads, resolves and validates a publication.

    Raises:
        KennisError: a setting, table or document cannot be read.
    """
    progress(READING, 0, None)
    assembly = Assembly(
        publication,
        definitions,
        version=version,
        keep=lambda said: None,
        progress=lambda entries: progress(READING, entries, None),
    )
    tally = Tally(publication, assembly)
    with closing(assembly.batches()) as batches:
        for batch in batches:
            tally.add(batch)
    return tally.checked()


_ENDS = (".", ":", ";", ",")
_SHORT = 6
"""Words in a line that is a heading also where a sentence follows; the first line of running text has more."""


class Tally:
    """Adds up what the batches of a publication say.

    Attributes:
        messages: what the shapes said so far, in words, unsorted.
        findings: the findings so far; what is found outside the batches is appended.
        validations: what the shapes said of each batch.
    """

    def __init__(self, publication: Publication, assembly: Assembly[Any]) -> None:
        self._publication = publication
        self._assembly = assembly
        self.messages: list[Message] = []
        self.findings: list[Finding] = []
        self._counts: Counter[str] = Counter()
        self._completeness = Completeness()
        self.validations: list[Validation] = []
        self._sheets: dict[str, bool] = {}  # those with entries, and whether one stands under a theme
        self._loose: list[Place] = []  # of the entries that stand under no theme

    def add(self, batch: Batch[object]) -> None:
        """Adds one batch."""
        self.findings += batch.findings
        self.messages += shape_messages(batch.validation.results, lambda iri: batch.about(iri, self._publication.iris))
        self.validations.append(batch.validation)
        if batch.measured_as:
            self._completeness.add(batch.measured_as, batch.entries)
        if batch.current:
            self._counts["projects"] += len(batch.entries)
            for item in batch.entries:
                sheet = item.entry.place.sheet
                if not item.entry.section:
                    self._loose.append(item.entry.place)
                self._sheets[sheet] = self._sheets.get(sheet, False) or bool(item.entry.section)
                for participation in item.participations:
                    self._counts[f"participations_{participation.role.main.key}"] += 1
                self._counts["groups"] += len(item.groups)
                self._counts["open_lists"] += bool(item.open_list)

    def measured(self) -> tuple[Sequence[Measured], Mapping[tuple[str, str], Bilingual]]:
        """Returns how complete each edition is, and each theme in it; and their names, as `Checked` has them."""
        organisations = self._assembly.context.organisations
        measured = self._completeness.measured({item.key for item in organisations if item.identifiers})
        titles, themes = self._titles(), self._themes()
        return measured, {(one.edition, one.theme): _name(one, titles, themes) for one in measured}

    def checked(self) -> Checked:
        """Returns the sum of all batches."""
        publication, context = self._publication, self._assembly.context
        measured, names = self.measured()
        self._counts["projects_complete"] = next(
            (one.shares[COMPLETE].part for one in reversed(measured) if not one.theme), 0
        )
        themes, iris = self._themes(), publication.iris
        called = {iris.organisation(item.key): item.name for item in context.organisations}
        called |= {iris.theme(theme.key): theme.label for theme in themes.values()}
        called |= {iris.edition(key): title.nl for key, title in self._titles().items()}
        found = [*messages(self.findings), *self.messages]
        found = [replace(item, subject=called.get(item.place, item.subject)) for item in found]
        ordered = sorted_messages(dict.fromkeys(found))
        left, done = _without_settled(ordered, settled(publication.table("settled")))
        if done:
            self._counts["settled"] = len(done)
        return Checked(
            messages=left,
            settled=done,
            superseded=publication.superseded,
            counts=dict(sorted(self._counts.items())),
            measured=measured,
            names=names,
            labels={key: Bilingual(theme.label, theme.label_en) for key, theme in themes.items()},
            depths={key: _depth(theme, themes) for key, theme in themes.items()},
            gaps=Gaps(
                organisations=tuple(item for item in context.organisations if item.provisional),
                themes=(*context.provisional_themes, *self._proposed_themes()),
                projects=tuple(self._assembly.proposed_identities),
            ),
        )

    def _titles(self) -> Mapping[str, Bilingual]:
        return {each.key: Bilingual(own(each.title), each.title.get("en", "")) for each in self._publication.editions}

    def _themes(self) -> Mapping[str, Theme]:
        return {theme.key: theme for theme in self._assembly.context.themes}

    def _proposed_themes(self) -> Iterator[Theme]:
        """Yields the themes that names of sheets or lines over entries may be, where no entry stands under one."""
        for names in () if any(self._sheets.values()) else (list(self._sheets), self._lines_over_entries()):
            if len(names) > 1:
                yield from (Theme(key, (name,), name) for name in names if (key := slug(name)))

    def _lines_over_entries(self) -> Sequence[str]:
        said = [(it.place, it.words) for it in self.findings if it.code == "text-outside-table" and it.place]
        every = [*said, *((place, "") for place in self._loose)]
        lines = sorted((place.document, place.sheet, place.first_line, words) for place, words in every)
        found: dict[str, None] = {}
        above: list[tuple[str, str, str]] = []
        for document, sheet, _, words in lines:
            if words:
                above.append((document, sheet, words))
                continue
            over = [text for *at, text in above if at == [document, sheet]]
            if over and over[-1].endswith(_ENDS):  # a sentence about the theme stands between
                over = [text for text in over if not text.endswith(_ENDS) and len(text.split()) <= _SHORT]
            found |= dict.fromkeys(over[-1:])
            above = []
        return list(found)


def _without_settled(
    found: Sequence[Message], decided: Sequence[Settled]
) -> tuple[Sequence[Message], Sequence[Message]]:
    """Returns the findings that are left, and those that were settled; a decision that fits none is a finding.

    A violation cannot be settled: the data would be wrong.
    """

    def fits(item: Message, one: Settled) -> bool:
        column = _NUMBER_OF_COLUMN.match(item.about)
        words = (item.about, item.words, column[0] if column else item.about)
        return item.severity is not Severity.VIOLATION and one.fits(code=item.code, words=words, subject=item.subject)

    done = [item for item in found if any(fits(item, one) for one in decided)]
    unused = [one for one in decided if not any(fits(item, one) for item in done)]
    told = [
        message(Finding("settled-unused", None, words=" ".join(filter(None, (str(one.place), one.code, one.words)))))
        for one in unused
    ]
    return sorted_messages([*(item for item in found if item not in done), *told]), done


def _name(one: Measured, titles: Mapping[str, Bilingual], themes: Mapping[str, Theme]) -> Bilingual:
    edition = titles[one.edition]
    if not one.theme:
        return edition
    theme = themes[one.theme]
    return Bilingual(f"{theme.label}, {edition.nl}", f"{theme.label_en or theme.label}, {edition.said('en')}")


def _depth(theme: Theme, themes: Mapping[str, Theme]) -> int:
    return 1 + _depth(themes[theme.broader], themes) if theme.broader in themes else 0
