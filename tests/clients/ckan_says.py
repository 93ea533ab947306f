"""Reads catalogues as a CKAN portal does, with ckanext-dcat itself, in an environment of its own (requirements.lock).

In, as JSON on stdin: a list of {"path", "format", "language"}. Out, as JSON: for each catalogue and each profile the
datasets as CKAN would keep them, and for each schema of ckanext-dcat the errors of its validation.

No database is needed: what would look one up (is the name taken, who may publish) is left out of the schemas.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import ckan.plugins.core as core
from ckan import plugins
from ckan.common import config

config.update(
    {
        "ckan.site_url": "http://ckan.example",
        "ckanext.dcat.max_file_size": 50,
        "scheming.presets": "ckanext.scheming:presets.json ckanext.dcat.schemas:presets.yaml",
        "scheming.dataset_fallback": False,
    }
)
core.plugins_update = lambda: None  # it connects to the database
plugins.load("dcat", "scheming_datasets")

from ckan.logic import clear_validators_cache  # noqa: E402 - reads the configuration above
from ckan.logic.schema import default_create_package_schema  # noqa: E402
from ckanext.dcat.processors import RDFParser  # noqa: E402
from ckanext.scheming.plugins import _SchemingMixin  # noqa: E402

PROFILES = {"AP 2": ["euro_dcat_ap_2"], "AP 3": ["euro_dcat_ap_3"]}
SCHEMAS = ("dcat_ap_recommended", "dcat_ap_full")
ASKS_A_DATABASE = ("name", "owner_org")


def datasets(text: str, form: str, profiles: list[str]) -> list[dict[str, Any]]:
    """Returns the datasets of a catalogue as CKAN would keep them."""
    parser = RDFParser(profiles=profiles)
    parser.parse(text, _format=form)
    assert parser.next_page() is None
    return list(parser.datasets())


def use(schema_name: str) -> None:
    """Makes a schema of ckanext-dcat the one of the portal."""
    scheming = plugins.get_plugin("scheming_datasets")
    config["scheming.dataset_schemas"] = f"ckanext.dcat.schemas:{schema_name}.yaml"
    scheming.update_config(config)
    fields = scheming._expanded_schemas["dataset"]["dataset_fields"]
    fields[:] = [field for field in fields if field["field_name"] not in ASKS_A_DATABASE]


def errors(text: str, form: str, schema_name: str, profiles: list[str]) -> list[dict[str, Any]]:
    """Returns what a schema finds wrong with each dataset of a catalogue, as profiles read it."""
    use(schema_name)
    found = []
    for dataset in datasets(text, form, [*profiles, "euro_dcat_ap_scheming"]):
        schema = default_create_package_schema()
        for field in ASKS_A_DATABASE:
            del schema[field]
        scheming = plugins.get_plugin("scheming_datasets")
        found.append(scheming.validate({}, {**dataset, "type": "dataset"}, schema, "package_create")[1])
    return found


def main() -> None:
    """Answers what stands on stdin."""
    clear_validators_cache()
    _SchemingMixin._add_template_directory = lambda self, config: None
    said = []
    for given in json.load(sys.stdin):
        text = Path(given["path"]).read_text(encoding="utf-8")
        config["ckan.locale_default"] = given["language"]
        use(SCHEMAS[0])
        said.append(
            {
                "datasets": {name: datasets(text, given["format"], profiles) for name, profiles in PROFILES.items()},
                "errors": {
                    f"{schema}, {name}": errors(text, given["format"], schema, profiles)
                    for schema in SCHEMAS
                    for name, profiles in PROFILES.items()
                },
            }
        )
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
