"""Clients of others answer the saved questions from the descriptions in the endpoint alone.

    python3 -m venv /tmp/llm && /tmp/llm/bin/pip install sparql-llm==0.1.4
    python bench/questions.py /tmp/llm/bin/python [comunica-sparql]

Builds and serves both bundled cities, and has two clients find each question and send it: sparql-llm, whose loader is
what language models on SPARQL endpoints are fed with, and Comunica (npm ci --prefix tests/clients, or the command that
is named). An answer counts where it equals that of `kennis-ld query` on the release, asked with the examples of the
description. Ends with 1 where a client has fewer than 20 of a city.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pyoxigraph as ox
from rdflib import Graph, URIRef
from rdflib.namespace import SH

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kennis_ld.pipeline.definitions import definitions
from tests.ports import free_port
from tests.waiting import eventually

ROOT = Path(__file__).resolve().parent.parent
CITIES = ("leiden", "zandwijk")
LEAST = 20
QUERIES = {query.name: query for query in definitions().queries}
COMUNICA = ROOT / "tests/clients/node_modules/.bin/comunica-sparql"
LOADS = """
import json, sys, types
embeddings = types.ModuleType("fastembed")  # else it fetches a model when it is loaded, which no question needs
embeddings.TextEmbedding = lambda *_, **__: None
sys.modules["fastembed"] = embeddings
from sparql_llm.loaders.sparql_examples_loader import SparqlExamplesLoader
from sparql_llm.utils import query_sparql
endpoint, found = sys.argv[1], {}
for each in SparqlExamplesLoader(endpoint).load():
    text = each.metadata["answer"]
    try:
        answer = query_sparql(text, endpoint)["results"]["bindings"]
    except Exception:
        answer = None  # it reads rows only
    found[text] = [each.page_content, answer]
print(json.dumps(found))
"""


def main(python: str, comunica: str = str(COMUNICA)) -> int:
    """Prints a row for each city and client, and the questions that it has not."""
    enough = True
    with tempfile.TemporaryDirectory() as folder:
        for city in CITIES:
            with served(ROOT / "data" / city, Path(folder) / city) as endpoint:
                texts = described(endpoint)
                expected = {name: asked(city, Path(folder) / city, name, examples(endpoint, name)) for name in QUERIES}
                told = json.loads(run([python, "-c", LOADS, endpoint]))
                for client, answer in (
                    ("sparql-llm", lambda text, name, told=told: rows_of(told.get(text))),
                    ("Comunica", lambda text, name, endpoint=endpoint: by_comunica(comunica, endpoint, text, name)),
                ):
                    right = {name for name, text in texts.items() if equal(expected[name], answer, text, name)}
                    print(f"{city:10} {client:12} {len(right)} of {len(QUERIES)}", *sorted(set(QUERIES) - right))
                    enough &= len(right) >= LEAST
    return 0 if enough else 1


def equal(expected: Any, answer: Callable[[str, str], Any], text: str, name: str) -> bool:
    return bool(expected == answer(text, name))


def rows_of(told: Any) -> Any:
    return None if told is None or told[1] is None else rows(told[1])


def by_comunica(comunica: str, endpoint: str, text: str, name: str) -> Any:
    """What Comunica makes of a query: rows, or statements."""
    kind = "application/sparql-results+json" if QUERIES[name].columns else "application/n-triples"
    found = run([comunica, f"sparql@{endpoint}", text, "-t", kind])
    return rows(json.loads(found)["results"]["bindings"]) if QUERIES[name].columns else statements(found)


def asked(city: str, releases: Path, name: str, given: dict[str, str]) -> Any:
    """What `kennis-ld query` answers."""
    more = [part for key, value in given.items() for part in ("-p", f"{key}={value}")]
    form = "json" if QUERIES[name].columns else "nt"
    where = ["--publication", str(releases.parent / f"{city}-city"), "--releases", str(releases)]
    found = run([sys.executable, "-m", "kennis_ld.cli", "query", name, *where, "--format", form, *more])
    return rows(json.loads(found)["results"]["bindings"]) if QUERIES[name].columns else statements(found)


def rows(bindings: list[dict[str, dict[str, str]]]) -> list[frozenset[tuple[str, str]]]:
    """The values of each row, in order."""
    return [frozenset((name, term["value"]) for name, term in row.items()) for row in bindings]


def statements(text: str) -> set[ox.Quad]:
    return set(ox.parse(text.encode(), ox.RdfFormat.N_TRIPLES))


def described(endpoint: str) -> dict[str, str]:
    """The text of each question, from the description of the service."""
    found = Graph().parse(endpoint, format="turtle")
    texts = [*found.subject_objects(SH.select), *found.subject_objects(SH.construct)]
    return {str(subject).rpartition("/")[2]: str(text) for subject, text in texts if "/id/vraag/" in str(subject)}


def examples(endpoint: str, name: str) -> dict[str, str]:
    found = Graph().parse(endpoint, format="turtle")
    question = URIRef(f"{endpoint.removesuffix('/sparql')}/id/vraag/{name}")
    nodes = found.objects(question, SH.parameter)
    return {str(found.value(node, SH.name)): str(found.value(node, SH.defaultValue)) for node in nodes}


@contextmanager
def served(publication: Path, releases: Path) -> Iterator[str]:
    """Serves a copy of a publication under the address that it has here."""
    port = free_port()
    copy = releases.parent / f"{releases.name}-city"
    run(["cp", "-r", str(publication), str(copy)])
    settings = (copy / "publication.toml").read_text(encoding="utf-8")
    lines = [
        f'base_uri = "http://127.0.0.1:{port}"' if line.startswith("base_uri") else line
        for line in settings.splitlines()
    ]
    (copy / "publication.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "kennis_ld.cli",
        "serve",
        str(copy),
        "--releases",
        str(releases),
        "--port",
        str(port),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            assert eventually(lambda: answers(f"http://127.0.0.1:{port}/readyz"), seconds=300)
            yield f"http://127.0.0.1:{port}/sparql"
        finally:
            process.terminate()
            process.wait(30)


def answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5):
            return True
    except OSError:
        return False


def run(command: list[str], given: str | None = None) -> str:
    # In a folder of its own, for sparql-llm leaves files where it runs.
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, cwd=folder, env=environment, input=given, capture_output=True, text=True, check=True
        )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
