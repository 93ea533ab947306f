"""Measures mapping alone: entries to sorted statements, beside morph-kgc and beside a plain mapping with rdflib.

    python bench/mapping.py [ENTRIES] [ROUNDS] [PYTHON]

ENTRIES is 5,200 and ROUNDS 3 by default. PYTHON is one in whose environment morph-kgc 2.10 is installed; without it a
new environment is made for it. All make the same statements of the same entries, which is checked; they take turns, and
processor time counts, without that of starting. morph-kgc reads the entries from CSV, the others have them in memory.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, RDFS, SDO

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import city
from bench.figures import OURS, Comparison, Figure, shown
from bench.peers import VERSIONS, Peers
from kennis_ld.graph.mapping import Mapping as AgendaMapping
from kennis_ld.graph.provenance import document_iri
from kennis_ld.graph.things import quads
from kennis_ld.model import ProjectEntry, Role
from kennis_ld.pipeline.assembly import Assembly
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.publication.publication import Publication

PEER = "morph-kgc"
GOALS = (2.0, 15.0)
"""How many times as fast as the peer, and as an rdflib graph."""

EDITION = "2030"
"""The edition of the made-up city."""

_ID = f"{city.BASE}/id"
_KS = f"{city.BASE}/def#"
_PREFIXES = f"""
@prefix rr: <http://www.w3.org/ns/r2rml#> . @prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> . @prefix ks: <{_KS}> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <https://schema.org/> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_ENTRY, _PROJECT = f"{_ID}/agendapunt/{EDITION}--{{project}}", f"{_ID}/project/{{project}}"
_ORGANISATION, _PART = f"{_ID}/organisatie/{{organisation}}", f"{_ID}/deelname/{{project}}--{{organisation}}--{{role}}"
_EDITION, _THEME = f"{_ID}/editie/{EDITION}", f"{_ID}/thema/{{theme}}"
_TEXT = 'rml:reference "{}"; rr:language "nl"'
_NUMBER = 'rml:reference "{}"; rr:datatype xsd:integer'
_PLAIN = 'rml:reference "{}"'
_LINK = 'rr:template "{}"'
_FALSE = 'rr:constant "false"; rr:datatype xsd:boolean'

_RULES: Sequence[tuple[str, str, Sequence[str], Mapping[str, str]]] = (
    (
        "entries.csv",
        _ENTRY,
        ("ks:Entry", "prov:Entity"),
        {
            "rdfs:label": _TEXT.format("label"),
            "schema:name": _TEXT.format("title"),
            "ks:number": _PLAIN.format("number"),
            "ks:project": _LINK.format(_PROJECT),
            "dct:isPartOf": f"rr:constant <{_EDITION}>",
            "schema:about": _LINK.format(_THEME),
            "ks:partiesText": _TEXT.format("parties"),
            "ks:firstLine": _NUMBER.format("first"),
            "ks:lastLine": _NUMBER.format("last"),
            "prov:wasDerivedFrom": "rr:constant <DOCUMENT>",
        },
    ),
    (
        "entries.csv",
        _PROJECT,
        ("ks:Project", "schema:Project", "org:OrganizationalCollaboration"),
        {
            "schema:name": _TEXT.format("title"),
            "rdfs:label": _TEXT.format("title"),
            "schema:description": _TEXT.format("description"),
            "schema:about": _LINK.format(_THEME),
            "dct:subject": _LINK.format(_THEME),
            "schema:identifier": _PLAIN.format("number"),
            "ks:entry": _LINK.format(_ENTRY),
            "dct:isReferencedBy": f"rr:constant <{_EDITION}>",
            "ks:openEnded": _FALSE,
        },
    ),
    ("participations.csv", _PROJECT, (), {"ks:participation": _LINK.format(_PART)}),
    ("leads.csv", _PROJECT, (), {"ks:lead": _LINK.format(_ORGANISATION)}),
    ("partners.csv", _PROJECT, (), {"ks:partner": _LINK.format(_ORGANISATION)}),
    ("participations.csv", _ORGANISATION, (), {"org:hasMembership": _LINK.format(_PART)}),
    (
        "participations.csv",
        _PART,
        ("ks:Participation", "org:Membership", "schema:OrganizationRole"),
        {
            "org:organization": _LINK.format(_PROJECT),
            "org:member": _LINK.format(_ORGANISATION),
            "schema:member": _LINK.format(_ORGANISATION),
            "org:role": _LINK.format(f"{_ID}/begrip/{{role}}"),
            "schema:roleName": _TEXT.format("role"),
            "ks:certainty": _LINK.format(f"{_ID}/begrip/{{certainty}}"),
            "ks:resolution": _LINK.format(f"{_ID}/begrip/{{way}}"),
            "ks:sourceText": _TEXT.format("words"),
            "prov:wasDerivedFrom": _LINK.format(_ENTRY),
        },
    ),
)
"""What the mapping says of the made-up city, as RML: the source, its subject, classes, and properties with values."""

