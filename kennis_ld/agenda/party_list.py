"""The list that is read: its parties so far, and what words said that holds for the names to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kennis_ld.agenda.names import Names, candidates
from kennis_ld.agenda.pieces import ENDS, name_of, trimmed
from kennis_ld.agenda.sayings import Sayings
from kennis_ld.agenda.wording import Words
from kennis_ld.model import Contact, Group, Mention, Nobody, Party, Remark, Resolution, Role, Unknown


@dataclass(slots=True)
class PartyList:
    """The parties of one role so far, with what holds for those to come; places are numbers of parties found."""

    role: Role
    names: Names
    words: Words
    sayings: Sayings
    in_cell: bool  # whether the cell itself gives the role, and not its column
    is_sure: bool  # whether the column or the cell gives it
    alongside: str  # the word that casts doubt on all in the list
    given: int  # how many have their role already: "T: UL, GL en HsL doen mee"
    found: list[Party] = field(default_factory=list)
    inside: bool = False  # in brackets
    marked: bool = False  # whether words beside a name gave a role: "GK (trekker)"
    before_with: int = 0  # how many stand before 'met'
    perhaps: str = ""  # the word for 'perhaps' about the next one
    tied: str = ""  # the one that goes on,
    tied_to: int = 0  # up to this piece, behind 'en'
    listed: str = ""  # the one before a colon
    when: str = ""  # the period before a colon
    kinds: Sequence[str] = ()  # how names before begin: 'gemeente' behind 'gemeenten'
    together: int = 0  # where those begin that 'en' ties to the last
    shared: Role | None = None  # the role of the one before 'samen met'
    start: int = 0  # where the list begins that it closes: "UL, GL en HsL doen mee"

    @property
    def last(self) -> Mention | None:
        """The party before, where it is a name."""
        last = self.found[-1] if self.found else None
        return last if isinstance(last, Mention) else None

    def take(self, read: list[Party]) -> None:
        """Adds parties; words for 'perhaps' stay with a first one that cannot be in doubt: 'evt. scholen'."""
        if read and not isinstance(first := read[0], Contact):
            perhaps, self.perhaps = self.perhaps, ""
            sure = isinstance(first, Group | Remark | Nobody)
            if sure and (self.words.perhaps.match(perhaps) or self.sayings.kind(perhaps)):
                read = [replace(first, text=f"{perhaps} {first.text}"), *read[1:]]
        self.found += read

    def known(self, text: str) -> Party:
        """Returns the party of a name that the register knows."""
        return self.named(text, self.names.resolved(text))

    def named(self, text: str, resolution: Resolution) -> Party:
        """Returns the party of a name that the register knows, or of a known name with an unknown unit ('UL/Lab')."""
        if isinstance(resolution, Unknown) and self.names.is_group(text):
            name = name_of(text)
            is_open = self.names.lexicon.is_open(name) or bool(self.words.indefinite.match(name))
            return Group(trimmed(text), self.role, open=is_open)
        return self.mention(text, name_of(text), resolution)

    def mention(
        self, text: str, name: str, resolution: Resolution, *, wrapped: bool = False, said: str = ""
    ) -> Mention | Remark:
        """Returns a name with the doubt and the period that words before, or `said` around it, cast on it."""
        self.perhaps, self.tied = "", self.perhaps or self.tied
        is_asked = "?" in {text.rstrip(ENDS)[-1:], text.lstrip()[:1]}
        doubt = "?" if is_asked else self.tied or self.listed or self.alongside or said
        role = self.shared or self.role
        mention = Mention(trimmed(text), role, doubt=doubt, name=name, resolution=resolution, wrapped=wrapped)
        return self.sayings.unless_absent(self.sayings.during(self.when, mention))

    def about(self, text: str, parties: list[Party]) -> bool:
        """Takes in what words say about the last of some parties; whether they say anything."""
        last = parties[-1] if parties else None
        said = self.sayings.about(text, last, sure=self.is_sure) if isinstance(last, Mention) else []
        if said:
            self.marked = self.marked or self.sayings.gives_role(text)
            parties[-1:] = said
        return bool(said)

    def tie(self, last: Party, said: str, start: int) -> None:
        """Gives the "role" or "doubt" of one to those before it, from a place on: 'GD en UD trekken'."""
        for at, one in enumerate(self.found[start:], start=start):
            if isinstance(one, Mention):
                self.found[at] = replace(one, **{said: getattr(last, said)})

    def start_of_tied(self, last: int) -> int:
        """Returns where those begin that 'en' ties to the last: all of its list, but for who has a role already."""
        return max(self.given, self.start) if self.together < last else self.together

    def share_role(self, last: Party, coming: int = 0) -> None:
        """Gives the role of one of those coming to those that 'en' ties to it: 'scholen doen mee' behind 'UL en'."""
        self.tie(last, "role", self.start_of_tied(len(self.found)))
        self.marked, self.given = True, len(self.found) + coming

    def deny_tied(self) -> None:
        """Makes remarks of those that 'en' ties to one that takes no part: 'UL en GL stappen niet mee in'."""
        for at in range(self.start_of_tied(len(self.found)), len(self.found)):
            if isinstance(one := self.found[at], Mention):
                self.found[at] = Remark(one.text, one.role)

    def divide(self, separator: str, at: int) -> None:
        """Ends what holds up to the separator at a piece; any but a comma begins a new list."""
        self.together, self.tied = len(self.found), self.tied if at < self.tied_to else ""
        if separator != ",":
            self.when, self.listed, self.shared, self.start = "", "", None, len(self.found)

    def go_alongside(self, word: str, *, tight: bool) -> None:
        """Begins those behind 'met': all are in doubt, but for partners behind a word such as 'samen met'.

        Behind a name (`tight`), and not a comma, such a word gives them its role, up to what ends their list.
        """
        sure = self.role.main == Role.PARTNER and self.words.together.fullmatch(word)
        self.alongside = self.alongside if sure else word
        if sure and tight and (last := self.last):
            self.shared = last.role  # "UL trekt dit samen met GL; HsL"
        self.together = self.start = len(self.found)
        self.before_with = self.before_with or len(self.found)

    def doubt_next(self, word: str) -> None:
        """Casts doubt on the next name, where no word before does."""
        self.perhaps = self.perhaps or word

    def doubt_more(self, words: str, up_to: int) -> None:
        """Casts doubt on the next name, and on those up to a piece that 'en' ties to it: 'evt. UL, GL en HsL'."""
        self.perhaps, self.tied_to = f"{self.perhaps} {words}".strip(), up_to

    def settle(self, tied: str) -> None:
        """Ends the doubt on the next name; a tied one goes on."""
        self.perhaps, self.tied = "", tied

    def doubt_both(self, word: str) -> None:
        """Casts doubt on the name before 'en/of' and the one behind; 'v/h' is only about the one behind."""
        self.perhaps = word
        if (last := self.last) and not self.words.former.fullmatch(word):
            self.found[-1] = self.sayings.unless_absent(replace(last, doubt=last.doubt or word))

    def close(self) -> None:
        """Adds words for 'perhaps' before nobody."""
        if self.perhaps:
            kind = Nobody if self.sayings.is_nobody(self.perhaps) else Remark
            self.found.append(kind(self.perhaps, self.role))
            self.perhaps = ""


def is_known(party: Party) -> bool:
    """Whether a party is a group, or of the register."""
    return isinstance(party, Group) or (isinstance(party, Mention) and bool(candidates(party.resolution)))
