"""Who does what a finding says is rid of it: each way out, followed to the letter, on a small publication.

A way out is what changes in the files of the publication. What the finding gives to copy is copied from what it says.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest
from click.testing import CliRunner

from kennis_ld.cli import main
from kennis_ld.model import Severity
from kennis_ld.pipeline import checking
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication.settings import publication
from kennis_ld.quality.findings import WORDINGS
from kennis_ld.quality.messages import Message
from tests.golden.test_every_finding import DECISIONS, HEADER, PROJECTS, RUN
from tests.publications import DOCUMENT, REGISTER, SETTINGS, write
from tests.reading.files import WORD, paragraph, sheet_parts, sheet_row, word_parts, word_row, word_table, zipped

pytestmark = pytest.mark.usefixtures("documents_read_here")

Files: TypeAlias = Mapping[str, str | Mapping[str, str | bytes]]
"""Files of a publication that are not as in others; of a zip its parts."""

Change: TypeAlias = tuple[str, str, str] | Files | Callable[[Path, Message], None]
"""What a person does: put something in the place of something in a file; put a file there; or anything else."""


class Case(NamedTuple):
    """A publication in which something is found, and each way out that the finding names."""

    code: str
    files: Files
    ways: Sequence[Sequence[Change]]


def case(code: str, files: Files, *ways: Change | list[Change]) -> Case:
    return Case(code, files, [way if isinstance(way, list) else [way] for way in ways])


def messages(folder: Path) -> Sequence[Message]:
    return checking.check(publication(folder), definitions(), version="0").messages


def written(folder: Path, files: Files) -> None:
    for name, content in files.items():
        if isinstance(content, str):
            (folder / name).write_text(content, encoding="utf-8")
        else:
            zipped(folder / name, content)


def done(folder: Path, change: Change, told: Message) -> None:
    match change:
        case (file, old, new):
            content = (folder / file).read_text(encoding="utf-8")
            assert old in content
            (folder / file).write_text(content.replace(old, new), encoding="utf-8")
        case Mapping():
            written(folder, change)
        case _:
            change(folder, told)


def ran(*words: object) -> str:
    """What a command prints."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code in (0, 1), result.output
    return result.stdout


def adopt(folder: Path, told: Message) -> None:
    """Takes over what `check --proposals` proposes, as it is."""
    proposals = folder.parent / "proposals"
    ran("check", folder, "--proposals", proposals)
    ran("adopt", proposals, folder, "--by", "Bureau", "--why", "Gekeken")


def propose_settings(folder: Path, told: Message) -> None:
    """Adds what `check --propose-settings -` prints, with its gaps filled in."""
    number = itertools.count(1)
    lines = ran("check", folder, "--propose-settings", "-")
    add("publication.toml", re.sub("…", lambda _: f"woord {next(number)}", lines))(folder, told)


def add(file: str, line: str) -> Callable[[Path, Message], None]:
    """Adds a line at the end of a file."""

    def added(folder: Path, told: Message) -> None:
        with (folder / file).open("a", encoding="utf-8") as opened:
            opened.write(f"{line}\n")

    return added


def setting(line: str) -> Change:
    return add("publication.toml", line)


def copy_setting(folder: Path, told: Message) -> None:
    """Adds the line that the finding gives to the table of the settings that it names."""
    end = r"\. Rechts|; check|, en onder| of \"|$"
    said = re.search(rf"onder (\[\w+\])(?: wat het woord betekent)?: (.*?)(?={end})", told.remedy["nl"])
    assert said, told.remedy["nl"]
    setting(f"{said[1]}\n{said[2]}")(folder, told)


def copy_decision(folder: Path, told: Message) -> None:
    """Fills in the three columns that the finding gives, and who, why and when."""
    cells = re.findall(r"(?:uri|decision|replaced_by) “(.*?)”", told.remedy["nl"])
    add("decisions.csv", ",".join([*cells, "Samen.", "Bureau", "2034-01-01"]))(folder, told)


LONG = "Een beschrijving die lang genoeg is om te weten wat het project wil."


def row(*cells: str, number: str = "1a") -> str:
    return "\t".join([number, *cells])


