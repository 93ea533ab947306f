"""The search page: what of a release can be found, and how it is shown."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from flask import Response, request

from kennis_ld.graph.description import Term
from kennis_ld.iri import is_web_address
from kennis_ld.web.documents import fixed
from kennis_ld.web.pages.overview import LEAD, PARTNER, Organisation, Overview, overview, reference
from kennis_ld.web.pages.route import Asked, blueprint, page
from kennis_ld.web.search.index import Entry, Index, made
from kennis_ld.web.site import Site, current_site, current_words, made_once
from kennis_ld.web.words import Words


@made_once
def index(site: Site) -> Index:
    """Returns the index of the release."""
    return made(entries(site))


def entries(site: Site) -> Iterable[Entry]:
    """Yields what can be found, and the words that find it; what matters most comes first."""
    whole = overview(site)
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    for row in site.lookup.rows("aliases"):
        alias = row["alias"]
        # Of an address its last part is what people know: the number in that register.
        aliases[row["thing"]] += [alias, reference(alias)] if is_web_address(alias) else [alias]
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for row in site.lookup.rows("descriptions"):
        texts[row["project"]].append(row["text"])
    for theme in whole.themes.values():
        # Before a project that is called the same, for it leads to that as well.
        short = [theme.notation] if theme.notation else []
        yield Entry(theme.iri, 1_000_000, [*theme.labels.values()], aliases=[*short, *aliases[theme.iri]])
    # What comes first in the index is found first.
    for organisation in sorted(whole.organisations.values(), key=lambda each: (-_weight(each), each.iri)):
        names = list(dict.fromkeys(organisation.names.values()))
        above = [name for parent in organisation.parents for name in whole.organisations[parent].names.values()]
        yield Entry(
            organisation.iri, 10 + _weight(organisation), names, aliases=aliases[organisation.iri], parties=above
        )
    for project in whole.projects.values():
        parties = [party for role in (LEAD, PARTNER) for party in project.parties[role]]
        known = [whole.organisations[party] for party in parties if party in whole.organisations]
        themes = [whole.themes[theme] for theme in project.themes if theme in whole.themes]
        yield Entry(
            project.iri,
            1,
            [project.title.value],
            numbers=[project.number] if project.number else [],
            parties=[name for each in known for name in (*each.names.values(), *aliases[each.iri])],
            themes=[label for theme in themes for label in theme.labels.values()],
            text=" ".join(texts[project.iri]),
        )
    for iri, title in whole.former.items():
        yield Entry(iri, 0, [title.value])


def _weight(organisation: Organisation) -> int:
    return len(organisation.joint[LEAD]) * 2 + len(organisation.joint[PARTNER])


@page("/zoeken", "search.html", lambda: {"q": request.args.get("q", "")[:200]})
def search(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Finds projects, organisations and themes by number, name, abbreviation, identifier and words."""
    found = index(site).find(asked["q"])
    whole = overview(site)
    return {
        "asked": asked["q"],
        "is_asked": bool(asked["q"].strip()),
        "found": found,
        "kind": lambda iri: kind(whole, iri, Words(language)),
    }


@blueprint.get("/zoeken/suggesties")
@blueprint.get("/en/zoeken/suggesties", endpoint="suggestions_en")
def suggestions() -> Response:
    """Sends what a search field suggests for the beginning of a name, as JSON: name, its language, kind and address."""
    site, words, asked = current_site(), current_words(), request.args.get("q", "")[:200]

    def make() -> bytes:
        whole, found = overview(site), []
        for iri in index(site).beginning_with(asked):
            name = whole.known(iri, words.language)
            if name is not None:
                other = name.language if name.language != words.language else ""
                to = site.href(iri, words.language)
                found.append({"name": name.value, "language": other, "kind": kind(whole, iri, words).value, "to": to})
        return json.dumps(found, ensure_ascii=False).encode()

    response = fixed(site, "suggestions", words.language, asked, media_type="application/json", make=make)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def kind(whole: Overview, iri: str, words: Words) -> Term:
    """Returns what something that was found is, for people: a project says its theme and number."""
    if iri in whole.projects:
        return Term(f"{words('ui.project')} {whole.numbered(whole.projects[iri], words.language).value}")
    if iri in whole.themes:
        return Term(words("ui.theme"))
    if iri in whole.former:
        return Term(words("ui.former-project"))
    return Term(words.get(whole.kind(iri)) or words("ui.organisation"))
