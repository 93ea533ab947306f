"""Our own terms as a closed set, and the few published vocabularies that rdflib does not bring along.

A term that is not in the set is an error at once, not a new IRI by a slip of the finger. A test holds the set against
`ontology/agenda.ttl`.
"""

from __future__ import annotations

from rdflib import URIRef
from rdflib.namespace import DefinedNamespace, Namespace

CLASSES = ("Agenda", "AgendaEdition", "Entry", "Participation", "Project")
PROPERTIES = (
    "budget",
    "certainty",
    "changesOnly",
    "currency",
    "doubt",
    "entry",
    "evidence",
    "firstLine",
    "firstPage",
    "lastLine",
    "lastPage",
    "lead",
    "leads",
    "number",
    "openEnded",
    "openEndedText",
    "otherParties",
    "participatesIn",
    "participation",
    "partiesText",
    "partner",
    "project",
    "provisional",
    "remark",
    "resolution",
    "sourceText",
    "status",
    "stopped",
)


class AgendaTerms:
    """The terms of the agenda ontology under a base; `terms.Project` is an IRI, `terms.Projct` an AttributeError."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace

    def __getattr__(self, name: str) -> URIRef:
        if name in CLASSES or name in PROPERTIES:
            term = self.__dict__[name] = URIRef(self._namespace + name)
            return term
        raise AttributeError(f"the agenda ontology has no term {name!r}")


class VCARD(DefinedNamespace):
    """Terms of the vCard ontology that a contact point needs (DCAT-AP-NL 3.0, Contactpunt)."""

    _NS = Namespace("http://www.w3.org/2006/vcard/ns#")
    _fail = True

    Kind: URIRef
    Organization: URIRef
    fn: URIRef
    hasEmail: URIRef
    hasURL: URIRef


class ADMS(DefinedNamespace):
    """Terms of ADMS for the state of a dataset (DCAT-AP-NL 3.0)."""

    _NS = Namespace("http://www.w3.org/ns/adms#")
    _fail = True

    identifier: URIRef
    status: URIRef


class DCAT3(DefinedNamespace):
    """The term of DCAT 3 that rdflib's DCAT does not have yet (DCAT 3, section 11.1)."""

    _NS = Namespace("http://www.w3.org/ns/dcat#")
    _fail = True

    version: URIRef


class DCATAP(DefinedNamespace):
    """The term that DCAT-AP 3.0 adds to DCAT for how long a distribution stays."""

    _NS = Namespace("http://data.europa.eu/r5r/")
    _fail = True

    availability: URIRef


class SPDX(DefinedNamespace):
    """Terms of SPDX for checksums (DCAT 3, section 6.8)."""

    _NS = Namespace("http://spdx.org/rdf/terms#")
    _fail = True

    Checksum: URIRef
    ChecksumAlgorithm: URIRef
    algorithm: URIRef
    checksumAlgorithm_sha256: URIRef
    checksumValue: URIRef
    checksum: URIRef


SCHEMA_CLASSES = frozenset(
    {
        "ArchiveOrganization",
        "Consortium",
        "CollegeOrUniversity",
        "Corporation",
        "EducationalOrganization",
        "ElementarySchool",
        "GovernmentOrganization",
        "HighSchool",
        "Hospital",
        "LegalService",
        "Library",
        "MiddleSchool",
        "MovieTheater",
        "NGO",
        "NewsMediaOrganization",
        "Organization",
        "Project",
        "ResearchOrganization",
        "School",
        "SportsOrganization",
        "WorkersUnion",
        "LocalBusiness",
    }
)
"""The schema.org types a register may give an organisation; each is a subtype of schema:Organization."""


class AS(DefinedNamespace):
    """Terms of Activity Streams 2.0 for what happened to a thing: none of them stands in the data itself."""

    _NS = Namespace("https://www.w3.org/ns/activitystreams#")
    _fail = True

    Create: URIRef
    Update: URIRef
    Delete: URIRef
    context: URIRef
    object: URIRef
    published: URIRef


class LDES(DefinedNamespace):
    """Terms of Linked Data Event Streams 1.0 (draft of 25 November 2025)."""

    _NS = Namespace("https://w3id.org/ldes#")
    _fail = True

    EventStream: URIRef
    RetentionPolicy: URIRef
    immutable: URIRef
    pollingInterval: URIRef
    retentionPolicy: URIRef
    startingFrom: URIRef
    timestampPath: URIRef
    transactionFinalizedObject: URIRef
    transactionFinalizedPath: URIRef
    transactionPath: URIRef
    versionCreateObject: URIRef
    versionCreatePath: URIRef
    versionDeleteObject: URIRef
    versionDeletePath: URIRef
    versionOfPath: URIRef
    versionUpdateObject: URIRef
    versionUpdatePath: URIRef


class TREE(DefinedNamespace):
    """Terms of the TREE hypermedia specification, on which event streams stand."""

    _NS = Namespace("https://w3id.org/tree#")
    _fail = True

    GreaterThanOrEqualToRelation: URIRef
    LessThanOrEqualToRelation: URIRef
    Node: URIRef
    member: URIRef
    node: URIRef
    path: URIRef
    relation: URIRef
    value: URIRef
    view: URIRef