GOOD = row("Sloten", LONG, "T: GZ P: HD")
BAR = row("Kaart", LONG, "T: GZ P: HD", number="1b")


def text(*rows: str, header: str = HEADER) -> dict[str, str]:
    return {"agenda.txt": "\n".join([header, "1. Water", *rows, ""])}


def parties(cell: str) -> dict[str, str]:
    return text(row("Sloten", LONG, cell))


def extra(cell: str, own: str = "", header: str = "Iets") -> dict[str, str]:
    """A document with a fifth column."""
    return text(f"{GOOD}\t{cell}", header=f"{HEADER}\t{header}") | {"publication.toml": SETTINGS + own}


DOUBTFUL = re.sub(r"(?m),$", ",,", REGISTER.replace("spellings,evidence", "spellings,doubtful_spellings,evidence"))
DOUBTFUL = DOUBTFUL.replace("de gemeente,,", "de gemeente,Gemeentehuis,")
TWICE = REGISTER.replace(",ZU,,", ",ZU|HD,,")
SECOND = """
[[editions]]
key = "2034"
document = "later.txt"
title.nl = "Agenda 2034"
period = "2034/2035"
issued = "2034-01-02"
"""
CHANGES = f'{SECOND}kind = "delta"\n'
KNOWN = PROJECTS + "sloten,2030,water,1a,Schone sloten\nregen,2030,water,1b,Regenkaart\nstuif,2030,zand,2a,Stuifplan\n"
LATER = f"{HEADER}\n1. Water\n1a\tSchone sloten\t{LONG}\tT: GZ P: ZU\n1b\tRegenkaart\t{LONG}\tT: ZU P: GZ\n"
LATER_KNOWN = "sloten,2034,water,1a,Schone sloten\nregen,2034,water,1b,Regenkaart\n"
WITHDRAWN = "{},withdrawn,,Vervallen.,Bureau,2034-01-01\n"
CONFIRMED = "editie/2099,confirmed,,Korter.,Bureau,2034-01-01\n"
SETTLED = "code,words,subject,reason,decided_by,date\n"


def editions(later: str = LATER, projects: str = LATER_KNOWN, decisions: str = "", own: str = SECOND) -> dict[str, str]:
    """A second edition, and what was decided about it."""
    return {
        "publication.toml": SETTINGS.replace("[catalogue]", f"{own}\n[catalogue]"),
        "later.txt": later,
        "projects.csv": KNOWN + projects,
        "decisions.csv": DECISIONS + decisions,
    }


def changed(description: str) -> dict[str, str]:
    """An edition of changes, with one row."""
    rows = f"{HEADER}\n1. Water\n1b\tRegenkaart\t{description}\t\n"
    return editions(rows, "regen,2034,water,1b,Regenkaart\n", own=CHANGES)


IN_HTML = {"publication.toml": SETTINGS.replace("agenda.txt", "agenda.html")}
IN_WORD = {"publication.toml": SETTINGS.replace("agenda.txt", "agenda.docx")}
IN_EXCEL = {"publication.toml": SETTINGS.replace("agenda.txt", "agenda.xlsx")}


def html_row(*cells: str, attributes: str = "") -> str:
    return f"<tr {attributes}>{''.join(cell if cell.startswith('<td') else f'<td>{cell}' for cell in cells)}</tr>"


def html(*rows: str, header: str = HEADER, below: str = "") -> dict[str, str]:
    return {**IN_HTML, "agenda.html": f"<table>{html_row(*header.split(chr(9)))}{''.join(rows)}</table>{below}"}


PAGE_ROW = html_row("1a", "Sloten", LONG, "T: GZ")
OTHER = f"<table>{html_row('Nr', 'Actie', 'Doel')}{html_row('9')}</table>"
LEGEND = f"<table>{html_row('GZ', 'Gemeente')}</table>"
TWO_LINES = html(html_row("1a", "Sloten", LONG, "T: GZ<br>P: Stichting van<br>de zee"))
COLOURED_CELL = html(html_row("1a", "Sloten", LONG, "T: GZ", "<td bgcolor='lime'>"), header=f"{HEADER}\tStand")
COLOURED_ROWS = html(
    html_row("1a", "Sloten", LONG, "T: GZ", attributes="bgcolor='red'"),
    html_row("1b", "Kaart", LONG, "T: GZ", attributes="bgcolor='lime'"),
)


