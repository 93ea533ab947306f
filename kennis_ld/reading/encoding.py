"""Decides in which encoding a text is written: stated, proven, or guessed and then said so; never letters by accident.

In: an open file. Out: the name of a codec, and a finding where it was guessed. A text that is in two encodings at once,
or in none that can be told, is refused: 'Ã©' for 'é' would be published for years.
"""

from __future__ import annotations

import codecs
import io
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
_PIECE = 1_048_576
_LINE = 1_048_576
_MOST_TELLING = 8
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
        declared: what the text itself says (an HTML page does); believed for Western encodings when it fits.

    Raises:
        UnreadableInput: no encoding fits.
    """
    file.seek(0)
    start = file.read(_SAMPLE)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return _proven(file, name, document), None
    if wide := _wide(start):
        return _proven(file, wide, document), _guessed(file, wide, document)
    wrong = _first_wrong(file, "utf-8")
    if wrong is not None:
        return _western(file, wrong, document, stated=declared.casefold() in _WESTERN)
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


def _proven(file: BinaryIO, name: str, document: str) -> str:
    if name == "utf-32":
        raise _unreadable("The text is in UTF-32", document)
    wrong = _first_wrong(file, name)
    if wrong is not None:
        raise _unreadable(f"The text begins as {name.upper()} and is something else after byte {wrong}", document)
    return name


def _first_wrong(file: BinaryIO, name: str) -> int | None:
    """Returns the place of the first byte that is not in an encoding; the file streams through."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(name)()
    before = kept = 0  # bytes before this piece, and how many of them are a letter that it goes on with
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
            before += len(piece)
            kept = len(decoder.getstate()[0])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return before - kept + error.start
    return None


def _western(file: BinaryIO, wrong: int, document: str, *, stated: bool) -> tuple[str, Finding | None]:
    """Looks at each line whether it is Windows-1252 and nothing else."""
    file.seek(wrong)
    byte = file.read(1)[0]
    mixed = neither = strange = None
    start = first = 0
    file.seek(0)
    for number, content in enumerate(iter(lambda: file.readline(_LINE), b""), start=1):
        first = number if start <= wrong < start + len(content) else first
        start += len(content)
        mixed = mixed or _LETTER_IN_UTF8.search(content)
        try:
            seen = _STRANGE.search(content.decode("cp1252"))
        except UnicodeDecodeError as error:
            neither = neither or (number, content[error.start])
        else:
            strange = strange or (seen and (number, seen.string[max(0, seen.start() - 10) : seen.end() + 10].strip()))
    if mixed:
        raise _unreadable(f"The text is partly UTF-8 and partly not (byte {byte:#04x})", f"{document}:{first}")
    if neither:
        what = f"The text is neither UTF-8 nor Windows-1252 (byte {neither[1]:#04x})"
        raise _unreadable(what, f"{document}:{neither[0]}")
    if strange:
        what = f"The text is not UTF-8, and read as Windows-1252 it says {strange[1]!r}"
        raise _unreadable(what, f"{document}:{strange[0]}")
    return "cp1252", None if stated else _guessed(file, "cp1252", document)


def _guessed(file: BinaryIO, name: str, document: str) -> Finding:
    telling: dict[str, None] = {}
    file.seek(0)
    reader = io.TextIOWrapper(file, encoding=name)
    while len(telling) < _MOST_TELLING and (line := reader.readline(_LINE)):
        telling |= dict.fromkeys(match[0] for match in _TELLING.finditer(line))
    reader.detach()
    label = {"cp1252": "Windows-1252", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE"}[name]
    words = ", ".join(list(telling)[:_MOST_TELLING])
    return Finding("encoding-guessed", Place(document), words=words, values={"encoding": label})


def _unreadable(what: str, where: str) -> UnreadableInput:
    return UnreadableInput(f"{what}.", where=where, remedy='Save the file again as "UTF-8" ("CSV UTF-8").')
