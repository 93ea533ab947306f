"""The links of a thing as a set of their own, for programs that read no RDF (RFC 9264, section 4.2)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from kennis_ld.graph.description import Description
from kennis_ld.iri import is_web_address

LINKSET = "application/linkset+json"


def linkset(iri: str, page: str, description: Description, forms: Mapping[str, str]) -> str:
    """Returns what describes a thing, who it is elsewhere, and its licence and dataset, by the name of the relation.

    Relations are those that IANA registers; others have an IRI (RFC 8288, section 2.1.2).

    Args:
        page: address of the document about it, without a suffix.
        forms: media type of each form of the document, by its suffix.
    """
    told = {
        "describedby": [{"href": f"{page}.{suffix}", "type": kind} for suffix, kind in forms.items()],
        "cite-as": [{"href": iri}],
        "license": [{"href": each} for each in description.links(page, "dct:license")],
        "collection": [{"href": each} for each in description.links(page, "void:inDataset")],
    }
    for name in ("owl:sameAs", "schema:sameAs"):
        same = filter(is_web_address, description.links(iri, name))
        told[description.iri(name)] = [{"href": each} for each in same]
    links = {relation: targets for relation, targets in told.items() if targets}
    return json.dumps({"linkset": [{"anchor": iri, **links}]}, indent=1, ensure_ascii=False) + "\n"
