"""Builds a release: the statements sorted, in every form, with catalogue, reports and manifest.

Same input, same bytes: the clock, the folder, the locale and the hash seed have no part in it.
"""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from kennis_ld.errors import Refused
from kennis_ld.graph import formats
from kennis_ld.graph.catalogue import Catalogue, DumpFile, catalogue_triples
from kennis_ld.graph.definitions import definition_triples
from kennis_ld.graph.statements import PREFIXES, Triple
from kennis_ld.graph.void import Statistics, void_triples
from kennis_ld.iri import Iris
from kennis_ld.model import Severity
from kennis_ld.quality.findings import Message, message, shape_messages, sorted_messages
from kennis_ld.quality.validation import NothingToValidate, Validation, merge, report_triples
from kennis_ld.release import continuity, manifest, publish
from kennis_ld.release.assembly import Assembly, Batch, Definitions
from kennis_ld.release.publication import Publication
from kennis_ld.release.sorting import sorted_lines
from kennis_ld.release.spreadsheet import Spreadsheet

DUMPS = ("nq", "ttl", "jsonld", "rdf", "csv")
"""The forms in which all data can be downloaded, as `agenda.{form}`."""

NAME = "kennis-ld"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a publication amounts to.

    Attributes:
        messages: all findings, the gravest first.
        counts: projects, organisations, participations and so on.
    """

    messages: Sequence[Message]
    counts: Counter[str]

    @property
    def sound(self) -> bool:
        """Whether nothing stops a release."""
        return all(item.severity is not Severity.VIOLATION for item in self.messages)


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build; the release is None where violations stopped it."""

    checked: Checked
    release: Path | None
    unchanged: bool = False


def check(
    publication: Publication, definitions: Definitions, *, version: str, progress: Callable[[int], None]
) -> Checked:
    """Reads, resolves and validates a publication, and writes nothing.

    Raises:
        KennisError: a setting, table or document cannot be read.
    """
    assembly = Assembly(publication, definitions, version=version, progress=progress)
    tally = _Tally(publication.iris)
    for batch in assembly.batches():
        tally.add(batch)
    return tally.checked()


def build(
    publication: Publication,
    definitions: Definitions,
    *,
    releases: Path,
    version: str,
    progress: Callable[[int], None] = lambda entries: None,
) -> Built:
    """Builds a release and makes it the current one, unless a violation stops it.

    Raises:
        KennisError: a setting, table or document cannot be read; or another build is at work.
        Refused: a URI of the current release would be lost.
    """
    before = publish.current(releases) if releases.exists() else None
    with publish.staging(releases) as folder:
        work = _Build(publication, definitions, folder, before, version)
        checked = work.data(progress)
        if not checked.sound:
            return Built(checked, None)
        work.describe(checked)
        target = publish.publish(folder, releases)
        return Built(checked, target, unchanged=before is not None and before.name == target.name)


class _Tally:
    """Adds up what the batches say."""

    def __init__(self, iris: Iris) -> None:
        self._iris = iris
        self.messages: list[Message] = []
        self.validations: list[Validation] = []
        self.counts: Counter[str] = Counter()

    def add(self, batch: Batch) -> None:
        self.messages += [message(finding) for finding in batch.findings]
        self.messages += shape_messages(batch.validation.results, lambda iri: batch.about(iri, self._iris))
        self.validations.append(batch.validation)
        if batch.current:
            self.counts["projects"] += len(batch.entries)
            for item in batch.entries:
                for participation in item.participations:
                    self.counts[f"participations_{participation.role.value}"] += 1
                self.counts["groups"] += len(item.groups)
                self.counts["open_lists"] += bool(item.open_list)

    def checked(self) -> Checked:
        return Checked(sorted_messages(dict.fromkeys(self.messages)), self.counts)


class _Build:
    """One build in one staging folder."""

    def __init__(
        self, publication: Publication, definitions: Definitions, folder: Path, before: Path | None, version: str
    ) -> None:
        self._publication = publication
        self._definitions = definitions
        self._folder = folder
        self._before = before
        self._version = version
        self._iris = publication.iris
        self._prefixes = {**PREFIXES, "ks": publication.iris.terms}
        self._assembly = Assembly(publication, definitions, version=version)
        self._tally = _Tally(publication.iris)
        self._statistics = Statistics()

    def data(self, progress: Callable[[int], None]) -> Checked:
        """Writes the statements, sorted, and the spreadsheet; returns what there is to say about them."""
        assembly = self._assembly
        with (self._folder / "agenda.csv").open("w", encoding="utf-8", newline="") as output:
            spreadsheet = Spreadsheet(
                output,
                iris=self._iris,
                themes=lambda key: next(theme for theme in assembly.themes if theme.key == key),
                organisations=assembly.any_organisation,
            )
            draft = self._folder / ".sorted"
            with draft.open("wb") as file:
                file.writelines(sorted_lines(self._lines(spreadsheet, progress), folder=self._folder))
        checked = self._tally.checked()
        if checked.sound:
            self._keep_promises(draft)
        draft.unlink()
        return checked

    def _lines(self, spreadsheet: Spreadsheet, progress: Callable[[int], None]) -> Iterator[str]:
        for batch in self._assembly.batches():
            self._tally.add(batch)
            progress(self._tally.counts["projects"])
            if batch.edition is not None:
                yield from formats.lines(batch.triples, graph=self._iris.edition(batch.edition.key))
            if batch.current:
                yield from formats.lines(batch.triples)
                spreadsheet.add(batch.entries)
            yield from formats.lines(batch.always)

    def _keep_promises(self, draft: Path) -> None:
        """Writes agenda.nq from the sorted draft, with what remains of IRIs that were withdrawn or replaced."""
        target = self._folder / "agenda.nq"
        remains: set[bytes] = set()
        if self._before is not None and self._promised(self._before):
            decided = continuity.decisions(self._publication.table("decisions"), self._iris)
            earlier = self._before / "agenda.nq"
            vanished: list[str] = []
            with earlier.open("rb") as before, draft.open("rb") as after:
                for iri in continuity.lost(before, after, start=f"{self._iris.base}/id/"):
                    decision = continuity.covering(iri, decided)
                    if decision:
                        triples = continuity.tombstone(decision, self._publication.language)
                        remains.update(f"{line}\n".encode() for line in formats.lines(triples))
                    elif kept := continuity.kept(iri, earlier):
                        remains.update(kept)
                    else:
                        vanished.append(iri)
            if vanished:
                raise _refused(vanished, self._publication, self._before.name)
        with draft.open("rb") as lines, target.open("wb") as output:
            output.writelines(heapq.merge(lines, sorted(remains)))

    def _promised(self, before: Path) -> bool:
        """Whether the earlier release made promises: its base is the same, or could be reached by others."""
        base = manifest.read(before).base_uri
        if base == self._iris.base:
            return True
        if urlsplit(base).hostname in {"localhost", "127.0.0.1"}:
            return False
        raise Refused(
            f"base_uri was {base} and is now {self._iris.base}: every published URI would vanish.",
            where=str(self._publication.folder / "publication.toml"),
            remedy="Set base_uri back. To start a new site, build in another folder with --releases.",
        )

    def describe(self, checked: Checked) -> None:
        """Writes the other forms, the reports, the catalogue and the manifest."""
        folder = self._folder
        for form in DUMPS[1:-1]:
            with (folder / "agenda.nq").open("rb") as nquads, (folder / f"agenda.{form}").open("wb") as output:
                formats.write(nquads, form, output, prefixes=self._prefixes)
        ontology = [
            *definition_triples(self._definitions.ontology, self._iris),
            *definition_triples(self._definitions.alignments, self._iris),
        ]
        self._write("ontology.ttl", ontology, "ttl")
        self._write("report.ttl", self._report(), "ttl")
        text = json.dumps([item.as_json() for item in checked.messages], ensure_ascii=False, indent=1)
        (folder / "findings.json").write_text(text + "\n", encoding="utf-8", newline="\n")
        counts = dict(checked.counts) | self._counted()
        files = {path.name: manifest.file_facts(path) for path in sorted(folder.iterdir())}
        dumps = [
            DumpFile(f"agenda.{form}", form, files[f"agenda.{form}"].bytes, files[f"agenda.{form}"].sha256)
            for form in DUMPS
        ]
        self._write_catalogue(dumps, manifest.PLACEHOLDER)
        unnamed = {name: manifest.file_facts(folder / name).sha256 for name in manifest.CATALOGUE}
        facts = manifest.Manifest(
            release=manifest.PLACEHOLDER,
            base_uri=self._iris.base,
            title=self._publication.agenda.title,
            counts=counts,
            files=files,
            sources=self._assembly.sources,
            software={"name": NAME, "version": self._version, "shapes": self._definitions.digest},
        )
        release = manifest.content_digest(files, unnamed, manifest.digested_facts(facts))
        self._write_catalogue(dumps, release)
        files |= {name: manifest.file_facts(folder / name) for name in manifest.CATALOGUE}
        replace(facts, release=release, files=files, previous=self._before.name if self._before else "").write(folder)

    def _write_catalogue(self, dumps: Sequence[DumpFile], release: str) -> None:
        publication = self._publication
        catalogue = Catalogue(
            agenda=publication.agenda,
            facts=publication.catalogue,
            publisher=self._assembly.organisation(publication.agenda.publisher),
            creator=self._assembly.organisation(publication.catalogue.creator),
            files=dumps,
            release=release,
            editions=tuple((item.key, item.period, item.issued) for item in publication.editions),
            language=publication.language,
        )
        triples = list(catalogue_triples(catalogue, self._iris))
        for form in ("nt", "ttl", "rdf", "jsonld"):
            self._write(f"catalog.{form}", triples, form)
        self._write("void.ttl", void_triples(self._statistics, catalogue, self._iris), "ttl")

    def _report(self) -> Iterable[Triple]:
        validation = merge(self._tally.validations)
        return () if isinstance(validation, NothingToValidate) else report_triples(validation, self._iris)

    def _counted(self) -> dict[str, int]:
        """Counts what agenda.nq holds, for the manifest and the VoID description."""
        with (self._folder / "agenda.nq").open("rb") as lines:
            quads = sum(1 for _ in lines)
        with (self._folder / "agenda.nq").open("rb") as lines:
            self._statistics = Statistics.count(formats.default_graph(lines))
        return {"quads": quads, "triples": self._statistics.triples}

    def _write(self, name: str, triples: Iterable[Triple], form: str) -> None:
        """Writes a small document: its statements sorted, so that its bytes do not depend on their order."""
        lines = "".join(f"{line}\n" for line in sorted(set(formats.lines(triples)))).encode()
        text = lines if form == "nt" else formats.converted(lines, "nt", form, prefixes=self._prefixes)
        (self._folder / name).write_bytes(text)


def _refused(vanished: Sequence[str], publication: Publication, before: str) -> Refused:
    start = len(f"{publication.iris.base}/id/")
    shown = "\n".join(f"  {iri[start:]}" for iri in vanished[:20])
    more = f"\n  … and {len(vanished) - 20} more" if len(vanished) > 20 else ""
    return Refused(
        f"{len(vanished)} published URIs of release {before} would vanish:\n{shown}{more}\n",
        where=str(publication.folder),
        remedy=(
            "Restore them, or add a line for each to decisions.csv that says whether it was withdrawn, or replaced and "
            "by what. A decision about an organisation or project also covers what is made of it."
        ),
    )
