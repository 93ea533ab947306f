"""Made-up editions that only list changes, damaged: no project leaves the agenda unsaid, and no word of either is lost.

Used by `bench/mutations.py` for thousands and by `test_mutations` for a sample. The judge knows the words that it
wrote: what an edition of changes does not name must stand as it was, what it says must stand in its place, be named in
a finding, or the document is refused.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from kennis_ld.agenda.current_state import CurrentState, Row, row_of, with_findings
from kennis_ld.agenda.editions import resolved
from kennis_ld.agenda.identity import Identities
from kennis_ld.agenda.resolution import Resolver
from kennis_ld.agenda.rows import entries, without_struck
from kennis_ld.errors import KennisError
from kennis_ld.model import Finding, Identity, ProjectEntry, Role
from kennis_ld.publication.language import default_words
from tests.reading import mutants_layouts
from tests.reading.campaign import Outcome, in_this_process
from tests.reading.mutants_layouts import COLUMNS, DAMAGES, PRIVACY, SAYS_NOTHING, Table, made_name, page, words_of

DELTA = "delta"
"""The name of the kind of document, beside the layouts."""

_HEADER = ("nr", "Project", "Beschrijving", "Trekker", "Partners")
_NO_NEWS = {"unknown-theme", "number-left-out", "identity-undecided", "identity-unused", "new-project", "unknown-name"}


def one(seed: str) -> tuple[str, Outcome]:
    """Returns what was changed in a made-up edition of changes of this seed, and what became of it."""
    chance = Random(f"{seed} {DELTA}")
    full = [[str(at), *(made_name(chance) for _ in _HEADER[1:])] for at in range(1, chance.randint(4, 9))]
    tables = [[list(_HEADER), *(_changed(chance, row) for row in chance.sample(full, chance.randint(1, len(full))))]]
    damages = chance.sample(DAMAGES, chance.randint(0, 2))
    for damage in damages:
        if any(tables) and all(row for table in tables for row in table):
            damage(chance, tables)
            tables = [[row for row in table if row] for table in tables]
            tables = [table for table in tables if table]
    kind = " + ".join(sorted(damage.__name__ for damage in damages)) or "edition of changes"
    return kind, _judged(full, tables)


def _changed(chance: Random, row: Sequence[str]) -> list[str]:
    """Returns the row of a project as an edition of changes has it: one or more cells anew, the others left empty."""
    new = list(row)
    for at in range(2, len(row)):
        new[at] = chance.choice(("", row[at], made_name(chance)))
    match chance.randrange(8):
        case 0:
            new[2:] = [chance.choice(("Vervallen", "withdrawn", "entfällt")), "", ""]
        case 1:
            new[2:] = [f"Zie {chance.randint(1, 9)}", "", ""]
        case 2:
            new[:2] = [str(chance.randint(20, 40)), made_name(chance)]
    return new


def _judged(full: Table, tables: Sequence[Table]) -> Outcome:
    words = default_words()
    decided = [
        Identity(project=f"project-{row[0]}", edition=edition, theme="", number=row[0], title=row[1])
        for edition in ("full", "changes")
        for row in full
    ]
    identities = Identities(decided, ("full", "changes"))
    resolver = Resolver(PRIVACY.lexicon, words)
    state = CurrentState(words)
    try:
        before = _read("full", [[list(_HEADER), *full]], identities, resolver)
        state.begin(changes_only=False)
        for item in before:
            if isinstance(item, ProjectEntry):
                state.put(item, edition="full", changes_only=False)
        read = _read("changes", tables, identities, resolver)
        said = list(with_findings(read, words, number_of=state.by_number()))
        state.begin(changes_only=True)
        for item in said:
            if isinstance(item, ProjectEntry):
                state.put(item, edition="changes", changes_only=True)
    except KennisError as error:
        whole = error.what and error.where and error.remedy
        return Outcome("refused", str(error)) if whole else Outcome("LOST", f"an error without a way on: {error!r}")
    except Exception as error:  # any other is what the campaign looks for
        return Outcome("LOST", f"ended by {error!r}")
    wrong = [*_words_lost(tables, said), *_projects_lost(full, said, state)]
    if wrong:
        return Outcome("LOST", "; ".join(wrong[:6]))
    codes = {item.code for item in said if isinstance(item, Finding)} - _NO_NEWS
    return Outcome("named" if codes else "published")


def _read(
    edition: str, tables: Sequence[Table], identities: Identities, resolver: Resolver
) -> list[ProjectEntry | Finding]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{edition}.html")
        path.write_text(page(tables), encoding="utf-8")
        rows = without_struck(in_this_process(path), whole_rows=True)
        found = entries(rows, columns=COLUMNS, themes=(), document=path.name, privacy=PRIVACY)
        return list(resolved(found, edition=edition, themes=(), identities=identities, resolver=resolver))


def _words_lost(tables: Sequence[Table], said: Sequence[ProjectEntry | Finding]) -> list[str]:
    """Returns the words of an edition of changes that stand in no entry and no finding."""
    told_words = {word for item in said for text in _texts(item) for word in words_of(text)}
    known = {word for names in COLUMNS.values() for name in names for word in words_of(name)} | SAYS_NOTHING
    rows = [row for table in tables for row in table if "Project" not in row]  # a header is no data
    lost = {word for row in rows for cell in row for word in words_of(cell)} - told_words - known
    return [f"words are lost: {sorted(lost)[:8]}"] if lost else []


def _projects_lost(full: Table, said: Sequence[ProjectEntry | Finding], state: CurrentState) -> list[str]:
    """Returns the projects that left the agenda unsaid, and the words of those that stand that did so."""
    wrong = []
    changed = {item.project: item for item in said if isinstance(item, ProjectEntry)}
    stopped = [item.subject for item in said if isinstance(item, Finding) and item.code == "project-stopped"]
    for row in full:
        key = f"project-{row[0]}"
        standing = state.standing.get(key)
        if standing is None:
            if not any(row[0] in subject.split() for subject in stopped):
                wrong.append(f"project {row[0]} left the agenda unsaid")
            continue
        there = set(words_of(repr(standing.item)))
        anew = changed.get(key)
        kept = row if anew is None or row_of(anew, default_words()) is Row.REFERS else _kept(row, anew)
        if gone := {word for cell in kept for word in words_of(cell)} - there:
            wrong.append(f"project {row[0]} lacks {sorted(gone)}")
    return wrong


def _kept(row: Sequence[str], anew: ProjectEntry) -> list[str]:
    """Returns the cells of a row over which an edition of changes puts nothing."""
    entry = anew.entry
    said = {role for role, text in entry.parties if text.strip()}
    parties = [cell for role, cell in zip((Role.LEAD, Role.PARTNER), row[3:], strict=True) if not said & {role, None}]
    title, text = ("" if anew else old for anew, old in ((entry.title, row[1]), (entry.description, row[2])))
    return [row[0], title, text, *parties]


def _texts(item: ProjectEntry | Finding) -> list[str]:
    return list(mutants_layouts.texts_of(item.entry if isinstance(item, ProjectEntry) else item))
