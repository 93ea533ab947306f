"""The saved questions and the prefixes as data, where programs that write queries look for them.

A question is a `sh:SPARQLExecutable` with its text (SHACL, section 5), as the SPARQL examples of other endpoints are.
It can be sent as it is: the text gives each parameter an example for a value, and says so. Parameters are described as
those of SHACL (`sh:Parameter`, section 6.2), prefixes with `sh:prefix` and `sh:namespace` (section 5.2.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import dropwhile

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, RDF, RDFS, SDO, SH, XSD

from kennis_ld.graph.definitions import absolute
from kennis_ld.graph.statements import PREFIXES, Triple, labels, types
from kennis_ld.graph.void import Statistics
from kennis_ld.iri import Iris
from kennis_ld.model.saved_query import Parameter, SavedQuery

Examples = Mapping[str, URIRef | Literal]
"""A value for a parameter, by the concept of the IRI that it takes, or by its kind where it takes a text."""

_CONSTRUCT = SH.SPARQLConstructExecutable
_GROUP = "\nWHERE {\n"
_WORD = re.compile(r"(?<![\w\\])[^\W\d_]{5,}")


def examples(statistics: Statistics, iris: Iris) -> Examples:
    """Returns values for parameters, from what most is said of: what is asked about it has an answer."""
    found: dict[str, URIRef | Literal] = {}
    for concept, kind in (("organisatie", str(SDO.Organization)), ("project", f"{iris.terms}Project")):
        if kind in statistics.richest:
            found[concept] = URIRef(statistics.richest[kind][0])
            # An IRI of anything.
            found.setdefault("IRI", found[concept])
    project = statistics.richest.get(f"{iris.terms}Project")
    if project and (words := _WORD.findall(project[1])):
        found["tekst"] = Literal(max(words, key=len).lower())
    return found


def question_triples(queries: Iterable[SavedQuery], iris: Iris, examples: Examples) -> Iterator[Triple]:
    """Yields each question: what it asks in Dutch and English, the query as it can be sent, and to which endpoint."""
    for query in queries:
        subject = URIRef(iris.resource("vraag", query.name))
        # A query that answers with statements is a CONSTRUCT; others are SELECT.
        kind, prop = (SH.SPARQLSelectExecutable, SH.select) if query.columns else (_CONSTRUCT, SH.construct)
        yield from types(subject, SH.SPARQLExecutable, kind)
        yield from labels(subject, RDFS.label, nl=query.title_nl, en=query.title_en)
        nl, en = f"{query.title_nl} {query.explanation_nl}".strip(), f"{query.title_en} {query.explanation_en}".strip()
        yield from labels(subject, RDFS.comment, nl=nl, en=en)
        wanted = {each.name: examples.get(each.concept or each.kind) for each in query.parameters}
        given = {name: value for name, value in wanted.items() if value is not None}
        lines = dropwhile(lambda line: line.startswith("#"), query.text.strip().split("\n"))
        yield subject, prop, Literal(_with_values(absolute("\n".join(lines), iris), given))
        for parameter in query.parameters:
            node = URIRef(iris.resource("parameter", query.name, parameter.name))
            yield subject, SH.parameter, node
            yield from _parameter(parameter, node, given.get(parameter.name), iris)
        yield subject, SDO.target, URIRef(iris.endpoint)
        yield subject, FOAF.page, URIRef(iris.question_page(query.name))


def prefix_triples(iris: Iris) -> Iterator[Triple]:
    """Yields the prefixes of the data, of its own ontology too."""
    for prefix, namespace in sorted({"ks": iris.terms, **PREFIXES}.items()):
        subject = URIRef(iris.resource("prefix", prefix))
        yield URIRef(iris.ontology), SH.declare, subject
        yield from types(subject, SH.PrefixDeclaration)
        yield subject, SH.prefix, Literal(prefix)
        yield subject, SH.namespace, Literal(namespace, datatype=XSD.anyURI)


def _parameter(parameter: Parameter, node: URIRef, value: URIRef | Literal | None, iris: Iris) -> Iterator[Triple]:
    """Yields what a parameter takes: its variable is the end of the IRI of its path (SHACL, section 6.2.1)."""
    path = URIRef(iris.resource("parameter", parameter.name))
    yield from types(node, SH.Parameter)
    yield from types(path, RDF.Property)
    for each in (node, path):
        yield each, RDFS.label, Literal(parameter.name)
    yield node, SH.path, path
    yield node, SH.name, Literal(parameter.name)
    yield from labels(node, SH.description, nl=parameter.meaning_nl, en=parameter.meaning_en)
    if parameter.kind == "tekst":
        yield node, SH.datatype, XSD.string
    else:
        yield node, SH.nodeKind, SH.IRI
    if parameter.concept:
        yield node, SH.pattern, Literal(f"^{re.escape(f'{iris.things}{parameter.concept}/')}")
    if value is not None:
        yield node, SH.defaultValue, value


def _with_values(text: str, given: Mapping[str, URIRef | Literal]) -> str:
    """Returns a query with a value for each parameter at the start of its group, where all of it sees them."""
    if not given:
        return text
    lines = "".join(
        f"  VALUES ?{name} {{ {value.n3()} }} # example: put another here\n" for name, value in given.items()
    )
    before, group, after = text.partition(_GROUP)
    if not group:
        raise ValueError(f"no line with WHERE {{ in: {text}")
    return f"{before}{group}{lines}{after}"
