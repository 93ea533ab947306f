"""Describes a release as a research object: the metadata file of RO-Crate 1.1, JSON-LD that lies beside the files.

Every value is one of the publication or of the files; the date of publication is there only where the city tells one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from kennis_ld.graph import authorities
from kennis_ld.graph.catalogue import Catalogue, dataset_iri
from kennis_ld.graph.dumps import media_type
from kennis_ld.iri import Iris
from kennis_ld.model import Organisation
from kennis_ld.model.catalogue import FORMS
from kennis_ld.model.texts import own

CRATE = "ro-crate-metadata.json"

_VERSION = "https://w3id.org/ro/crate/1.1"


def crate(catalogue: Catalogue, files: Iterable[tuple[str, int]], iris: Iris) -> str:
    """Returns the metadata file (RO-Crate 1.1, "RO-Crate Metadata").

    Args:
        files: name and bytes of each file that is part of it.
    """
    facts, agenda = catalogue.facts, catalogue.agenda
    parts = [_file(name, size) for name, size in sorted(files)]
    agents = {each.key: each for each in (catalogue.publisher, catalogue.creator)}
    licence = str(authorities.licence(facts.license))
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": own(facts.title),
        "description": own(agenda.description),
        "identifier": str(dataset_iri(agenda.key, iris)),
        "url": str(dataset_iri(agenda.key, iris)),
        "license": {"@id": licence},
        "keywords": ", ".join(facts.own_keywords),
        "publisher": {"@id": iris.organisation(catalogue.publisher.key)},
        "author": {"@id": iris.organisation(catalogue.creator.key)},
        "hasPart": [{"@id": each["@id"]} for each in parts],
    }
    for key, _, issued in catalogue.editions[-1:]:
        root["version"] = key
        if issued:
            root["datePublished"] = issued
    graph = [
        {"@id": CRATE, "@type": "CreativeWork", "conformsTo": {"@id": _VERSION}, "about": {"@id": "./"}},
        {name: value for name, value in root.items() if value},
        *parts,
        *(_agent(each, iris) for _, each in sorted(agents.items())),
        {"@id": licence, "@type": "CreativeWork", "name": authorities.licence_name(facts.license)},
    ]
    whole = {"@context": f"{_VERSION}/context", "@graph": graph}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _file(name: str, size: int) -> dict[str, Any]:
    stem, form = PurePath(name).stem, PurePath(name).suffix.removeprefix(".")
    told = FORMS.get(form) if stem == "agenda" else None
    described = {"description": told.en} if told else {}
    return {
        "@id": name,
        "@type": "File",
        "name": f"{name} ({told.name})" if told else name,
        **described,
        "contentSize": str(size),
        "encodingFormat": media_type(name),
    }


def _agent(organisation: Organisation, iris: Iris) -> dict[str, Any]:
    iri = iris.organisation(organisation.key)
    url = organisation.homepage or iris.page(iri)
    return {"@id": iri, "@type": "Organization", "name": organisation.name, "url": url}
