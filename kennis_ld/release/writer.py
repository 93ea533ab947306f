"""Writes a release: the statements sorted, in every form, with catalogue, reports and manifest.

Same input, same bytes: the clock, the folder, the locale and the hash seed have no part in it.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from rdflib import URIRef
from rdflib.namespace import OWL

from kennis_ld.graph import authorities, formats
from kennis_ld.graph.catalogue import Catalogue, catalogue_triples, dataset_iri
from kennis_ld.graph.definitions import alias_triples, definition_triples, shapes_text
from kennis_ld.graph.dumps import RDF_FORMS, DumpFile
from kennis_ld.graph.questions import examples, prefix_triples, question_triples
from kennis_ld.graph.statements import PREFIXES, Triple, belongs, truth
from kennis_ld.graph.things import quads, things
from kennis_ld.graph.void import Statistics, void_triples
from kennis_ld.model import Finding
from kennis_ld.model.catalogue import FORMS
from kennis_ld.model.texts import own
from kennis_ld.pipeline.assembly import Assembly, Progress
from kennis_ld.pipeline.batch import Said
from kennis_ld.pipeline.checking import Checked, Tally
from kennis_ld.pipeline.definitions import Definitions
from kennis_ld.pipeline.forked import aside
from kennis_ld.publication.publication import Publication
from kennis_ld.quality.measurements import DQV, MEASUREMENT, measurement_triples, metrics
from kennis_ld.quality.validation import NothingToValidate, merge, report_triples
from kennis_ld.release import continuity, harvest, manifest, promises
from kennis_ld.release.crate import CRATE, crate
from kennis_ld.release.mapping_set import MAPPING_SET, mapping_set
from kennis_ld.release.packaging import CITATION, CSVW, citation, table_metadata
from kennis_ld.release.published import Published, earlier
from kennis_ld.release.reports import write_reports
from kennis_ld.release.sorting import merged, written_run
from kennis_ld.release.spreadsheet import SHEETS, Spreadsheet
from kennis_ld.release.workbook import Workbook

DUMPS = tuple(FORMS)
"""The forms in which all data can be downloaded, as `agenda.{form}`."""

NAME = "kennis-ld"


class _Run(NamedTuple):
    """What a part of the publication says, sorted: the default graph alone, and all graphs."""

    current: Path
    all: Path


class ReleaseWriter:
    """Writes one release in one staging folder."""

    def __init__(
        self,
        publication: Publication,
        definitions: Definitions,
        folder: Path,
        releases: Path,
        before: Published,
        *,
        version: str,
        progress: Progress,
    ) -> None:
        self._publication = publication
        self._definitions = definitions
        self._folder = folder
        self._releases = releases
        self._before = before
        self._version = version
        self._progress = progress
        self._iris = publication.iris
        self._prefixes = {**PREFIXES, "dqv": str(DQV), "ks": publication.iris.terms}
        self._assembly = Assembly(publication, definitions, version=version, keep=self._run, progress=progress)
        self._tally = Tally(publication, self._assembly)
        self._metrics = metrics(definitions.concepts, publication.iris)
        self._statistics = Statistics()
        self._current = folder / ".current"

    def data(self) -> Checked:
        """Writes the statements, sorted, and the spreadsheet; returns what there is to say about them."""
        assembly = self._assembly
        with (
            (self._folder / "agenda.csv").open("w", encoding="utf-8", newline="") as output,
            Workbook(self._folder / "agenda.xlsx", SHEETS) as workbook,
        ):
            spreadsheet = Spreadsheet(
                output,
                workbook,
                iris=self._iris,
                themes=assembly.context.theme,
                organisations=assembly.context.organisation,
            )
            runs = self._runs(spreadsheet)
        draft = self._folder / ".sorted"
        current = [run.current for run in runs]
        with aside(partial(_write_merged, self._current, current), current) as written:
            _write_merged(draft, [run.all for run in runs])
            written()
        checked = self._tally.checked()
        return self._tally.checked() if checked.sound and self._keep_promises(draft) else checked

    def _runs(self, spreadsheet: Spreadsheet) -> Sequence[_Run]:
        """Writes the statements in sorted runs, and the rows of the spreadsheet."""
        runs = []
        with closing(self._assembly.batches()) as batches:
            for batch in batches:
                self._tally.add(batch)
                runs.append(batch.kept)
                if batch.current:
                    spreadsheet.add(batch.entries)
        measured, names = self._tally.measured()
        triples = measurement_triples(
            measured, names=names, known=self._metrics, agenda=self._publication.agenda.key, iris=self._iris
        )
        return [*runs, self._run(Said("", True, things(triples)))]

    def _run(self, said: Said) -> _Run:
        graph = self._iris.edition(said.edition) if said.edition else None
        found = [*quads(said.things, said.always, current=said.current, graph=graph)]
        return _Run(
            written_run((of_default for of_default, _ in found if of_default), folder=self._folder),
            written_run((of_all for _, of_all in found), folder=self._folder),
        )

    def _keep_promises(self, draft: Path) -> bool:
        """Writes agenda.nq from the sorted draft, with what remains of IRIs that were withdrawn or replaced.

        Returns whether that gave a finding.
        """
        findings = len(self._tally.findings)
        target = self._folder / "agenda.nq"
        remains: Collection[bytes] = ()
        promised = promises.made(self._before, self._publication)
        dataset = str(dataset_iri(self._publication.agenda.key, self._iris))
        if promised:
            offered_before: dict[str, Path] = {}
            for folder in promised:
                for iri in harvest.datasets_of(folder / harvest.CATALOGUE):
                    offered_before.setdefault(iri, folder / manifest.STATEMENTS)
            found = continuity.kept(
                [folder / manifest.STATEMENTS for folder in promised],
                draft,
                self._assembly.decisions,
                offered_before=offered_before,
                offered={dataset},
                iris=self._iris,
                language=self._publication.language,
            )
            measured = f"{self._iris.things}{MEASUREMENT}/"
            vanished = {iri: last for iri, last in found.vanished.items() if not iri.startswith(measured)}
            if vanished:
                raise promises.vanished(vanished, self._publication)
            # What there is no longer anything to measure of was nobody's decision: it is gone, and says so.
            unmeasured = (URIRef(iri) for iri in found.vanished)
            gone = formats.lines((iri, OWL.deprecated, truth(True)) for iri in unmeasured)
            remains = {*found.remains, *(f"{line}\n".encode() for line in gone)}
            for decision in found.unknown:
                words = self._iris.reference(decision.iri)
                self._tally.findings.append(Finding("decision-unknown", None, words=words))
        for path in (draft, self._current) if remains else ():
            whole = path.with_suffix(".whole")
            with path.open("rb") as lines, whole.open("wb") as output:
                output.writelines(heapq.merge(lines, sorted(remains)))
            whole.rename(path)
        draft.rename(target)
        if promised:
            confirmed = [decision.keys for decision in self._assembly.confirmations]
            promises.check_leaving(promised[0], target, self._publication, confirmed)
        return len(self._tally.findings) > findings

    def harvest(self) -> harvest.Harvest:
        """Returns what the next harvest does with the release that was written, as `describe` left it."""
        promised = promises.made(self._before, self._publication)
        before = harvest.offered(promised[0], self._iris) if promised else None
        return harvest.harvest(before, harvest.offered(self._folder, self._iris))

    def describe(self, checked: Checked) -> str:
        """Writes the other forms, the reports, the catalogue and the manifest; returns the name of the release."""
        folder = self._folder
        forms = RDF_FORMS[1:]
        self._progress("writing dumps", 0, len(forms))
        # JSON-LD takes as long as the other forms and the counting.
        with aside(self._dump_jsonld, [self._current]) as written:
            self._dump([form for form in forms if form != "jsonld"])
            self._progress("counting", len(forms), len(forms))
            counts = dict(checked.counts) | self._counted()
            written()
        ontology = [
            *definition_triples(self._definitions.ontology, self._iris),
            *definition_triples(self._definitions.alignments, self._iris),
        ]
        ontology += alias_triples(ontology, self._iris)
        self._write("ontology", ontology)
        self._write("report", self._report())
        write_reports(folder, checked, self._metrics)
        catalogue = self._catalogue(())
        self._write_text("shapes.ttl", shapes_text(self._definitions.shapes, self._iris, self._publication.language))
        self._write_text(CITATION, citation(catalogue, self._iris))
        self._write_text(CSVW, table_metadata(catalogue, self._iris))
        self._write_text(MAPPING_SET, mapping_set(self._assembly.context.organisations, catalogue, self._iris))
        parts = [(path.name, path.stat().st_size) for path in folder.iterdir() if path.name[0] != "."]
        self._write_text(CRATE, crate(catalogue, (part for part in parts if part[0] != "ontology.ttl"), self._iris))
        self._progress("describing", len(forms), len(forms))
        self._current.unlink()
        files = {path.name: manifest.file_facts(path) for path in sorted(folder.iterdir())}
        dumps = [
            DumpFile(f"agenda.{form}", form, files[f"agenda.{form}"].bytes, files[f"agenda.{form}"].sha256)
            for form in DUMPS
        ]
        self._write_catalogue(dumps)
        unnamed = {name: manifest.file_facts(folder / name).sha256 for name in manifest.CATALOGUE}
        facts = manifest.Manifest(
            release=manifest.PLACEHOLDER,
            base_uri=self._iris.base,
            title=own(self._publication.agenda.title),
            counts=counts,
            files=files,
            sources=self._assembly.context.sources,
            software={"name": NAME, "version": self._version, "shapes": self._definitions.digest},
            vocabulary_uri=self._iris.vocabulary if self._iris.is_sharing else "",
        )
        release = manifest.content_digest(files, unnamed, manifest.digested_facts(facts))
        for path in map(folder.joinpath, manifest.CATALOGUE):
            unsaid, said = (self._iris.download(name, "").encode() for name in (manifest.PLACEHOLDER, release))
            path.write_bytes(path.read_bytes().replace(unsaid, said))
        files |= {name: manifest.file_facts(folder / name) for name in manifest.CATALOGUE}
        previous = self._before.name
        if previous == release:
            # A damaged release that is built again follows the one that it followed.
            previous = next(earlier(self._releases, release), "")
        replace(facts, release=release, files=files, previous=previous).write(folder)
        return release

    def _dump(self, forms: Iterable[str]) -> None:
        with ExitStack() as stack:
            outputs = {form: stack.enter_context((self._folder / f"agenda.{form}").open("wb")) for form in forms}
            formats.write(stack.enter_context(self._current.open("rb")), outputs, prefixes=self._prefixes)

    def _dump_jsonld(self) -> None:
        with self._current.open("rb") as ntriples, (self._folder / "agenda.jsonld").open("wb") as output:
            formats.write_jsonld(ntriples, output, prefixes=self._prefixes)

    def _catalogue(self, dumps: Sequence[DumpFile]) -> Catalogue:
        publication = self._publication
        return Catalogue(
            agenda=publication.agenda,
            facts=publication.catalogue,
            publisher=self._assembly.context.organisation(publication.agenda.publisher),
            creator=self._assembly.context.organisation(publication.catalogue.creator),
            files=dumps,
            release=manifest.PLACEHOLDER,
            editions=tuple((item.key, item.period, item.issued) for item in publication.editions),
            language=publication.language,
        )

    def _write_catalogue(self, dumps: Sequence[DumpFile]) -> None:
        catalogue = self._catalogue(dumps)
        self._write("catalog", catalogue_triples(catalogue, self._iris), ("nt", "ttl", "rdf", "jsonld"))
        found = [
            *void_triples(self._statistics, catalogue, self._iris),
            *question_triples(self._definitions.queries, self._iris, examples(self._statistics, self._iris)),
            *prefix_triples(self._iris),
        ]
        self._write("void", found)

    def _report(self) -> Iterator[Triple]:
        validation = merge(self._tally.validations)
        if not isinstance(validation, NothingToValidate):
            yield from report_triples(validation, self._iris)
        dataset = dataset_iri(self._publication.agenda.key, self._iris)
        licence = authorities.licence(self._publication.catalogue.license)
        yield from belongs(URIRef(self._iris.quality), dataset, licence)

    def _counted(self) -> dict[str, int]:
        """Counts what agenda.nq holds, for the manifest and the VoID description."""
        with self._current.open(encoding="utf-8", newline="\n") as lines:
            self._statistics = Statistics.count(formats.read_statements(lines))
        with (self._folder / "agenda.nq").open("rb") as lines:
            quads = sum(1 for _ in lines)
        return {"quads": quads, "triples": self._statistics.triples}

    def _write_text(self, name: str, text: str) -> None:
        (self._folder / name).write_text(text, encoding="utf-8", newline="\n")

    def _write(self, name: str, triples: Iterable[Triple], forms: Iterable[str] = ("ttl",)) -> None:
        """Writes a small document: its statements sorted, so that its bytes do not depend on their order."""
        lines = "".join(f"{line}\n" for line in sorted(set(formats.lines(triples)))).encode()
        for form in forms:
            text = lines if form == "nt" else formats.converted(lines, "nt", form, prefixes=self._prefixes)
            (self._folder / f"{name}.{form}").write_bytes(text)


def _write_merged(path: Path, runs: Sequence[Path]) -> None:
    with path.open("wb") as file:
        file.writelines(merged(runs))
