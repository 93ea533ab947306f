"""What is told beside the data for who takes it along: how to cite it (CFF 1.2), and what the columns mean (CSVW).

Metadata of a table are JSON; a CITATION.cff is YAML, whose values may be written as those of JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kennis_ld.data_file import data_file
from kennis_ld.graph import authorities
from kennis_ld.graph.catalogue import Catalogue, dataset_iri
from kennis_ld.iri import Iris
from kennis_ld.model.texts import Texts, own

CITATION = "CITATION.cff"
CSVW = "agenda.csv-metadata.json"
"""The name by which a reader of agenda.csv finds its metadata (Model for Tabular Data, section 5.3)."""


def columns() -> Mapping[str, Mapping[str, Any]]:
    """Returns what is told of each column of the table, in the order of the columns."""
    return data_file(__file__, "columns.toml")


def citation(catalogue: Catalogue, iris: Iris) -> str:
    """Returns how to cite the dataset, as a Citation File (CFF 1.2.0); without a date where the city tells none."""
    facts = catalogue.facts
    dataset = str(dataset_iri(catalogue.agenda.key, iris))
    told: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "Cite the dataset as follows, with the address of the project or organisation that you write about.",
        "type": "dataset",
        "title": own(facts.title),
        "abstract": own(catalogue.agenda.description),
        "authors": [{"name": catalogue.creator.name}],
        "url": dataset,
        "license-url": str(authorities.licence(facts.license)),
        "keywords": list(facts.own_keywords),
    }
    for key, _, issued in catalogue.editions[-1:]:
        told["version"] = key
        if len(issued) == len("2023-01-01"):
            told["date-released"] = issued
    # A line for each key, for cffconvert and the like look for a line that begins with cff-version. JSON is YAML.
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items() if value)


def table_metadata(catalogue: Catalogue, iris: Iris) -> str:
    """Returns the metadata of agenda.csv (CSV on the Web, Metadata Vocabulary for Tabular Data)."""
    described: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "agenda.csv",
        "dc:title": _said(catalogue.facts.title),
        "dc:license": {"@id": str(authorities.licence(catalogue.facts.license))},
        "dc:source": {"@id": str(dataset_iri(catalogue.agenda.key, iris))},
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": [_column(name, told, catalogue) for name, told in columns().items()]},
    }
    return json.dumps(described, indent=1, ensure_ascii=False) + "\n"


def _said(texts: Texts) -> list[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in texts.items()]


def _column(name: str, told: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    column: dict[str, Any] = {
        "name": name,
        "titles": name,
        "datatype": told.get("datatype", "string"),
        "dc:description": _said({language: told[language] for language in ("nl", "en")}),
    }
    if "property" in told:
        column |= {"aboutUrl": f"{{+{told['of']}}}", "propertyUrl": told["property"]}
    else:
        column["suppressOutput"] = True
    if told.get("language"):
        column["lang"] = catalogue.language
    return column
