"""The one place that mints IRIs, after the Dutch URI strategy: `{base}/{id|doc|def}/{concept}/{reference}`.

A reference is made of keys: lower-case letters, digits and single hyphens. Keys are joined with a double hyphen, which
no key contains, so two different lists of keys never give the same IRI.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from kennis_ld.errors import WrongSetting

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MOST_KEY_CHARACTERS = 80
"""A slug is cut at a word before this length, so that an IRI stays readable and fits on a line."""

_BASE = re.compile(r"https?://[A-Za-z0-9._~-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*")
_WEB = re.compile(
    r"https?://[\w.~-]+(?::[0-9]{1,5})?(?:[/?#](?:[^\s<>\"{}|\\^`\[\]%\x00-\x20\x7f-\x9f]|%[0-9A-Fa-f]{2})*)?"
)
# What the software brings along; the themes are the city's own.
_SHARED = re.compile(
    r"<(def(?:#[^<>\s]*|/[0-9][^<>\s]*)?|id/begrip/[a-z0-9-]+|id/begrippenkader/(?!themas>)[a-z0-9-]+)>"
)
# Letters that NFKD leaves whole although a reader sees a plain letter in them.
_PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})


@lru_cache(maxsize=65_536)
def is_key(text: str) -> bool:
    """Whether a text can be a key: lower-case letters a-z, digits and single hyphens, at most 80 characters."""
    return KEY.fullmatch(text) is not None and len(text) <= MOST_KEY_CHARACTERS


@lru_cache(maxsize=65_536)
def _reference(concept: str, *keys: str) -> str:
    """Returns how the IRI of a thing ends; kept, for the same things come up over and over."""
    if not keys or not all(map(is_key, (concept, *keys))):
        raise ValueError(f"not keys: {(concept, *keys)!r}")
    return f"{concept}/{'--'.join(keys)}"


def is_web_address(text: str) -> bool:
    """Whether a text is an address that begins with http:// or https:// and can stand in the data as it is."""
    if not _WEB.fullmatch(text):
        return False
    try:
        return urlsplit(text).port != 0
    except ValueError:  # more than 65535
        return False


