"""The golden graph: all that the bundled publications say, against files that people reviewed.

`python -m pytest tests/golden --update-golden` writes what the code gives now; review the difference like code. The
Turtle files in `entries/` are written and checked by hand, and are never written by a program: their comments explain
the data model, and what stands in them is compared with what the pipeline makes.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCTERMS, ORG, RDFS

from kennis_ld.graph import formats
from kennis_ld.publication.bundled import bundled
from kennis_ld.quality.validation import Valid
from tests.golden.difference import MOST_SHOWN, by_subject, compare, difference
from tests.pipeline import Read

FOLDER = Path(__file__).parent
BASE = "http://localhost:8000"
ENTRIES = {"european-city-of-science": "leiden", "bio-science-park": "leiden", "shore-power": "zandwijk"}
OTHERS = {str(ORG.hasMembership), str(DCTERMS.hasPart)}
"""Properties that lead from one thing to many of the same kind; an entry file shows its own."""


@pytest.mark.parametrize("city", ["leiden", "zandwijk"])
def test_current_state(city: str, cities: dict[str, Read], request: pytest.FixtureRequest) -> None:
    """The default graph of a bundled publication says what was reviewed, no statement more and none less."""
    update = request.config.getoption("--update-golden")
    compare(FOLDER / f"{city}.nt", cities[city].current, update=update, base=BASE)


def test_earlier_edition(cities: dict[str, Read], request: pytest.FixtureRequest) -> None:
    """The graph of an edition that is no longer the latest one says what was reviewed."""
    update = request.config.getoption("--update-golden")
    compare(FOLDER / "zandwijk-2028-2031.nt", cities["zandwijk"].editions["2028-2031"], update=update, base=BASE)


@pytest.mark.parametrize(("city", "edition"), [("leiden", "2023-2027"), ("zandwijk", "2032-2035")])
def test_latest_edition_says_what_the_current_state_says_of_it(
    city: str, edition: str, cities: dict[str, Read]
) -> None:
    """The graph of the latest edition is the part of the default graph that is about its entries."""
    current, graph = cities[city].current, cities[city].editions[edition]
    items = cities[city].entries[edition]
    parts = "|".join(re.escape(item.project) for item in items)
    own = re.compile(
        rf"<{BASE}/id/(?:project/(?:{parts})|agendapunt/{edition}--(?:{parts})|deelname/(?:{parts})--[a-z0-9-]+)> "
        rf"|<{BASE}/id/organisatie/[a-z0-9-]+> <{ORG.hasMembership}> "
    )
    earlier = re.compile(rf" <{BASE}/(?:id/agendapunt|id/editie)/(?!{edition})[^>]*> \.$")
    assert "" == difference((line for line in current if own.match(line) and not earlier.search(line)), graph)


@pytest.mark.parametrize("city", ["leiden", "zandwijk"])
def test_golden_graphs_keep_the_rules(city: str, cities: dict[str, Read]) -> None:
    """What people reviewed has no violation of any shape."""
    assert isinstance(cities[city].validation, Valid)


@pytest.mark.parametrize("name", ENTRIES)
def test_entry_by_hand(name: str, cities: dict[str, Read]) -> None:
    """An entry that was written by hand is what the pipeline makes of the document.

    A thing with a type stands there whole. Only what leads to other projects, entries and participations is left out;
    that to a participation that the file has is not, whatever the organisation.
    """
    text = (FOLDER / "entries" / f"{name}.ttl").read_bytes()
    expected = set(formats.lines(formats.parsed(text, "ttl")))
    said = by_subject(expected)
    whole = {subject for subject, lines in said.items() if any(f" <{RDF.type}> " in line for line in lines)}
    found = set()
    for subject, lines in by_subject(cities[ENTRIES[name]].current).items():
        for line in lines:
            prop, value = line.split(" ", 3)[1:3]
            if prop[1:-1] not in OTHERS:
                found.update({line} if subject in whole else ())
            elif value in said and (subject in said or prop[1:-1] == str(ORG.hasMembership)):
                found.add(line)
    assert len(whole) > 5
    assert "" == difference(expected, found, base=BASE)


def test_every_property_and_class_of_the_ontology_is_told_in_an_entry() -> None:
    """The entries by hand use every term of an entry, a project and a participation, so they can explain the model."""
    shown = "".join((FOLDER / "entries" / f"{name}.ttl").read_text(encoding="utf-8") for name in ENTRIES)
    terms = set(re.findall(r"^ks:(\w+) a ", (bundled("ontology") / "agenda.ttl").read_text(encoding="utf-8"), re.M))
    never_said = {"leads", "participatesIn"}  # inverses, which the data leave out
    elsewhere = {"provisional", "Agenda"}  # of an unknown name, and of the whole
    elsewhere |= {"status", "budget", "currency"}  # of extra columns, which these cities do not have
    elsewhere |= {"changesOnly", "stopped"}  # of an edition of changes, which they do not have either
    assert never_said | elsewhere == {term for term in terms if not re.search(rf"\bks:{term}\b", shown)}


@pytest.mark.parametrize("city", ["leiden", "zandwijk"])
def test_statements_are_about_what_the_ontology_says(city: str, cities: dict[str, Read]) -> None:
    """Subject and value of each of our properties have the class that the ontology gives as its domain and range."""
    ontology = Graph().parse(bundled("ontology") / "agenda.ttl", publicID=f"{BASE}/")
    data = Graph().parse(data="\n".join(cities[city].current), format="nt")
    wrong = set()
    seen = set()
    for subject, prop, value in data:
        for end, side in ((subject, RDFS.domain), (value, RDFS.range)):
            for cls in ontology.objects(prop, side):
                seen.add((prop, side))
                if isinstance(end, URIRef) and (end, RDF.type, cls) not in data:
                    # What is a unit is no less an organisation (ORG, section 4.2).
                    if cls == ORG.Organization and (end, RDF.type, ORG.OrganizationalUnit) in data:
                        continue
                    wrong.add((prop, side, end))
    assert len(seen) > 20
    assert set() == wrong


def test_difference_is_grouped_by_subject() -> None:
    """What is missing and what is new stands under its subject, short, and a long difference is cut."""
    said = [f'<http://x.nl/id/{key}> <http://x.nl/def#p> "{key}" .' for key in "ab"]
    other = [said[0].replace('"a"', '"A"'), said[1]]
    assert '<id/a>\n  + <def#p> "A" .\n  - <def#p> "a" .' == difference(said, other, base="http://x.nl")
    assert "" == difference(said, reversed(said))
    long = difference([f"<{at:03}> <p> <x> ." for at in range(MOST_SHOWN)], [])
    assert [MOST_SHOWN + 1, f"… and {MOST_SHOWN} more lines"] == [len(long.splitlines()), long.splitlines()[-1]]
