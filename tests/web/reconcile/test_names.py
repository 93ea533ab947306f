"""The names that stand in the documents of the bundled cities, given to the reconciliation service."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from kennis_ld.web.app import create_app
from kennis_ld.web.site import Site

MENTIONS = """
PREFIX ks: <def#> PREFIX org: <http://www.w3.org/ns/org#>
SELECT DISTINCT ?words ?who {
  { ?part org:member ?who ; ks:sourceText ?words }
  UNION
  { GRAPH ?edition { ?part org:member ?who ; ks:sourceText ?words } }
}
"""


@pytest.mark.parametrize("city", ["leiden", "zandwijk"])
def test_the_first_hit_is_who_was_meant(leiden_app: Flask, second_site: Site, city: str) -> None:
    """For 19 of 20 different names at least; the register, not the service, knows who "UI" was meant to be."""
    client = (leiden_app if city == "leiden" else create_app(second_site)).test_client()
    rows = json.loads(client.get("/sparql", query_string={"query": MENTIONS, "format": "json"}).data)
    meant = [(row["words"]["value"], row["who"]["value"].partition("/id/")[2]) for row in rows["results"]["bindings"]]
    right = 0
    for at in range(0, len(meant), 100):
        queries = {str(n): {"query": name} for n, (name, _) in enumerate(meant[at:], at) if n < at + 100}
        found = json.loads(client.post("/reconcile", data={"queries": json.dumps(queries)}).data)
        right += sum(
            each["result"][:1] != [] and each["result"][0]["id"] == meant[int(n)][1] for n, each in found.items()
        )
    assert len(meant) >= 10
    assert right >= 0.95 * len(meant)
