"""How the answer to a request to `/sparql` looks to a machine, in functions that know no web framework.

Pages for people are made by `kennis_ld.web.sparql.endpoint`. Refusals look the same everywhere on the site:
`kennis_ld.web.security.refused`.
"""

from __future__ import annotations

from functools import lru_cache

from kennis_ld.engine.interface import Answer
from kennis_ld.tags import tag_of, tag_text
from kennis_ld.web.negotiation import content_type
from kennis_ld.web.security import Reply, reply
from kennis_ld.web.sparql.request import Forms, is_volatile

_FIXED = {"Cache-Control": "no-cache", "Vary": "Accept"}


def tag(seed: str, method: str, query_string: bytes, query: str, forms: Forms, *, path: str = "/sparql") -> str | None:
    """Returns the tag of an answer: a release never changes, so what is asked at an address fixes it.

    None where it does not: the query has a function whose value is another one each time, or the method is one whose
    answers are not kept.

    Args:
        seed: what the site makes tags from (`Site.tag_seed`).
        method: HTTP method.
        query_string: what stands behind the question mark, as it came.
        query: text of the query in it.
        forms: in which forms it is answered.
        path: where it is asked, for a page is in one language.
    """
    if method not in {"GET", "HEAD"} or is_volatile(query):
        return None
    return tag_of(_beside(seed, forms, path) + query_string.decode("latin-1"))


@lru_cache(maxsize=256)
def _beside(seed: str, forms: Forms, path: str) -> str:
    """Returns what a tag is made from next to the query string."""
    return tag_text(seed, f"{forms.solutions} {forms.graph}", path)


def answered(answer: Answer, forms: Forms, *, release: str, tag: str | None) -> Reply:
    """Returns the reply to a query that was answered.

    Args:
        answer: of the engine.
        forms: the forms in which the client takes it.
        release: digest of the release.
        tag: what `tag` gave.
    """
    media_type = (forms.graph if answer.kind == "graph" else forms.solutions) or answer.media_type
    headers = {"Content-Type": content_type(media_type), "Vary": "Accept"}
    if tag is not None:
        headers |= {"ETag": f'"{tag}"', **_FIXED}
    return reply(200, headers, answer.body, release=release)


def unchanged(*, release: str, tag: str) -> Reply:
    """Returns the reply to a client that has the answer with this tag (RFC 9110, section 15.4.5)."""
    return reply(304, {"ETag": f'"{tag}"', **_FIXED}, release=release)
