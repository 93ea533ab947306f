"""From what a client asks to what the engine is asked: forms of the answer, its tag, and the question itself.

It knows no requests and no responses, so that the application and `kennis_ld.web.plain` cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kennis_ld.engine.interface import GRAPH_FORMATS, SOLUTION_FORMATS, Answer, Question
from kennis_ld.tags import tag_text
from kennis_ld.web.forms import GRAPH_TYPES, HTML, SOLUTION_TYPES, content_type
from kennis_ld.web.negotiation import choose
from kennis_ld.web.problems import Problem
from kennis_ld.web.protocol import Asked
from kennis_ld.web.site import Site

_SOLUTIONS = (*SOLUTION_TYPES, HTML)
_GRAPHS = (*GRAPH_TYPES, HTML)


@dataclass(frozen=True, slots=True)
class Forms:
    """Media types of an answer, by what the query turns out to give; None where the client accepts none.

    Attributes:
        solutions: for SELECT and ASK.
        graph: for CONSTRUCT and DESCRIBE.
    """

    solutions: str | None
    graph: str | None

    @property
    def for_people(self) -> bool:
        """Whether the answer may be a page."""
        return HTML in {self.solutions, self.graph}

    def of(self, answer: Answer) -> str:
        """Returns the Content-Type of an answer, where that is no page."""
        return content_type((self.graph if answer.kind == "graph" else self.solutions) or answer.media_type)


def forms(accept: str | None, asked: Asked) -> Forms:
    """Returns the forms of the answer.

    Raises:
        Problem: the client accepts no form that there is.
        HeaderTooLong: the Accept header is too long.
    """
    chosen = _chosen(accept)
    name = asked.form or ""
    chosen = Forms(SOLUTION_FORMATS.get(name, chosen.solutions), GRAPH_FORMATS.get(name, chosen.graph))
    if chosen.solutions is None and chosen.graph is None:
        raise not_acceptable((*_SOLUTIONS, *GRAPH_TYPES))
    return chosen


@lru_cache(maxsize=1024)
def _chosen(accept: str | None) -> Forms:
    return Forms(choose(accept, _SOLUTIONS), choose(accept, _GRAPHS))


def not_acceptable(available: Mapping[str, str] | tuple[str, ...]) -> Problem:
    """Returns the problem of a client that accepts none of the forms that there are."""
    return Problem("not-acceptable", available=sorted(set(available)))


def tag(site: Site, asked: Asked, chosen: Forms, path: str) -> str:
    """Returns the tag of an answer: a release never changes, so the question fixes it."""
    return site.etag("query", asked.query or "", *_beside(asked, chosen, path))


def around_query(site: Site, asked: Asked, chosen: Forms, path: str) -> tuple[str, str]:
    """Returns what stands before and behind the query in the text that `tag` makes a tag from."""
    return site.release.digest + site.build + tag_text("query"), tag_text(*_beside(asked, chosen, path))


def _beside(asked: Asked, chosen: Forms, path: str) -> tuple[str, ...]:
    return (*asked.default_graphs, " ", *asked.named_graphs, f"{chosen.solutions} {chosen.graph}", path)


def question(site: Site, asked: Asked, chosen: Forms) -> Question:
    """Returns what the engine is asked."""
    return Question(
        asked.query or "",
        site.iris.root,
        # A page is made from JSON, or shows Turtle.
        solutions=None if chosen.solutions is None else SOLUTION_TYPES.get(chosen.solutions, "json"),
        graph=None if chosen.graph is None else GRAPH_TYPES.get(chosen.graph, "ttl"),
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )
