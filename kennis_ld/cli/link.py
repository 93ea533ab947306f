"""`kennis-ld link`: proposes identities for organisations from a file of somebody else."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from kennis_ld.cli import findings, language, progress
from kennis_ld.cli.console import remarks, result
from kennis_ld.cli.options import LANGUAGE, PUBLICATION, RESULT_FORMAT
from kennis_ld.cli.words import words
from kennis_ld.linking import knowledge
from kennis_ld.linking.matching import Hit, Home, Link, Outcome, Wanted, links
from kennis_ld.linking.proposals import evidence, write
from kennis_ld.linking.source import candidates
from kennis_ld.publication import settings, tables


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@PUBLICATION
@click.option("--proposals", type=click.Path(path_type=Path), help="Folder for a table with proposals, for adopt.")
@click.option("--town", default="", help="Town that tells namesakes apart; that of the catalogue's place by default.")
@click.option("--country", default="", help='Country that tells namesakes apart, as the file has it: "NL".')
@RESULT_FORMAT
@LANGUAGE
def link(file: Path, publication: Path | None, proposals: Path | None, town: str, country: str, form: str) -> None:
    """Propose identities for the organisations of a register, from a file of somebody else; nothing is decided.

    FILE is a dump of ROR (the zip or the JSON in it), RDF of another city or a thesaurus (.nq, .nt, .ttl, .rdf,
    .jsonld), a release of another city (its folder), or a table with columns name and identifier (.csv). Nothing is
    fetched: download it first.

    \b
    Example:
      kennis-ld link data/leiden/register.csv data/zandwijk
      kennis-ld link v2.0-ror-data.zip data/leiden --country NL --proposals proposals
      kennis-ld adopt proposals data/leiden --by "Bureau Kennis" --why "Nagekeken op ror.org"
    """
    city = settings.publication(publication)
    wanted = Wanted(tables.organisations(city.table("register")))
    home = Home(city.catalogue.spatial, town, country)
    with progress.busy(f"reading {file.name}"):
        read = candidates(file, wanted=wanted.looks_like, known=wanted.known)
        found = links(wanted, read, home=home, own=city.iris.root)
    if form == "json":
        result(json.dumps([_told(each, file.name) for each in found], ensure_ascii=False, indent=1))
    else:
        for line in _lines(found):
            result(line)
    counted = {kind.value: sum(each.outcome is kind for each in found) for kind in Outcome}
    remarks.print(words("link.sum", **counted))
    if proposals:
        proposed = write(proposals, city, found, source=file.name)
        if proposed.files:
            findings.show_proposed(proposed, city.folder)
        else:
            remarks.print(words("link.none"))
        if counted["choose"]:
            remarks.print(words("link.questions"))
    elif counted["proposed"] or counted["choose"]:
        told = [part for name, value in (("--town", town), ("--country", country)) if value for part in (name, value)]
        command = shlex.join(["kennis-ld", "link", str(file), str(city.folder), *told, "--proposals", "voorstel"])
        remarks.print(words("link.write", command=command))


def _lines(found: Sequence[Link]) -> Iterator[str]:
    for each in found:
        yield f"{each.organisation.name} [{each.organisation.key}]: {words(f'link.{each.outcome.value}')}"
        yield from (f"  {_hit(hit)}" for hit in each.hits)
        for passed in each.passed_over:
            yield f"  {_hit(passed)}: {words(f'link.passed.{passed.passed_over}')}"


def _hit(hit: Hit) -> str:
    place = ", ".join(filter(None, (hit.candidate.town, *hit.candidate.country[-1:])))
    signs = ", ".join(knowledge.sign(each, language.chosen()) for each in hit.signs)
    return f"{hit.score:5.1f}  {hit.name}{f' ({place})' if place else ''}  {' '.join(hit.adds.values())}  [{signs}]"


def _told(each: Link, source: str) -> dict[str, object]:
    return {
        "organisation": each.organisation.key,
        "name": each.organisation.name,
        "outcome": each.outcome.value,
        "candidates": [_told_hit(hit, source) for hit in each.hits],
        "passed_over": [{**_told_hit(hit, source), "reason": hit.passed_over} for hit in each.passed_over],
    }


def _told_hit(hit: Hit, source: str) -> dict[str, object]:
    return {
        "name": hit.name,
        "identities": dict(hit.adds),
        "score": hit.score,
        "signs": list(hit.signs),
        "town": hit.candidate.town,
        "country": list(hit.candidate.country),
        "evidence": evidence(hit, source),
    }
