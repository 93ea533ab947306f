"""Every setting with every kind of wrong value: one sentence that names it, or a publication; never a crash."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from kennis_ld.errors import KennisError, WrongSetting
from kennis_ld.pipeline.checking import check
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.publication.publication import Publication
from tests.publications import SETTINGS, write

ALL = (
    SETTINGS
    + """
contact.url = "https://zandwijk.example/kennis"
creator = "gz"
access_rights = "PUBLIC"
frequency = "IRREG"
homepage = "https://zandwijk.example"
spatial = "https://sws.geonames.org/1"
title.nl = "De data"
title.en = "The data"
keywords.nl = ["kennis"]
keywords.en = ["knowledge"]

[columns]
number = ["volgnummer"]
theme = ["programmalijn"]
left_out = ["budget"]

[reading]
struck = "leave out"
"""
)
"""Settings with everything that can be set."""

WRONG: tuple[Any, ...] = (
    "a\x00b",
    "\x00",
    "a\nb",
    "a\x1bb",
    "a\u2028b",
    "x" * 200_000,
    "../" * 3000,
    "/dev/zero",
    ".",
    "=1+1",
    "<script>",
    "http://[",
    "https://x/%zz",
    "https://x:99999999/",
    "a@b",
    "a@b.nl?subject=x",
    "a@b.nl\nExpires: never",
    "",
    7,
    1.5,
    True,
    [],
    ["a"],
    ["a\x00"],
    [7],
    [[]],
    [{}],
    {},
    {"x": "y"},
    {"nl": 7},
)


def toml(value: Any) -> str:
    """The value as TOML, tables inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {toml(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in the settings that has a value, tables and lists too."""
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        yield from paths(inner, (*path, name))


PATHS = list(paths(tomllib.loads(ALL)))


def read(folder: Path) -> Publication | KennisError:
    try:
        return settings.publication(folder)
    except KennisError as error:
        return error


def test_all_settings_are_tried() -> None:
    """What is tried below is every setting that there is."""
    tried = {str(path[-1]) for path in PATHS}
    assert {"base_uri", "language", "document", "email", "url", "keywords", "period", "issued", "spatial"} <= tried


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)))
def test_wrong_value_is_a_sentence(tmp_path: Path, path: tuple[str | int, ...]) -> None:
    """A wrong value is an error that says what, where and what to do, or it is no mistake at all."""
    folder = write(tmp_path)
    for value in WRONG:
        changed: Any = deepcopy(tomllib.loads(ALL))
        at = changed
        for name in path[:-1]:
            at = at[name]
        at[path[-1]] = value
        text = "".join(f"{name} = {toml(inner)}\n" for name, inner in changed.items())
        (folder / "publication.toml").write_text(text, encoding="utf-8")
        found = read(folder)
        if isinstance(found, KennisError):
            assert found.what, value
            assert found.where, value
            assert found.remedy, value
            assert "\x00" not in str(found)
        elif path[-1] == "document":
            with pytest.raises(KennisError, match="cannot be opened"):
                check(found, definitions(), version="0")


@pytest.mark.parametrize(
    "address",
    [
        "kennis",
        "kennis@",
        "@zandwijk.example",
        "a@b",
        "a b@c.nl",
        "a@b.nl?subject=x",
        "a@b..nl",
        "<a@b.nl>",
        "a@-b.nl",
        "a@b.nl, c@d.nl",
        "mailto:a@b.nl",
        "a@b.nl\u200b",
        "x" * 250 + "@b.nl",
    ],
)
def test_email_that_is_none(tmp_path: Path, address: str) -> None:
    """What would not work in a mailto: link or in security.txt is no e-mail address, and is named."""
    text = SETTINGS.replace('"kennis@zandwijk.example"', json.dumps(address))
    with pytest.raises(WrongSetting, match="no e-mail address"):
        settings.publication(write(tmp_path, {"publication.toml": text}))


@pytest.mark.parametrize("address", ["kennis@zandwijk.example", "a.b+c@sub.domein-x.nl", "O'Neil@x.amsterdam"])
def test_email_that_is_one(tmp_path: Path, address: str) -> None:
    """Ordinary addresses are taken as they are."""
    text = SETTINGS.replace("kennis@zandwijk.example", address)
    assert address == settings.publication(write(tmp_path, {"publication.toml": text})).catalogue.contact.email
