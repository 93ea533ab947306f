"""Decides in which encoding a text is written: stated, proven, or guessed and then said so; never letters by accident.

In: an open file. Out: the name of a codec, and a finding where it was guessed. A text that is in two encodings at once,
or in none that can be told, is refused: 'Ã©' for 'é' would be published for years.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Place

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536
# What one letter is in UTF-8, of those that Western languages use; in Windows-1252 the same bytes are 'Ã©' or 'â€™'.
_LETTER_IN_UTF8 = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x93-\xa6]|\xe2\x82\xac")
_WESTERN = {
    "windows-1252",
    "cp1252",
    "iso-8859-1",
    "latin-1",
    "latin1",
    "iso8859-1",
    "iso-8859-15",
    "us-ascii",
    "ascii",
}
# In Windows-1252 a letter stands beside letters; 'caf‚' is an é of MS-DOS and 'cafŽ' one of an old Macintosh.
_STRANGE = re.compile(r"[a-z][‚ƒ„†‡ˆ‰‹•˜™›Š\u017dŸ¤¥¦§¨ª¬¯±¶¸¿À-Þ]|[‚„†‡ˆ‰‹•˜™›¤¥¦¨ª¬¯¶¸][a-z]")
_TELLING = re.compile(r"\w*[À-ÖØ-öø-ɏ]\w*|€")


def encoding(file: BinaryIO, document: str, *, declared: str = "") -> tuple[str, Finding | None]:
    """Returns the codec of a text and, where it was guessed, a finding with words by which a person can see if it fits.

    Args:
        file: the text, open.
        document: its name, for places.
        declared: what the text itself says (an HTML page does); believed for Western encodings when it fits.

    Raises:
        UnreadableInput: no encoding fits.
    """
    file.seek(0)
    content = file.read()
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _proven(content, name, document), None
    if wide := _wide(content[:_SAMPLE]):
        return _proven(content, wide, document), _guessed(content, wide, document)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _western(content, error, document, stated=declared.casefold() in _WESTERN)
    return "utf-8", None


def _wide(sample: bytes) -> str:
    """Returns the UTF-16 without a mark that a text with a NUL in every other byte is, or nothing."""
    pairs = len(sample) // 2
    even, odd = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if pairs and odd > 0.6 * pairs and not even:
        return "utf-16-le"
    if pairs and even > 0.6 * pairs and not odd:
        return "utf-16-be"
    return ""


def _proven(content: bytes, name: str, document: str) -> str:
    if name == "utf-32":
        raise _unreadable("The text is in UTF-32", document)
    try:
        content.decode(name)
    except UnicodeDecodeError as error:
        raise _unreadable(
            f"The text begins as {name.upper()} and is something else after byte {error.start}", document
        ) from error
    return name


def _western(content: bytes, error: UnicodeDecodeError, document: str, *, stated: bool) -> tuple[str, Finding | None]:
    line = content.count(b"\n", 0, error.start) + 1
    where = f"{document}:{line}"
    if _LETTER_IN_UTF8.search(content):
        raise _unreadable(f"The text is partly UTF-8 and partly not (byte {content[error.start]:#04x})", where)
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as other:
        line = content.count(b"\n", 0, other.start) + 1
        raise _unreadable(
            f"The text is neither UTF-8 nor Windows-1252 (byte {content[other.start]:#04x})", f"{document}:{line}"
        ) from other
    if strange := _STRANGE.search(text):
        line = text.count("\n", 0, strange.start()) + 1
        seen = text[max(0, strange.start() - 10) : strange.end() + 10].strip()
        raise _unreadable(f"The text is not UTF-8, and read as Windows-1252 it says {seen!r}", f"{document}:{line}")
    return "cp1252", None if stated else _guessed(content, "cp1252", document)


def _guessed(content: bytes, name: str, document: str) -> Finding:
    text = content.decode(name)
    telling = dict.fromkeys(match[0] for match in _TELLING.finditer(text))
    label = {"cp1252": "Windows-1252", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE"}[name]
    return Finding("encoding-guessed", Place(document), words=", ".join(list(telling)[:8]), values={"encoding": label})


def _unreadable(what: str, where: str) -> UnreadableInput:
    return UnreadableInput(f"{what}.", where=where, remedy='Save the file again as "UTF-8" ("CSV UTF-8").')
