"""Names as HTML: a text of the data, and the link on it. Nearly every cell of a page has one, and macros take long."""

from __future__ import annotations

from markupsafe import Markup, escape

from kennis_ld.graph.description import Term
from kennis_ld.web.blocks import has_long_word
from kennis_ld.web.pages.overview import overview
from kennis_ld.web.site import Site


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
