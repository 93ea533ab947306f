"""The changes of the data: for programs an event stream (LDES) at /ldes, for people a page and Atom (RFC 4287).

What changed was written down when it was published (`kennis_ld.release.feed`); here it only gets its forms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Blueprint, Response, render_template

from kennis_ld.graph import formats, stream
from kennis_ld.graph.description import document
from kennis_ld.graph.stream import Page
from kennis_ld.release import feed
from kennis_ld.release.diff_wording import sentence
from kennis_ld.release.feed import Transaction
from kennis_ld.web.documents import FOR_MACHINES, dataset_of, fixed, in_forms
from kennis_ld.web.negotiation import HTML
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import Site, current_site, current_words

blueprint = Blueprint("changes", __name__)

FOR_EVER = "public, max-age=31536000, immutable"
MOST_ENTRIES = 50
"""Changes in the Atom feed; the page has all."""

MOST_LISTED = 100
"""Projects of each kind that are named in one change."""

ATOM = "application/atom+xml"
_PAGE = re.compile(r"(?P<transaction>[1-9][0-9]{0,5})-(?P<number>[1-9][0-9]{0,6})(?:\.(?P<suffix>[a-z.]+))?")


@blueprint.get("/ldes")
@blueprint.get("/ldes.<suffix>")
def view(suffix: str | None = None) -> Response:
    """Answers with the view on the stream, which leads to every page of it; to a person with what changed in words."""
    site = current_site()
    pages = _first_pages(site)

    def rdf(form: str) -> bytes:
        triples = stream.view_triples(
            pages,
            site.iris,
            title=site.settings.title,
            part=dataset_of(site),
        )
        lines = "".join(f"{line}\n" for line in formats.lines(triples)).encode()
        return document(lines, form, terms=site.iris.terms, about=str(stream.stream_iri(site.iris)))

    return in_forms(
        f"{site.prefix}/ldes",
        suffix,
        offered=FOR_MACHINES,
        page=lambda: _words(site, changes(site)),
        rdf=rdf,
        key=" ".join(f"{each.transaction}-{each.number}" for each in pages),
    )


def _first_pages(site: Site) -> Sequence[Page]:
    """Returns the first page of each transaction, which leads to the others; all others where it was taken away."""
    found = []
    for each in changes(site):
        gone = feed.missing(site.release.folder.parent, each)
        numbers = [1] if 1 not in gone else sorted({*range(1, len(each.pages) + 1)} - {*gone})
        found += [Page(each.number, number, each.when) for number in numbers]
    return found


@blueprint.get("/ldes/<name>")
def page(name: str) -> Response:
    """Answers with a page of the stream, which never changes."""
    site = current_site()
    found = _PAGE.fullmatch(name)
    known = {each.number: each for each in changes(site)}
    if found is None or not known:
        raise Problem("not-found")
    number, part = int(found["transaction"]), int(found["number"])
    if number > max(known) or (number in known and part > len(known[number].pages)):
        raise Problem("not-found")
    releases = site.release.folder.parent
    content = feed.page(releases, known[number], part) if number in known else None
    if content is None:
        raise Problem("withdrawn", reason="")
    here, iri = Page(number, part, known[number].when), site.iris.stream_page(number, part)
    gone = feed.missing(releases, known[number])
    response = in_forms(
        f"{site.prefix}/ldes/{number}-{part}",
        found["suffix"],
        offered=FOR_MACHINES,
        page=lambda: _words(site, [known[number]]),
        rdf=lambda form: document(
            stream.without_relations(content, here, site.iris, others=gone), form, terms=site.iris.terms, about=iri
        ),
        key=" ".join(map(str, gone)),
    )
    if response.mimetype != HTML:
        response.headers["Cache-Control"] = FOR_EVER
    return response


@blueprint.get("/atom.xml")
@blueprint.get("/en/atom.xml", endpoint="atom_en")
def atom() -> Response:
    """Answers with the latest changes in words, for a feed reader."""
    site, words = current_site(), current_words()
    found = changes(site)
    # An element that the format wants (RFC 4287, section 4.1.1); a release without a history has no moment to tell.
    since = site.release.published or datetime.fromtimestamp(0, UTC)
    updated = found[-1].when if found else since.isoformat(timespec="milliseconds")

    def make() -> bytes:
        shown = {"changes": [*reversed(found)][:MOST_ENTRIES], "updated": updated, "is_feed": True}
        return render_template("atom.xml", **shown, sentence=sentence, most=MOST_LISTED).encode()

    response = fixed(site, "atom", words.language, media_type=ATOM, make=make)
    response.headers["Content-Language"] = words.language
    return response


def changes(site: Site) -> Sequence[Transaction]:
    """Returns the changes that changed anything, the oldest first."""
    return [each for each in site.release.transactions if each.pages]


def _words(site: Site, found: Sequence[Transaction]) -> str:
    shown = {"changes": [*reversed(found)], "is_feed": False}
    return render_template("changes.html", **shown, sentence=sentence, most=MOST_LISTED)
