"""A made-up city to serve: its release folder, and an engine in this process that answers from it."""

from __future__ import annotations

import json
from pathlib import Path

from kennis_ld.engine.interface import Answer, Engine, Question
from kennis_ld.engine.store import DataFile, memory_engine
from kennis_ld.graph import formats
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.iri import Iris
from kennis_ld.release.verified import Release
from kennis_ld.web.lookup import Lookup
from kennis_ld.web.site import Example, Settings, Site

BASE = "https://kennis.voorbeeld.example"
DIGEST = "0123456789abcdef0123456789abcdef"
OLDER = "fedcba9876543210fedcba9876543210"
EXAMPLE = Example(
    "projecten",
    {"nl": "Alle projecten", "en": "All projects"},
    "PREFIX ks: <def#>\nSELECT ?project WHERE { ?project a ks:Project }\nORDER BY ?project",
)
SETTINGS = Settings(
    title={"nl": "Kennisagenda Voorbeeldstad", "en": "Knowledge agenda of Voorbeeldstad"},
    trusted_hosts=("kennis.example.org",),
    security_contact="mailto:veilig@voorbeeld.example",
    examples=(EXAMPLE,),
)
FINDINGS = [
    {
        "code": "number-missing",
        "severity": "warning",
        "place": "agenda.txt, line 30",
        "subject": "10 draaien",
        "message": {"nl": "Dit punt heeft geen nummer.", "en": "This entry has no number."},
        "remedy": {"nl": "Geef het een nummer.", "en": "Give it a number."},
        "words": "draaien",
        "file": "agenda.txt",
    }
]

_DATA = Path(__file__).parent / "data"


def write_release(releases: Path, *, base: str = BASE) -> Release:
    """Writes a release of the city, and an older one beside it."""
    here, older = releases / DIGEST, releases / OLDER
    here.mkdir(parents=True)
    older.mkdir()
    iris = Iris(base)
    prefixes = {"ks": iris.terms, **PREFIXES}
    lines = "".join(
        f"{line}\n"
        for name, graph in (
            ("agenda", None),
            ("edition", iris.edition("2023-2027")),
            ("older", iris.edition("2019-2022")),
        )
        for line in formats.lines(_parsed(name, iris), graph=graph)
    )
    (here / "agenda.nq").write_text(lines)
    catalogue = "".join(f"{line}\n" for line in formats.lines(_parsed("catalog", iris))).encode()
    (here / "catalog.nt").write_bytes(catalogue)
    for form in ("ttl", "jsonld", "rdf"):
        (here / f"catalog.{form}").write_bytes(formats.converted(catalogue, "nt", form, prefixes=prefixes))
        with (here / "agenda.nq").open("rb") as quads, (here / f"agenda.{form}").open("wb") as output:
            formats.write(quads, form, output, prefixes=prefixes)
    ontology = "".join(f"{line}\n" for line in formats.lines(_parsed("ontology", iris))).encode()
    (here / "ontology.ttl").write_bytes(formats.converted(ontology, "nt", "ttl", prefixes=prefixes))
    (here / "void.ttl").write_text(f"<{base}/id/dataset/agenda> a <http://rdfs.org/ns/void#Dataset> .\n")
    (here / "agenda.csv").write_text("nummer,titel\r\n1a,Schone sloot\r\n")
    (here / "findings.json").write_text(json.dumps(FINDINGS))
    for folder in (here, older):
        (folder / "manifest.json").write_text("{}")
    (older / "agenda.csv").write_text("nummer,titel\r\n7,Schoon water\r\n")
    return Release(DIGEST, here, iris, projects=3)


def _parsed(name: str, iris: Iris) -> list[formats.Triple]:
    return list(formats.parsed((_DATA / f"{name}.ttl").read_bytes(), "ttl", base=iris.root))


def site_of(
    release: Release, engine: Engine, *, settings: Settings = SETTINGS, own_engine: Engine | None = None
) -> Site:
    """Returns the site on a release; its own queries go to the engine of visitors, unless they get one of their own."""
    return Site(engine, Lookup(own_engine or engine, release.iris), release, settings)


class CountingEngine:
    """An engine in this process that counts its questions; `error` makes it raise instead of answer."""

    def __init__(self, release: Release) -> None:
        self._inner = memory_engine(
            [
                release.folder / "agenda.nq",
                release.folder / "catalog.nt",
                DataFile(release.folder / "ontology.ttl", graph=release.iris.ontology),
            ]
        )
        self.error: Exception | None = None
        self.asked = 0

    def answer(self, question: Question) -> Answer:
        """Answers from memory."""
        self.asked += 1
        if self.error is not None:
            raise self.error
        return self._inner.answer(question)

    def close(self) -> None:
        """Gives back what the engine holds."""
        self._inner.close()
