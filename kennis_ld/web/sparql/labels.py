"""The names that stand beside addresses in an answer: of things, of concepts, and of classes and properties."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kennis_ld.graph.description import Description, Term
from kennis_ld.web.pages.overview import overview
from kennis_ld.web.site import Site, made_once
from kennis_ld.web.words import Words


def labels(site: Site, language: str) -> Callable[[str], Term | None]:
    """Returns what gives the name of a thing or term in a language; None where it has none."""
    whole, words = overview(site), Words(language)
    names = Description((), terms=site.iris.terms)
    told = _labels(site)

    def label(iri: str) -> Term | None:
        if (known := whole.known(iri, language)) is not None:
            return known
        if (general := words.get(f"term.{names.short(iri).replace(':', '-')}")) is not None:
            return Term(general, language=language)
        found = told.get(iri, {})
        spoken = language if language in found else next(iter(found), None)
        return None if spoken is None else Term(found[spoken], language=spoken)

    return label


@made_once
def _labels(site: Site) -> Mapping[str, Mapping[str, str]]:
    """Returns the labels of the terms of the ontology, of concepts and of editions, by language."""
    found: dict[str, dict[str, str]] = {}
    for name in ("terms", "labels"):
        for row in site.lookup.rows(name):
            found.setdefault(row["term"], {}).setdefault(row.get("label@", ""), row["label"])
    return found
