"""The links of a thing for programs that read no RDF (RFC 9264)."""

from __future__ import annotations

import json

from kennis_ld.graph.description import Description, statements
from kennis_ld.graph.linkset import LINKSET, linkset

THING, PAGE = "https://data.example.org/id/organisatie/ul", "https://data.example.org/doc/organisatie/ul"
OWL, SCHEMA = "http://www.w3.org/2002/07/owl#sameAs", "https://schema.org/sameAs"


def test_each_relation_leads_to_its_targets() -> None:
    """Identities by the IRI of their property, the rest by the name that IANA registers; no target, no relation."""
    said = [
        (THING, OWL, "https://ror.org/027bh9e22"),
        (THING, SCHEMA, "https://thes.example/1"),
        (PAGE, "http://purl.org/dc/terms/license", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ]
    lines = "".join(f"<{subject}> <{prop}> <{value}> .\n" for subject, prop, value in said).encode()
    description = Description(statements(lines), terms="https://data.example.org/def#")
    expected = {
        "anchor": THING,
        "describedby": [{"href": f"{PAGE}.ttl", "type": "text/turtle"}],
        "cite-as": [{"href": THING}],
        "license": [{"href": "https://creativecommons.org/publicdomain/zero/1.0/"}],
        OWL: [{"href": "https://ror.org/027bh9e22"}],
        SCHEMA: [{"href": "https://thes.example/1"}],
    }
    assert "application/linkset+json" == LINKSET
    assert {"linkset": [expected]} == json.loads(linkset(THING, PAGE, description, {"ttl": "text/turtle"}))
