"""The reconciliation service before the judges of others: the published JSON Schemas, and a client that people use.

    git clone https://github.com/reconciliation-api/specs /tmp/specs
    python3 -m venv /tmp/rec && /tmp/rec/bin/pip install reconciler==0.2.2 "numpy<2" "pandas<2.3" jsonschema
    python bench/reconcile.py /tmp/specs /tmp/rec/bin/python

Serves both bundled cities. Every kind of answer of both versions of the API, in Dutch and English, is valid by the
schemas of its version, and `reconciler` (PyPI) finds the organisation that was meant for 19 of 20 different names in
the documents at least. Then, at 40,000 organisations and in one run, a name costs at most 10 times what a small SELECT
costs that is asked again. Exit 1 where one of these is not so.
"""

from __future__ import annotations

import http.client
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import city as large_city
from bench.questions import CITIES, ROOT, run, served
from kennis_ld.web.reconcile.service import KINDS
from tests.web.reconcile.test_names import MENTIONS

LEAST_RIGHT = 0.95
ORGANISATIONS = 40_000
KINDS_OF_NAMES = ("Stichting", "Hogeschool", "Instituut voor", "Museum", "Vereniging")
SLIPS = ("Stichtng", "Hogeschol", "Instituut v.", "Musuem", "Ver.")
MIDDLES = ("water", "zand", "duinen", "licht", "wijken", "zorg")
ENDS = ("noord", "zuid", "oost", "west", "centrum")
NAME = "https://schema.org/name"
MOST_TIMES = 10.0
ROUNDS = 200
VALIDATES = """
import json, pathlib, sys
import jsonschema, referencing
answers = json.load(sys.stdin)
for version, told in answers.items():
    schemas = {}
    for path in pathlib.Path(sys.argv[1], version, "schemas").glob("*.json"):
        schema = json.loads(path.read_text())
        if path.stem == "manifest":
            del schema["properties"]["authentication"]  # leads to a schema elsewhere
        schemas[path.stem] = schema
    draft = referencing.jsonschema.DRAFT7
    known = [(schema["$id"], draft.create_resource(schema)) for schema in schemas.values() if "$id" in schema]
    registry = referencing.Registry().with_resources(known)
    for name, what, answer in told:
        for error in jsonschema.Draft7Validator(schemas[name], registry=registry).iter_errors(answer):
            print(version, what, error.json_path, error.message[:200])
"""
RECONCILES = """
import json, sys
import pandas
from reconciler import reconcile
names = json.load(sys.stdin)
found = reconcile(pandas.Series(names), type_id="schema:Organization", top_res=1, reconciliation_endpoint=sys.argv[1])
print(json.dumps(dict(zip(found["input_value"], found["id"]))))
"""


def main(specs: str, python: str) -> int:
    """Prints what was seen of each city, then the costs."""
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for name in CITIES:
            with served(ROOT / "data" / name, Path(folder) / name) as endpoint:
                base = endpoint.removesuffix("/sparql")
                told = {language: answers(base, language) for language in ("nl", "en")}
                wrong = "".join(run([python, "-c", VALIDATES, specs], json.dumps(each)) for each in told.values())
                count = sum(len(some) for each in told.values() for some in each.values())
                print(f"{name:10} {count} answers, {len(wrong.splitlines())} not valid", wrong, sep="\n", end="")
                meant = mentions(endpoint)
                found = json.loads(run([python, "-c", RECONCILES, f"{base}/reconcile"], json.dumps(sorted(meant))))
                right = sum(found.get(words) in who for words, who in meant.items())
                print(f"{name:10} reconciler: {right} of {len(meant)} names")
                good &= not wrong and right >= LEAST_RIGHT * len(meant)
        with served(large(Path(folder) / "large"), Path(folder) / "releases") as endpoint:
            good &= costs(endpoint)
    return 0 if good else 1


