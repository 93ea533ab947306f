"""Reads folders of office files that others made, and compares the words with those that another program finds.

    python bench/corpora.py FOLDER [NUMBER]

FOLDER holds files of any kind, in folders or not: test files of other tools, documents of a city. NUMBER is the most
that are read (all of them). Each is read as a document of a city is, in a process of its own, and by an independent
reader: python-docx, openpyxl (`.docx`, `.xlsx`), the XML of an OpenDocument, pdfminer, the standard library (`.html`,
`.csv`); and by LibreOffice where `soffice` is installed and the former cannot read a file. A word that stands in no row
and in no finding is lost. Refusing a file with an error that says what to do is right; a crash, a hang and a lost word
are not.

Prints a line for each file that is not as it should be, and the sums by kind; exits 1 when there is one. A file that
the other reader cannot read, or that makes it crash, is counted and left out. No file is copied or kept.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import docx
import openpyxl
from pdfminer.high_level import extract_text

from kennis_ld.errors import KennisError
from kennis_ld.model import Finding
from kennis_ld.reading import documents

SECONDS = 120
"""For the other reader; ours has bounds of its own."""

UNSEEN = {"hidden-text", "hidden-rows", "hidden-columns", "hidden-sheet", "tracked-changes", "comments", "nested-table"}
"""What a finding tells without its words: a file with one may have words that are not told on purpose."""

_WORD = re.compile(r"[^\W_]{2,}")
_OUTCOMES = ("read", "untold", "refused", "no other", "LOST", "CRASH")
_SILENT = {"script", "style", "title", "head", "template", "noscript", "object", "svg", "select", "option"}


def main(folder: Path, most: int) -> int:
    """Returns 0 when nothing was lost, crashed or hung."""
    counted: Counter[tuple[str, str]] = Counter()
    lost_words = words_seen = 0
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.casefold() in READERS)[:most]
    for path in files:
        kind = path.suffix.casefold()
        outcome, told, seen = judged(path, kind)
        counted[kind, outcome] += 1
        words_seen += seen
        if outcome in {"LOST", "CRASH"}:
            lost_words += len(told)
            print(f"{outcome} {path.relative_to(folder)}: {' '.join(told)[:300]}", flush=True)
    print(f"\n{'kind':8}" + "".join(f"{what:>10}" for what in _OUTCOMES))
    for kind in sorted({kind for kind, _ in counted}):
        print(f"{kind:8}" + "".join(f"{counted[kind, what]:10}" for what in _OUTCOMES))
    print(f"\n{len(files)} files, {words_seen} different words in them, {lost_words} lost")
    return 1 if any(what in {"LOST", "CRASH"} for _, what in counted) else 0


def judged(path: Path, kind: str) -> tuple[str, list[str], int]:
    """Returns what became of a file, the words or the error to tell, and how many words another reader saw."""
    started = time.monotonic()
    ours: set[str] = set()
    codes: set[str] = set()
    try:
        for item in documents.rows(path):
            if isinstance(item, Finding):
                codes.add(item.code)
                ours.update(_words(item.words))
            else:
                ours.update(word for cell in item.cells for word in _words(cell))
    except KennisError as error:
        is_clear = error.what and error.remedy and "something it cannot handle" not in error.what
        return ("refused", [], 0) if is_clear else ("CRASH", [str(error)], 0)
    except Exception as error:  # what the campaign looks for
        return "CRASH", [repr(error)], 0
    if time.monotonic() - started > SECONDS:
        return "CRASH", ["it took too long"], 0
    theirs = _other(path, kind)
    if theirs is None:
        return "no other", [], 0
    whole = "".join(sorted(ours))
    lost = [word for word in sorted(theirs - ours) if word not in whole]
    if not lost:
        return "read", [], len(theirs)
    return ("untold" if codes & UNSEEN else "LOST"), lost, len(theirs)


def _words(text: str) -> Iterator[str]:
    plain = re.sub(r"_x[0-9A-Fa-f]{4}_", " ", text.replace("\u00ad", ""))  # how Excel writes what XML cannot hold
    yield from _WORD.findall(unicodedata.normalize("NFKC", plain).casefold())


def _other(path: Path, kind: str) -> set[str] | None:
    """Returns the words that another reader finds; None where none can read the file."""
    try:
        return set(_words(READERS[kind](path)))
    except Exception:  # the other reader's own affair
        return _of_libreoffice(path)


def _of_word(path: Path) -> str:
    body = docx.Document(str(path)).element.body
    return "\n".join("".join(_runs(paragraph)) for paragraph in body.iter(f"{_W}p"))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _runs(paragraph: ElementTree.Element) -> Iterator[str]:
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in {f"{_W}tab", f"{_W}br"}:
            yield " "


def _of_excel(path: Path) -> str:
    book = openpyxl.load_workbook(path, data_only=True)
    texts = (
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str)
    )
    return "\n".join(texts)


def _of_open_document(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    texts = []
    for element in root.iter():
        if element.tag.rpartition("}")[2] in _BREAKS:
            element.text, element.tail = f" {element.text or ''}", f" {element.tail or ''}"
    blocks = (element for element in root.iter() if element.tag in {f"{_TEXT}p", f"{_TEXT}h"})
    texts += ["".join(block.itertext()) for block in blocks]
    return "\n".join(texts)


_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_BREAKS = {"tab", "s", "line-break", "p", "h", "frame", "note", "note-citation", "note-body", "annotation", "list-item"}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent += tag in _SILENT
        self.texts.append("" if tag in {"b", "i", "em", "strong", "span", "a", "font", "u"} else " ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def _of_page(path: Path) -> str:
    page = _Page()
    page.feed(path.read_bytes().decode("utf-8"))
    return "".join(page.texts)


def _of_csv(path: Path) -> str:
    text = path.read_bytes().decode("utf-8-sig")
    return "\n".join(cell for row in csv.reader(io.StringIO(text)) for cell in row)


def _of_libreoffice(path: Path) -> set[str] | None:
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        to = "csv" if path.suffix.casefold() in {".xlsx", ".ods", ".csv"} else "txt:Text"
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to]
        try:
            subprocess.run([*command, "--outdir", folder, str(path)], capture_output=True, timeout=SECONDS, check=True)
            (made,) = (each for each in Path(folder).iterdir() if each.is_file())
            return set(_words(made.read_text(encoding="utf-8", errors="replace")))
        except (subprocess.SubprocessError, OSError, ValueError):
            return None


READERS: Mapping[str, Callable[[Path], str]] = {
    ".docx": _of_word,
    ".docm": _of_word,
    ".xlsx": _of_excel,
    ".xlsm": _of_excel,
    ".ods": _of_open_document,
    ".odt": _of_open_document,
    ".pdf": lambda path: extract_text(str(path)),
    ".html": _of_page,
    ".htm": _of_page,
    ".csv": _of_csv,
}
"""Who else reads each kind."""


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000))
