"""What pyshacl alone says of data, for the compiled shapes to be held against."""

from __future__ import annotations

from rdflib import Graph
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from kennis_ld.quality.validation import NothingToValidate, Validation, outcome, reported, targeted_shapes


def validate(data: Graph, shapes: Graph) -> Validation:
    """Returns what the shapes have to say about the data; neither graph is changed.

    Whether data is valid is decided on severity: `sh:conforms` is false for a remark as well (SHACL, section 3.6.1.1).

    Raises:
        ValueError: the shapes are no usable SHACL, which is a mistake in the program and not in the data.
    """
    if len(unmatched_shapes(data, shapes)) == len(targeted_shapes(shapes)):
        return NothingToValidate()
    return outcome(reported(data, shapes, shapes))


def unmatched_shapes(data: Graph, shapes: Graph) -> tuple[str, ...]:
    """Returns the shapes with a target that finds no node in the data, sorted."""
    return tuple(sorted(str(shape) for shape in targeted_shapes(shapes) if not _has_focus(shape, data, shapes)))


def _has_focus(shape: Node, data: Graph, shapes: Graph) -> bool:
    classes = set(shapes.objects(shape, SH.targetClass))
    if (shape, RDF.type, RDFS.Class) in shapes:
        classes.add(shape)
    instances = {
        part for target in classes for part in data.transitive_subjects(RDFS.subClassOf, target) if part is not None
    }
    return (
        any((None, RDF.type, target) in data for target in instances)
        or any((None, predicate, None) in data for predicate in shapes.objects(shape, SH.targetSubjectsOf))
        or any((None, predicate, None) in data for predicate in shapes.objects(shape, SH.targetObjectsOf))
        or (shape, SH.targetNode, None) in shapes
    )
