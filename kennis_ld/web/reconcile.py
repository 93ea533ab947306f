"""The reconciliation service: names of others matched with our organisations, projects and themes.

By the Reconciliation Service API 0.2 (W3C Community Group), which OpenRefine speaks: manifest, batches of queries,
suggestions, values of properties, and a preview. It proposes; whoever asks decides.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import Blueprint, Response, render_template, request

from kennis_ld.engine.interface import Iri
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.web.documents import dated
from kennis_ld.web.name_index import NameIndex
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import Site, current_site
from kennis_ld.web.words import Words, best_language

blueprint = Blueprint("reconcile", __name__)

MOST_QUERIES = 100
"""Names in a batch, and things in a request for values: what is asked must not keep others waiting."""

MOST_CANDIDATES = 25
MOST_SUGGESTIONS = 20

_KINDS = {"schema:Organization": "organisatie", "schema:Project": "project", "skos:Concept": "thema"}
"""The types that can be asked for, and the concept in the address of such a thing."""

_PROPERTIES: Mapping[str, Sequence[str]] = {
    "schema:Organization": ("schema:name", "skos:altLabel", "schema:url", "owl:sameAs", "org:unitOf", "rdf:type"),
    "schema:Project": (
        "schema:name",
        "schema:identifier",
        "schema:description",
        "schema:about",
        "ks:lead",
        "ks:partner",
    ),
    "skos:Concept": ("skos:prefLabel", "skos:notation", "skos:definition", "skos:broader"),
}
"""The properties whose values can be asked for, by type."""

_PREVIEW = {"width": 420, "height": 180}


@dataclass(frozen=True, slots=True)
class _Things:
    """What can be found: an index of all names, the names of each thing by language, and its type."""

    index: NameIndex
    names: Mapping[str, Mapping[str, str]]
    kinds: Mapping[str, str]

    def name(self, iri: str, language: str) -> str:
        """Returns the name of a thing, in the language if it has one."""
        names = self.names[iri]
        return names.get(language) or names.get("nl") or next(iter(names.values()))


@blueprint.route("/reconcile", methods=["GET", "POST"])
def service() -> Response:
    """Answers a batch of names, or a request for values; without either, describes the service."""
    if queries := request.values.get("queries"):
        return _sent({key: {"result": _candidates(query)} for key, query in _asked(queries).items()})
    if extend := request.values.get("extend"):
        return _sent(_values(_asked(extend)))
    return _sent(_manifest())


@blueprint.get('/reconcile/suggest/<any("entity", "type", "property"):kind>')
def suggest(kind: str) -> Response:
    """Suggests things, types or properties whose name has a word that starts so."""
    prefix, site, words = request.args.get("prefix", ""), current_site(), _words()
    if kind == "entity":
        known = _things(site)
        found = known.index.starting(prefix)[:MOST_SUGGESTIONS]
        return _sent(
            {"result": [{**_entity(iri, known), "notable": [_type(known.kinds[iri])["name"]]} for iri in found]}
        )
    names = _KINDS if kind == "type" else dict.fromkeys(name for names in _PROPERTIES.values() for name in names)
    told = [_type(name) if kind == "type" else _property(name, words) for name in names]
    return _sent({"result": [each for each in told if prefix.casefold() in each["name"].casefold()]})


@blueprint.get("/reconcile/properties")
def properties() -> Response:
    """Proposes properties whose values can be asked for, of things of a type."""
    wanted = request.args.get("type", "")
    told = [_property(name, _words()) for name in _PROPERTIES.get(wanted, ())]
    return _sent({"type": wanted, "properties": told[: _limit(request.args.get("limit"), len(told) or 1)]})


@blueprint.get("/reconcile/view")
def view() -> Response:
    """Leads to the page of a thing; its identifier has a slash, which clients write as %2F in a path."""
    site = current_site()
    return Response(status=303, headers={"Location": site.address(_iri(site)) or "", "Cache-Control": "no-cache"})


@blueprint.get("/reconcile/preview")
def preview() -> Response:
    """Shows a thing in a few lines, to be shown in the page of a client."""
    site, known, iri = current_site(), _things(current_site()), _iri(current_site())
    page = render_template(
        "preview.html",
        name=known.name(iri, _words().language),
        kind=_type(known.kinds[iri])["name"],
        others=[
            name for name in dict.fromkeys(known.names[iri].values()) if name != known.name(iri, _words().language)
        ],
        language=_words().language,
        iri=iri,
    )
    return _negotiated(Response(page, content_type="text/html; charset=utf-8"), site)


def _manifest() -> dict[str, Any]:
    site = current_site()
    root = f"{site.iris.base}/reconcile"
    suggestion = {
        kind: {"service_url": root, "service_path": f"/suggest/{kind}"} for kind in ("entity", "type", "property")
    }
    return {
        "versions": ["0.2"],
        "name": site.settings.title.get(_words().language) or site.settings.title["nl"],
        "identifierSpace": f"{site.iris.base}/id/",
        "schemaSpace": site.iris.terms,
        "defaultTypes": [_type(kind) for kind in _KINDS],
        "view": {"url": f"{root}/view?id={{{{id}}}}"},
        "preview": {"url": f"{root}/preview?id={{{{id}}}}", **_PREVIEW},
        "suggest": suggestion,
        "extend": {"propose_properties": {"service_url": root, "service_path": "/properties"}, "property_settings": []},
        "batchSize": MOST_QUERIES,
    }


def _candidates(query: Any) -> list[dict[str, Any]]:
    """Returns what may be meant by one query, the best first."""
    if not isinstance(query, dict) or not isinstance(query.get("query", ""), str):
        raise Problem("invalid-request")
    known = _things(current_site())
    types = query.get("type") or list(_KINDS)
    wanted = set(types if isinstance(types, list) else [types])
    found = known.index.find(
        query.get("query", ""),
        passes=lambda iri: known.kinds[iri] in wanted,
        limit=_limit(query.get("limit"), 5),
    )
    return [
        {
            **_entity(each.thing, known),
            "type": [_type(known.kinds[each.thing])],
            "score": each.score,
            "match": each.sure,
        }
        for each in found
    ]


def _values(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the values of properties of things (section 7): links with identifier and name, texts as they are."""
    site, words = current_site(), _words()
    ids, wanted = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not isinstance(wanted, list) or len(ids) > MOST_QUERIES:
        raise Problem("invalid-request")
    known = {name for names in _PROPERTIES.values() for name in names}
    names = [str(each["id"]) for each in wanted if isinstance(each, dict) and each.get("id") in known]
    rows: dict[str, Any] = {}
    for key in ids:
        iri, found = f"{site.iris.base}/id/{key}", defaultdict[str, list[dict[str, str]]](list)
        if iri in _things(site).kinds:
            for row in site.lookup.rows("values", this=Iri(iri)):
                value = {"id": _id(row["value"], site), "name": row["name"]} if "name" in row else {"str": row["value"]}
                if row.get("value@", words.language) == words.language or row["property"] not in found:
                    found[row["property"]].append(value)
        rows[str(key)] = {name: _unique(found[_full(name, site)]) for name in names}
    return {"meta": [_property(name, words) for name in names], "rows": rows}


