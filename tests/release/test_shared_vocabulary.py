"""Two cities that share terms, roles and certainties: one query asks both, and what was published goes on to answer."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kennis_ld.errors import WrongSetting
from kennis_ld.iri import Iris
from kennis_ld.publication import settings
from kennis_ld.release import manifest
from kennis_ld.web.app import create_app
from tests.publications import SETTINGS, write
from tests.release.conftest import Builder
from tests.web.conftest import built_site

OWN = "https://data.zandwijk.example"
SHARED = "https://data.duin.example"
DUIN = SETTINGS.replace(OWN, SHARED)
ZANDWIJK = f'vocabulary_uri = "{SHARED}"\n{SETTINGS}'
LEADS = f"""
PREFIX ks: <{SHARED}/def#> PREFIX org: <http://www.w3.org/ns/org#>
SELECT DISTINCT ?project WHERE {{ ?part org:role <{SHARED}/id/begrip/trekker> ; org:organization ?project .
  ?project ks:lead ?lead ; a ks:Project }}"""


def test_one_query_asks_two_cities(built: Builder, tmp_path: Path) -> None:
    """The releases of two cities in one store: both answer to the terms and roles of one of them."""
    store = ox.Store()
    for name, text in (("duin", DUIN), ("zandwijk", ZANDWIJK)):
        found = built({"publication.toml": text}, name=name, releases=tmp_path / f"{name}-releases")
        assert found.release is not None, found.checked.messages
        store.bulk_load(path=found.release / "agenda.nq", format=ox.RdfFormat.N_QUADS)
    hosts = [str(row["project"].value).split("/")[2] for row in store.query(LEADS)]  # type: ignore[union-attr, index]
    assert ["data.duin.example"] * 3 + ["data.zandwijk.example"] * 3 == sorted(hosts)
    # The concept is one: both say the same of it.
    labels = "SELECT ?label { <%s/id/begrip/trekker> <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }"
    assert 2 == len(list(store.query(labels % SHARED)))  # type: ignore[arg-type]


def test_what_was_published_goes_on_to_answer(built: Builder) -> None:
    """A published city that begins to share loses no URI: its own concepts are names of the shared ones."""
    first, second = built(), built({"publication.toml": ZANDWIJK})
    assert first.release is not None
    assert second.release is not None
    assert "" == manifest.read(first.release).vocabulary_uri
    assert b"vocabulary_uri" not in (first.release / "manifest.json").read_bytes()
    assert Iris(OWN, SHARED) == manifest.verified(second.release).iris
    said = (second.release / "agenda.nq").read_text(encoding="utf-8")
    match = "<http://www.w3.org/2004/02/skos/core#exactMatch>"
    assert f"<{OWN}/id/begrip/trekker> {match} <{SHARED}/id/begrip/trekker> ." in said
    ontology = (second.release / "ontology.ttl").read_text(encoding="utf-8")
    assert f"<{OWN}/def#lead>" in ontology
    # Its shapes are checked against the shared terms: a rule with the old ones would find nothing to check.
    assert f"@prefix ks: <{SHARED}/def#>" in (second.release / "shapes.ttl").read_text(encoding="utf-8")
    assert f"<{OWN}/id/begrippenkader/themas>" in said


def test_site_of_a_city_that_shares(tmp_path: Path) -> None:
    """Its pages and saved questions find what they ask, its /def describes the shared terms, an alias has a page."""
    site = built_site(write(tmp_path / "city", {"publication.toml": ZANDWIJK}), tmp_path / "releases")
    client = create_app(site).test_client()
    assert "Schone sloten" in client.get("/doc/project/schone-sloten.html").text
    assert "Gemeente Zandwijk" in client.get("/vraag/wie-trekt-het-meest").text
    ontology = client.get("/def.nt").text
    assert f"<{SHARED}/def#Project> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" in ontology
    assert f"<{OWN}/def#Project> <http://www.w3.org/2002/07/owl#equivalentClass> <{SHARED}/def#Project>" in ontology
    assert f"{SHARED}/id/begrip/trekker" in client.get("/doc/begrip/trekker.ttl").text
    assert 200 == client.get("/doc/begrip/trekker.html").status_code
    assert 200 == client.get("/def.html").status_code
    # The query is shown as it can be sent, and the page and the description of the question lead to each other.
    page = client.get("/vraag/wie-trekt-het-meest").text
    assert f"PREFIX ks: &lt;{SHARED}/def#&gt;" in page
    assert 'href="/doc/vraag/wie-trekt-het-meest"' in page
    assert f"{OWN}/vraag/wie-trekt-het-meest" in client.get("/doc/vraag/wie-trekt-het-meest.nt").text


def test_alias_of_what_is_ones_own_is_none() -> None:
    """Themes, and all else that a city has by itself, have no alias; who shares with itself has none at all."""
    iris = Iris(OWN, SHARED)
    assert f"{OWN}/def#lead" == iris.alias(f"{SHARED}/def#lead")
    assert f"{OWN}/def" == iris.alias(iris.ontology)
    assert "" == iris.alias(f"{SHARED}/id/begrippenkader/themas")
    assert "" == Iris(SHARED, SHARED).alias(f"{SHARED}/def#lead")
    assert f"{SHARED}/id/begrip/partner" == iris.concept("partner")
    assert f"{OWN}/id/begrippenkader/themas" == iris.scheme("themas")


def test_wrong_vocabulary_is_said(tmp_path: Path) -> None:
    """An address that nothing can stand under is refused, by the name of the setting."""
    folder = write(tmp_path, {"publication.toml": ZANDWIJK.replace(SHARED, f"{SHARED}/#")})
    with pytest.raises(WrongSetting, match=r"vocabulary_uri is .*no address"):
        settings.publication(folder)
