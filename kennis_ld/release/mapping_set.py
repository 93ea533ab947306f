"""Writes all identities of organisations in other registers as one table: a mapping set in SSSOM/TSV (SSSOM 1.0).

Each row says which organisation is which elsewhere, that a person compared them, and where that was read. The lines
with `#` on top are the metadata of the set, in YAML; IRIs are shortened with the prefixes that stand there.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping

from kennis_ld.graph import authorities
from kennis_ld.graph.catalogue import Catalogue, dataset_iri
from kennis_ld.graph.organisations import same_as
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.iri import Iris
from kennis_ld.model import Organisation
from kennis_ld.model.organisation import AUTHORITIES
from kennis_ld.model.texts import own

MAPPING_SET = "identities.sssom.tsv"

COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "mapping_justification",
    "comment",
)

_JUSTIFICATION = "semapv:ManualMappingCuration"
"""A person takes each identity over into the register, also where the software proposed it (design, section 4)."""

_SEMAPV = "https://w3id.org/semapv/vocab/"


def mapping_set(organisations: Iterable[Organisation], catalogue: Catalogue, iris: Iris) -> str:
    """Returns the table, in the order of its subjects and objects; the same for the same register."""
    rows = [(each, identifier) for each in organisations for identifier in each.identifiers]
    prefixes = _prefixes((identifier.iri for _, identifier in rows), iris)
    table = sorted(
        (
            _short(iris.organisation(each.key), prefixes),
            each.name,
            _short(str(same_as(identifier)), prefixes),
            _short(identifier.iri, prefixes),
            _JUSTIFICATION,
            " ".join((each.evidence or each.evidence_en).split()),
        )
        for each, identifier in rows
    )
    output = io.StringIO()
    output.writelines(_metadata(prefixes, catalogue, iris))
    writer = csv.writer(output, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(table)
    return output.getvalue()


def _metadata(prefixes: Mapping[str, str], catalogue: Catalogue, iris: Iris) -> Iterable[str]:
    """Yields the lines on top; a text of JSON is one of YAML."""
    yield "#curie_map:\n"
    yield from (f"#  {prefix}: {json.dumps(start)}\n" for prefix, start in sorted(prefixes.items()))
    told = {
        "mapping_set_id": iris.download("current", MAPPING_SET),
        "mapping_set_title": own(catalogue.facts.title),
        "license": str(authorities.licence(catalogue.facts.license)),
        "mapping_provider": str(dataset_iri(catalogue.agenda.key, iris)),
    }
    yield from (f"#{name}: {json.dumps(text, ensure_ascii=False)}\n" for name, text in told.items())


def _prefixes(objects: Iterable[str], iris: Iris) -> Mapping[str, str]:
    """Returns the prefixes that the rows need; each register without a known one gets a numbered one."""
    found = {key: start for key, (_, start, _) in AUTHORITIES.items()}
    found |= {name: PREFIXES[name] for name in ("owl", "schema")}
    found |= {"semapv": _SEMAPV, "organisatie": iris.organisation("x")[:-1]}
    others = {_start(iri) for iri in objects if not iri.startswith(tuple(found.values()))}
    return found | {f"register{at}": start for at, start in enumerate(sorted(others), 1)}


def _start(iri: str) -> str:
    """Returns an IRI up to its last part."""
    end = max(iri.rstrip("/#").rfind(mark) for mark in "/#")
    return iri[: end + 1]


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    """Returns an IRI with the prefix of the longest start that fits."""
    prefix = max((each for each in prefixes if iri.startswith(prefixes[each])), key=lambda each: len(prefixes[each]))
    return f"{prefix}:{iri.removeprefix(prefixes[prefix])}"
