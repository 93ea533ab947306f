"""A site on a machine that knows nobody: no network, no names, and clocks that say it has run for decades.

The clock of the day cannot be another one for some processes only, so it is left out. Those that count from the start
of the machine can, and they are what every bound on time of a site is measured with.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.serving.serving import ROOT

FORTY_YEARS = 40 * 365 * 24 * 3600

INSIDE = """
import json, socket, sys, time
from pathlib import Path
from tests.serving.serving import ENDLESS, serving

def outcome(try_it):
    try:
        return try_it()
    except OSError as error:
        return type(error).__name__

seen = {
    "names": outcome(lambda: socket.getaddrinfo("data.example.org", 80)),
    "network": outcome(lambda: socket.create_connection(("192.0.2.1", 80), timeout=2)),
    "resolver": Path("/etc/resolv.conf").exists(),
    "years": int(time.monotonic() // 31_536_000),
}
with serving(Path(sys.argv[1]), Path(sys.argv[2]), "--query-seconds", "1", ready=60) as site:
    for path in sys.argv[3:]:
        seen[path] = site.get(path).status
    seen["rows"] = len(json.loads(site.ask("SELECT ?s { ?s a ?type } LIMIT 7").body)["results"]["bindings"])
    asked = time.monotonic()
    seen["endless"] = site.ask(ENDLESS).status
    seen["stopped in time"] = 1 <= time.monotonic() - asked < 5
    seen["after"] = site.ask("ASK { ?s ?p ?o }").status
    site.process.terminate()
    seen["end"] = site.process.wait(15)
print(json.dumps(seen))
"""

PATHS = ("/", "/projecten", "/doc/project/schone-sloten.ttl", "/zoeken?q=sloten", "/sparql", "/healthz", "/readyz")


def alone() -> Sequence[str]:
    """Returns the command that runs another in namespaces without network, without names, and with other clocks."""
    offset = str(FORTY_YEARS)
    clocks = ["unshare", "--time", "--monotonic", offset, "--boottime", offset, "--fork", "--kill-child"]
    if not shutil.which("unshare") or subprocess.run([*clocks, "true"], capture_output=True, check=False).returncode:
        # An ordinary user, or an older system: the rest holds there too.
        clocks = []
    return [
        *(*clocks, "bwrap", "--bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/etc"),
        *("--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--ro-bind-try", "/etc/alternatives"),
        *("/etc/alternatives", "--unshare-net", "--unshare-pid", "--die-with-parent", "--chdir", str(ROOT)),
    ]


@pytest.mark.skipif(shutil.which("bwrap") is None, reason="needs bwrap (Debian package bubblewrap)")
def test_case_116_no_network_no_names_and_another_clock(tmp_path: Path, releases: Path) -> None:
    """With nobody to ask and clocks that are decades off, pages and queries are answered, and bounded, as ever."""
    command = [*alone(), sys.executable, "-c", INSIDE, str(tmp_path), str(releases), *PATHS]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if ran.stderr.startswith("bwrap: "):
        pytest.skip(f"this system lets nobody make namespaces: {ran.stderr.strip()}")
    assert 0 == ran.returncode, ran.stderr
    seen = json.loads(ran.stdout)
    assert seen.pop("years") >= (40 if command[0] == "unshare" else 0)
    assert {
        "names": "gaierror",
        "network": "OSError",
        "resolver": False,
        **dict.fromkeys(PATHS, 200),
        "rows": 7,
        "endless": 503,
        "stopped in time": True,
        "after": 200,
        "end": 0,
    } == seen