def answers(base: str, language: str) -> Mapping[str, list[tuple[str, str, Any]]]:
    """Each kind of answer of each version, with its schema and what was asked."""
    old, new = f"{base}/reconcile", f"{base}/reconcile/v1"
    key = asked(f"{old}/suggest/entity?prefix=a", language)["result"][0]["id"]
    names = ["a", "gemeente", "universiteit", "onbekend woord xqzw", ""]
    batch = {f"q{n}": {"query": name, "limit": 3} for n, name in enumerate(names)}
    conditions = [{"conditions": [{"matchType": "name", "propertyValue": name}], "limit": 3} for name in names]
    things = [asked(f"{old}?{urlencode({'queries': json.dumps({'q': {'query': 'a', 'type': kind}})})}", language)
              for kind in KINDS]  # fmt: skip
    ids = [each["id"] for found in things for each in found["q"]["result"]] + [key, "organisatie/nergens"]
    properties = [
        {"id": each["id"]} for kind in KINDS for each in asked(f"{old}/properties?type={kind}", language)["properties"]
    ]
    extend = {"ids": ids, "properties": properties}

    def suggested(root: str, kind: str) -> Any:
        return asked(f"{root}/suggest/{kind}?prefix=o", language)

    plural = {"entity": "entities", "type": "types", "property": "properties"}
    shared = {
        root: [(f"suggest-{plural[kind]}-response", f"suggest {kind}", suggested(root, kind)) for kind in plural]
        for root in (old, new)
    }
    return {
        "0.2": [
            *shared[old],
            ("manifest", "manifest", asked(old, language)),
            ("reconciliation-query-batch", "our own batch", batch),
            ("reconciliation-result-batch", "batch", asked(old, language, form={"queries": json.dumps(batch)})),
            ("data-extension-query", "our own request", extend),
            ("data-extension-response", "extend", asked(old, language, form={"extend": json.dumps(extend)})),
            ("data-extension-property-proposal", "properties", asked(f"{old}/properties?type=skos:Concept", language)),
        ],
        "1.0-draft": [
            *shared[new],
            ("manifest", "manifest", asked(new, language)),
            ("reconciliation-query-batch", "our own batch", {"queries": conditions}),
            ("reconciliation-result-batch", "match", asked(f"{new}/match", language, body={"queries": conditions})),
            ("data-extension-query", "our own request", extend),
            ("data-extension-response", "extend", asked(f"{new}/extend", language, body=extend)),
            ("data-extension-property-proposal", "propose", asked(f"{new}/extend/propose?type=skos:Concept", language)),
        ],
    }


def large(folder: Path) -> Path:
    """Writes a city with many organisations and few projects."""
    large_city.write(folder, 300)
    chance = random.Random(1)
    with (folder / "register.csv").open("a", encoding="utf-8") as register:
        for number in range(1_000, 1_000 + ORGANISATIONS):
            name = f"{chance.choice(KINDS_OF_NAMES)} {chance.choice(MIDDLES)} {chance.choice(ENDS)} {number}"
            register.write(f"x{number},{name},Organization,,X{number},,\n")
    return folder


def costs(endpoint: str) -> bool:
    """Whether names, whole and with a slip, cost little enough beside a small SELECT that is asked again."""
    base, chance = endpoint.removesuffix("/sparql"), random.Random(2)
    small = f"/sparql?{urlencode({'query': f'SELECT ?name {{ <{base}/id/organisatie/o1> <{NAME}> ?name }}'})}"
    took: dict[str, list[float]] = {"SELECT": [], "whole name": [], "name with a slip": []}
    connection = http.client.HTTPConnection(base.removeprefix("http://"))

    def timed(kind: str, path: str) -> None:
        start = time.perf_counter()
        connection.request("GET", path, headers={"Accept": "application/json, */*;q=0.1"})
        with connection.getresponse() as response:
            assert response.read()
            assert response.status == 200
        took[kind].append(time.perf_counter() - start)

    for _ in range(ROUNDS):
        number = chance.randrange(1_000, 1_000 + ORGANISATIONS)
        slip = f"{chance.choice(SLIPS)} {chance.choice(MIDDLES)} {chance.choice(ENDS)} {number}"
        timed("SELECT", small)
        for kind, name in (("whole name", f"X{number}"), ("name with a slip", slip)):
            timed(kind, f"/reconcile?{urlencode({'queries': json.dumps({'q': {'query': name}})})}")
    middle = {kind: statistics.median(some) for kind, some in took.items()}
    ratios = {kind: middle[kind] / middle["SELECT"] for kind in middle}
    print(f"{ORGANISATIONS} organisations:", *(f"{kind} {ratio:.1f}" for kind, ratio in ratios.items()), sep="  ")
    return max(ratios.values()) <= MOST_TIMES


def asked(address: str, language: str = "nl", *, form: Mapping[str, str] | None = None, body: Any = None) -> Any:
    """What an address answers: to GET, to a form, or to JSON."""
    headers, data = {"Accept-Language": language}, urlencode(form).encode() if form else None
    if body is not None:
        headers, data = headers | {"Content-Type": "application/json"}, json.dumps(body).encode()
    with urlopen(Request(address, data, headers), timeout=60) as response:
        return json.load(response)


def mentions(endpoint: str) -> Mapping[str, set[str]]:
    """The names in the documents, with the identifiers of who was meant."""
    found = asked(f"{endpoint}?query={quote(MENTIONS)}&format=json")["results"]["bindings"]
    meant: dict[str, set[str]] = {}
    for row in found:
        meant.setdefault(row["words"]["value"], set()).add(row["who"]["value"].partition("/id/")[2])
    return meant


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
