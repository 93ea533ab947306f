"""Reads `publication.toml`: all that one city tells about what it publishes, checked before anything else is done.

A setting that is missing, unknown or impossible is an error that names the setting and says what it should be.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from kennis_ld.agenda.columns import PARTY_COLUMNS
from kennis_ld.agenda.contact_details import compact
from kennis_ld.agenda.headers import TITLED
from kennis_ld.agenda.layouts.layout import Layout, Name
from kennis_ld.agenda.layouts.listed import FIELDS, Pattern
from kennis_ld.agenda.wording import fold, role_by_word
from kennis_ld.errors import UnreadableInput, in_folder, remedy_for
from kennis_ld.iri import Iris
from kennis_ld.model import Extra, Role
from kennis_ld.model.catalogue import AgendaFacts, CatalogueFacts, Contact, values
from kennis_ld.publication import language, look, scaffold
from kennis_ld.publication.bundled import bundled
from kennis_ld.publication.language import OWN_WORDS
from kennis_ld.publication.own_columns import extra_columns, statuses
from kennis_ld.publication.own_roles import roles
from kennis_ld.publication.publication import MOST_LEAVING, SETTINGS_FILE, EditionSettings, Publication
from kennis_ld.publication.setting_values import SettingValues, shown
from kennis_ld.reading.encoding import encoding

DEFAULT_PUBLICATION = "leiden"
MOST_EMAIL_CHARACTERS = 254
"""Of one setting; longer e-mail addresses cannot be delivered to (RFC 5321, section 4.5.3.1.3)."""

_EMAIL = re.compile(r"[A-Za-z0-9.!$'*+/=_~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*")
"""Addresses that can stand in a mailto: link and in security.txt as they are."""

_CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
_CC_BY = "https://creativecommons.org/licenses/by/4.0/"

_AT_LINE = re.compile(r"\s*\(at line ([0-9]+)[^)]*\)")
_TWICE = re.compile(r"Cannot declare (\(.*\)) twice")
_CURLY = re.compile(r"=\s*\[?\s*[“”„‘’]")
_LANGUAGES = {"nl", "en"}
"""Languages in which a publication can tell something, beside its own."""
_ADDRESSES = ("base_uri", "vocabulary_uri")
_OWN_NAMES = {"roles", "own_roles", "marks", "ignore", "statuses"}
"""Tables whose names are words or signs of the document."""

_STRUCK = {"keep": False, "leave out": True, "ask": None}
"""Whether struck text is left out, by what settings say; None where nobody decided: it is kept, and said."""

_ROW_COLOURS = {"status": True, "leave out": False, "ask": None}
"""Whether the colour of a row is the status of its project, by what settings say; None where nobody decided."""

_SCHEMA: Mapping[str, set[str]] = {
    "": {
        "base_uri", "vocabulary_uri", "language", "layout", "agenda", "editions", "columns", "list", "marks",
        "participations", "reading", "roles", "own_roles", "extra", "ignore", "statuses", "words", "persons",
        "catalogue", "portals", "site",
    },
    "agenda": {"key", "title", "description", "publisher"},
    "agenda.title": _LANGUAGES,
    "agenda.description": _LANGUAGES,
    "editions": {"key", "document", "participations", "title", "period", "issued", "layout", "kind"},
    "editions.title": _LANGUAGES,
    "columns": set(language.default_columns()),
    "list": {"themes", "entries", "lead"},
    "participations": set(language.lists()["participations"]),
    "reading": {"struck", "row_colour"},
    "extra": {kind.value for kind in Extra},
    "statuses.*": {"words", "label", "definition"},
    "own_roles.*": {"broader", "notation", "label", "definition"},
    **{f"{table}.*.{text}": _LANGUAGES for table in ("statuses", "own_roles") for text in ("label", "definition")},
    "persons": {"publish"},
    "portals": {"most_leaving"},
    "words": set(OWN_WORDS),
    "site": {"accent", "logo", "tagline", "tokens"},
    "site.accent": {"light", "dark"},
    "site.tagline": _LANGUAGES,
    "site.tokens": look.settings(),
    **{f"site.tokens.{name}": {"light", "dark"} for name in look.settings()},
    "catalogue": {
        "access_rights", "contact", "creator", "frequency", "homepage", "keywords", "license", "spatial", "themes",
        "title",
    },
    "catalogue.title": _LANGUAGES,
    "catalogue.contact": {"name", "email", "url"},
    "catalogue.keywords": _LANGUAGES,
}  # fmt: skip
"""Every setting there is, by its table."""


def publication(folder: str | Path | None) -> Publication:
    """Returns the publication in a folder; without one the bundled publication.

    Raises:
        UnreadableInput: there is no publication.toml, or it is no TOML.
        WrongSetting: a setting is missing, unknown or impossible.
    """
    place = Path(folder) if folder else bundled("data") / DEFAULT_PUBLICATION
    file = place / SETTINGS_FILE
    try:
        with file.open("rb") as opened:
            codec, _ = encoding(opened, str(file))
            opened.seek(0)
            text = opened.read().decode(codec).removeprefix("\ufeff").replace("\r\n", "\n")
    except OSError as error:
        raise UnreadableInput(
            f"The settings of the publication cannot be read: {error.strerror}.",
            where=str(file),
            remedy=f"Rename {saved.name} to {SETTINGS_FILE}: your text editor put .txt behind it."
            if (saved := file.with_name(f"{SETTINGS_FILE}.txt")).exists()
            else remedy_for(
                error, "A publication is a folder with a publication.toml; `kennis-ld new` makes one, with comments."
            ),
        ) from error
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(text, str(error), file) from error
    scaffold.check_begun(settings, file)
    with in_folder(place):
        return _Settings(file, text, settings).publication()


def _no_toml(text: str, reason: str, file: Path) -> UnreadableInput:
    """Returns the error for a file that is no TOML; what text editors and Windows make of it is said by name."""
    found = _AT_LINE.search(reason)
    lines = text.split("\n")
    number = int(found[1]) if found else len(lines)
    line = lines[number - 1] if number <= len(lines) else ""
    what, remedy = reason[: found.start()].strip() if found else reason, 'Each line should read like: name = "text".'
    if _CURLY.search(line):
        what, remedy = "it has curly quotation marks", 'Type straight ones: "…".'
    elif twice := _TWICE.match(what):
        table = re.sub(r"[(),' ]+", ".", twice[1]).strip(".")
        what, remedy = f"[{table}] stands in the file twice", "Put these lines under the first one."
    elif "\\" in line:
        what, remedy = "it has a backslash in a text", "Write / instead of \\ in the name of a folder or file."
    what = what[:1].lower() + what[1:]
    return UnreadableInput(f"This line cannot be read: {what}.", where=f"{file}:{number}", remedy=remedy)


class _Settings(SettingValues):
    """Takes the settings of one file apart."""

    def publication(self) -> Publication:
        self._check_names(self._settings)
        agenda, reading = self.table("agenda"), self.table("reading", optional=True)
        facts = AgendaFacts(
            key=self.key(agenda, "agenda.key"),
            title=self.told(agenda, "agenda.title"),
            description=self.told(agenda, "agenda.description"),
            publisher=self.key(agenda, "agenda.publisher"),
        )
        return Publication(
            folder=self._file.parent,
            iris=Iris(*(self.text(self._settings, name, optional=name != "base_uri") for name in _ADDRESSES)),
            language=self.language,
            agenda=facts,
            editions=self._editions(),
            columns=self._columns(),
            leaves_out_struck=_STRUCK[self.choice(reading, "reading.struck", _STRUCK, default="ask")],
            row_colours=_ROW_COLOURS[self.choice(reading, "reading.row_colour", _ROW_COLOURS, default="ask")],
            own_roles=self._roles,
            own_words=self._own_words(),
            statuses=statuses(self),
            decided=frozenset(map(compact, self.texts(self.table("persons", optional=True), "persons.publish"))),
            catalogue=self._catalogue(facts),
            most_leaving=self.percentage("portals.most_leaving", default=MOST_LEAVING),
            look=look.look(self, self._file.parent),
            look_lines={path.rpartition(".")[2]: line for path, line in self._places if path.startswith("site.")},
        )

    @cached_property
    def _roles(self) -> Mapping[str, Role]:
        """The publication's own words for a role."""
        return roles(self)

    def _columns(self) -> Mapping[str, Sequence[str]]:
        """Returns the headings of each column; what the settings say of a heading counts, whatever it is elsewhere."""
        table = self.table("columns", optional=True)
        own = {name: self.texts(table, f"columns.{name}") for name in language.default_columns()}
        more = extra_columns(self)
        if both := [heading for heading in own["title"] if heading in own["description"]]:
            own |= {name: [each for each in own[name] if each not in both] for name in ("title", "description")}
            more = {**more, TITLED: both}
        claimed: dict[str, str] = {}
        for name, headings in {**own, **more}.items():
            for heading in headings:
                if claimed.setdefault(heading.casefold(), name) != name:
                    what = f"{heading!r} stands under {claimed[heading.casefold()]} as well."
                    raise self.wrong(f"columns.{name}", what, "Let each heading stand in one list.")
        every = {
            name: (
                *(word for word in (*self._role_words(name), *known) if claimed.get(word.casefold(), name) == name),
                *own[name],
            )
            for name, known in language.default_columns().items()
        }
        return {**every, **more}

    def _check_layouts(self, used: Collection[Name]) -> None:
        """Refuses a table of settings that is for a layout that no edition has."""
        for table, layout in (("marks", Name.MATRIX), ("list", Name.LIST), ("participations", Name.LONG)):
            if table in self._settings and layout not in used:
                others = ", ".join(sorted(repr(str(name)) for name in used))
                what = f"it is for the layout {str(layout)!r}, and this publication has {others}."
                raise self.wrong(table, what, f'Write layout = "{layout}", or take [{table}] out.')

    def _layout(self, edition: Mapping[str, Any]) -> Layout:
        """Returns how the projects of an edition are laid out: as it says itself, else as the publication says."""
        usual = self.choice(self._settings, "layout", tuple(Name), default=Name.TABLE)
        name = Name(self.choice(edition, "editions.layout", tuple(Name), default=usual))
        given = self.table("list", optional=True)
        patterns = [
            self._pattern(text, part) for part in ("entries", "themes") for text in self.texts(given, f"list.{part}")
        ]
        if name is Name.LIST and not self.texts(given, "list.entries"):
            raise self.wrong("list.entries", "there is none.", 'Write one: ["AC {number} {title}"].')
        own = self.table("participations", optional=True)
        return Layout(
            name,
            marks=self._marks(),
            patterns=patterns,
            lead=self.text(given, "list.lead", optional=True),
            participations={column: self.texts(own, f"participations.{column}") for column in own},
        )

    def _pattern(self, text: str, part: str) -> Pattern:
        needed = "theme" if part == "themes" else "title"
        known = ", ".join(f"{{{name}}}" for name in ("theme", *FIELDS))
        try:
            pattern = Pattern.of(text)
        except ValueError as error:
            what = f"{text!r} names {{{error}}}, and that is nothing of a project." if str(error) else ""
            raise self.wrong(f"list.{part}", what or f"{text!r} has no {{{needed}}}.", f"Use: {known}.") from error
        if needed not in pattern.fields:
            raise self.wrong(f"list.{part}", f"{text!r} has no {{{needed}}}.", f"Use: {known}.")
        return pattern

    def _marks(self) -> Mapping[str, str]:
        """Returns what the publication says of marks: a word for a role, in doubt with "?" behind it, or nothing."""
        table = self.table("marks", optional=True)
        known = {*role_by_word(language.lists(), self._roles), "left_out"}
        for mark, said in table.items():
            if not isinstance(said, str) or fold(said.removesuffix("?")) not in known:
                what = f"{mark!r} is {shown(said)}, and that is no role."
                remedy = 'Write "lead" or "partner", with "?" behind it in doubt, or "left_out".'
                raise self.wrong(f"marks.{mark}", what, remedy)
        return {mark.strip(): "" if said == "left_out" else said for mark, said in table.items()}

    def _own_words(self) -> Mapping[str, Sequence[str]]:
        """Returns the publication's own words, by the list that they are added to."""
        table = self.table("words", optional=True)
        return {name: self.texts(table, f"words.{name}") for name in table}

    def _role_words(self, column: str) -> Sequence[str]:
        """Returns the publication's own words for the role that a column gives; they are headings of it as well."""
        taken = {name.casefold() for names in language.default_columns().values() for name in names}
        own = [word for word, role in self._roles.items() if role == PARTY_COLUMNS.get(column)]
        return [word for word in own if word.casefold() not in taken]

    def _editions(self) -> tuple[EditionSettings, ...]:
        given = self._settings.get("editions")
        if not isinstance(given, list) or not given or not all(isinstance(item, dict) for item in given):
            raise self.wrong(
                "editions", "there is no edition.", "Add a table [[editions]] with key, title and document."
            )
        found = tuple(
            EditionSettings(
                key=self.key(edition, "editions.key"),
                document=self._file.parent / self.text(edition, "editions.document"),
                title=self.told(edition, "editions.title"),
                period=self.text(edition, "editions.period", optional=True),
                issued=self.date(edition, "editions.issued"),
                layout=self._layout(edition),
                participations=self._participations(edition),
                changes_only=self.choice(edition, "editions.kind", ("full", "delta"), default="full") == "delta",
            )
            for edition in given
        )
        if found[0].changes_only:
            raise self.wrong("editions.kind", "the first edition lists changes only.", "Put a full one before it.")
        self._check_layouts({edition.layout.name for edition in found})
        keys = [edition.key for edition in found]
        if len(set(keys)) != len(keys):
            raise self.wrong("editions.key", "two editions have one key.", "Give each edition a key of its own.")
        return found

    def _participations(self, edition: Mapping[str, Any]) -> Path | None:
        """Returns the path of the second document of an edition, which only one of long tables has."""
        name = self.text(edition, "editions.participations", optional=True)
        if name and self._layout(edition).name is not Name.LONG:
            what = "a document of participations goes with long tables."
            raise self.wrong("editions.participations", what, 'Write layout = "long" for this edition.')
        return self._file.parent / name if name else None

    def _catalogue(self, agenda: AgendaFacts) -> CatalogueFacts:
        table = self.table("catalogue")
        contact = self.inner_table(table, "catalogue.contact")
        email = self.text(contact, "catalogue.contact.email", optional=True)
        url = self.web(contact, "catalogue.contact.url")
        if email and not (_EMAIL.fullmatch(email) and len(email) <= MOST_EMAIL_CHARACTERS):
            raise self.wrong(
                "catalogue.contact.email", f"{email!r} is no e-mail address.", "Write one, such as data@example.org."
            )
        if not email and not url:
            raise self.wrong("catalogue.contact", "there is no e-mail or web address.", "Give email or url.")
        keywords = self.inner_table(table, "catalogue.keywords")
        return CatalogueFacts(
            title={**agenda.title, **self.told(table, "catalogue.title", optional=True)},
            creator=self.text(table, "catalogue.creator", optional=True) or agenda.publisher,
            contact=Contact(self.text(contact, "catalogue.contact.name"), email=email, url=url),
            license=self.web(
                table, "catalogue.license", optional=False, remedy=f"Write {_CC0} for CC0, or {_CC_BY} for CC BY."
            ),
            access_rights=self.choice(
                table, "catalogue.access_rights", values("access-right").labels, default="PUBLIC"
            ),
            frequency=self.choice(table, "catalogue.frequency", values("frequency").labels, default="IRREG"),
            themes=tuple(self.choices(table, "catalogue.themes", values("data-theme").labels)),
            keywords={each: found for each in self.languages if (found := self._keywords(keywords, each))},
            spatial=self.web(table, "catalogue.spatial"),
            homepage=self.web(table, "catalogue.homepage"),
        )

    def _keywords(self, keywords: Mapping[str, Any], language: str) -> tuple[str, ...]:
        found = self.texts(keywords, f"catalogue.keywords.{language}")
        for word in found:
            if "," in word:  # harvesters split a keyword at a comma (ckanext-dcat)
                raise self.wrong("catalogue.keywords", f"keyword {word!r} has a comma.", "Make two keywords of it.")
        return tuple(found)

    def _check_names(self, table: Mapping[str, Any], path: str = "", kind: str = "") -> None:
        """Refuses a setting that there is none of.

        Args:
            kind: the path, with `*` for what a city gave a name itself.
        """
        is_free = kind in _OWN_NAMES
        allowed = {*self.languages} if _SCHEMA.get(kind) is _LANGUAGES else _SCHEMA.get(kind, ())
        for name, value in table.items():
            full = f"{path}.{name}" if path else name
            inner = f"{kind}.*" if is_free else f"{kind}.{name}" if kind else name
            if not is_free and name not in allowed:
                close = get_close_matches(name, allowed, 1)
                advice = f"Did you mean {close[0]!r}? " if close else ""
                known = ", ".join(sorted(allowed))
                raise self.wrong(full, f"there is no setting {full!r}.", f"{advice}Known here: {known}.")
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, dict) and (inner in _SCHEMA or inner in _OWN_NAMES):
                    self._check_names(each, full, inner)
                elif isinstance(each, dict) and not is_free:
                    raise self.wrong(full, "this is a table where a text is expected.", "Write one text.")
