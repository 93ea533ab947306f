"""Reads a dump of the Research Organization Registry, streaming: a list of records in JSON, of schema 1 or 2.

Records that ROR calls inactive or withdrawn are no candidates. Of Wikidata the item is taken that ROR prefers, or the
only one. Source: ror.readme.io, "ROR data structure", schema 1.0 and 2.1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from kennis_ld.errors import UnreadableInput
from kennis_ld.linking.candidate import Candidate, Kind
from kennis_ld.publication.identifiers import identity

MOST_RECORD = 4 * 1024 * 1024
"""Characters in one record; the longest of ROR that was seen has 125,000."""

_CHUNK = 256 * 1024
_BETWEEN = re.compile(r"[\s,\[\]]*")
_GEONAMES = "https://sws.geonames.org/"


def candidates(file: IO[str], name: str) -> Iterator[Candidate]:
    """Yields each active organisation of a dump; no more than one record and a piece of the file is in memory.

    Raises:
        UnreadableInput: it is no JSON, or no dump of ROR.
    """
    decoder, text, at, before = json.JSONDecoder(), "", 0, 0
    while True:
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
        try:
            record, end = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError) as error:
            more = file.read(_CHUNK)
            if not more and at == len(text):
                return
            if not more or len(text) - at > MOST_RECORD:
                raise UnreadableInput(
                    f"This is no JSON: the record behind character {before + at} cannot be read.",
                    where=name,
                    remedy="Download the dump again; it may have been cut off.",
                ) from error
            before, text, at = before + at, text[at:] + more, 0
            continue
        at = end
        if not isinstance(record, dict) or not ("names" in record or "name" in record):
            raise UnreadableInput(
                "This JSON is no dump of ROR.",
                where=name,
                remedy="A dump is a list of records with id and names; see https://ror.org.",
            )
        if found := _candidate(record):
            yield found


def _candidate(record: Mapping[str, Any]) -> Candidate | None:
    own = identity(_text(record.get("id")))
    if own is None or own[0] != "ror" or record.get("status", "active") != "active":
        return None
    newer = isinstance(record.get("names"), list)
    names, short = _names_2(record) if newer else _names_1(record)
    if not names and not short:
        return None
    places = _tables(record.get("locations" if newer else "addresses"))[::-1] or [{}]
    told = [_place_2(place) if newer else _place_1(place, _table(record.get("country"))) for place in places]
    town, town_id, _ = told[-1]
    sites = _sites_2(record.get("links")) if newer else list(map(_text, _list(record.get("links"))))
    governs = "government" in {_text(kind).casefold() for kind in _list(record.get("types"))}
    return Candidate(
        names=tuple(dict.fromkeys(names)),
        abbreviations=tuple(dict.fromkeys(short)),
        identities={"ror": own[1], **_wikidata(record.get("external_ids"))},
        where=own[1],
        site=next(iter(sites), ""),
        town=town,
        # All countries of an organisation with several places; those of the first place come last, and are shown.
        country=tuple(dict.fromkeys(name for *_, country in told for name in country if name)),
        town_iri=f"{_GEONAMES}{town_id}/" if town_id else "",
        kind=Kind.GOVERNMENT if governs else Kind.ORGANISATION,
    )


def _names_2(record: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    names = sorted(_tables(record["names"]), key=lambda name: "ror_display" not in _list(name.get("types")))
    short = [_text(name.get("value")) for name in names if _is_short(name)]
    long = [_text(name.get("value")) for name in names if not _is_short(name)]
    return list(filter(None, long)), list(filter(None, short))


def _is_short(name: Mapping[str, Any]) -> bool:
    """Whether a name is an acronym, also where it is an alias as well; what ROR shows or labels with is a name."""
    types = set(map(_text, _list(name.get("types"))))
    return "acronym" in types and not types & {"label", "ror_display"}


def _names_1(record: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    labels = [_text(label.get("label")) for label in _tables(record.get("labels"))]
    names = [_text(record.get("name")), *labels, *map(_text, _list(record.get("aliases")))]
    return list(filter(None, names)), list(filter(None, map(_text, _list(record.get("acronyms")))))


def _sites_2(links: Any) -> list[str]:
    return [_text(link.get("value")) for link in _tables(links) if link.get("type") == "website"]


def _place_2(place: Mapping[str, Any]) -> tuple[str, str, Sequence[str]]:
    details = _table(place.get("geonames_details"))
    country = [_text(details.get("country_code")), _text(details.get("country_name"))]
    return _text(details.get("name")), _number(place.get("geonames_id")), country


def _place_1(place: Mapping[str, Any], country: Mapping[str, Any]) -> tuple[str, str, Sequence[str]]:
    codes = [_text(country.get("country_code")), _text(country.get("country_name"))]
    return _text(place.get("city")), _number(_table(place.get("geonames_city")).get("id")), codes


def _wikidata(external: Any) -> Mapping[str, str]:
    if isinstance(external, dict):  # schema 1
        known = _table(external.get("Wikidata"))
    else:
        known = next((each for each in _tables(external) if each.get("type") == "wikidata"), {})
    everyone = _list(known.get("all")) or [known.get("all")]
    item = _text(known.get("preferred")) or (_text(everyone[0]) if len(everyone) == 1 else "")
    found = identity(item) if item else None
    return {"wikidata": found[1]} if found and found[0] == "wikidata" else {}


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _number(value: Any) -> str:
    return str(value) if isinstance(value, int) and value > 0 else ""


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else []


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _tables(value: Any) -> Sequence[Mapping[str, Any]]:
    return [each for each in _list(value) if isinstance(each, dict)]