_MORPH = """
import sys, time, logging
import morph_kgc
start = time.process_time()
found = sorted(f"{line} .\\n" for line in morph_kgc.materialize_set(sys.argv[1]))
spent = time.process_time() - start
with open(sys.argv[2], "w", encoding="utf-8", newline="\\n") as output:
    output.writelines(found)
print(f"SPENT {spent}")
"""


def main(entries: str = "5200", rounds: str = "3", python: str = "") -> int:
    """Prints what it measures; returns 1 where the statements differ, or a goal is not met."""
    with tempfile.TemporaryDirectory() as name:
        python = python or str(Peers(Path(name)).of(PEER) / "python")
        return shown(measured(Path(name), entries=int(entries), rounds=int(rounds), python=python))


def measured(folder: Path, *, entries: int, rounds: int, python: str) -> Iterator[Figure]:
    """Yields what mapping costs beside others.

    Raises:
        SystemExit: another makes other statements.
    """
    publication = settings.publication(city.write(folder / "city", entries))
    items = _entries(publication)
    ways: Mapping[str, Callable[[], tuple[list[str], float]]] = {
        OURS: lambda: _timed(_ours, items, publication),
        f"{PEER} {VERSIONS[PEER]}": lambda: _morph(items, publication, folder, python),
        f"rdflib {version('rdflib')}": lambda: _timed(_rdflib, items, publication),
    }
    spent: dict[str, list[float]] = {way: [] for way in ways}
    found: dict[str, list[str]] = {}
    for _ in range(rounds):
        for way, run in ways.items():
            found[way], seconds = run()
            spent[way].append(seconds)
    for way, lines in found.items():
        if lines != found[OURS]:
            others, mine = set(lines), set(found[OURS])
            raise SystemExit(f"{way} differs: {sorted(mine - others)[:3]} {sorted(others - mine)[:3]}")
    task = f"rows to sorted statements, {len(found[OURS]):,} of {entries:,} entries"
    for way, goal in zip(list(ways)[1:], GOALS, strict=True):
        yield Comparison(task, "s", spent[OURS], way, spent[way], goal)


def _entries(publication: Publication) -> Sequence[ProjectEntry]:
    assembly = Assembly(publication, definitions(), version="0", keep=lambda said: None)
    return [item for batch in assembly.batches() for item in batch.entries]


def _timed(
    make: Callable[[Sequence[ProjectEntry], Publication], list[str]],
    items: Sequence[ProjectEntry],
    publication: Publication,
) -> tuple[list[str], float]:
    start = time.process_time()
    found = make(items, publication)
    spent = time.process_time() - start
    return "".join(found).splitlines(keepends=True), spent


def _ours(items: Sequence[ProjectEntry], publication: Publication) -> list[str]:
    mapping, document = AgendaMapping(publication.iris, publication.language), document_iri(EDITION, publication.iris)
    things = (thing for item in items for thing in mapping.entry(item, edition=EDITION, document=document))
    return [lines for lines, _ in quads((), things, current=True, graph=None)]


