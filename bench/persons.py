"""Puts made-up contact persons in cells as officers do, and looks for any word of them in what would be published.

    python bench/persons.py [NUMBER] [SEED]

NUMBER cells (10,000) are drawn with SEED (1): organisations of a small register and persons, in Dutch, English and
German, with forms of address, offices, initials, e-mail addresses and telephone numbers of many forms, in a cell with
parties, in another cell, behind words for contact with and without a colon, beside an organisation with an office, a
bracket, a colon or a dash between the two, in lists, and behind 'contactpersoon' in running text; and cells with such
words, or with streets, schools and firms, and without a person. A leak is a name, an address or a number that comes out
in a masked cell or a party; a loss is an organisation of the cell that does not come out, or a word that no person is
behind and that is masked. Prints each, and the sum; exits 1 if there was one.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kennis_ld.agenda.names import candidates  # noqa: E402
from kennis_ld.agenda.parties import parties  # noqa: E402
from kennis_ld.agenda.persons import masked_cell, masked_text  # noqa: E402
from kennis_ld.agenda.register import Register  # noqa: E402
from kennis_ld.model import Mention, Organisation, Role  # noqa: E402
from kennis_ld.publication.language import default_words, lists  # noqa: E402

ORGANISATIONS = (
    Organisation("gd", "Gemeente Duinstad", abbreviations=("GD",)),
    Organisation("ud", "Universiteit Duinstad", abbreviations=("UD",)),
    Organisation("hz", "Hogeschool De Zilk", abbreviations=("HZ",)),
    Organisation("hcc", "Harbourton City Council", abbreviations=("HCC",)),
    Organisation("sa", "Stadt Altenfurt"),
    Organisation("kannerhuis", "Dr. Bos Kannerhuis"),
    Organisation("janfonds", "Jan en Anna Fonds"),
)
REGISTER = Register(ORGANISATIONS, [])

_STARTS = (
    "Alb",
    "Brem",
    "Corn",
    "Dov",
    "Elz",
    "Fren",
    "Gral",
    "Hov",
    "Ilm",
    "Jorr",
    "Kel",
    "Lom",
    "Merk",
    "Nor",
    "Ov",
    "Prek",
)
_ENDS = (
    "ema",
    "inga",
    "stra",
    "mans",
    "sen",
    "burg",
    "ker",
    "ooij",
    "aert",
    "wald",
    "ton",
    "ley",
    "hauser",
    "berger",
    "ić",
)
_BETWEEN = ("", "", "", "van ", "de ", "van der ", "van den ", "ter ", "el ", "von ", "Mc")
_STRANGE = (
    "Fatoumata", "Oluwaseun", "Xiulan", "Žofia", "Đorđe", "Þóra", "Zbigniew", "Ngozi", "Iñaki", "Sjouke", "Wubbo",
    "Ljiljana",
)  # fmt: skip
_TITLES = (
    "mevr.", "mw.", "dhr.", "de heer", "mevrouw", "drs.", "prof. dr.", "ir.", "weth.", "wethouder", "Mr",
    "Mrs.", "Ms", "Cllr", "Frau", "Herr", "Herr Dr.",
)  # fmt: skip
_OFFICES = (
    "contactpersoon", "cp.", "projectleider", "programmamanager", "aanspreekpunt", "project manager",
    "Ansprechpartner", "t.a.v.", "contact person",
)  # fmt: skip
_PHONES = (
    "06-{0}{1}", "06 {0} {1}", "+31 6 {0}{1}", "+31 (0)6-{0}{1}", "071-51{2}", "(071) 51 {2}", "tel. {2}",
    "020 7946 {3}", "0511/{0}{3}", "0031 6 {0}{1}", "tel: 071 {2}0",
)  # fmt: skip
_PLACES = (
    "{o} ({p})", "{o} ({t} {s})", "{o}, {t} {s}", "{o} ({i})", "{o}, {i}", "{o}; contact: {p}",
    "Contact: {p}, {f}; {o}", "{o} ({p}, {f})", "{o}, {k} {p}", "{o} ({k}: {p})", "{o}\n{k} {p}\n{f}",
    "{o}, {m}", "{o} ({m})", "{o}, {p}, {m}, {f}", "{o} - {t} {p}", "{t} {p} ({o})", "{o}, {g}", "{o} / {g}",
    "{g}, {o}", "{o} en {g}", "{r}; {o}", "{o} ({g}, {f})", "{o}\n- {g}\n- {q}", "{o}, {q} ({t} {s})",
    "T: {o} ({p}) P: {q}, {t} {s}", "Trekker: {o} Contactpersoon: {p} Partners: {q}", "{o} {i}",
    "{o}: {t} {s}, {f}", "{o} | {g} | {f}", "{g} ({o})", "{o}, p/a {m}", "• {o} ({p})\n• {q} ({g})",
)  # fmt: skip
"""Where a person stands: o, q organisations; p any name, g one with a known given name, i with initials, r reversed,
s a family name, t a form of address, k an office, m an e-mail address, f a telephone number."""

_CONTACTS = (
    "contact", "contactpersoon", "aanspreekpunt", "contact person", "Kontakt", "Ansprechpartner", "Ansprechpartnerin",
    "Ansprechpartner/in", "Ansprechpartner*in", "Ansprechpartner(in)", "c.p.", "cp", "attn", "attn.", "t.a.v.", "tav",
    "z. Hd.", "point of contact", "for the attention of", "ter attentie van", "Kontaktperson", "contactpersoon mw.",
    "AP", "Ansprechp.", "aansprp.",
)  # fmt: skip
_TIES = (" ", " is ", " = ", " – ", ": ", " : ", " via ", ": via ", " - ")
_LEADERS = ("Projektleitung", "Projektleiterin", "projectleider", "Projectleiding", "project manager")
_UNKNOWN = (
    "Anne Frankschool", "Bakkerij De Jong", "Gärtnerei Jansen & Söhne", "Robert Burns Primary",
    "Recreatieschap Meren", "Stichting Jan van Galen", "Huis van Anna", "Bremer Museum", "Meren Marketing",
    "Northfield Trust", "Kulturverein Altenfurt e.V.",
)  # fmt: skip
_BEHIND_CONTACT = (
    "{o} ({c}{e}{p})", "{o}, {c}{e}{p}", "{o}\n{c}{e}{p}", "{o}; {c}{e}{i}", "{o} / {c} {p}", "{o} - {c} {p}",
    "{o} ({c} {p}, {f})", "{o} ({c} {p}, {m})", "{o}, {c} {p} ({f})", "{o}\n{c} {p}\n{f}\n{m}", "{o} {c} {p}",
    "{o} ({c} {p} en {v})", "{o} ({c} {p} / {v})", "{o} ({c} {p}, {v})", "{o}, {c}: {p} & {v}", "{o} ({c} {w})",
    "{u} ({c}: {p}, {f})", "{u} ({c} {p}, {f})", "{u}, {c}: {p}, {f}", "{u}\n{c} {p}\n{f}", "{u} ({c} {p})",
    "{u} ({p}, {f})", "{u} ({n}, {m})", "{u}, {n} {f}", "{u}: {n}, {f}", "{u} ({n} {f}); {o}",
    "{o} ({h} {p})", "{o}, {h}: {p}", "{o}; {h} {p} ({q})", "{o}\n{h}: {t} {s}", "{o} ({h} is {p})",
    "namens {o}: {p}", "{q}; namens {o}: {p}", "{o}, namens {q} {p}", "{o} (namens {q}: {i})",
    "on behalf of {o}: {p}", "im Namen von {o}: {t} {s}", "{o}, vertegenwoordigd door {p}", "{o}, vertreten durch {p}",
    "{o} ({n} {f})", "{o}, {n}, {m}", "{o}, {n} ({f})", "{o}: {n} {m}", "{o}, {c} {n} ({m})", "{n} {f} ({o})",
    "{p} ({x}), {o}", "{o}, {p} ({x})", "{c} {p} ({o})", "{o}, {t} {b}", "{o} ({c} {b})", "{o} ({l} {b})",
    "{o}, c/o {p}", "{o} c/o {p}", "{o} p/a {p}", "{o}, p/a {p}, {f}", "{o} (c/o {p})", "c/o {p}, {o}",
    "{o}; c/o {t} {s}",
    "{o} ({g}, {n} en {w})", "{o}, {p}, projectleider", "{o} (trekker {p})",
    "AP: {p}; {o}", "{o} (AP {p})", "{o}, AP: {p}, {f}", "{o}\nAP: {p}", "{o}, {c} via {p}", "{o} via {p}, {f}",
    "{o}, {c} {t} {d}", "{o} ({c} {d})", "{o}, {t} {d}, {f}",
)  # fmt: skip
"""A person behind a word for contact, c, with or without a tie, e; u an organisation that the register does not know; v
another person, n a single given name, w a single family name, h a leader, l initials, b a family name with shortened
particles, d a double one, x a word for contact in general."""

_WORK = (
    "boswachter", "omgevingsmanager", "jongerenwerker", "energieadviseur", "Amtsleiterin", "Sachbearbeiter",
    "Klimaschutzbeauftragter", "Kursleiterin", "warden", "route manager", "engineer", "housing officer",
)  # fmt: skip
_TWO_LETTERS = ("Chr.", "Sj.", "Th.", "J-P", "H.-J.")
_BESIDE = (
    "{o}, {z} {p}", "{o} ({z} {w})", "{z} {p}, {o}", "{o}; {z} {w}", "{o} ({w})", "{o}: {w}", "{o} - {w}", "{w} ({o})",
    "{o} ({n}, {w} en {t} {s})", "{w} en {y} ({o})", "{o}\n - {w}, {n}\n - {y}, {n}", "{o} (nu {p})", "{o} (now {w})",
    "{o} ({w} jr.)", "{o}; our contact is {p}", "{o} ({a} {w})", "{o}: {a} {w}", "{o}, {a} {w}", "{o} ({p}, {y})",
)  # fmt: skip
"""A person beside an organisation: z an office by its end, y another family name, a initials of two letters."""

_NOBODY = (
    "{o} (Dorpsstraat)", "{o} (Jan Steenstraat)", "{o} (Theo Park Road)", "{o} (Rode Kruis)",
    "{o}; Friends of Johanna", "{o}, Vogelwacht Geerstreek", "{o}; Architectenbureau Mulder & De Wit",

    "{o}, {x} met bewoners", "{o} ({x} volgt)", "{o} ({x} n.t.b.)", "{o}; contactpunt wonen", "{o}, {u}", "{u}; {o}",
    "{o}, {x} via {u}", "{o} ({x}: {u})", "{x}: {u}; {o}", "{o}, {x} {o}", "{o}; namens {q}", "namens de regio: {o}",
    "{o} (projectleider)", "projectleider {o}", "{h}: {o}", "Projektleitung: Stadtwerke Altenfurt; {o}", "{o} ({u})",
    "Contactpunt Wonen, {o}", "Contact der Kontinenten, {o}", "{o}\nContact Centre North", "{o} ({x}: Loket Wonen)",
    "{o}; Meldpunt (071-5165165)", "{o} ({x} met {u})", "{o}, {x} ouderen", "{o} ({h} nog niet bekend)",
)  # fmt: skip
"""No person."""

_SENTENCES = (
    "Tien huizen. Contactpersoon: {p}. Daarna volgt de rest.",
    "Tien huizen. Contactpersoon {g} vertelt meer. Daarna volgt de rest.",
    "Contact: {t} {s}, {f}. Daarna volgt de rest.",
    "Contactpersonen: {g} en {i} ({m}). Daarna volgt de rest.",
    "Ansprechpartnerin: {t} {s}, {f}. Daarna volgt de rest.",
    "Contact person: {g}, {m}. Daarna volgt de rest.",
    "Tien huizen. De contactpersoon is {g}. Daarna volgt de rest.",
    "Tien huizen (contact {g}, {f}). Daarna volgt de rest.",
    "Ansprechpartner/in ist {t} {s}. Daarna volgt de rest.",
)


@dataclass(frozen=True, slots=True)
class Given:
    """A cell, the words of persons in it, and the organisations that it names; running text has no organisations.

    `kept` is what stands in the masked cell as it is: an organisation that the register does not know, or the whole.
    """

    text: str
    secrets: tuple[str, ...]
    organisations: frozenset[str]
    running: bool = False
    kept: str = ""


def drawn(number: int, seed: int) -> Iterator[Given]:
    """Yields that many cells and sentences, the same for one seed."""
    chance = random.Random(seed)
    given_names = [name for name in lists()["persons"]["given"] if len(name) > 2]
    for at in range(number):
        running = at % 5 == 0
        between = chance.choice(_BETWEEN)
        family = chance.choice(_STARTS) + chance.choice(_ENDS)
        first, strange = chance.choice(given_names), chance.choice(chance.choice((_STRANGE, given_names)))
        one, two = chance.sample(ORGANISATIONS, 2)
        letters = chance.choice(("{0}.", "{0}.{1}.", "{0}. {1}.")).format(first[0], strange[0].upper())
        letters = letters.replace("N.N.", "N.M.").replace("N. N.", "N. M.")  # 'N. N.' is nobody
        mail = chance.choice(
            ("{0}.{1}@stad.example", "{1}@mail.stad.example", "{0}{1}@stad.example", "{0} (at) stad.example")
        )
        digits = [f"{chance.randrange(10**size):0{size}}" for size in (4, 4, 5, 4)]
        digits[0] = f"1{digits[0][1:]}"
        phone = chance.choice(_PHONES).format(*digits)
        other = chance.choice([name for name in _STARTS if not family.startswith(name)]) + chance.choice(_ENDS)
        values = {
            "o": _called(one, chance), "q": _called(two, chance), "u": chance.choice(_UNKNOWN),
            "p": f"{strange} {between}{family}", "g": f"{first} {between}{family}",
            "i": f"{letters} {between}{family}", "r": f"{family}, {letters}", "v": f"{first} {other}",
            "s": f"{between}{family}".removeprefix("Mc"), "n": first, "w": family, "l": letters,
            "b": f"{chance.choice(('v.d.', 'v/d', 'vd', 'v.', 'van ’t', 'van de'))} {family}",
            "d": f"{family}{chance.choice(('-', ' - van ', '-van der ', ' – de '))}{other}",
            "t": chance.choice(_TITLES), "k": chance.choice(_OFFICES), "f": phone,
            "m": mail.format(strange.casefold(), family.casefold()), "c": chance.choice(_CONTACTS),
            "e": chance.choice(_TIES), "y": other, "z": chance.choice(_WORK),
            "a": chance.choice(_TWO_LETTERS), "h": chance.choice(_LEADERS),
            "x": chance.choice(("contact", "contactpersoon", "aanspreekpunt", "Kontakt", "contact person")),
        }  # fmt: skip
        values["s"] = values["s"][0].upper() + values["s"][1:]
        drawn_from = (_SENTENCES, _BEHIND_CONTACT, _BESIDE, _PLACES, _PLACES)[at % 5]
        template = chance.choice(_NOBODY if at % 25 == 4 else drawn_from)
        used = set(re.findall(r"\{(\w)\}", template))
        secrets = [family] if used & set("pgirswbd") else []
        secrets += [first] if used & set("gvn") and first not in {"Jan", "Anna"} else []
        secrets += [strange] if "p" in used and strange not in {"Jan", "Anna"} else []
        secrets += [other] if used & set("vdy") else []
        secrets += [values["m"].replace(" (at) ", "@").partition("@")[0]] if "m" in used else []
        secrets += [phone.removeprefix("tel. ").removeprefix("tel: ")] if "f" in used else []
        keys = {key for letter, key in (("o", one.key), ("q", two.key)) if letter in used}
        text = template.format_map(values)
        kept = values["u"] if "u" in used else ""
        if template in _NOBODY:
            kept = text.replace("071-5165165", "[telefoon]")
        yield Given(text, tuple(secrets), frozenset(keys), running, kept)


def _called(organisation: Organisation, chance: random.Random) -> str:
    return chance.choice((organisation.name, *organisation.abbreviations))


def leaks(given: Given) -> list[str]:
    """Returns what of a person comes out, and which organisations do not or came in."""
    words = default_words()
    if given.running:
        out = masked_text(given.text, words=words, lexicon=REGISTER)
        lost = [] if out.endswith("Daarna volgt de rest.") else ["the next sentence"]
        return [secret for secret in given.secrets if _stands_in(secret, out)] + lost
    masked = masked_cell(given.text, words=words, lexicon=REGISTER)
    found = parties(given.text, role=Role.PARTNER, lexicon=REGISTER, words=words)
    out = masked + "\n" + "\n".join(getattr(party, "text", "") for party in found)
    mentions = [party for party in found if isinstance(party, Mention)]
    keys = {
        key
        for party in mentions
        for key in candidates(party.resolution) or (() if party.text in given.kept else (party.text,))
    }
    lost = [given.kept] if given.kept not in masked else []
    return [secret for secret in given.secrets if _stands_in(secret, out)] + lost + sorted(keys ^ given.organisations)


def _stands_in(secret: str, text: str) -> bool:
    """Whether a word or number stands in a text; short given names stand in other words."""
    return re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", text, re.IGNORECASE) is not None


def main(number: int = 10_000, seed: int = 1) -> int:
    """Tries the cells; returns 1 if anything leaked."""
    wrong = [(given, found) for given in drawn(number, seed) if (found := leaks(given))]
    for given, found in wrong[:200]:
        print(f"{given.text!r}: {found}")
    print(f"{number} cells, {len(wrong)} with a leak or a loss")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