def slug(text: str) -> str:
    """Returns the key that reads like the text, or an empty string where no letter or digit is left.

    >>> slug("HiddenBiodiversity/Verborgene Stadsnatuur")
    'hiddenbiodiversity-verborgene-stadsnatuur'
    >>> slug("Cafe\u0301 & Co.") == slug("Café & Co.") == 'cafe-co'
    True
    """
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    plain = folded if folded.isascii() else "".join(sign for sign in folded if not unicodedata.combining(sign))
    whole = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "").replace("’", "")))
    if len(whole) <= MOST_KEY_CHARACTERS:
        return whole
    shortened, _, _ = whole[: MOST_KEY_CHARACTERS + 1].rpartition("-")
    return shortened or whole[:MOST_KEY_CHARACTERS]


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints every IRI of a publication.

    Attributes:
        base: the publication's `base_uri`, without a slash at the end.
        vocabulary: its `vocabulary_uri`: the base of the terms, roles and certainties that the software brings along,
            where the publication shares them with others; empty where it has its own.

    Raises:
        WrongSetting: one of them is no http(s) address without query, fragment and trailing slash.
    """

    base: str
    vocabulary: str = ""

    def __post_init__(self) -> None:
        for name, address in (("base_uri", self.base), ("vocabulary_uri", self.vocabulary or self.base)):
            if not _BASE.fullmatch(address):
                raise WrongSetting(
                    f"{name} is {address!r}, which is no address to publish under.",
                    where="publication.toml",
                    remedy='Write it like "https://data.example.org": http or https, no slash, "?" or "#" at the end.',
                )

    def resource(self, concept: str, *keys: str) -> str:
        """Returns the IRI of a thing: `{base}/id/{concept}/{key}--{key}…`.

        Raises:
            ValueError: a concept or key is no key (a mistake in the program: keys are checked where they are read).
        """
        return self.things + _reference(concept, *keys)

    @property
    def things(self) -> str:
        """How the IRIs of all things begin."""
        return f"{self.base}/id/"

    def reference(self, iri: str) -> str:
        """Returns how the IRI of a thing ends: concept and keys, such as `project/zee`; any other IRI as it is."""
        return iri.removeprefix(self.things)

    def page(self, iri: str) -> str:
        """Returns the address of the document about a thing: `/id/` becomes `/doc/` (Cool URIs, section 4.2)."""
        return iri.replace(self.things, f"{self.base}/doc/", 1)

    @property
    def root(self) -> str:
        """What relative IRIs in the ontology, the shapes and the queries are resolved against."""
        return f"{self.base}/"

    @property
    def prefix(self) -> str:
        """The path under which the site stands in its base; mostly empty."""
        return urlsplit(self.base).path

    @property
    def quality(self) -> str:
        """The IRI of the page about the quality of a release, and of the graph with its validation report."""
        return f"{self.base}/kwaliteit"

    @property
    def ontology(self) -> str:
        """The IRI of the ontology."""
        return f"{self.vocabulary or self.base}/def"

    @property
    def terms(self) -> str:
        """The namespace of our own terms; a term is a hash IRI, so one document defines them all."""
        return f"{self.ontology}#"

    @property
    def catalogue(self) -> str:
        """The address where portals fetch the catalogue, and the name of its graph."""
        return f"{self.base}/catalog"

    @property
    def void(self) -> str:
        """The address of the VoID description (RFC 8615), and the name of its graph."""
        return f"{self.base}/.well-known/void"

    @property
    def endpoint(self) -> str:
        """The address of the SPARQL endpoint."""
        return f"{self.base}/sparql"

    @property
    def stream(self) -> str:
        """The address of the view on the stream of changes."""
        return f"{self.base}/ldes"

    def stream_page(self, transaction: int, page: int) -> str:
        """Returns the address of one page of what one transaction changed; both count from 1."""
        return f"{self.stream}/{transaction}-{page}"

    def question_page(self, name: str) -> str:
        """Returns the address of the page that asks a saved question."""
        return f"{self.base}/vraag/{name}"

    def download(self, release: str, file: str) -> str:
        """Returns the address of one file of one release."""
        return f"{self.base}/download/{release}/{file}"

    def aside(self, release: str, number: int) -> str:
        """Returns a graph that holds a part of a release while it is put into another engine."""
        return f"{self.base}/push/{release}/{number}"

    def is_aside(self, graph: str) -> bool:
        """Whether a graph is one of `aside`, of any release."""
        return graph.startswith(f"{self.base}/push/")

    def agenda(self, key: str) -> str:
        """The agenda, whatever the edition."""
        return self.resource("agenda", key)

    def edition(self, key: str) -> str:
        """One dated edition; also the name of its graph."""
        return self.resource("editie", key)

    def entry(self, edition: str, project: str) -> str:
        """The entry of a project in an edition."""
        return self.resource("agendapunt", edition, project)

    def project(self, key: str) -> str:
        """A project, whatever its number or title in an edition."""
        return self.resource("project", key)

    def organisation(self, key: str) -> str:
        """An organisation."""
        return self.resource("organisatie", key)

    def participation(self, project: str, organisation: str, role: str) -> str:
        """The part of one organisation in one project in one role."""
        return self.resource("deelname", project, organisation, role)

    def theme(self, key: str) -> str:
        """A theme of the agenda."""
        return self.resource("thema", key)

    def concept(self, key: str) -> str:
        """A concept that the software brings along: a role, a certainty, a way of resolving."""
        own = self.resource("begrip", key)
        return own.replace(self.base, self.vocabulary or self.base, 1)

    def shared(self, text: str) -> str:
        """Returns a text in Turtle or SPARQL in which the terms and concepts of the software have their full IRIs.

        They are written relative in the files of the software, as all IRIs. Where the publication shares them, they do
        not stand under its own base.

        >>> Iris("https://stad.example", "https://def.example").shared("PREFIX ks: <def#> <id/thema/zee>")
        'PREFIX ks: <https://def.example/def#> <id/thema/zee>'
        """
        if not self.is_sharing:
            return text
        return _SHARED.sub(lambda found: f"<{self.vocabulary}/{found[1]}>", text)

    @property
    def is_sharing(self) -> bool:
        """Whether the terms of the software stand under another base than the publication."""
        return self.vocabulary not in ("", self.base)

    def alias(self, iri: str) -> str:
        """Returns the publication's own IRI of a shared term or concept; empty for any other IRI."""
        relative = iri.removeprefix(f"{self.vocabulary}/")
        return f"{self.base}/{relative}" if self.is_sharing and _SHARED.fullmatch(f"<{relative}>") else ""

    def scheme(self, key: str) -> str:
        """A concept scheme (NL-SBB: begrippenkader)."""
        return self.resource("begrippenkader", key)