def _rdflib(items: Sequence[ProjectEntry], publication: Publication) -> list[str]:
    """Maps as who knows rdflib would: a graph of everything, and a term for each time that one is named."""
    ks, graph = Namespace(_KS), Graph()

    def say(subject: str, *pairs: tuple[URIRef, URIRef | Literal]) -> None:
        for prop, value in pairs:
            graph.add((URIRef(subject), prop, value))

    def iri(pattern: str, **keys: str) -> URIRef:
        return URIRef(pattern.format(**keys))

    for item in items:
        row = item.entry
        entry, project = iri(_ENTRY, project=item.project), iri(_PROJECT, project=item.project)
        theme, title = iri(_THEME, theme=item.themes[-1]), Literal(row.title, lang="nl")
        say(
            entry,
            *((RDF.type, kind) for kind in (ks.Entry, PROV.Entity)),
            (RDFS.label, Literal(row.label, lang="nl")),
            (SDO.name, title),
            (ks.number, Literal(row.number)),
            (ks.project, project),
            (DCTERMS.isPartOf, URIRef(_EDITION)),
            (SDO.about, theme),
            (ks.partiesText, Literal(row.parties[0][1], lang="nl")),
            (ks.firstLine, Literal(row.place.first_line)),
            (ks.lastLine, Literal(row.place.last_line)),
            (PROV.wasDerivedFrom, URIRef(document_iri(EDITION, publication.iris))),
        )
        say(
            project,
            *((RDF.type, kind) for kind in (ks.Project, SDO.Project, ORG.OrganizationalCollaboration)),
            (SDO.name, title),
            (RDFS.label, title),
            (SDO.description, Literal(row.description, lang="nl")),
            (SDO.about, theme),
            (DCTERMS.subject, theme),
            (SDO.identifier, Literal(row.number)),
            (ks.entry, entry),
            (DCTERMS.isReferencedBy, URIRef(_EDITION)),
            (ks.openEnded, Literal(False)),
        )
        for part in item.participations:
            organisation = iri(_ORGANISATION, organisation=part.organisation)
            subject = iri(_PART, project=part.project, organisation=part.organisation, role=part.role.key)
            say(project, (ks.participation, subject), (ks.lead if part.role == Role.LEAD else ks.partner, organisation))
            say(organisation, (ORG.hasMembership, subject))
            say(
                subject,
                *((RDF.type, kind) for kind in (ks.Participation, ORG.Membership, SDO.OrganizationRole)),
                (ORG.organization, project),
                (ORG.member, organisation),
                (SDO.member, organisation),
                (ORG.role, URIRef(f"{_ID}/begrip/{part.role.key}")),
                (SDO.roleName, Literal(part.role.label, lang="nl")),
                (ks.certainty, URIRef(f"{_ID}/begrip/{part.certainty.value}")),
                (ks.resolution, URIRef(f"{_ID}/begrip/{part.way.value}")),
                (ks.sourceText, Literal(part.mentions[0], lang="nl")),
                (PROV.wasDerivedFrom, entry),
            )
    return sorted(graph.serialize(format="nt", encoding="utf-8").decode().splitlines(keepends=True))


def _morph(
    items: Sequence[ProjectEntry], publication: Publication, folder: Path, python: str
) -> tuple[list[str], float]:
    _tables(items, folder)
    rules = "\n".join(_rule(folder, *rule) for rule in _RULES)
    text = _PREFIXES + rules.replace("<DOCUMENT>", f"<{document_iri(EDITION, publication.iris)}>")
    (folder / "rules.ttl").write_text(text, encoding="utf-8")
    options = "[CONFIGURATION]\nnumber_of_processes: 1\nlogging_level: ERROR\n"
    (folder / "morph.ini").write_text(f"{options}[city]\nmappings: {folder / 'rules.ttl'}\n", encoding="utf-8")
    output = folder / "morph.nt"
    done = subprocess.run(
        [python, "-c", _MORPH, str(folder / "morph.ini"), str(output)], check=True, stdout=subprocess.PIPE, text=True
    )
    seconds = float(done.stdout.rpartition("SPENT ")[2])
    return output.read_text(encoding="utf-8").splitlines(keepends=True), seconds


def _rule(folder: Path, source: str, subject: str, classes: Sequence[str], values: Mapping[str, str]) -> str:
    kinds = "".join(f" rr:class {name};" for name in classes)
    properties = "".join(
        f"\n  rr:predicateObjectMap [ rr:predicate {prop}; rr:objectMap [ {value} ] ];"
        for prop, value in values.items()
    )
    logical = f'rml:logicalSource [ rml:source "{folder / source}"; rml:referenceFormulation ql:CSV ]'
    return f'[] a rr:TriplesMap; {logical};\n  rr:subjectMap [ rr:template "{subject}";{kinds} ];{properties} .\n'


def _tables(items: Sequence[ProjectEntry], folder: Path) -> None:
    parts = [part for item in items for part in item.participations]
    of = {
        role: [(part.project, part.organisation) for part in parts if part.role == role]
        for role in (Role.LEAD, Role.PARTNER)
    }
    tables: Mapping[str, tuple[Sequence[str], Iterable[Sequence[object]]]] = {
        "entries.csv": (
            ("project", "label", "number", "title", "description", "theme", "parties", "first", "last"),
            (
                (
                    *(item.project, item.entry.label, item.entry.number, item.entry.title, item.entry.description),
                    *(
                        item.themes[-1],
                        item.entry.parties[0][1],
                        item.entry.place.first_line,
                        item.entry.place.last_line,
                    ),
                )
                for item in items
            ),
        ),
        "participations.csv": (
            ("project", "organisation", "role", "certainty", "way", "words"),
            (
                (
                    part.project,
                    part.organisation,
                    part.role.key,
                    part.certainty.value,
                    part.way.value,
                    part.mentions[0],
                )
                for part in parts
            ),
        ),
        "leads.csv": (("project", "organisation"), of[Role.LEAD]),
        "partners.csv": (("project", "organisation"), of[Role.PARTNER]),
    }
    for name, (head, rows) in tables.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(head)
            writer.writerows(rows)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