def status(word: str) -> str:
    return (
        f'[statuses.{word}]\nwords = ["{word}"]\nlabel.nl = "Het is {word}"\nlabel.en = "It is {word}"\n'
        f'definition.nl = "Zegt {word}."\ndefinition.en = "Says {word}."\n'
    )


def docx(inside: str = "", *, before: str = "", **more: str) -> dict[str, str | bytes]:
    """A Word file with this behind the description."""
    description = f"<w:p>{RUN.format(LONG)}{inside}</w:p>"
    return word_parts(before + word_table(word_row("1a", "Sloten", description, "GZ")), **more)


def in_word(code: str, inside: str, *then: str, **more: str) -> Case:
    """What Word can put in a cell, and what stands there in the end."""
    ways: list[Change] = [{"agenda.docx": docx(each)} for each in then]
    return case(code, {**IN_WORD, "agenda.docx": docx(inside, **more)}, *ways)


def noted(kind: str, text: str) -> str:
    """The part of a Word file that has a note or comment."""
    return f"<w:{kind}s xmlns:w='{WORD}'><w:{kind} w:id='1'>{paragraph(text)}</w:{kind}></w:{kind}s>"


def word_rows(*rows: str) -> dict[str, str | bytes]:
    return word_parts(word_table(*rows))


def sheet(*rows: str, columns: str = "", hidden: bool = False) -> dict[str, str | bytes]:
    head = sheet_row(1, "Nr.", "Project", "Beschrijving", "Trekker")
    parts = sheet_parts(f"{columns}<sheetData>{head}{''.join(rows)}</sheetData>", *["<sheetData/>"] * hidden)
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace('name="Blad2"', 'name="Oud" state="hidden"')
    return parts


def in_excel(code: str, before: Files | Mapping[str, str | bytes], *then: Mapping[str, str | bytes]) -> Case:
    return case(code, {**IN_EXCEL, "agenda.xlsx": before}, *({"agenda.xlsx": each} for each in then))


def sheet_with(cell: str) -> dict[str, str | bytes]:
    return sheet(sheet_row(2, "1a", "Sloten", cell, "GZ"))


def long_tables(
    *participations: Sequence[str], projects: Sequence[Sequence[str]] = (("1", "Sloten"),)
) -> dict[str, str]:
    tables = ((("id", "titel"), *projects), (("project_id", "organisatie", "rol"), *participations))
    page = "".join(f"<table>{''.join(html_row(*each) for each in table)}</table>" for table in tables)
    return {"publication.toml": f'layout = "long"\n{IN_HTML["publication.toml"]}', "agenda.html": page}


def matrix(rows: str) -> dict[str, str]:
    return {"publication.toml": f'layout = "matrix"\n{SETTINGS}', "agenda.txt": rows}


def accent(light: str, dark: str) -> dict[str, str]:
    return {"publication.toml": f'{SETTINGS}[site]\naccent = {{ light = "{light}", dark = "{dark}" }}\n'}


LEAD = ("1", "GZ", "trekker")
STRAY = ("7", "ZU", "trekker")
STRUCK = "<w:r><w:rPr><w:strike/></w:rPr><w:t>oud</w:t></w:r>"
NESTED = f"<w:p>{RUN.format(LONG)}</w:p><w:tbl>{word_row('a', 'b')}</w:tbl><w:p/>"
SHEET_ROW = sheet_row(2, "1a", "Sloten", LONG, "GZ")


