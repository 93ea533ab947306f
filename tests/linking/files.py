"""Writes the files of others that the tests link with: dumps of ROR in both schemas, and RDF."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ROR_A, ROR_B, ROR_C = "https://ror.org/027bh9e22", "https://ror.org/0093src13", "https://ror.org/05xvt9f17"
QID = "http://www.wikidata.org/entity/Q156598"


def record_2(
    ror: str, name: str, *more: str, town: str = "", country: str = "NL", site: str = "", **changes: Any
) -> Mapping[str, Any]:
    """A record as ROR writes it in schema 2.1; `more` are other labels."""
    names = [{"value": name, "types": ["label", "ror_display"], "lang": "nl"}]
    names += [{"value": each, "types": ["alias"], "lang": None} for each in more]  # type: ignore[dict-item]
    details = {"name": town, "country_code": country, "country_name": {"NL": "The Netherlands"}.get(country, country)}
    whole: dict[str, Any] = {
        "id": ror,
        "status": "active",
        "types": ["education"],
        "names": names,
        "links": [{"type": "website", "value": site}] if site else [],
        "locations": [{"geonames_id": 2751773, "geonames_details": details}] if town else [],
        "external_ids": [],
    }
    return whole | changes


def record_1(ror: str, name: str, **changes: Any) -> Mapping[str, Any]:
    """A record as ROR writes it in schema 1."""
    whole: dict[str, Any] = {
        "id": ror,
        "name": name,
        "status": "active",
        "types": ["Education"],
        "aliases": ["Zandwijk University"],
        "acronyms": ["ZU"],
        "labels": [{"label": "Université de Zandwijk", "iso639": "fr"}],
        "links": ["http://www.zu.example/"],
        "country": {"country_code": "NL", "country_name": "Netherlands"},
        "addresses": [{"city": "Zandwijk", "geonames_city": {"id": 2751773}}],
        "external_ids": {"Wikidata": {"preferred": None, "all": ["Q156598"]}},
    }
    return whole | changes
