"""Runs the public test runner `rdf-test-suite` (npm) on a running site: SPARQL 1.1 Protocol and Service Description.

    npm install --prefix /tmp/npm rdf-test-suite@2.8.0
    python bench/w3c.py /tmp/npm/node_modules/.bin/rdf-test-suite

The suite is found as `tests/w3c/suites.py` says. The runner loads the data of a test with an update before it asks. Our
site has those data from the start and takes no updates, so a few lines of JavaScript tell the runner that its data are
there; every other request goes to the site as it is. Of 34 protocol tests, 7 are about updates and must fail.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.w3c.served import running
from tests.w3c.suites import PUBLISHED, SUITE, cases

ENGINE = """
const send = globalThis.fetch;
globalThis.fetch = async (address, request) =>
  String(request?.body).startsWith('DROP SILENT ALL ;\\nINSERT DATA') ? new Response(null, { status: 204 })
    : send(address, request);
module.exports = {};
"""
EXPECTED = {"protocol": (27, 34), "service-description": (3, 3)}


def main(runner: str) -> int:
    """Returns 0 when as many tests pass as must."""
    graphs: dict[str | None, Path] = {iri: path for case in cases("ProtocolTest") for iri, path in case.graphs}
    results = {}
    with tempfile.TemporaryDirectory() as name, running(Path(name), graphs=graphs) as site:
        folder = Path(name)
        (folder / "engine.js").write_text(ENGINE, encoding="utf-8")
        (folder / "suite").symlink_to(SUITE)
        options = {"protocolEndpoint": site.endpoint, "serviceDescriptionEndpoint": site.endpoint}
        for suite in EXPECTED:
            ran = subprocess.run(
                [
                    *(runner, "engine.js", f"{PUBLISHED}{suite}/manifest.ttl"),
                    *("-m", f"{PUBLISHED}~{folder}/suite/", "-i", json.dumps(options)),
                ],
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
            )
            print(*re.findall(r"^[✔✖] .*\(http.*\)", ran.stdout, re.MULTILINE), sep="\n")
            found = re.search(r"([0-9]+) / ([0-9]+) tests succeeded", ran.stdout)
            results[suite] = (int(found[1]), int(found[2])) if found else ran.stdout + ran.stderr
    for suite, result in results.items():
        print(suite, result)
    return 0 if results == EXPECTED else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else "rdf-test-suite"))