CASES = [
    case("text-outside-table", {**IN_WORD, "agenda.docx": docx(before=paragraph("Strand"))},
         add("themes.csv", "strand,3,Strand,Strand,Beach,Over het strand.,About it.")),
    case("unknown-theme", text("7. Strand", GOOD), adopt),
    case("row-without-number", text(GOOD, "\tLos\tNog iets.\tT: HD"),
         ("agenda.txt", "\tLos", "1b\tLos"), text(row("Sloten, Los", f"{LONG} Nog iets.", "T: GZ P: HD"))),
    case("unusual-number", text(row("1a", "Sloten", LONG, number="iets")), text(GOOD)),
    case("heading-without-entries", text("2. Zand", GOOD), ("agenda.txt", "1. Water\n", "")),
    case("entry-without-title", text(row("", LONG, "T: GZ P: HD")), ("agenda.txt", "1a\t", "1a\tSloten")),
    case("unnamed-column", extra("groen gras"),
         setting('[columns]\nleft_out = ["Iets"]'), setting('[columns]\ndescription = ["Beschrijving", "Iets"]'),
         setting('[extra]\nremark = ["Iets"]'), setting('[roles]\n"Iets" = "funder"'),
         setting('[ignore]\n"Iets" = "Nee."')),
    case("column-without-heading", extra("groen gras", header=""),
         ("agenda.txt", "Partijen\t", "Partijen\tIets"), text(GOOD)),
    case("column-looks-like", extra("€ 5", header="Budget"),
         copy_setting, propose_settings, setting('[ignore]\n"Budget" = "Nee."')),
    case("colour-only", COLOURED_CELL, [copy_setting, setting(status("groen"))], propose_settings),
    case("rows-coloured", COLOURED_ROWS, [copy_setting, setting(status("groen") + status("rood"))], propose_settings,
         setting('[reading]\nrow_colour = "leave out"')),
    case("column-ignored", extra("x", '[ignore]\n"Iets" = "Nee."\n'), ("publication.toml", '"Iets" = "Nee."', "")),
    case("period-unsure", extra("ooit", '[extra]\nperiod = ["Iets"]\n'),
         ("agenda.txt", "ooit", "2026-2028"), ("agenda.txt", "ooit", "Q3 2025 – Q2 2027"),
         ("agenda.txt", "ooit", "sept 2026 – mei 2027"), ("agenda.txt", "ooit", "1-1-2026 – 31-12-2027")),
    case("unknown-status", extra("loopt", '[extra]\nstatus = ["Iets"]\n'), propose_settings, setting(status("loopt"))),
    case("status-unread", extra("R", '[extra]\nstatus = ["Iets"]\n'), propose_settings),
    case("budget-unsure", extra("veel", '[extra]\nbudget = ["Budget (k€)"]\n', "Budget (k€)"),
         ("agenda.txt", "veel", "€ 50.000"), ("agenda.txt", "veel", "180")),
    case("no-link", extra("www.site.example", '[extra]\nlink = ["Iets"]\n'), ("agenda.txt", "www", "https://www")),
    case("number-left-out", text(GOOD, row("Duin", LONG, "T: GZ P: HD", number="1c")), text(GOOD, BAR)),
    case("unknown-name", parties("T: GZ P: Zeevrienden"),
         adopt, ("register.csv", "HD,,", "HD,Zeevrienden,"), add("register.csv", "zee,Zeevrienden,,,,,"),
         add("groups.csv", "zee,zeevrienden,,nee"), ("agenda.txt", "Zeevrienden", "HD")),
    case("ambiguous-name", {**parties("T: GZ P: HD"), "register.csv": TWICE},
         ("register.csv", "ZU|HD", "ZU"), ("agenda.txt", "HD", "Hogeschool Duin")),
    case("doubtful-spelling", {**parties("T: GZ P: HD, Gemeentehuis"), "register.csv": DOUBTFUL},
         ("register.csv", "de gemeente,Gemeentehuis,", "de gemeente|Gemeentehuis,,"),
         ("register.csv", "Gemeentehuis", "")),
    case("doubtful-participation", parties("T: GZ P: HD?"), ("agenda.txt", "HD?", "HD")),
    case("doubtful-participation", parties("T: GZ P: HD (beoogd)"), ("agenda.txt", " (beoogd)", "")),
    case("remark-in-brackets", parties("T: GZ (het bureau) P: HD"),
         add("register.csv", "bureau,het bureau,,gz,,,"), add("groups.csv", "bureau,het bureau,,nee")),
    case("unknown-role", parties("T: GZ P: HD; Meekijkers: ZU"),
         copy_setting, setting('[roles]\n"Meekijkers" = "funder"')),
    case("unread-words", parties("Voorloper HD T: GZ P: ZU"),
         ("agenda.txt", "Voorloper HD T: GZ", "T: GZ, HD"), setting('[roles]\n"Voorloper" = "lead"')),
    case("contact-person", parties("T: GZ P: HD Contact: Voor Beeld"), ("agenda.txt", " Contact: Voor Beeld", "")),
    case("new-project", {}, adopt),
    case("identity-undecided", editions(LATER.replace("sloten", "vijvers"), ""), adopt),
    case("identity-conflict", editions(LATER, "sloten,2034,water,1b,Schone sloten\nregen,2034,water,1a,Regenkaart\n"),
         {"projects.csv": KNOWN + LATER_KNOWN}),
    case("identity-unused", editions(LATER, LATER_KNOWN + "stuif,2034,water,9,Stuifplan\n"),
         ("projects.csv", "stuif,2034,water,9,Stuifplan\n", "")),
    case("title-differs", editions(LATER, LATER_KNOWN.replace("Regenkaart", "Waterkaart")),
         ("projects.csv", "Waterkaart", "Regenkaart"),
         ("projects.csv", "regen,2034,water,1b,Waterkaart", "regenkaart-2,2034,water,1b,Regenkaart")),
    case("entry-withdrawn", editions(decisions=WITHDRAWN.format("project/stuif")),
         {"decisions.csv": DECISIONS}, {"agenda.txt": DOCUMENT[: DOCUMENT.index("2. Zand")]}),
    case("decision-contradicted", editions(decisions=WITHDRAWN.format("organisatie/zu-lab")),
         {"decisions.csv": DECISIONS}, ("register.csv", "zu-lab,Zandlab,ResearchOrganization,zu,ZL,,\n", "")),
    case("decision-dangling", editions(decisions=WITHDRAWN.replace("withdrawn,",
         "replaced,project/x").format("project/stuif")),
         ("decisions.csv", "project/x", "project/sloten")),
    case("confirmation-unknown", editions(decisions=CONFIRMED), ("decisions.csv", "2099", "2034"),
         {"decisions.csv": DECISIONS}),
    case("settled-unused", {"settled.csv": f"{SETTLED}footnote,,,Goed.,Bureau,2034-01-01\n"},
         ("settled.csv", "footnote", "new-project"), {"settled.csv": SETTLED}),
    case("garbled-letters", text(GOOD.replace("Sloten", "CafÃ©")), ("agenda.txt", "CafÃ©", "Café")),
    case("garbled-table", {"groups.csv": "key,name,spellings,open\ncafe,cafÃ©,,nee\n"}, ("groups.csv", "cafÃ©",
         "café")),
    case("invisible-characters", text(GOOD.replace("Sloten", "Slo\u200bten")), ("agenda.txt", "\u200b", "")),
    case("looks-like-total", text(GOOD, "\tTotaal\t\t5"), text(GOOD, BAR)),
    case("looks-like-legend", text(GOOD, "GZ\tGemeente\t\t"), text(GOOD, BAR)),
    case("looks-like-remark", text(GOOD, "* voorbehoud\t\t\t"),
         add("themes.csv", "voorbehoud,3,* voorbehoud,Voorbehoud,Remark,Over iets.,About it.")),
    case("number-is-date", text(row("Sloten", LONG, "T: GZ P: HD", number="2026-02-01")), ("agenda.txt",
         "2026-02-01", "1-2")),
    case("personal-details", text(GOOD.replace("lang", "06-12345678")),
         ("agenda.txt", "06-12345678", ""), setting('[persons]\npublish = ["06-12345678"]')),
    case("number-withheld", text(GOOD.replace("lang", "123456782")),
         ("agenda.txt", "123456782", ""), setting('[persons]\npublish = ["123456782"]')),
    case("contact-column", text(f"{GOOD}\tVoor Beeld", header=f"{HEADER}\tContactpersoon"), text(GOOD)),
    case("box-not-ticked", parties("T: ☒ GZ ☐ HD"), parties("T: GZ")),
    case("nobody-named", parties("T: GZ P: n.t.b."), ("agenda.txt", "n.t.b.", "HD")),
    case("name-on-two-lines", TWO_LINES, add("register.csv", "zee,Stichting van de zee,,,,,"), ("agenda.html",
         "van<br>", "van,<br>")),
    case("unknown-unit", parties("T: GZ P: ZU/team Wad"), add("register.csv", "wad,team Wad,,zu,,,")),
    case("row-of-other-table", html(PAGE_ROW, below=LEGEND), html(PAGE_ROW, html_row("1b", "GZ", LONG, "T: GZ"))),
    case("table-not-read", html(PAGE_ROW, below=OTHER),
         setting('[columns]\ntitle = ["Project", "Actie"]\nleads = ["Doel"]'), html(PAGE_ROW)),
    case("unknown-mark", matrix("nr\tProject\tGZ\tZU\n1\tSloten\tT\t@\n"), *(
        setting(f'[marks]\n"@" = "{role}"') for role in ("lead", "partner", "partner?", "left_out"))),
    case("unknown-mark", matrix("nr\tProject\tGZ\tPlan\n1\tSloten\tT\tja graag\n"),
         setting('[columns]\ndescription = ["Plan"]')),
    case("participation-without-project", long_tables(LEAD, STRAY),
         ("agenda.html", "<td>7", "<td>1"), long_tables(LEAD, STRAY, projects=(("1", "Sloten"), ("7", "Kaart")))),
    case("participation-without-role", long_tables(LEAD, ("1", "ZU", "XX")),
         copy_setting, setting('[roles]\n"XX" = "partner"')),
    case("low-contrast", accent("#ffd100", "#ffd100"),
         ("publication.toml", 'light = "#ffd100"', 'light = "#7a6000"')),
    case("low-contrast-dark", accent("#7a6000", "#331111"),
         ("publication.toml", 'dark = "#331111"', 'dark = "#ffd100"')),
    case("project-stopped", changed("Vervallen"), ("later.txt", "Vervallen", "")),
    case("row-refers", changed("Zie 1a"), copy_decision),
    in_word("tracked-changes", "<w:del w:id='1'><w:r><w:delText>vuil</w:delText></w:r></w:del>", "",
         RUN.format("vuil")),
    in_word("hidden-text", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r>", "", RUN.format("geheim")),
    in_word("text-box", "<w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>"
            f"{paragraph('Let op')}</w:txbxContent></v:textbox></w:pict></w:r>", RUN.format("Let op")),
    in_word("unreadable-letters", "<w:r><w:sym w:font='Wingdings' w:char='F04A'/></w:r>", RUN.format(":-)")),
    in_word("pictures", "<w:r><w:drawing><a:blip xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'/>"
            "</w:drawing></w:r>", RUN.format("tekst")),
    in_word("note-mark", "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>",
         RUN.format(" De noot.")),
    in_word("struck-out", STRUCK, "", RUN.format("oud")),
    case("struck-out", {**IN_WORD, "agenda.docx": docx(STRUCK)}, *(
        setting(f"[reading]\n{line}") for line in ('struck = "keep"', 'struck = "leave out"'))),
    case("struck-left-out", {"publication.toml": f'{IN_WORD["publication.toml"]}[reading]\nstruck = "leave out"\n',
                             "agenda.docx": docx(STRUCK)}, ("publication.toml", '"leave out"', '"keep"')),
    in_word("unknown-markup", f"<w:nieuw>{RUN.format('nieuw')}</w:nieuw>", RUN.format("nieuw")),
    in_word("footnote", "<w:r><w:footnoteReference w:id='1'/></w:r>", RUN.format("Noot"),
            footnotes=noted("footnote", "Noot")),
    in_word("comments", "", "", comments=noted("comment", "hm")),
    case("nested-table", {**IN_WORD, "agenda.docx": word_rows(word_row("1a", "Sloten", NESTED, "GZ"))},
         {"agenda.docx": docx()}),
    case("merged-cells", {**IN_WORD, "agenda.docx": word_rows(
        word_row("1a", "Sloten", LONG, f"<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{paragraph('GZ')}</w:tc>"),
        word_row("1b", "Kaart", LONG, "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"))},
        {"agenda.docx": word_rows(word_row("1a", "Sloten", LONG, "GZ"), word_row("1b", "Kaart", LONG, "GZ"))}),
    case("automatic-number", {**IN_WORD, "agenda.docx": word_rows(
        word_row("1a", "Sloten", LONG, "GZ"),
        word_row("<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:p>", "Kaart", LONG, "GZ"))},
        {"agenda.docx": word_rows(word_row("1a", "Sloten", LONG, "GZ"), word_row("1b", "Kaart", LONG, "GZ"))}),
    case("carried-along", {**IN_WORD, "agenda.docx": {**docx(), "word/vbaProject.bin": b"\x00"}},
         {"agenda.docx": docx()}),
    in_excel("hidden-sheet", sheet(SHEET_ROW, hidden=True), sheet(SHEET_ROW)),
    in_excel("hidden-rows", sheet(SHEET_ROW, sheet_row(3, "1b", "Kaart", LONG, "GZ", attributes='hidden="1"')),
             sheet(SHEET_ROW), sheet(SHEET_ROW, sheet_row(3, "1b", "Kaart", LONG, "GZ"))),
    in_excel("hidden-columns", sheet(SHEET_ROW, columns='<cols><col min="3" max="3" hidden="1"/></cols>'),
         sheet(SHEET_ROW)),
    in_excel("formula", sheet_with("<c><f>A1</f><v>7</v></c>"), sheet_with(LONG)),
    in_excel("formula-without-value", sheet_with("<c><f>A1</f></c>"), sheet_with("<c><f>A1</f><v>7</v></c>"),
         sheet_with(LONG)),
    in_excel("link-address", sheet_with(f'<c t="str"><f>HYPERLINK("https://a.example")</f><v>{LONG}</v></c>'),
         sheet_with(f"{LONG} https://a.example")),
    in_excel("cell-error", sheet_with('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>'), sheet_with(LONG)),
]  # fmt: skip

WITHOUT = {
    "the document has to be made again": "encoding-guessed hidden-layers kind-differs page-without-text row-in-quotes "
    "soft-hyphen text-in-open-table word-broken-at-line word-torn",
    "nothing is asked": "harvest-adds-dataset harvest-changes-dataset harvest-deletes-dataset harvest-first "
    "harvest-project-leaves harvest-projects harvest-same legend-read",
    "it is about an earlier release": "decision-unknown",
}
"""The findings that are not tried here, and why."""


@pytest.mark.parametrize("found", CASES, ids=lambda found: found.code)
def test_each_way_out_ends_the_finding(found: Case, tmp_path: Path) -> None:
    """Who does what the finding says does not see it again, and nothing stops a release that did not before.

    One that stops no release can be settled too, by what `settled.csv` says that it is about.
    """

    def city(name: str) -> Path:
        folder = write(tmp_path / name / "city")
        written(folder, found.files)
        return folder

    before = messages(city("before"))
    told = [item for item in before if item.code == found.code]
    assert told, [item.code for item in before]
    for at, way in enumerate(found.ways):
        folder = city(str(at))
        for change in way:
            done(folder, change, told[0])
        after = messages(folder)
        assert [] == [(at, item.message["nl"]) for item in after if item.code == found.code]
        assert {_stops(after)} <= {_stops(before), frozenset()}
    if told[0].severity is not Severity.VIOLATION and found.code != "settled-unused":
        folder = city("settled")
        settle(folder, told)
        assert [] == [item.message["nl"] for item in messages(folder) if item.code in {found.code, "settled-unused"}]


def _stops(found: Sequence[Message]) -> frozenset[str]:
    return frozenset(item.code for item in found if item.severity is Severity.VIOLATION)


def settle(folder: Path, told: Sequence[Message]) -> None:
    """Settles findings; a column by its number alone."""
    rows = io.StringIO()
    for item in told:
        number = re.match(r"\d+(?= \()", item.about)
        about = number[0] if number else item.about
        csv.writer(rows).writerow([item.code, about, item.subject, "Hoort zo.", "Bureau", "2034-01-01"])
    (folder / "settled.csv").write_text(SETTLED + rows.getvalue(), encoding="utf-8")


def test_every_finding_is_tried_or_says_why_not() -> None:
    """There is no code of which nobody knows whether what it says helps."""
    tried = [*{found.code for found in CASES}, *" ".join(WITHOUT.values()).split()]
    assert sorted(WORDINGS) == sorted(tried)
