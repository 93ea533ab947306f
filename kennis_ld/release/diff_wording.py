"""Says in words what changed between two states of an agenda, in Dutch or English; the words stand here only."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from kennis_ld.publication.csv_file import safe
from kennis_ld.release.diff import Difference, ProjectState

CSV_COLUMNS = ("project", "number", "title", "change", "before", "after", "thing")

_KINDS: Mapping[str, tuple[str, str]] = {
    "renamed": ("heette “{before}”", "was called “{before}”"),
    "renumbered": ("nummer was {before}", "number was {before}"),
    "moved": ("thema was {before}, nu {after}", "theme was {before}, now {after}"),
    "described": ("de beschrijving is gewijzigd", "the description changed"),
    "lead-added": ("trekker erbij: {after}", "new lead: {after}"),
    "lead-removed": ("trekker weg: {before}", "lead gone: {before}"),
    "lead-certainty": ("trekker {before}, nu {after}", "lead {before}, now {after}"),
    "partner-added": ("partner erbij: {after}", "new partner: {after}"),
    "partner-removed": ("partner weg: {before}", "partner gone: {before}"),
    "partner-certainty": ("partner {before}, nu {after}", "partner {before}, now {after}"),
    "role-added": ("erbij als {after}", "new as {after}"),
    "role-removed": ("weg als {before}", "gone as {before}"),
    "role-certainty": ("{before}, nu {after}", "{before}, now {after}"),
    "group-added": ("groep erbij: {after}", "new group: {after}"),
    "group-removed": ("groep weg: {before}", "group gone: {before}"),
    "status": ("status was “{before}”, nu “{after}”", "status was “{before}”, now “{after}”"),
    "period": ("looptijd was “{before}”, nu “{after}”", "period was “{before}”, now “{after}”"),
    "budget": ("budget was “{before}”, nu “{after}”", "budget was “{before}”, now “{after}”"),
    "opened": ("de lijst van partijen is nu open: “{after}”", "the list of parties is now open: “{after}”"),
    "closed": ("de lijst van partijen is niet meer open", "the list of parties is no longer open"),
    "open-words": ("de lijst is open: “{after}”, was “{before}”", "the list is open: “{after}”, was “{before}”"),
}
"""What each kind of change says."""

_CERTAINTIES = {"bevestigd": "stated", "beoogd": "intended", "onzeker": "doubtful"}
_CERTAINTY = re.compile(rf"\(({'|'.join(_CERTAINTIES)})\)$")
"""How sure a participation is, behind the name of the organisation: the key of its concept, which is Dutch."""

_WORDS: Mapping[str, tuple[str, str]] = {
    "from": ("Van {before} naar {after}", "From {before} to {after}"),
    "new": ("Nieuw ({count})", "New ({count})"),
    "gone": ("Verdwenen ({count})", "Gone ({count})"),
    "changed": ("Veranderd ({count})", "Changed ({count})"),
    "unchanged": ("Gelijk gebleven: {count}", "Unchanged: {count}"),
    "same": ("Aan de projecten is niets veranderd.", "Nothing about the projects changed."),
    "withdrawn": ("ingetrokken: {reason}", "withdrawn: {reason}"),
    "replaced": ("opgegaan in {replacement}: {reason}", "became part of {replacement}: {reason}"),
}


def lines(difference: Difference, *, before: str, after: str, language: str) -> Iterator[str]:
    """Yields the difference as lines of text.

    Args:
        before: what the earlier state is called.
        after: what the later state is called.
    """
    at = 0 if language == "nl" else 1

    def said(name: str, **values: object) -> str:
        return _WORDS[name][at].format(**values)

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
            yield from (f"    {_sentence(change.kind, change.before, change.after, at)}" for change in changed.changes)
    yield from ("", said("unchanged", count=difference.unchanged))


def sentence(change: Mapping[str, str], language: str) -> str:
    """Returns what a change says that was written down as data (`Difference.as_json`).

    >>> sentence({"kind": "lead-added", "after": "Waterlab"}, "en")
    'new lead: Waterlab'
    >>> sentence({"kind": "lead-certainty", "before": "Waterlab (onzeker)", "after": "Waterlab (bevestigd)"}, "en")
    'lead Waterlab (doubtful), now Waterlab (stated)'
    """
    return _sentence(change["kind"], change.get("before", ""), change.get("after", ""), 0 if language == "nl" else 1)


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
            cells = (*_cells(changed.project), change.kind, change.before, change.after, change.thing)
            rows.writerow(map(safe, cells))
    return output.getvalue()


def _cells(project: ProjectState) -> Sequence[str]:
    return f"project/{project.key}", project.number, project.title


def _placed(project: ProjectState, names: Mapping[tuple[str, str], str]) -> str:
    themes = ", ".join(names.get(("thema", key), key) for key in project.themes)
    return f"{project.label} ({themes})" if themes else project.label


def _sentence(kind: str, before: str, after: str, at: int) -> str:
    if kind.endswith("-certainty") and at:
        before, after = (_CERTAINTY.sub(lambda found: f"({_CERTAINTIES[found[1]]})", text) for text in (before, after))
    return _KINDS[kind][at].format(before=before, after=after)
