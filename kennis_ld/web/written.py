"""Texts of the data as pages show them: names with their links, and plain text as paragraphs and lists.

Nearly every cell of a page has a name, and macros take long. Plain text is as `kennis_ld.agenda.text` leaves it: a line
is a paragraph, lines that begin with "- " form a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from kennis_ld.graph.description import Term
from kennis_ld.web.pages.overview import overview
from kennis_ld.web.site import Site

MOST_CHARACTERS = 64 * 1024
"""What is read of one text, so that a page has an end; the data have all of it (safety facts, case 61)."""

_BULLETS = ("- ", "• ", "* ")


class Written:
    """Writes names for a page in a language.

    All text from the data stands in <bdi>: its direction cannot turn the page around.
    """

    def __init__(self, site: Site, language: str) -> None:
        self._site = site
        self._language = language

    def text(self, term: Term) -> Markup:
        """Returns a text, with its language where that is not the page's."""
        long = ' class="long"' if has_long_word(term.value) else ""
        return Markup(f"<bdi{long}{self.foreign(term)}>{escape(term.value)}</bdi>")  # noqa: S704 - what is not ours is escaped

    def foreign(self, term: Term) -> Markup:
        """Returns the attribute with the language of a text; nothing where that is the page's, or it has none."""
        is_foreign = term.language and term.language != self._language
        return Markup(f' lang="{escape(term.language)}"') if is_foreign else Markup()  # noqa: S704

    def link(self, iri: str, term: Term) -> Markup:
        """Returns a link to a thing; where no link may lead there, its address behind its name."""
        to, name = self._site.href(iri, self._language), self.text(term)
        elsewhere = ' rel="external nofollow"' if to == iri else ""
        link = f'<a href="{escape(to)}"{elsewhere}>{name}</a>'
        return Markup(f'{name} <code class="iri"><bdi>{escape(iri)}</bdi></code>' if to is None else link)  # noqa: S704

    def organisation(self, iri: str) -> Markup:
        """Returns a link to an organisation or theme, by its name."""
        return self.link(iri, overview(self._site).name(iri, self._language))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or the items of a list.

    Attributes:
        lines: one line for a paragraph, an item each for a list.
        is_list: which of the two.
    """

    lines: Sequence[str]
    is_list: bool = False


def has_long_word(text: str) -> bool:
    """Whether a word is longer than a column of a table may be wide; a browser breaks others only between them.

    >>> has_long_word("Faculteit der Geesteswetenschappen"), has_long_word("x" * 28)
    (False, True)
    """
    return re.search(r"[^\s/-]{28}", text) is not None


def blocks(text: str) -> list[Block]:
    r"""Returns the paragraphs and lists of a text, in order, without a word lost but the bullets.

    >>> [block.lines for block in blocks("Doel:\n- een\n- twee\n\nKlaar.")]
    [['Doel:'], ['een', 'twee'], ['Klaar.']]
    """
    found: list[Block] = []
    items: list[str] = []
    for line in (*text[:MOST_CHARACTERS].splitlines(), ""):
        plain = line.strip()
        if plain.startswith(_BULLETS):
            items.append(plain[2:].strip())
            continue
        if items:
            found.append(Block(items, is_list=True))
            items = []
        if plain:
            found.append(Block([plain]))
    return found
