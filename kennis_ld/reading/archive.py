"""Opens the zip that a Word file, a spreadsheet in XLSX or one in ODS is, without trusting it.

In: an open file. Out: the bytes of the parts that a reader asks for, by name; nothing is written to disk. The list of
files is checked before anything is unpacked, and what is unpacked is counted. A zip in the zip is never opened.
"""

from __future__ import annotations

import posixpath
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from kennis_ld.errors import UnreadableInput
from kennis_ld.reading import limits
from kennis_ld.reading.xmlstream import parts

_CHUNK = 65_536
_START = 1_024
_END = b"PK\x05\x06"
_END_BYTES = 22
_LONGEST_COMMENT = 65_535
_LOCAL_BYTES = 30
_ENCRYPTED = 0x1


class Archive:
    """The parts of a document that is a zip.

    Args:
        file: open for reading at any place.

    Raises:
        UnreadableInput: it is no sound zip, or goes beyond a bound.
    """

    def __init__(self, file: BinaryIO, document: str) -> None:
        self.document = document
        self._file = file
        self._check_directory()
        try:
            self._zip = zipfile.ZipFile(file)
        except _DAMAGES as error:
            raise self._damaged(str(error)) from error
        members = self._zip.infolist()
        if len(members) > limits.MEMBERS:
            raise self._refused(f"The file holds {len(members)} files; at most {limits.MEMBERS} are read.")
        for member in members:
            self._check_member(member)
        names = [member.filename.casefold() for member in members]
        if double := next((name for name, count in Counter(names).items() if count > 1), ""):
            raise self._refused(f"The file holds {double!r} twice.")
        self._check_overlap(members)
        self._expanded = sum(member.file_size for member in members if _is_text(member.filename))
        is_sheet = any(name.endswith("workbook.xml") or name == "content.xml" for name in names)
        self.bound(limits.SHEET_BYTES if is_sheet else limits.EXPANDED_BYTES)
        self.names = tuple(member.filename for member in members)
        self._spelled = dict(zip(names, self.names, strict=True))
        for name in self.names:
            self._check_doctype(name)

    def bound(self, most: int) -> None:
        """Sets how many bytes the text in the file may grow to.

        Raises:
            UnreadableInput: its list of files says that it is more.
        """
        self._most = most
        self._left = most * 4  # a part may be read more than once: widths first, then rows
        if self._expanded > most:
            raise self._too_large()

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._spelled

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yields the bytes of a part; capitals in its name make no difference (ECMA-376, part 2, 6.2.2.3).

        Raises:
            UnreadableInput: there is no such part, it is damaged, or it is larger than a part may be.
        """
        taken = 0
        try:
            with self._zip.open(self._spelled.get(name.casefold(), name)) as part:
                while chunk := part.read(_CHUNK):
                    taken += len(chunk)
                    self._left -= len(chunk)
                    if taken > self._most or self._left < 0:
                        raise self._too_large()
                    yield chunk
        except KeyError as error:
            raise self._damaged(f"it has no part {name!r}") from error
        except _DAMAGES as error:
            raise self._damaged(f"part {name!r}: {error}") from error

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Returns what a part refers to, by id: last word of the type, name of the part or address, whether outside.

        The root of the document has the empty name.
        """
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        if source not in self:
            return {}
        found = {}
        for kind, element in parts(self.chunks(source), {"{rel}Relationship"}, where=f"{self.document}: {source}"):
            if kind == "whole":
                target, outside = element.get("Target", ""), element.get("TargetMode") == "External"
                path = target if outside else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], path, outside)
        return found

    def _check_directory(self) -> None:
        """Looks at the end record, so that a list of a million files is refused before it is read."""
        size = self._file.seek(0, 2)
        self._file.seek(max(0, size - _END_BYTES - _LONGEST_COMMENT))
        tail = self._file.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) - at < _END_BYTES:
            raise self._damaged("its list of files is missing; it is cut off")
        count, directory, start = struct.unpack("<10xHLL2x", tail[at : at + _END_BYTES])
        if count > limits.MEMBERS or directory > limits.DIRECTORY_BYTES:
            raise self._refused(f"The file holds more than {limits.MEMBERS} files, or names without end.")
        if start + directory > size:
            raise self._damaged("it is shorter than its list of files says")

    def _check_member(self, member: zipfile.ZipInfo) -> None:
        name = member.filename
        pieces = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in pieces or ":" in pieces[0] or "\0" in member.orig_filename:
            raise self._refused(f"The file holds {name!r}, a name outside the document.")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise self._refused(f"The file holds {name!r}, which is a link.")
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableInput(
                "The document is protected with a password.",
                where=self.document,
                remedy="Open it, take the password off, and save it again.",
            )
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise self._refused(f"The file holds {name!r} in a compression that no office program uses.")

    def _check_doctype(self, name: str) -> None:
        """Refuses a DOCTYPE in any part, also in those that nobody reads: no office program writes one."""
        if not _is_text(name):
            return
        try:
            with self._zip.open(name) as part:
                start = part.read(_START)
        except _DAMAGES as error:
            raise self._damaged(f"part {name!r}: {error}") from error
        if b"<!DOCTYPE" in start.replace(b"\x00", b""):
            raise self._refused(f"Part {name!r} has a document type declaration (DOCTYPE).")

    def _check_overlap(self, members: list[zipfile.ZipInfo]) -> None:
        """Two names for the same bytes make a bomb that no size in the list shows."""
        end = 0
        for member in sorted(members, key=lambda item: item.header_offset):
            self._file.seek(max(member.header_offset, 0))
            header = self._file.read(_LOCAL_BYTES)
            if len(header) < _LOCAL_BYTES or member.header_offset < end:
                raise self._refused(f"In the file, {member.filename!r} and another part stand in the same place.")
            name, extra = struct.unpack("<26xHH", header)
            end = member.header_offset + _LOCAL_BYTES + name + extra + member.compress_size

    def _too_large(self) -> UnreadableInput:
        return self._refused(f"The text in the file has an expanded size over {self._most // 1024 // 1024} MB.")

    def _refused(self, what: str) -> UnreadableInput:
        return UnreadableInput(
            what, where=self.document, remedy="Open the document in its own program and save it again."
        )

    def _damaged(self, what: str) -> UnreadableInput:
        return self._refused(f"The file is damaged: {what}.")


_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, struct.error)
"""What the library raises over a part that is not what the list of files says."""


def _is_text(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))
