"""Cleaning markup: nothing of the text is lost, and the structure stays readable."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennis_ld.agenda.text import cleaned, joined, one_line

CASES = [
    ("<p>Eén.</p> <p>Twee.</p>", "Eén.\n\nTwee."),
    ("RAAK-MKB project: <i>Biostimulanten van bol</i>. De roep", "RAAK-MKB project: Biostimulanten van bol. De roep"),
    ('ambities: <ul style="x"> - Partners werken samen - Inwoners', "ambities:\n\n- Partners werken samen\n- Inwoners"),
    ("<ul><li>een</li><li>twee</li></ul>", "- een\n- twee"),
    ("onderdelen zijn: - Meer werk - Onderzoek doen", "onderdelen zijn:\n\n- Meer werk\n- Onderzoek doen"),
    ("plannen - soms op tijdelijke basis - voor", "plannen - soms op tijdelijke basis - voor"),
    ("kinderen <5 jaar en >3", "kinderen <5 jaar en >3"),
    ("tussen <naam> en <x", "tussen <naam> en <x"),
    ("A &amp; B &euro; 5", "A & B € 5"),
    ("dubbel &amp;amp; goed", "dubbel & goed"),
    ("<script>alert(1)</script>tekst", "<script>alert(1)</script>tekst"),
    ("regel<br/>volgende", "regel\nvolgende"),
    ("  veel   wit \t hier  ", "veel wit hier"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), CASES, ids=[markup[:30] for markup, _ in CASES])
def test_markup_becomes_text_that_reads_well(markup: str, expected: str) -> None:
    """Paragraphs and lists stay paragraphs and lists; what only looks like markup is text."""
    assert expected == cleaned(markup)


MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<ul>", "<li>", "</li>", "<br>", "&amp;", "&lt;", "&#39;", ": - ", " - ", "Woord", "klein"]
    )
    | st.sampled_from(["<i>", "</i>", "<naam>", "<", ">", "&", "&amp;lt;p&amp;gt;", "\n", "é", "<5", "<p", "x<y>z"]),
    max_size=20,
).map(" ".join)


@given(MARKUP | st.text(max_size=80))
def test_cleaning_twice_is_cleaning_once(markup: str) -> None:
    """Clean text is stable, so that an edition that is read again gives the same release."""
    once = cleaned(markup)
    assert once == cleaned(once)


@given(MARKUP)
def test_no_word_is_lost(markup: str) -> None:
    """Every word between tags is in the text, in the same order."""
    words = re.findall(r"Woord|klein|é|<naam>|x<y>z", markup)
    assert words == re.findall(r"Woord|klein|é|<naam>|x<y>z", cleaned(markup))


@pytest.mark.parametrize("tag", ['<ul style="none>', "<a href='x>", '<p class="a>', '<br title=">', '</i ">'])
def test_tag_with_a_quotation_mark_that_is_never_closed_swallows_no_words(tag: str) -> None:
    """To a browser all words up to the next quotation mark are part of such a tag; to us they are text."""
    assert ["drie", "ambities", "meten", "weten"] == re.findall(
        r"\w+", cleaned(f"drie ambities {tag} meten <i>weten</i>")
    )


def test_cell_broken_over_a_page_is_one_sentence_again() -> None:
    """In the middle of a sentence the parts are joined by a blank (1j, 3a); after a full stop by a paragraph (4/7)."""
    assert "kennis en ervaring" == joined("kennis en", "ervaring")
    assert "Samen met de andere partneruniversiteiten" == joined("Samen met de andere", "partneruniversiteiten")
    assert "region.\n\nVoortzetting LIC:" == joined("region.", "Voortzetting LIC:")
    assert "alleen" == joined("", "alleen") == joined("alleen", "")


def test_title_is_one_line() -> None:
    """A title has no line breaks, whatever the cell has."""
    assert "Twee regels" == one_line("<p>Twee</p>\n<p>regels</p>")


BLOCKS = "p div ul ol table tr blockquote h1 h2 h3 h4 h5 h6 center section hr P H2 HR"
INLINE = (
    "a abbr b big body cite code em font html i img mark o:p q s small span strike strong sub sup tbody thead u SPAN"
)


@pytest.mark.parametrize("tag", BLOCKS.split())
def test_block_is_a_paragraph(tag: str) -> None:
    """Each element that a browser shows as a block stands on its own, with an empty line around it."""
    assert "Een\n\ntwee\n\ndrie" == cleaned(f'Een<{tag} class="x">twee</{tag}>drie')


@pytest.mark.parametrize("tag", INLINE.split())
def test_tag_in_a_line_leaves_its_words(tag: str) -> None:
    """Each element that is part of a line goes, and its words stay where they are."""
    assert "Een twee drie" == cleaned(f'Een <{tag} href="x">twee</{tag}> drie')


@pytest.mark.parametrize("tag", ["naam", "script", "x1", "style", "title"])
def test_other_names_between_angle_brackets_are_text(tag: str) -> None:
    """What is no element of a text is written as it stands."""
    assert f"Een <{tag}>twee</{tag}>" == cleaned(f"Een <{tag}>twee</{tag}>")


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("Een<li>twee", "Een\n- twee"),
        ("<li> - twee", "- twee"),
        ("<li>• twee<li>* drie", "- twee\n- drie"),
        ("<li>-twee", "- -twee"),
        ("Een<br>twee<br />drie", "Een\ntwee\ndrie"),
        ("Een\n\n\n\ntwee", "Een\n\ntwee"),
        ("Een\n\ntwee", "Een\n\ntwee"),
        ("Een\r\ntwee\rdrie", "Een\ntwee\ndrie"),
        ("\n\nEen\n", "Een"),
        ("Een \n twee", "Een\ntwee"),
        ("doel: - Een - twee - Drie", "doel:\n\n- Een - twee\n- Drie"),
        ("doel:- Een", "doel:- Een"),
        ("doel: -Een", "doel: -Een"),
        ("doel:  -  Éen", "doel:\n\n- Éen"),
        ("Doel - Een", "Doel - Een"),
        ("A &#1; B", "A B"),
        ("A\x7fB\x00C", "A B C"),
        ("&lt;p&gt;Een&lt;/p&gt;", "Een"),
        ("5 &lt; 6 en 7 > 6", "5 < 6 en 7 > 6"),
        ("a<b en <b>c</b>", "a<b en c"),
        ("&nbsp;Een&nbsp;twee", "Een twee"),
        ("&amp;" * 3, "&&&"),
        ('<a href="https://x.example">hier</a>', "hier"),
        ("<p>Een<p>twee", "Een\n\ntwee"),
    ],
)
def test_lines_items_and_signs(markup: str, expected: str) -> None:
    """Line ends, items of a list, control signs and escapes come out as a person reads them."""
    assert expected == cleaned(markup)
    assert expected == cleaned(cleaned(markup))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<table><tr><td>een</td><td>twee</td></tr><tr><th>drie</th></tr></table>vier", "een twee\n\ndrie\n\nvier"),
        ("een<table><tbody><tr><td>twee<td>drie<tr><td>vier</table>", "een\n\ntwee drie\n\nvier"),
        ("een<td>twee<TD>drie", "een twee drie"),
        ("een<table>twee</table>drie", "een\n\ntwee\n\ndrie"),
    ],
)
def test_table_in_a_cell(markup: str, expected: str) -> None:
    """The words of a table stay in their order and apart, a row on its own, also where the table is not whole."""
    assert expected == cleaned(markup)


def test_escapes_of_escapes() -> None:
    """A text that went through many systems is cleaned to the last layer, up to fifty of them."""
    text = "&"
    for _ in range(49):
        text = text.replace("&", "&amp;")
    assert "&" == cleaned(text)
    assert "&" != cleaned(text.replace("&", "&amp;" * 1).replace("&", "&amp;").replace("&", "&amp;"))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Einde.", "Begin", "Einde.\n\nBegin"),
        ("Einde.", "verder", "Einde. verder"),
        ("midden", "Begin", "midden Begin"),
        ("doel:", "- Een", "doel:\n\n- Een"),
        ("(klaar)", "Begin", "(klaar)\n\nBegin"),
        ("“klaar”", "“Begin”", "“klaar”\n\n“Begin”"),
        ('"klaar"', '"begin"', '"klaar"\n\n"begin"'),
        ("klaar!", "Begin", "klaar!\n\nBegin"),
        ("klaar?", "Begin", "klaar?\n\nBegin"),
        ("klaar;", "Begin", "klaar;\n\nBegin"),
        ("klaar'", "Begin", "klaar'\n\nBegin"),
        ("klaar’", "Begin", "klaar’\n\nBegin"),
        ("klaar,", "Begin", "klaar, Begin"),
        ("klaar", "- Een", "klaar - Een"),
        ("", "", ""),
    ],
)
def test_two_pieces_of_a_cell(before: str, after: str, expected: str) -> None:
    """Behind a whole sentence a capital, a dash or a quotation mark begins a paragraph; else the line goes on."""
    assert expected == joined(before, after)
