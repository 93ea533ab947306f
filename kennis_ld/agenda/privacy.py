"""Says what of a person a document may tell: cells without persons, running text without what the law protects."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from kennis_ld.agenda.contact_details import details, numbers_masked, withheld
from kennis_ld.agenda.persons import masked_cell, masked_text
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.wording import MASK, Words, fold
from kennis_ld.model import Finding, Place


@dataclass(frozen=True, slots=True)
class Privacy:
    """What the texts of one publication are read with.

    Attributes:
        decided: e-mail addresses and numbers about which a person decided that they are published, as
            `contact_details.compact` makes them.
    """

    words: Words
    lexicon: Register
    decided: Collection[str] = field(default_factory=frozenset)

    def cell(self, text: str) -> str:
        """Returns a cell of a table without persons."""
        return masked_cell(text, words=self.words, lexicon=self.lexicon)

    def title(self, text: str) -> str:
        """Returns a title or heading: as it stands, but for a BSN or IBAN."""
        return withheld(text, known=self.decided)[0]

    def description(self, text: str) -> str:
        """Returns running text without the names of contact persons, and without a BSN or IBAN."""
        lines = withheld(text, known=self.decided)[0].split("\n")
        return "\n".join(masked_text(line, words=self.words, lexicon=self.lexicon) for line in lines)

    def is_contact_column(self, heading: str) -> bool:
        """Whether contact persons stand in a column with this heading."""
        return fold(heading).rstrip(" .:") in self.words.contact_columns

    def heading(self, text: str) -> str:
        """Returns a heading or a line outside the table without the names and numbers of contact persons."""
        return numbers_masked(self.description(text))

    def findings(self, title: str, description: str, *, place: Place, subject: str) -> Iterator[Finding]:
        """Yields what is to be said about the persons in the title and the text of an entry, as they stand there."""
        numbers = [kind for text in (title, description) for kind in withheld(text, known=self.decided)[1]]
        if numbers:
            yield Finding("number-withheld", place, subject, values={"kinds": ", ".join(dict.fromkeys(numbers))})
        published = self.description(description)
        if MASK in published and MASK not in description:
            yield Finding("contact-person", place, subject)
        in_title = masked_text(title, words=self.words, lexicon=self.lexicon) != title
        kinds = [kind for text in (title, published) for kind in details(text, known=self.decided)]
        if kinds := [*dict.fromkeys(kinds), *(["name"] if in_title else [])]:
            yield Finding("personal-details", place, subject, values={"kinds": ", ".join(kinds)})
