"""Where links lead: to a path on this very server for things of ours, outside only over http and https."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

from kennis_ld.web.site import Site
from kennis_ld.web.words import LANGUAGES

PAGES = ("", "projecten", "organisaties", "themas", "netwerk", "kwaliteit", "zoeken", "sparql")
"""The pages that stand at /x in Dutch and at /en/x in English."""


def page_path(site: Site, page: str, language: str) -> str:
    """Returns the path of one of `PAGES` in a language."""
    path = "/".join(("", *(("en",) if language == "en" else ()), *((page,) if page else ())))
    return site.prefix + (path or "/")


def href(site: Site, iri: str, language: str) -> str | None:
    """Returns what a link to an IRI may say: a path for a thing of ours, the IRI where it is http(s), else None.

    Everything else (`javascript:`, `data:`, `file:`, …) is shown as text (safety facts, case 57).
    """
    own = site.address(iri)
    if own is not None:
        path, mark, fragment = own.partition("#")
        if language == "en" and path.startswith((f"{site.prefix}/doc/", f"{site.prefix}/def")):
            path += ".en.html"
        return path + mark + fragment
    try:
        parts = urlsplit(iri)
    except ValueError:
        return None
    return iri if parts.scheme in {"http", "https"} and parts.netloc else None


def as_query(parameters: Iterable[tuple[str, str]]) -> str:
    """Returns what stands behind a path for parameters; those without a value are left out.

    >>> as_query([("q", "a b"), ("pagina", "")])
    '?q=a+b'
    """
    text = urlencode([(name, value) for name, value in parameters if value])
    return f"?{text}" if text else ""


def twins(path: str) -> dict[str, str]:
    """Returns the path of the same page in each language, by language.

    >>> twins("/doc/project/a.en.html")
    {'nl': '/doc/project/a', 'en': '/doc/project/a.en.html'}
    >>> twins("/projecten")
    {'nl': '/projecten', 'en': '/en/projecten'}
    """
    nl, en = LANGUAGES
    if path.startswith(("/doc/", "/def", "/catalog")):
        stem = path.removesuffix(".html").removesuffix(".en")
        return {nl: stem, en: f"{stem}.en.html"}
    dutch = path.removeprefix("/en") if path == "/en" or path.startswith("/en/") else path
    return {nl: dutch or "/", en: "/en" if dutch in {"", "/"} else f"/en{dutch}"}
