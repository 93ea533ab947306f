"""Says in words what changed between two states of an agenda, in Dutch or English; the words stand in `diff.toml`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from kennis_ld.data_file import data_file
from kennis_ld.publication.csv_file import safe
from kennis_ld.release.diff import Difference, ProjectState

_WORDS = data_file(__file__, "diff.toml")

CSV_COLUMNS = ("project", "number", "title", "change", "before", "after", "thing")


def lines(difference: Difference, *, before: str, after: str, language: str) -> Iterator[str]:
    """Yields the difference as lines of text.

    Args:
        before: what the earlier state is called.
        after: what the later state is called.
    """

    def said(name: str, **values: object) -> str:
        return str(_WORDS["words"][name][_spoken(language)]).format(**values)

    yield said("from", before=before, after=after)
    if not (difference.new or difference.gone or difference.changed):
        yield said("same")
        return
    if difference.new:
        yield from ("", said("new", count=len(difference.new)))
        yield from (f"  {_placed(item, difference.after.names)}" for item in difference.new)
    if difference.gone:
        yield from ("", said("gone", count=len(difference.gone)))
        for item in difference.gone:
            yield f"  {_placed(item, difference.before.names)}"
            if item.key in difference.after.ended:
                reason, replacement = difference.after.ended[item.key]
                known = difference.after.projects.get(replacement)
                name = "replaced" if replacement else "withdrawn"
                yield f"    {said(name, reason=reason, replacement=known.label if known else replacement)}"
    if difference.changed:
        yield from ("", said("changed", count=len(difference.changed)))
        for changed in difference.changed:
            yield f"  {changed.project.label}"
            yield from (
                f"    {_sentence(change.kind, change.before, change.after, language)}" for change in changed.changes
            )
    yield from ("", said("unchanged", count=difference.unchanged))


def sentence(change: Mapping[str, str], language: str) -> str:
    """Returns what a change says that was written down as data (`Difference.as_json`).

    >>> sentence({"kind": "lead-added", "after": "Waterlab"}, "en")
    'new lead: Waterlab'
    >>> sentence({"kind": "lead-certainty", "before": "Waterlab (onzeker)", "after": "Waterlab (bevestigd)"}, "en")
    'lead Waterlab (doubtful), now Waterlab (stated)'
    """
    return _sentence(change["kind"], change.get("before", ""), change.get("after", ""), language)


def table(difference: Difference) -> str:
    """Returns the difference as CSV: a row for each change; a text that a spreadsheet would run is made harmless."""
    output = io.StringIO()
    rows = csv.writer(output, lineterminator="\r\n")
    rows.writerow(CSV_COLUMNS)
    for kind, projects in (("new", difference.new), ("gone", difference.gone)):
        for item in projects:
            rows.writerow(map(safe, (*_cells(item), kind, "", "", "")))
    for changed in difference.changed:
        for change in changed.changes:
            cells = (
                *_cells(changed.project),
                change.kind,
                change.before,
                change.after,
                change.thing,
            )
            rows.writerow(map(safe, cells))
    return output.getvalue()


def _cells(project: ProjectState) -> Sequence[str]:
    return f"project/{project.key}", project.number, project.title


def _placed(project: ProjectState, names: Mapping[tuple[str, str], str]) -> str:
    themes = ", ".join(names.get(("thema", key), key) for key in project.themes)
    return f"{project.label} ({themes})" if themes else project.label


def _sentence(kind: str, before: str, after: str, language: str) -> str:
    if kind.endswith("-certainty") and _spoken(language) == "en":
        called = _WORDS["certainties"]
        certainty = re.compile(rf"\(({'|'.join(called)})\)$")
        before, after = (certainty.sub(lambda found: f"({called[found[1]]})", text) for text in (before, after))
    return str(_WORDS["kinds"][kind][_spoken(language)]).format(before=before, after=after)


def _spoken(language: str) -> str:
    return "nl" if language == "nl" else "en"
