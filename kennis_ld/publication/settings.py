"""Reads `publication.toml`: all that one city tells about what it publishes, checked before anything else is done.

A setting that is missing, unknown or impossible is an error that names the setting and says what it should be.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kennis_ld.agenda.columns import PARTY_COLUMNS
from kennis_ld.agenda.contact_details import compact
from kennis_ld.agenda.headers import TITLED
from kennis_ld.agenda.layouts.layout import Layout, Name
from kennis_ld.agenda.layouts.listed import FIELDS, Pattern
from kennis_ld.agenda.wording import fold, role_by_word
from kennis_ld.errors import UnreadableInput, WrongSetting, remedy_for
from kennis_ld.iri import Iris
from kennis_ld.model import Extra, Role
from kennis_ld.model.catalogue import AgendaFacts, CatalogueFacts, Contact, values
from kennis_ld.model.look import Look
from kennis_ld.model.texts import Texts
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
    try:
        return _Settings(file, text, settings).publication()
    except WrongSetting as error:
        raise WrongSetting(
            error.what, where=error.where.replace(SETTINGS_FILE, str(file)), remedy=error.remedy
        ) from error


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
        self._check_names(self._settings, "")
        agenda, reading = self._table("agenda"), self._table("reading", optional=True)
        facts = AgendaFacts(
            key=self._key(agenda, "agenda.key"),
            title=self._told(agenda, "agenda.title"),
            description=self._told(agenda, "agenda.description"),
            publisher=self._key(agenda, "agenda.publisher"),
        )
        return Publication(
            folder=self._file.parent,
            iris=Iris(*(self._text(self._settings, name, optional=name != "base_uri") for name in _ADDRESSES)),
            language=self._language(),
            agenda=facts,
            editions=self._editions(),
            columns=self._columns(),
            leaves_out_struck=_STRUCK[self._choice(reading, "reading.struck", _STRUCK, default="ask")],
            row_colours=_ROW_COLOURS[self._choice(reading, "reading.row_colour", _ROW_COLOURS, default="ask")],
            own_roles=self._roles(),
            own_words=self._own_words(),
            statuses=statuses(self._table("statuses", optional=True), self._language(), wrong=self._wrong),
            decided=frozenset(map(compact, self._texts(self._table("persons", optional=True), "persons.publish"))),
            catalogue=self._catalogue(facts),
            most_leaving=self._percentage("portals.most_leaving", default=MOST_LEAVING),
            look=self._look(),
            look_lines={path.rpartition(".")[2]: line for path, line in self._places if path.startswith("site.")},
        )

    def _look(self) -> Look:
        table = self._table("site", optional=True)
        return look.look(table, self._told(table, "site.tagline", optional=True), self._file.parent, self._wrong)

    def _told(self, table: Mapping[str, Any], path: str, *, optional: bool = False) -> Texts:
        """Returns a text by language; one in that of the publication, or else in Dutch, has to be there."""
        own, *others = self._languages()
        given = {each: self._text(table, f"{path}.{each}", optional=True) for each in (own, *others)}
        found = {each: text for each, text in given.items() if text}
        if not optional and not {own, "nl"} & found.keys():
            self._text(table, f"{path}.{own}")
        return found

    def _languages(self) -> Sequence[str]:
        """Returns the languages in which a publication can tell something, its own first."""
        return tuple(dict.fromkeys((self._language(), "nl", "en")))

    def _columns(self) -> Mapping[str, Sequence[str]]:
        """Returns the headings of each column; what the settings say of a heading counts, whatever it is elsewhere."""
        table = self._table("columns", optional=True)
        own = {name: self._texts(table, f"columns.{name}") for name in language.default_columns()}
        extra, ignore = (self._table(name, optional=True) for name in ("extra", "ignore"))
        more = extra_columns(extra, ignore, wrong=self._wrong)
        if both := [heading for heading in own["title"] if heading in own["description"]]:
            own |= {name: [each for each in own[name] if each not in both] for name in ("title", "description")}
            more = {**more, TITLED: both}
        claimed: dict[str, str] = {}
        for name, headings in {**own, **more}.items():
            for heading in headings:
                if claimed.setdefault(heading.casefold(), name) != name:
                    what = f"{heading!r} stands under {claimed[heading.casefold()]} as well."
                    raise self._wrong(f"columns.{name}", what, "Let each heading stand in one list.")
        every = {
            name: (
                *(word for word in (*self._role_words(name), *known) if claimed.get(word.casefold(), name) == name),
                *own[name],
            )
            for name, known in language.default_columns().items()
        }
        return {**every, **more}

    def _roles(self) -> Mapping[str, Role]:
        """Returns the publication's own words for a role."""
        words, own = (self._table(name, optional=True) for name in ("roles", "own_roles"))
        return roles(
            {self._clean(word, "roles"): role for word, role in words.items()}, own, self._language(), wrong=self._wrong
        )

    def _check_layouts(self, used: Collection[Name]) -> None:
        """Refuses a table of settings that is for a layout that no edition has."""
        for table, layout in (("marks", Name.MATRIX), ("list", Name.LIST), ("participations", Name.LONG)):
            if table in self._settings and layout not in used:
                others = ", ".join(sorted(repr(str(name)) for name in used))
                what = f"it is for the layout {str(layout)!r}, and this publication has {others}."
                raise self._wrong(table, what, f'Write layout = "{layout}", or take [{table}] out.')

    def _layout(self, edition: Mapping[str, Any]) -> Layout:
        """Returns how the projects of an edition are laid out: as it says itself, else as the publication says."""
        usual = self._choice(self._settings, "layout", tuple(Name), default=Name.TABLE)
        name = Name(self._choice(edition, "editions.layout", tuple(Name), default=usual))
        given = self._table("list", optional=True)
        patterns = [
            self._pattern(text, part) for part in ("entries", "themes") for text in self._texts(given, f"list.{part}")
        ]
        if name is Name.LIST and not self._texts(given, "list.entries"):
            raise self._wrong("list.entries", "there is none.", 'Write one: ["AC {number} {title}"].')
        own = self._table("participations", optional=True)
        return Layout(
            name,
            marks=self._marks(),
            patterns=patterns,
            lead=self._text(given, "list.lead", optional=True),
            participations={column: self._texts(own, f"participations.{column}") for column in own},
        )

    def _pattern(self, text: str, part: str) -> Pattern:
        needed = "theme" if part == "themes" else "title"
        known = ", ".join(f"{{{name}}}" for name in ("theme", *FIELDS))
        try:
            pattern = Pattern.of(text)
        except ValueError as error:
            what = f"{text!r} names {{{error}}}, and that is nothing of a project." if str(error) else ""
            raise self._wrong(f"list.{part}", what or f"{text!r} has no {{{needed}}}.", f"Use: {known}.") from error
        if needed not in pattern.fields:
            raise self._wrong(f"list.{part}", f"{text!r} has no {{{needed}}}.", f"Use: {known}.")
        return pattern

    def _marks(self) -> Mapping[str, str]:
        """Returns what the publication says of marks: a word for a role, in doubt with "?" behind it, or nothing."""
        table = self._table("marks", optional=True)
        roles = role_by_word(language.lists(), self._roles())
        for mark, said in table.items():
            if not isinstance(said, str) or fold(said.removesuffix("?")) not in {*roles, "left_out"}:
                what = f"{mark!r} is {shown(said)}, and that is no role."
                remedy = 'Write "lead" or "partner", with "?" behind it in doubt, or "left_out".'
                raise self._wrong(f"marks.{mark}", what, remedy)
        return {mark.strip(): "" if said == "left_out" else said for mark, said in table.items()}

    def _own_words(self) -> Mapping[str, Sequence[str]]:
        """Returns the publication's own words, by the list that they are added to."""
        table = self._table("words", optional=True)
        return {name: self._texts(table, f"words.{name}") for name in table}

    def _role_words(self, column: str) -> Sequence[str]:
        """Returns the publication's own words for the role that a column gives; they are headings of it as well."""
        taken = {name.casefold() for names in language.default_columns().values() for name in names}
        own = [word for word, role in self._roles().items() if role is PARTY_COLUMNS.get(column)]
        return [word for word in own if word.casefold() not in taken]

    def _editions(self) -> tuple[EditionSettings, ...]:
        given = self._settings.get("editions")
        if not isinstance(given, list) or not given or not all(isinstance(item, dict) for item in given):
            raise self._wrong(
                "editions", "there is no edition.", "Add a table [[editions]] with key, title and document."
            )
        found = tuple(
            EditionSettings(
                key=self._key(edition, "editions.key"),
                document=self._file.parent / self._text(edition, "editions.document"),
                title=self._told(edition, "editions.title"),
                period=self._text(edition, "editions.period", optional=True),
                issued=self._date(edition, "editions.issued"),
                layout=self._layout(edition),
                participations=self._participations(edition),
                changes_only=self._choice(edition, "editions.kind", ("full", "delta"), default="full") == "delta",
            )
            for edition in given
        )
        if found[0].changes_only:
            raise self._wrong("editions.kind", "the first edition lists changes only.", "Put a full one before it.")
        self._check_layouts({edition.layout.name for edition in found})
        keys = [edition.key for edition in found]
        if len(set(keys)) != len(keys):
            raise self._wrong("editions.key", "two editions have one key.", "Give each edition a key of its own.")
        return found

    def _participations(self, edition: Mapping[str, Any]) -> Path | None:
        """Returns the path of the second document of an edition, which only one of long tables has."""
        name = self._text(edition, "editions.participations", optional=True)
        if name and self._layout(edition).name is not Name.LONG:
            what = "a document of participations goes with long tables."
            raise self._wrong("editions.participations", what, 'Write layout = "long" for this edition.')
        return self._file.parent / name if name else None

    def _catalogue(self, agenda: AgendaFacts) -> CatalogueFacts:
        table = self._table("catalogue")
        contact = self._inner_table(table, "catalogue.contact")
        email = self._text(contact, "catalogue.contact.email", optional=True)
        url = self._web(contact, "catalogue.contact.url")
        if email and not (_EMAIL.fullmatch(email) and len(email) <= MOST_EMAIL_CHARACTERS):
            raise self._wrong(
                "catalogue.contact.email", f"{email!r} is no e-mail address.", "Write one, such as data@example.org."
            )
        if not email and not url:
            raise self._wrong("catalogue.contact", "there is no e-mail or web address.", "Give email or url.")
        keywords = self._inner_table(table, "catalogue.keywords")
        return CatalogueFacts(
            title={**agenda.title, **self._told(table, "catalogue.title", optional=True)},
            creator=self._text(table, "catalogue.creator", optional=True) or agenda.publisher,
            contact=Contact(self._text(contact, "catalogue.contact.name"), email=email, url=url),
            license=self._web(
                table, "catalogue.license", optional=False, remedy=f"Write {_CC0} for CC0, or {_CC_BY} for CC BY."
            ),
            access_rights=self._choice(
                table, "catalogue.access_rights", values("access-right").labels, default="PUBLIC"
            ),
            frequency=self._choice(table, "catalogue.frequency", values("frequency").labels, default="IRREG"),
            themes=tuple(self._choices(table, "catalogue.themes", values("data-theme").labels)),
            keywords={each: found for each in self._languages() if (found := self._keywords(keywords, each))},
            spatial=self._web(table, "catalogue.spatial"),
            homepage=self._web(table, "catalogue.homepage"),
        )

    def _keywords(self, keywords: Mapping[str, Any], language: str) -> tuple[str, ...]:
        found = self._texts(keywords, f"catalogue.keywords.{language}")
        for word in found:
            if "," in word:  # harvesters split a keyword at a comma (ckanext-dcat)
                raise self._wrong("catalogue.keywords", f"keyword {word!r} has a comma.", "Make two keywords of it.")
        return tuple(found)

    def _language(self) -> str:
        language = self._text(self._settings, "language", optional=True) or "nl"
        if not re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language):
            raise self._wrong("language", f"{language!r} is no language tag.", 'Write a tag of BCP 47, such as "nl".')
        return language

    def _check_names(self, table: Mapping[str, Any], path: str) -> None:
        if path in _OWN_NAMES:
            return
        allowed = {*self._languages()} if _SCHEMA[path] is _LANGUAGES else _SCHEMA[path]
        for name, value in table.items():
            full = f"{path}.{name}" if path else name
            if name not in allowed:
                close = get_close_matches(name, allowed, 1)
                advice = f"Did you mean {close[0]!r}? " if close else ""
                known = ", ".join(sorted(allowed))
                raise self._wrong(full, f"there is no setting {full!r}.", f"{advice}Known here: {known}.")
            for inner in value if isinstance(value, list) else [value]:
                if isinstance(inner, dict):
                    if full not in _SCHEMA and full not in _OWN_NAMES:
                        raise self._wrong(full, "this is a table where a text is expected.", "Write one text.")
                    self._check_names(inner, full)

    def _inner_table(self, table: Mapping[str, Any], path: str) -> Mapping[str, Any]:
        found = table.get(path.rpartition(".")[2], {})
        if not isinstance(found, dict):
            names = ", ".join(sorted(_SCHEMA[path]))
            raise self._wrong(path, "this should be a table.", f"Write {path}.… with one of: {names}.")
        return found
