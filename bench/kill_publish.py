"""Kills a publish at many points and checks each time that the current release is the old one or the new one, whole.

    python bench/kill_publish.py [POINTS]

POINTS is 1,000 by default; a publish that had ended before it was killed is none of them. Half of them are a system
call of the publish, chosen at random with a fixed seed; the other half are a moment chosen at random.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.release import manifest, publish
from kennis_ld.release.build import build
from tests.publications import DOCUMENT, write
from tests.release.test_publish import PUBLISH


def main(points: int) -> int:
    """Returns 0 when every kill left a whole release."""
    chance = random.Random(1)
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        releases, other = Path(folder, "releases"), Path(folder, "other")
        changed = {"agenda.txt": DOCUMENT.replace("hard regent", "giet")}
        for changes, target in ((None, releases), (changed, other)):
            publication = settings.publication(write(Path(folder, "city"), changes))
            build(publication, definitions(), releases=target, version="0")
        old, new = publish.current(releases), publish.current(other)
        assert old is not None
        assert new is not None
        command = [sys.executable, "-c", PUBLISH, str(releases), str(new)]
        started = time.monotonic()
        calls = int(subprocess.run([*command, "0"], check=True, capture_output=True, text=True).stdout)
        whole = time.monotonic() - started
        kills = 0
        while kills < points:
            publish.switch(releases, old.name, by="bench", version="0")
            if chance.random() < 0.5:
                result = subprocess.run([*command, str(chance.randint(1, calls))], capture_output=True, check=False)
                killed = result.returncode == -signal.SIGKILL
            else:
                process = subprocess.Popen([*command, "0"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                started = time.monotonic()
                try:
                    process.wait(chance.uniform(0.5 * whole, whole))
                    # The machine may be faster now than it was.
                    whole = time.monotonic() - started
                except subprocess.TimeoutExpired:
                    process.kill()
                killed = process.wait() == -signal.SIGKILL
            kills += killed
            current = publish.current(releases)
            assert current is not None
            assert current.name in {old.name, new.name}
            manifest.verified(current)
            seen[f"{'killed' if killed else 'finished'}: {'old' if current.name == old.name else 'new'}"] += 1
    print(f"{points} points, {calls} system calls in a publish: {dict(seen)}; every release whole")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