def _unique(values: list[dict[str, str]]) -> list[dict[str, str]]:
    by_id = {value.get("id") or value["str"]: value for value in reversed(values)}
    return list(reversed(by_id.values()))


def _things(site: Site) -> _Things:
    def made() -> _Things:
        names: dict[str, dict[str, str]] = {}
        kinds: dict[str, str] = {}
        pairs = []
        short = {_full(kind, site): kind for kind in _KINDS}
        for row in site.lookup.rows("names"):
            iri = row["thing"]
            pairs.append((row["name"], iri))
            kinds[iri] = short[row["kind"]]
            if row["other"] == "false":
                names.setdefault(iri, {}).setdefault(row.get("name@", ""), row["name"])
        return _Things(NameIndex((name, iri) for name, iri in pairs if iri in names), names, kinds)

    return cast("_Things", site.value("names", made))


def _entity(iri: str, known: _Things) -> dict[str, Any]:
    return {"id": _id(iri, current_site()), "name": known.name(iri, _words().language)}


def _type(kind: str) -> dict[str, str]:
    return {"id": kind, "name": _words()(f"term.{kind.replace(':', '-')}")}


def _property(name: str, words: Words) -> dict[str, str]:
    return {"id": name, "name": words.get(f"term.{name.replace(':', '-')}") or name}


def _id(iri: str, site: Site) -> str:
    return iri.removeprefix(f"{site.iris.base}/id/")


def _full(name: str, site: Site) -> str:
    prefix, _, local = name.partition(":")
    return (site.iris.terms if prefix == "ks" else PREFIXES[prefix]) + local


def _iri(site: Site) -> str:
    iri = f"{site.iris.base}/id/{request.args.get('id', '')}"
    if iri not in _things(site).kinds:
        raise Problem("not-found")
    return iri


def _words() -> Words:
    return Words(best_language(request.accept_languages.values()))


def _limit(value: Any, usual: int) -> int:
    text = str(value)
    return max(1, min(int(text), MOST_CANDIDATES)) if text.isascii() and text.isdigit() and len(text) < 7 else usual


def _asked(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Problem("invalid-request") from None
    if not isinstance(found, dict) or len(found) > MOST_QUERIES:
        raise Problem("invalid-request")
    return found


def _sent(body: Mapping[str, Any]) -> Response:
    text = json.dumps(body, ensure_ascii=False) + "\n"
    return _negotiated(Response(text, content_type="application/json"), current_site())


def _negotiated(response: Response, site: Site) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept-Language")
    return dated(response, site)
