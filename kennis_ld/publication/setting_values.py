"""The values in a file of settings, by what they should be: a text, a key, a date, one of a list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kennis_ld.errors import KennisError, WrongSetting
from kennis_ld.iri import is_key, is_web_address
from kennis_ld.model.texts import Texts
from kennis_ld.publication.publication import SETTINGS_FILE

MOST_TEXT_CHARACTERS = 10_000

OPEN = frozenset({"…", "..."})
"""What stands in a proposal where a person fills in a text: no text yet."""

_TABLE = re.compile(r"\s*\[\[?([^\[\]]+)\]")
_SETTING = re.compile(r"\s*([^#=\[\]]+?)\s*=")


class SettingValues:
    """Gives the values of one file.

    Every method that takes a path raises WrongSetting where the value is not what it should be; a path such as
    "agenda.title.nl" says where in the file it stands.

    Args:
        text: what it holds, for the line on which a setting stands.
    """

    def __init__(self, file: Path, text: str, settings: Mapping[str, Any]) -> None:
        """Keeps what there is; nothing is looked at yet."""
        self._file = file
        self._lines = text.splitlines()
        self._places = tuple(_places(self._lines))
        self._settings = settings

    def table(self, name: str, *, optional: bool = False) -> Mapping[str, Any]:
        """Returns a table of the file."""
        table = self._settings.get(name)
        if table is None and optional:
            return {}
        if not isinstance(table, dict):
            raise self.wrong(name, f"there is no table [{name}].", "Add it; the bundled publication is an example.")
        return table

    def inner_table(self, table: Mapping[str, Any], path: str) -> Mapping[str, Any]:
        """Returns a table within another; an empty one where there is none."""
        found = table.get(path.rpartition(".")[2], {})
        if not isinstance(found, dict):
            raise self.wrong(path, "this should be a table.", f"Begin it with a line [{path}].")
        return found

    def named_tables(self, name: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """Yields path, name and content of each table within another that the city gave a name."""
        for key, content in self.table(name, optional=True).items():
            yield f"{name}.{key}", key, self.inner_table({key: content}, f"{name}.{key}")

    def text(self, table: Mapping[str, Any], path: str, *, optional: bool = False) -> str:
        """Returns a text; a path of three names is one in a table of languages or of a contact."""
        value: Any = table
        for name in _inner_names(path, table):
            if not isinstance(value, dict):
                raise self.wrong(path, f"this text is missing; {shown(value)} stands in its place.", "Write a text.")
            value = value.get(name)
            if value is None:
                break
        if value is None and optional:
            return ""
        if value is not None and not isinstance(value, str):
            raise self.wrong(path, f"this text is missing; {shown(value)} stands in its place.", "Write a text.")
        if value is None or value.strip() in OPEN or (not value.strip() and not optional):
            raise self.wrong(path, "this text is missing.", "Fill it in.")
        return self.clean(value, path)

    def told(self, table: Mapping[str, Any], path: str, *, optional: bool = False, in_english: bool = False) -> Texts:
        """Returns a text by language; one in that of the publication, or else in Dutch, has to be there.

        Args:
            in_english: whether one in that of the publication and one in English have to be there.
        """
        own, *others = self.languages
        given = {each: self.text(table, f"{path}.{each}", optional=True) for each in (own, *others)}
        found = {each: text for each, text in given.items() if text}
        if in_english or not (optional or {own, "nl"} & found.keys()):
            for each in (own, "en") if in_english else (own,):
                self.text(table, f"{path}.{each}")
        return found

    @property
    def languages(self) -> Sequence[str]:
        """Returns the languages in which a publication can tell something, its own first."""
        return tuple(dict.fromkeys((self.language, "nl", "en")))

    @property
    def language(self) -> str:
        """The language of the publication."""
        language = self.text(self._settings, "language", optional=True) or "nl"
        if not re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language):
            raise self.wrong("language", f"{language!r} is no language tag.", 'Write a tag of BCP 47, such as "nl".')
        return language

    def clean(self, text: str, path: str) -> str:
        """Returns a text with single spaces; a character that nobody can see or print is a mistake."""
        clean = " ".join(text.split())
        hidden = next((character for character in clean if unicodedata.category(character) in {"Cc", "Cs"}), None)
        if hidden is not None:
            raise self.wrong(
                path, f"the text has a character that cannot be shown, U+{ord(hidden):04X}.", "Take it out."
            )
        if len(clean) > MOST_TEXT_CHARACTERS:
            raise self.wrong(path, f"the text has more than {MOST_TEXT_CHARACTERS} characters.", "Make it shorter.")
        return clean

    def texts(self, table: Mapping[str, Any], path: str) -> Sequence[str]:
        """Returns a list of texts; an empty one where there is none."""
        value = table.get(path.rpartition(".")[2], [])
        if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
            raise self.wrong(path, "this should be a list of texts.", 'Write it like ["one", "two"].')
        return [self.clean(text, path) for text in value]

    def key(self, table: Mapping[str, Any], path: str) -> str:
        """Returns a key, as in IRIs."""
        key = self.text(table, path)
        if not is_key(key):
            raise self.wrong(path, f"{key!r} is no key.", "Use lower-case letters, digits and single hyphens.")
        return key

    def date(self, table: Mapping[str, Any], path: str) -> str:
        """Returns a year, month or day; an empty text where there is none."""
        value = table.get(path.rpartition(".")[2], "")
        text = value.isoformat() if hasattr(value, "isoformat") else str(value)
        if text and not re.fullmatch(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?", text):
            raise self.wrong(path, f"{shown(text)} is no date.", 'Write "2023", "2023-01" or "2023-01-31".')
        try:
            if len(text) == len("2023-01-31"):
                date.fromisoformat(text)
        except ValueError as error:
            raise self.wrong(path, f"{text!r} is no day of the calendar.", "Look it up.") from error
        return text

    def web(
        self,
        table: Mapping[str, Any],
        path: str,
        *,
        optional: bool = True,
        remedy: str = "Put http:// or https:// in front.",
    ) -> str:
        """Returns a web address."""
        address = self.text(table, path, optional=optional)
        if address and not is_web_address(address):
            raise self.wrong(path, f"{address!r} is no web address.", remedy)
        return address

    def percentage(self, path: str, *, default: int) -> int:
        """Returns a whole number from 0 to 100."""
        table, _, name = path.partition(".")
        value = self.table(table, optional=True).get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100:
            raise self.wrong(path, f"{shown(value)} is no percentage.", "Write a whole number from 0 to 100.")
        return value

    def choice(self, table: Mapping[str, Any], path: str, known: Collection[str], *, default: str) -> str:
        """Returns one of a list of words."""
        value = self.text(table, path, optional=True) or default
        if value not in known:
            raise self.wrong(path, f"{value!r} is not in the list.", f"Choose one of: {', '.join(known)}.")
        return value

    def choices(self, table: Mapping[str, Any], path: str, known: Collection[str]) -> Sequence[str]:
        """Returns several of a list of words, at least one."""
        values = self.texts(table, path)
        wrong = [value for value in values if value not in known]
        if wrong or not values:
            what = f"{wrong[0]!r} is not in the list." if wrong else "at least one is needed."
            raise self.wrong(path, what, f"Choose from: {', '.join(known)}.")
        return values

    def wrong(self, path: str, what: str, remedy: str) -> KennisError:
        """Returns the error about a setting, with its line."""
        line = self.line_of(path, what)
        return WrongSetting(
            f"Setting {path}: {what}", where=f"{SETTINGS_FILE}:{line}" if line else SETTINGS_FILE, remedy=remedy
        )

    def line_of(self, path: str, said: str = "") -> int:
        """Returns the line on which a setting stands, or the table that it belongs in; 0 where there is none.

        Args:
            path: such as "agenda.title.nl".
            said: what is wrong with it; of several such lines, as of two editions, the one whose value stands in it.
        """
        at = [number for name, number in self._places if name == path]
        if not at:
            above = path.rpartition(".")[0]
            return self.line_of(above) if above else 0
        values = {number: self._lines[number - 1].partition("=")[2].strip(" \"'") for number in at}
        return next((number for number, value in values.items() if value and f"{value!r}" in said), at[0])


def _places(lines: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yields the path of every setting and table in a file of TOML, and its line."""
    table = ""
    for number, text in enumerate(lines, 1):
        if header := _TABLE.match(text):
            table = _path(header[1])
            yield table, number
        elif setting := _SETTING.match(text):
            yield ".".join(filter(None, (table, _path(setting[1])))), number


def _path(name: str) -> str:
    return ".".join(part.strip(" \"'") for part in name.split("."))


def shown(value: object) -> str:
    """Returns the beginning of a value, for an error."""
    text = str(value)
    return repr(text if len(text) <= 40 else f"{text[:40]}…")


def _inner_names(path: str, table: Mapping[str, Any]) -> Sequence[str]:
    """Returns the names below a table: of 'agenda.title.nl' in the table agenda 'title' and 'nl'."""
    names = path.split(".")
    for start in reversed(range(len(names))):
        if names[start] in table:
            return names[start:]
    return names[-1:]
