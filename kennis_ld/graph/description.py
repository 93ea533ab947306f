"""Reads the statements about a resource and finds names, texts, links and participations in them.

In goes N-Triples; out comes a `Description` for who wants to say in words what the RDF says, as a page does. It asks no
questions and makes no HTML.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF

from kennis_ld.graph.formats import converted, lines, parsed
from kennis_ld.graph.statements import PREFIXES, belongs
from kennis_ld.vocabulary import AS, LDES, TREE

RDF_TYPE = PREFIXES["rdf"] + "type"
_MORE_PREFIXES = {
    "as": str(AS),
    "ldes": str(LDES),
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "tree": str(TREE),
}
"""Prefixes of what stands in documents and not in the data."""

NAMING = ("rdfs:label", "skos:prefLabel", "schema:name", "dct:title", "foaf:name", "vcard:fn")
"""Properties that name a thing, in the order in which they are tried."""


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """An IRI or a literal.

    Attributes:
        value: the IRI, or the text of the literal.
        language: of a literal; empty where it has none.
        datatype: IRI of a literal's datatype; empty for plain and tagged text.
    """

    value: str
    is_iri: bool = False
    language: str = ""
    datatype: str = ""


def fitting(texts: Iterable[Term], language: str) -> Term | None:
    """Returns the first text in the language; else in Dutch, in none, in another one, and last in English."""
    order = (language, "nl", "")

    def place(text: Term) -> int:
        tag = text.language.partition("-")[0].lower()
        return order.index(tag) if tag in order else len(order) + (tag == "en")

    return min(texts, key=place, default=None)


@dataclass(frozen=True, slots=True)
class Participation:
    """One organisation in one project, in one role.

    Attributes:
        iri: of the participation.
        organisation: IRI.
        project: IRI.
        role: notation of lead ("T") or partner ("P").
        certainty: IRI of the concept.
        resolution: IRI of the concept.
        words: as they stand in the source.
        doubts: what is doubtful, in words.
        period: first and last day, as far as the source tells.
        narrower: IRI of the role, where it is narrower than lead or partner; else empty.
    """

    iri: str
    organisation: str
    project: str
    role: str
    certainty: str
    resolution: str
    words: Sequence[Term]
    doubts: Sequence[Term]
    period: tuple[str, str]
    narrower: str


def statements(n_triples: bytes) -> Iterator[tuple[str, str, Term]]:
    """Yields the statements of a document in N-Triples without blank nodes, as our data are."""
    for subject, predicate, value in parsed(n_triples, "nt"):
        if isinstance(value, Literal):
            term = Term(str(value), language=value.language or "", datatype=str(value.datatype or ""))
        else:
            term = Term(str(value), is_iri=True)
        yield str(subject), str(predicate), term


def membership(document: str, about: str, part: tuple[str, str] | None) -> bytes:
    """Returns what a document says of itself, as N-Triples, so that who finds only this one knows what may be done.

    Args:
        part: IRI of the dataset that it belongs to and of its licence; None where that is not told.
    """
    subject = URIRef(document)
    said = [(subject, FOAF.primaryTopic, URIRef(about)), *(belongs(subject, *part) if part else ())]
    return "".join(f"{line}\n" for line in lines(said)).encode()


def document(n_triples: bytes, form: str, *, terms: str, about: str) -> bytes:
    """Returns statements as a document for people and machines: in a fixed order, with the prefixes that it uses.

    Args:
        n_triples: the statements, in any order.
        form: key of GRAPH_FORMATS.
        terms: namespace of the publication's own terms.
        about: IRI whose statements come first.
    """

    def place(line: str) -> tuple[bool, str, bool, str]:
        subject, predicate, _ = line.split(" ", 2)
        return subject != f"<{about}>", subject, predicate != f"<{RDF_TYPE}>", line

    text = n_triples.decode()
    ordered = "".join(f"{line}\n" for line in sorted({*text.split("\n")} - {""}, key=place)).encode()
    known = {"ks": terms, **_MORE_PREFIXES, **PREFIXES}
    used = {prefix: namespace for prefix, namespace in known.items() if f"<{namespace}" in text or prefix == "rdf"}
    return converted(ordered, "nt", form, prefixes=used)


class Description:
    """The statements about a resource and the names of what it is linked to.

    Properties are given as `prefix:name`; `ks:` stands for the terms of the publication's own ontology.
    """

    def __init__(self, found: Iterable[tuple[str, str, Term]], *, terms: str) -> None:
        self._terms = terms
        self._known: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._back: dict[tuple[str, str], list[str]] = defaultdict(list)
        for subject, predicate, term in sorted(set(found)):
            self._known[subject][predicate].append(term)
            if term.is_iri:
                self._back[term.value, predicate].append(subject)

    def __bool__(self) -> bool:
        return bool(self._known)

    def iri(self, name: str) -> str:
        """Returns the IRI of a term written as `prefix:name`."""
        prefix, _, local = name.partition(":")
        return (self._terms if prefix == "ks" else PREFIXES[prefix]) + local

    def short(self, iri: str) -> str:
        """Returns an IRI as `prefix:name` where its namespace is known, else the IRI itself."""
        for prefix, namespace in (("ks", self._terms), *PREFIXES.items()):
            if iri.startswith(namespace) and re.fullmatch(r"[\w-]+", iri[len(namespace) :]):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def describes(self, subject: str) -> bool:
        """Whether anything is said about the subject."""
        return subject in self._known

    def things(self) -> list[str]:
        """Returns all that something is said about, sorted."""
        return sorted(self._known)

    def properties(self, subject: str) -> list[tuple[str, list[Term]]]:
        """Returns all that is said about a subject: each predicate with its objects, sorted."""
        return sorted(self._known[subject].items()) if subject in self._known else []

    def objects(self, subject: str, name: str) -> list[Term]:
        """Returns the objects of a property, sorted."""
        return self._known[subject].get(self.iri(name), []) if subject in self._known else []

    def links(self, subject: str, name: str) -> list[str]:
        """Returns the IRIs a property leads to, sorted."""
        return [term.value for term in self.objects(subject, name) if term.is_iri]

    def subjects(self, name: str, linked: str) -> list[str]:
        """Returns what has the linked thing as object of a property, sorted."""
        return self._back.get((linked, self.iri(name)), [])

    def referring(self, linked: str) -> list[tuple[str, str]]:
        """Returns what has the linked thing as object: subject and predicate, sorted."""
        return sorted(
            (subject, predicate) for (iri, predicate), found in self._back.items() if iri == linked for subject in found
        )

    def participations(self, thing: str, role: str) -> list[Participation]:
        """Returns the participations of a project or an organisation as lead or partner, or in a role under that.

        Args:
            thing: IRI of the project or the organisation.
            role: notation of lead ("T") or partner ("P").
        """

        def first(iri: str, name: str) -> str:
            return next((term.value for term in self.objects(iri, name)), "")

        return [
            Participation(
                iri,
                organisation=first(iri, "org:member"),
                project=first(iri, "org:organization"),
                role=role,
                narrower=next((each for each in self.links(iri, "org:role") if self.links(each, "skos:broader")), ""),
                certainty=first(iri, "ks:certainty"),
                resolution=first(iri, "ks:resolution"),
                words=self.objects(iri, "ks:sourceText"),
                doubts=self.objects(iri, "ks:doubt"),
                period=(first(iri, "schema:startDate"), first(iri, "schema:endDate")),
            )
            for iri in sorted({*self.subjects("org:member", thing), *self.subjects("org:organization", thing)})
            if any(
                role == term.value
                for each in self.links(iri, "org:role")
                for main in self.links(each, "skos:broader") or [each]
                for term in self.objects(main, "skos:notation")
            )
        ]

    def text(self, subject: str, *names: str, language: str) -> Term | None:
        """Returns the literal in the language, of the first property that has one; else the one that fits best."""
        literals = [term for name in names for term in self.objects(subject, name) if not term.is_iri]
        return fitting(literals, language)

    def label(self, subject: str, *, language: str) -> Term:
        """Returns the name of a thing; the last part of its IRI where it has none."""
        name = self.text(subject, *NAMING, language=language)
        if name is not None:
            return name
        short = self.short(subject)
        return Term(short if short != subject else re.split(r"[/#]", subject.rstrip("/#"))[-1] or subject)
