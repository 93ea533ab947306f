"""Damages the bundled agendas in many ways, in each kind of document, and shows that nothing is lost silently.

    python bench/mutations.py [NUMBER] [SEED] [FORM,FORM…]

NUMBER is 10,000 by default, SEED 1, and FORM one of the kinds in `tests/reading/campaign.SHARES` (all of them), a
layout in `tests/reading/mutants_layouts.LAYOUTS`, or `delta`: one in five is a made-up agenda in such a layout, also in
two files, or an edition that only lists changes, where no project may leave the agenda unsaid either. Each
mutant has one or two changes: in its table, its text, its bytes, or the parts of an office document. A person who knows
every cell of it, and who is no part of the program (`tests/reading/careful`), looks for its words: they must be
published exactly, in the right entry and under the right heading, or be named in a finding with a place, or the
document must be refused with an error that says what to do. Prints what became of them, by kind of document and by
change, and exits 1 when anything was lost; those mutants stay in the folder that it names.

Most are read in this process, one in 20 in the process of its own that documents are read in, and one in 250 by
`kennis-ld check`. "as it was" is a damaged file that was read as if it were whole (a byte in a part that nobody reads);
"contained" is an exception that only the process of its own turns into a refusal.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.reading import campaign, mutants, mutants_editions, mutants_layouts
from tests.reading.campaign import OUTCOMES, Outcome
from tests.reading.mutants import City, Mutant
from tests.reading.mutants_editions import DELTA
from tests.reading.mutants_layouts import LAYOUTS

ROOT = Path(__file__).resolve().parent.parent
OWN_PROCESS, COMMAND, LAYOUT = 20, 250, 5
Result = tuple[str, str, str, str, str]


@lru_cache(maxsize=1)
def cities() -> tuple[City, ...]:
    """Returns the agendas, made once in each process."""
    return tuple(mutants.cities())


def main(number: int, seed: str, forms: list[str], kept: Path) -> int:
    """Returns 0 when nothing was lost."""
    started = time.monotonic()
    seeds = [(f"{seed}:{at}", at, forms[at % len(forms)] if forms else "", str(kept)) for at in range(number)]
    by_form: Counter[tuple[str, str]] = Counter()
    by_kind: Counter[tuple[str, str]] = Counter()
    lost: list[Result] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for done, result in enumerate(pool.map(one, *zip(*seeds, strict=True), chunksize=20), start=1):
            form, kind, what, _, _ = result
            by_form[form, what] += 1
            by_kind[kind, what] += 1
            if what == "LOST":
                lost.append(result)
            if done % 500 == 0:
                print(f"{done} of {number}, {len(lost)} lost", file=sys.stderr)
    _table("kind of document", by_form)
    _table("change", by_kind)
    print(f"\n{number} mutants in {time.monotonic() - started:.0f} s, seed {seed}; lost: {len(lost)}")
    for form, kind, _, at, why in lost:
        print(f"  {at} {form} ({kind}): {why[:300]}")
    if lost:
        print(f"They stand in {kept}.")
    return 1 if lost else 0


def one(seed: str, at: int, form: str, kept: str) -> Result:
    """Makes one mutant, has it read, and returns its kind of document, its change and what became of it."""
    made_up = (*LAYOUTS, DELTA)
    if form in made_up or (not form and at % LAYOUT == 0):
        layout = form or made_up[at // LAYOUT % len(made_up)]
        kind, outcome = mutants_editions.one(seed) if layout == DELTA else mutants_layouts.one(seed, layout)
        return layout, kind.split(" + ")[0], outcome.what, seed, f"{kind}: {outcome.why}"
    mutant, tries = None, 0
    while mutant is None:  # a change that cannot be written in a kind of document gives way to another
        mutant = campaign.mutant(f"{seed}/{tries}" if tries else seed, cities(), form)
        tries += 1
    how = "command" if at % COMMAND == COMMAND - 1 else "process" if at % OWN_PROCESS == OWN_PROCESS - 1 else "inside"
    outcome = campaign.judged(mutant, inside=how != "process")
    if how == "command" and outcome.what != "LOST":
        outcome = by_command(mutant, outcome)
    if outcome.what == "LOST":
        name = re.sub(r"[^0-9A-Za-z]+", "-", seed)
        Path(kept, f"{name}-{mutant.name}").write_bytes(mutant.content)
        about = {"seed": seed, "form": form, "kind": mutant.kind, "how": how, "why": outcome.why}
        Path(kept, f"{name}.json").write_text(json.dumps(about, indent=1), encoding="utf-8")
    return mutant.form, mutant.kind, outcome.what, seed, outcome.why


def by_command(mutant: Mutant, before: Outcome) -> Outcome:
    """Has the command line check a publication with the mutant in the place of its last document."""
    city, edition = mutant.city.name.split()
    with tempfile.TemporaryDirectory() as folder:
        publication = Path(folder, city)
        shutil.copytree(ROOT / "data" / city, publication)
        Path(publication, mutant.name).write_bytes(mutant.content)
        settings = (publication / "publication.toml").read_text(encoding="utf-8")
        start = settings.index(f'key = "{edition}"')
        changed = re.sub(r'document = "[^"]*"', f'document = "{mutant.name}"', settings[start:], count=1)
        (publication / "publication.toml").write_text(settings[:start] + changed, encoding="utf-8")
        command = [sys.executable, "-m", "kennis_ld.cli", "check", str(publication), "--format", "json"]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    if run.returncode not in {0, 1, 2} or "Traceback" in run.stderr:
        return Outcome("LOST", f"kennis-ld check ended with {run.returncode}: {run.stderr[-300:]}")
    if run.returncode == 2 and not run.stderr.strip():
        return Outcome("LOST", "kennis-ld check refused without a word")
    if before.what in {"refused", "contained"} and run.returncode != 2:
        return Outcome("LOST", f"kennis-ld check took what the reader refuses: {before.why[:200]}")
    if run.returncode != 2:
        json.loads(run.stdout)
    return before


def _table(title: str, counted: Counter[tuple[str, str]]) -> None:
    width = max(len(name) for name, _ in counted)
    print(f"\n{title:{width}}  " + "".join(f"{what:>11}" for what in OUTCOMES) + f"{'all':>8}")
    names = sorted({name for name, _ in counted})
    for name in names:
        row = [counted[name, what] for what in OUTCOMES]
        print(f"{name:{width}}  " + "".join(f"{count:11}" for count in row) + f"{sum(row):8}")
    sums = [sum(counted[name, what] for name in names) for what in OUTCOMES]
    print(f"{'all':{width}}  " + "".join(f"{count:11}" for count in sums) + f"{sum(sums):8}")


if __name__ == "__main__":
    given = sys.argv[1:]
    raise SystemExit(
        main(
            int(given[0]) if given else 10_000,
            given[1] if len(given) > 1 else "1",
            given[2].split(",") if len(given) > 2 else [],
            Path(tempfile.mkdtemp(prefix="mutants-")),
        )
    )
