"""Contact persons, addresses and numbers in cells and in running text; a sample of the campaign in bench/persons.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.persons import drawn, leaks
from kennis_ld.agenda.contact_details import details, is_bsn, is_iban, withheld
from kennis_ld.agenda.names import candidates
from kennis_ld.agenda.parties import parties
from kennis_ld.agenda.persons import masked_cell, masked_text
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.wording import Words
from kennis_ld.model import Mention, Organisation
from kennis_ld.publication.language import default_words
from tests.golden.test_cells import CELLS, COLUMNS, register

REGISTER = Register(
    [
        Organisation("gk", "Gemeente Kleinstad", abbreviations=("GK",)),
        Organisation("huis", "Dr. Bos Huis"),
        Organisation("anna", "Anna Visser"),
    ],
    [],
)


def test_no_made_up_person_comes_out() -> None:
    """Of the cells of the campaign no name, address or number of a person comes out, and every organisation does."""
    assert [] == [(given.text, found) for given in drawn(400, 7) if (found := leaks(given))]


WRITTEN = CELLS.parent / "contact_persons"
"""Cells with persons of six towns, by writers who had not seen the program."""


def wrong(town: Path) -> Iterator[str]:
    """The cells of a town of which a name comes out, or an organisation, or another name that is no person, does not.

    A line has the column, the cell, the words of persons, and the keys of organisations and names in quotation marks.
    """
    words = default_words()
    for line in (town / "cells.txt").read_text(encoding="utf-8").splitlines():
        column, cell, persons, organisations = (part.strip() for part in line.split("|", 3))
        cell = cell.replace("⏎", "\n")
        masked = masked_cell(cell, words=words, lexicon=register(town))
        found = parties(cell, role=COLUMNS[column], lexicon=register(town), words=words)
        mentions = [party for party in found if isinstance(party, Mention)]
        out = "\n".join((masked, *(party.text for party in mentions)))
        kept = re.findall(r'"([^"]+)"', organisations)
        known = {key for party in mentions for key in candidates(party.resolution)}
        if (
            any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", out, re.IGNORECASE) for name in persons.split())
            or not all(name in out for name in kept)
            or not known.issuperset(re.sub(r'"[^"]+"|,', " ", organisations).split())
        ):
            yield cell


@pytest.mark.parametrize("town", sorted(WRITTEN.iterdir()), ids=lambda town: town.name)
def test_cells_as_others_write_them(town: Path) -> None:
    """No person comes out and nothing else is lost, but for the cells that the town says are too hard."""
    hard = (town / "hard.txt").read_text(encoding="utf-8").splitlines()
    assert hard == [cell.replace("\n", "⏎") for cell in wrong(town)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("GK (mevr. A. de Boer)", "GK (mevr. [naam])"),
        ("GK [Fatou Bremema], Dr. Bos Huis [zaal]", "GK ([naam]), Dr. Bos Huis (zaal)"),
        ("GK: Fatou Bremema <f.b@stad.example>", "GK: [naam] ([e-mail])"),
        ("GK [zaal 2] <beoogd>", "GK [zaal 2] <beoogd>"),
        ("gk (bremema), dr. bos huis (beoogd)", "gk ([naam]), dr. bos huis (beoogd)"),
        ("gk, dr. visser", "gk, dr. [naam]"),
        ("GK/UD (GHOR)", "GK/UD (GHOR)"),
        ("k. bremema (gk)", "[naam] (gk)"),
        ("Jansen Anna, GK", "[naam], GK"),
        ("Robert Burns Court, GK", "Robert Burns Court, GK"),
        ("Trekker Anna Smit, GK; penvoerder Kees Bakker", "Trekker [naam], GK; penvoerder [naam]"),
        ("Trekker Stichting Anna, GK", "Trekker Stichting Anna, GK"),
        ("Penvoerder Kees Bakker GK, Anna Smit GK", "Penvoerder [naam] GK, [naam] GK"),
        ("Wolthuis (GK)", "[naam] (GK)"),
        ("Jutta vom GK, Anna van GK", "[naam] vom GK, [naam] van GK"),
        ("GK, cp. Bert Smit, 06-10000001", "GK, cp. [naam], [telefoon]"),
        ("GK, Boer, A. de", "GK, [naam]"),
        ("b.smit@stad.example; 071 516 51 65", "[e-mail]; [telefoon]"),
        ("Fatoumata Diabaté (f.d@stad.example)", "[naam] ([e-mail])"),
        ("GK B. Smit", "GK [naam]"),
        ("Hovema, N. N.; ABC, A. B.; Museum, A.", "Hovema, N. N.; ABC, A. B.; Museum, A."),
        ("Hovema, N. A.; Hovema, A.; Hovema, A. de, UL", "[naam]; [naam]; [naam], UL"),
        ("GK, Anna Visser, Anna Smit", "GK, Anna Visser, [naam]"),
        ("Dr. Bos Huis, dr. Bos", "Dr. Bos Huis, dr. [naam]"),
        ("GK (tot 01-01-2026), N. N., o.a. Delft", "GK (tot 01-01-2026), N. N., o.a. Delft"),
        ("Anne Frank Stichting, Max-Weber-Schule, Radboud Uni", "Anne Frank Stichting, Max-Weber-Schule, Radboud Uni"),
        ("GK NL91 ABNA 0417 1643 00", "GK [IBAN]"),
        ("Polderlab Vrouwe Venne (GK)", "Polderlab Vrouwe Venne (GK)"),
    ],
)
def test_cell_has_no_persons(cell: str, expected: str, words: Words) -> None:
    """Persons, addresses and numbers go, organisations, dates and words for nobody stay; the register decides."""
    assert expected == masked_cell(cell, words=words, lexicon=REGISTER)
    assert expected == masked_cell(expected, words=words, lexicon=REGISTER)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("GK (contact Piet Jansen)", "GK (contact [naam])"),
        # "i. A." says on whose behalf in German.
        ("GK (I.A. van den Duinker)", "GK ([naam])"),
        ("GK (contact Fatou Bremema, 06-10000001)", "GK (contact [naam], [telefoon])"),
        ("GK, contact Fatou Bremema en Piet Jansen", "GK, contact [naam]"),
        ("contact Fatou Bremema (GK)", "contact [naam] (GK)"),
        ("GK (contact Bremema)", "GK (contact [naam])"),
        ("GK\nContact Fatou Bremema\n06-10000001", "GK\nContact [naam]\n[telefoon]"),
        ("GK, contactpersoon is Fatou Bremema", "GK, contactpersoon is [naam]"),
        ("GK (contactpersonen Bremema, Hovema)", "GK (contactpersonen [naam])"),
        ("GK, contact via Piet Jansen", "GK, contact via [naam]"),
        ("GK, contactpersoon is: Fatou Bremema", "GK, contactpersoon is: [naam]"),
        ("GK, contact via: Fatou Bremema", "GK, contact via: [naam]"),
        ("GK, tav Fatou Bremema", "GK, tav [naam]"),
        ("GK, contact person is Fatou Bremema", "GK, contact person is [naam]"),
        ("GK, for the attention of Fatou Bremema", "GK, for the attention of [naam]"),
        ("GK, Ansprechpartner/in: Fatou Bremema", "GK, Ansprechpartner/in: [naam]"),
        ("GK, Ansprechpartner*in ist Frau Bremema", "GK, Ansprechpartner*in ist Frau [naam]"),
        ("GK; Kontakt Fatou Bremema", "GK; Kontakt [naam]"),
        ("GK, Projektleitung: Fatou Bremema", "GK, Projektleitung: [naam]"),
        ("namens GK: Fatou Bremema", "namens GK: [naam]"),
        ("on behalf of GK Fatou Bremema", "on behalf of GK [naam]"),
        ("GK, Kontakt T. van Bremema; tav: via Fatou Bremema", "GK, Kontakt [naam]; tav: via [naam]"),
        ("Prof. Dr. Dr. h. c. Bremema (GK)", "Prof. Dr. Dr. h. c. [naam] (GK)"),
        ("GK, vertreten durch Fatou Bremema", "GK, vertreten durch [naam]"),
        ("GK (projectleider is F. Bremema)", "GK (projectleider is [naam])"),
        ("GK, mw. v.d. Bremema; dhr. F.B. v/d Hovema", "GK, mw. [naam]; dhr. [naam]"),
        ("GK, mw. Bremema - van Hovema", "GK, mw. [naam]"),
        ("dhr. bremema hovema, GK", "dhr. [naam], GK"),
        ("dhr. bremema gk", "dhr. [naam] gk"),
        ("GK, mw. Oudkerk; dhr. Van Nieuwenhuis", "GK, mw. [naam]; dhr. [naam]"),
        ("Trekker: GK Contact Fatou Bremema Partners: UL", "Trekker: GK Contact [naam] Partners: UL"),
        ("Wie? wethouder Bremema Met wie? UL", "Wie? wethouder [naam] Met wie? UL"),
        ("GK, Fatou Bremema, beleidsadviseur wonen, 06-10000001", "GK, [naam], beleidsadviseur wonen, [telefoon]"),
        ("GK, Fatou (f.b@stad.example)", "GK, [naam] ([e-mail])"),
        ("GK: Fatou 06-10000001", "GK: [naam] [telefoon]"),
        ("GK, Fatou Bremema (contactpersoon)", "GK, [naam] (contactpersoon)"),
        ("Bert\nde Vries", "[naam]"),
        ("GK, Bert van\nder Hovema, UL", "GK, [naam], UL"),
        ("GK (Fatou\nde Bremema)", "GK ([naam])"),
        ("Fatou\nde Bremema, UL", "Fatou\nde Bremema, UL"),
        ("GK, contact via Fatou de Bremema", "GK, contact via [naam]"),
        ("GK c/o Fatou Bremema", "GK c/o [naam]"),
        ("GK, p/a Fatou Bremema, 06-10000001", "GK, p/a [naam], [telefoon]"),
        ("AP: Fatou Bremema; GK", "AP: [naam]; GK"),
        ("AP Fatou Bremema (GK)", "AP [naam] (GK)"),
        ("GK, AP: U. ter Bremema", "GK, AP: [naam]"),
        ("AP: Bremema; GK", "AP: [naam]; GK"),
        ("GK (Kontakt Bremema und Hovema)", "GK (Kontakt [naam])"),
        ("GK (contact Bremema of Hovema)", "GK (contact [naam])"),
        ("GK (contact Bremema & Hovema - Lomema)", "GK (contact [naam])"),
        ("GK (lead Fatou Bremema)", "GK ([naam])"),
        ("GK, ANNA van der VISSER", "GK, [naam]"),
        (
            "GK, mw. Bremema Stichting Zee",
            "GK, mw. [naam] Stichting Zee",
        ),
        ("contactpersoon Fatou Bremema Gemeente Kleinstad", "contactpersoon [naam] Gemeente Kleinstad"),
        (
            "GK, mw. Fatou Park; Bert van der Molen; contactpersoon Qwxx van der Molen",
            "GK, mw. [naam]; [naam]; contactpersoon [naam]",
        ),
        ("GK, Mei-Ling Bremema; Jan-Willem Bremema", "GK, [naam]; [naam]"),
        ("GK, Anna Nieuwenhuis; A. Nieuwenhuis", "GK, [naam]; [naam]"),
        ("GK, dhr. smit; mw. van der hovema; mevr. anna", "GK, dhr. [naam]; mw. [naam]; mevr. [naam]"),
        ("GK, contact a. bremema; contact anna", "GK, contact [naam]; contact anna"),
        (
            "contact anna de bremema hovema lomema; contact anna de bremema hovema lomema dovema",
            "contact [naam]; contact anna de bremema hovema lomema dovema",
        ),
        ("GK (Piet, Joost en Fatou)", "GK ([naam])"),
        ("GK, Fatou Bremema, lector", "GK, [naam], lector"),
        ("directeur, Bremema (GK)", "directeur, [naam] (GK)"),
        ("GK (trekker Fatou Bremema)", "GK ([naam])"),
        ("GK (O. L. v/d Bremema)", "GK ([naam])"),
        ("GK (M. M. v.d. Bremema)", "GK ([naam])"),
        ("GK, A. Bremema Partners: GK", "GK, [naam] Partners: GK"),
        ("namens GK: Bremema", "namens GK: [naam]"),
        ("on behalf of GK: Bremema and Hovema", "on behalf of GK: [naam]"),
        ("GK, fam. Bremema; familie Hovema", "GK, fam. [naam]; familie [naam]"),
        ("GK, Bremema\n06-10000001", "GK, [naam]\n[telefoon]"),
        ("GK\nFatou Bremema\nf.b@stad.example\nGK", "GK\n[naam]\n[e-mail]\nGK"),
        ("GK, Xiulan Zhang; Priti Desai", "GK, [naam]; [naam]"),
        (
            "GK (Ştefan Bremema); GK, Ş. Bremema; GK, mw. Żukowska; Đ. Ćosić, GK",
            "GK ([naam]); GK, [naam]; GK, mw. [naam]; [naam], GK",
        ),
    ],
)
def test_person_behind_a_word_for_contact(cell: str, expected: str, words: Words) -> None:
    """With a colon, with another tie or with none, in each language, the person goes and the organisation stays."""
    assert expected == masked_cell(cell, words=words, lexicon=REGISTER)
    assert expected == masked_cell(expected, words=words, lexicon=REGISTER)


@pytest.mark.parametrize(
    "name",
    [
        "Иван Петров",
        "Γιώργος Παπαδόπουλος",
        "李明",
        "राजेश कुमार",
        "محمد علي",
        "Ḥasan al-Baṣrī",
        "Ấn Thị Minh Khai",
        "Seán Ó Briain",
        "ʻOkina Kahu",
        "E Yu",
        "N'Golo d'Arc",
        "Maria da Silva e Souza",
        "Zwyy bin Qwxx",
        'Anna "Ans" Bremema',
        "A. (Anna) Bremema",
        "Anna (Ans) Bremema",
        "Anna J.C. Bremema",
        "Fatou H. Bremema",
    ],
)
def test_name_that_no_list_knows_is_masked(name: str, words: Words) -> None:
    """Whatever its script, its small words and its signs: behind a word for a contact person a name goes, and whole."""
    cells = [f"GK, contactpersoon {name}; UL", f"GK (mw. {name})", f"GK (contact {name})", f"Contact: {name}; GK"]
    assert [cell.replace(name, "[naam]") for cell in cells] == [
        masked_cell(cell, words=words, lexicon=REGISTER) for cell in cells
    ]
    text = f"Tien. Contactpersoon: {name}. Meer."
    assert text.replace(name, "[naam]") == masked_text(text, words=words, lexicon=REGISTER)


def test_address_without_a_name(words: Words) -> None:
    """An address behind a word for contact goes, and no name stands in its place."""
    text = "Tien. Contactpersoon: a.b@stad.example"
    assert "Tien. Contactpersoon: [e-mail]" == masked_text(text, words=words, lexicon=REGISTER)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Duin Rand (contact: Piet Jansen, 06-10000001)", "Duin Rand (contact: [naam], [telefoon])"),
        ("Duin Rand (Fatou Bremema, f.b@stad.example)", "Duin Rand ([naam], [e-mail])"),
        ("Duin Rand, Fatou 06-10000001", "Duin Rand, [naam] [telefoon]"),
        ("Duin Rand, contact Fatou Bremema, Oost Meer", "Duin Rand, contact [naam], Oost Meer"),
        ("GK, mw. Bremema GK", "GK, mw. [naam] GK"),
        ("Duin Rand of Bremema (GK)", "Duin Rand of [naam] (GK)"),
        ("GK Fatou Bremema 06-10000001", "GK [naam] [telefoon]"),
        ("Duin Rand, UL, 06-10000001", "Duin Rand, UL, [telefoon]"),
        ("GK A. Bremema & Stichting Zee", "GK [naam] & Stichting Zee"),
        ("GK (contact Piet Jansen, Loket wonen)", "GK (contact [naam], Loket wonen)"),
        ("GK (contact Piet Jansen en GGD)", "GK (contact [naam] en GGD)"),
        ("Duin Rand contact mw. Bremema", "Duin Rand contact mw. [naam]"),
        ("Duin Rand contact Bremema 06-10000001", "Duin Rand contact [naam] [telefoon]"),
        ("Contact: Duin Rand; Oost Meer", "Contact: [naam]; Oost Meer"),
        ("GK, wethouder mw. Oudkerk", "GK, wethouder mw. [naam]"),
        ("Meldpunt (071-1000001)", "Meldpunt ([telefoon])"),
        ("GK ((071) 10 00001)", "GK ([telefoon])"),
        ("Recreatieschap Meren, 071-1000001", "Recreatieschap Meren, [telefoon]"),
        ("GK, na afspraak 06-10000001", "GK, na afspraak [telefoon]"),
        ("GK (balie oost, 06-10000001)", "GK (balie oost, [telefoon])"),
        ("GK (Mo el Bremema 06 - 10 00 00 01)", "GK ([naam] [telefoon])"),
        ("GK (Stuurgroep, 06-10000001)", "GK (Stuurgroep, [telefoon])"),
        ("GK (Trekker, 06-10000001)", "GK (Trekker, [telefoon])"),
        ("GK (Bestuur, 06-10000001)", "GK (Bestuur, [telefoon])"),
        ("GK (Onduidelijk, 06-10000001)", "GK (Onduidelijk, [telefoon])"),
        ("GK (ABC XYZ, 06-10000001)", "GK (ABC XYZ, [telefoon])"),
        ("GK (Team Oost, 06-10000001)", "GK (Team Oost, [telefoon])"),
        ("GK (Oost Team, 06-10000001)", "GK (Oost Team, [telefoon])"),
        ("Recreatieschap Meren\n071-1000001\nDuin Rand", "Recreatieschap Meren\n[telefoon]\nDuin Rand"),
        ("Nieuw (GK), Extern (GK)", "Nieuw (GK), Extern (GK)"),
        (
            "GK, bijeenkomst bij A. de Boer, nog na te vragen door E. D. Bos",
            "GK, bijeenkomst bij [naam], nog na te vragen door [naam]",
        ),
        ("Rode Kruis (GK), Humanitas (GK), Rotes Kreuz (GK)", "Rode Kruis (GK), Humanitas (GK), Rotes Kreuz (GK)"),
        ("Centrum voor jeugd en familie Oost", "Centrum voor jeugd en familie Oost"),
    ],
)
def test_organisation_beside_a_person_stays(cell: str, expected: str, words: Words) -> None:
    """A number belongs to the person that it stands with, and not to the organisation before the two."""
    assert expected == masked_cell(cell, words=words, lexicon=REGISTER)


@pytest.mark.parametrize(
    "cell",
    [
        "GK, contact met bewoners",
        "GK (contact met Stichting Zee)",
        "Contactpunt Wonen, contactpunt wonen",
        "Contact der Kontinenten, Contact Groningen",
        "Contact Centre North\nKontakt Altenfurt e.V.",
        "Stichting Jan van Galen, Huis van Anna",
        "GK, contact: Recreatieschap Meren",
        "GK (contactpersoon n.t.b.), contact volgt",
        "GK, contactpersoon: n.t.b.",
        "Contact: wordt nog gezocht",
        "GK (eerste contact Groningen)",
        "GK (contact Groningen wonen)",
        "GK (contact CBK)",
        "Trekker: GK Contactpersoon Partners: UL",
        "Trekker: wethouder Betrokken partijen: UL",
        "GK, contact via Loket Duin",
        "GK c/o Stichting Zee, p/a GK",
        "T: Contact Duin Rand P: GK",
        "GK, contact Anna Visser",
        "GK (contact GK)",
        "namens GK: Stichting Zee; namens de regio: GK",
        "namens GK: Sociaal Domein",
        "GK, wethouder Wonen",
        "projectleider: Recreatieschap Meren",
        "Projektleitung: Stadtwerke Altenfurt",
        "Projektleitung Wirtschaftsförderung",
        "Projektleitung: Klimaschutz",
        "GK (projectleider)",
        "Recreatieschap Meren (contactpersoon)",
    ],
)
def test_word_for_contact_without_a_person(cell: str, words: Words) -> None:
    """Groups, organisations, sentences and words for nobody stay behind a word for contact; the register decides."""
    assert cell == masked_cell(cell, words=words, lexicon=REGISTER)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Contact-Duin Zee, GK; Contact-Duin Zee", "Contact-Duin Zee, GK; Contact-Duin Zee"),
        ("AP: Duin Rand", "AP: Duin Rand"),
        ("Contact: Duin Rand", "Contact: [naam]"),
        ("Contact: Zon, Zee en Zand", "Contact: Zon, Zee en Zand"),
    ],
)
def test_names_with_a_word_for_contact(cell: str, expected: str, words: Words) -> None:
    """What the register knows is an organisation, though it begins with such a word or stands behind one."""
    known = [
        Organisation("gk", "Gemeente Kleinstad", abbreviations=("GK",)),
        Organisation("polder", "Alliantie Polder", abbreviations=("AP",)),
        Organisation("duin", "Contact-Duin Zee"),
        Organisation("contact", "Contact"),
        Organisation("zon", "Zon, Zee en Zand"),
    ]
    assert expected == masked_cell(cell, words=words, lexicon=Register(known, []))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tien. Contactpersoon: Bert Smit. In 2028 meer.", "Tien. Contactpersoon: [naam]. In 2028 meer."),
        (
            "Contactpersoon: Bert Smit (b@x.example, 06-10000001). Meer.",
            "Contactpersoon: [naam] ([e-mail], [telefoon]). Meer.",
        ),
        ("Contact: Voor Beeld", "Contact: [naam]"),
        ("Contactpersonen: Bert en Ernie.", "Contactpersonen: [naam]."),
        ("Ansprechpartnerin: Frau Dr. Müller. Danach.", "Ansprechpartnerin: Frau Dr. [naam]. Danach."),
        ("Contact persons: A. B. Carter and Tom Baker, see below.", "Contact persons: [naam], see below."),
        ("De contactpersoon is Fatou Bremema. Meer.", "De contactpersoon is [naam]. Meer."),
        ("De contactpersoon is Şükran Bremema. Meer.", "De contactpersoon is [naam]. Meer."),
        ("Tien (contact Bert Smit, 06-10000001). Meer.", "Tien (contact [naam], [telefoon]). Meer."),
        ("Tien (contact Qwxx van Zwyy, 06-10000001). Meer.", "Tien (contact [naam], [telefoon]). Meer."),
        ("Tien (contact Zwyy, tel. 12345). Meer.", "Tien (contact [naam], [telefoon]). Meer."),
        ("Ansprechpartner/in ist Frau Müller. Danach.", "Ansprechpartner/in ist Frau [naam]. Danach."),
        ("Contact: mw. mr. Bremema. Meer.", "Contact: mw. mr. [naam]. Meer."),
        ("De contactpersoon is dhr. Bremema.", "De contactpersoon is dhr. [naam]."),
        ("Tien (contact mw. Bremema). Meer.", "Tien (contact mw. [naam]). Meer."),
        ("Contactpersonen Bremema en mw. Hovema. Meer.", "Contactpersonen [naam]. Meer."),
        ("Contact: b.smit@stad.example. Meer.", "Contact: [e-mail]. Meer."),
        ("Contactpersoon b@x.example of 06-10000001. Meer.", "Contactpersoon [e-mail] of [telefoon]. Meer."),
    ],
)
def test_name_behind_contact_is_masked_in_running_text(text: str, expected: str, words: Words) -> None:
    """Only the name goes, and the numbers behind it in the same sentence."""
    assert expected == masked_text(text, words=words, lexicon=REGISTER)


@pytest.mark.parametrize(
    "text",
    [
        "Doel is meer contact: ouderen en jongeren eten elke week samen.",
        "Doel is meer contact: bewoners bellen 06-10000001.",
        "Ons motto is contact : verbinden in de wijk.",
        "Eerste contact: loket Wonen, balie 3. Daarna volgt een gesprek.",
        "Tien (contact Meldpunt Wonen, 06-10000001).",
        "Contact: Samen eten in de wijk",
        "Contact: Stichting Zee.",
        "Contact: Anna Visser",
        "De contactpersoon is bereikbaar, zei Bert Smit.",
        "De contactpersoon is Nederlands.",
        "Contact: Bremema",
        "De contactpersoon is Stichting Zee.",
        "Er is contact met Bert Smit (contact met bewoners).",
        "Bert Smit en mevr. A. de Boer openden het museum.",
    ],
)
def test_other_running_text_stays(text: str, words: Words) -> None:
    """The word 'contact' without a name, names that the register knows and names in running text stay."""
    assert text == masked_text(text, words=words, lexicon=REGISTER)


def test_numbers_that_are_withheld() -> None:
    """A BSN by the 11-proof and an IBAN modulo 97, however they are written; nothing that only looks like one."""
    assert [True, True, False, False, False] == [
        is_bsn(number) for number in ("123456782", "1234.56.782", "123456789", "12345678", "000000000")
    ]
    assert [True, True, False, False] == [
        is_iban(number)
        for number in ("NL91ABNA0417164300", "gb29 NWBK 6016 1331 9268 19", "NL91ABNA0417164301", "NL91")
    ]
    text = (
        "BSN 123456782, 1234.56.782, rekening NL91 ABNA 0417 1643 00; KvK 12345678, € 123.456.789, project 123456789."
    )
    expected = "BSN [BSN], [BSN], rekening [IBAN]; KvK 12345678, € 123.456.789, project 123456789."
    assert (expected, ("IBAN", "BSN")) == withheld(text, known=())
    known = {"123456782", "nl91abna0417164300"}
    assert "BSN 123456782, NL91 ABNA 0417 1643 00" == withheld("BSN 123456782, NL91 ABNA 0417 1643 00", known=known)[0]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Mail a@b.example of bel 06-12345678.", ("e-mail", "telephone")),
        ("Bel +31 (0)71 516 51 65.", ("telephone",)),
        ("Tel. 12345", ("telephone",)),
        ("In 2025-2027, van 01-01-2025 tot 31-12-2027, voor 0,5 fte en 1.000.000 euro.", ()),
    ],
)
def test_details_in_running_text(text: str, kinds: tuple[str, ...]) -> None:
    """E-mail addresses and telephone numbers are seen; dates, periods and amounts are not."""
    assert kinds == details(text, known=())
