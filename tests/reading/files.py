"""Writes documents by hand, down to what no office program would write: for tests of single features and of attacks."""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from pdfminer.arcfour import Arcfour
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
XML = '<?xml version="1.0" encoding="UTF-8"?>'
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
HEADER = ("Nr.", "Project", "Beschrijving", "Trekker")


def relations(**targets: str) -> str:
    """A part that says what another part refers to: kind to name."""
    items = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def zipped(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """A zip of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def word_parts(body: str, **more: str) -> dict[str, str | bytes]:
    """The parts of a Word file with this body; `more` gives parts beside it, by kind."""
    spaces = f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}"'
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/document.xml": f"{XML}<w:document {spaces}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(**{kind: f"{kind}.xml" for kind in more}),
    }
    return parts | {f"word/{kind}.xml": f"{XML}{content}" for kind, content in more.items()}


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of Word."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def word_row(*cells: str, properties: str = "") -> str:
    """A table row of Word; a cell that begins with '<' is given as it is."""
    given = (cell if cell.startswith("<w:tc>") else f"<w:tc>{cell}</w:tc>" for cell in map(_block, cells))
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(given)}</w:tr>"


def word_table(*rows: str) -> str:
    """A table of Word with the usual header."""
    return f"<w:tbl>{word_row(*HEADER)}{''.join(rows)}</w:tbl>"


def word(path: Path, body: str, **more: str) -> Path:
    """A Word file."""
    return zipped(path, word_parts(body, **more))


def sheet_parts(*sheets: str, **more: str) -> dict[str, str | bytes]:
    """The parts of a workbook: each sheet as the XML within `worksheet`; `more` are parts of the workbook, by kind."""
    names = [f"xl/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    tabs = "".join(f'<sheet name="Blad{n}" sheetId="{n}" r:id="s{n}"/>' for n in range(1, len(sheets) + 1))
    links = relations(**{kind: f"{kind}.xml" for kind in more}).replace(
        "</Relationships>",
        "".join(
            f'<Relationship Id="s{n}" Type="{RELATIONS}/worksheet" Target="sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + "</Relationships>",
    )
    space = f'xmlns="{SHEET}" xmlns:r="{RELATIONS}"'
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f"{XML}<workbook {space}><sheets>{tabs}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": links,
    }
    parts |= {name: f"{XML}<worksheet {space}>{sheet}</worksheet>" for name, sheet in zip(names, sheets, strict=True)}
    return parts | {f"xl/{kind}.xml": f"{XML}{content}" for kind, content in more.items()}


def sheet_row(number: int, *cells: str, attributes: str = "") -> str:
    """A row of a sheet; a cell that begins with '<c' is given as it is."""
    given = "".join(cell if cell.startswith("<c") else sheet_cell(cell) for cell in cells)
    return f'<row r="{number}" {attributes}>{given}</row>'


def sheet_cell(text: str, reference: str = "") -> str:
    """A cell of a sheet with its text in it."""
    at = f'r="{reference}"' if reference else ""
    return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def pdf(path: Path, objects: Sequence[bytes], trailer: bytes = b"") -> Path:
    """A PDF of these objects, the first of which is the catalogue; `trailer` is added to its last dictionary."""
    content = bytearray(b"%PDF-1.7\n")
    starts = []
    for number, item in enumerate(objects, start=1):
        starts.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % start for start in starts)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    content += end % (len(objects) + 1, trailer, table)
    path.write_bytes(content)
    return path


def pdf_page(path: Path, stream: bytes, *, filters: str = "", count: int = 1, kids: str = "3 0 R") -> Path:
    """A PDF of one page with this content."""
    filtered = f"/Filter [{filters}]" if filters else ""
    head = f"<< /Length {len(stream)} {filtered} >>\nstream\n".encode()
    return pdf(
        path,
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
            _PAGE,
            head + stream + b"\nendstream",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ],
    )


def add_layers(drawing: Canvas, layers: Mapping[str, bool], *, others_off: bool = False) -> None:
    """Gives a PDF layers by name, shown or not; with `others_off` only those that are shown are listed."""
    document: Any = drawing._doc
    made = {
        name: document.Reference(PDFDictionary({"Type": PDFName("OCG"), "Name": PDFString(name)})) for name in layers
    }
    listed = PDFArray([made[name] for name, is_on in layers.items() if is_on is others_off])
    shown = {"BaseState": PDFName("OFF"), "ON": listed} if others_off else {"OFF": listed}
    layered = PDFDictionary({"OCGs": PDFArray(list(made.values())), "D": PDFDictionary(shown)})
    document.Catalog.__Defaults__ = {**document.Catalog.__Defaults__, "OCProperties": layered}


def pdf_that_may_only_be_read(path: Path, stream: bytes) -> Path:
    """A PDF of one page that needs a password to be edited, encrypted with AES (ISO 32000-1, 7.6.3, revision 4)."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    owner, rights, name = b"O" * 32, -44, b"0123456789abcdef"
    key = hashlib.md5(padding + owner + struct.pack("<i", rights) + name).digest()  # noqa: S324
    for _ in range(50):
        key = hashlib.md5(key).digest()  # noqa: S324
    user = hashlib.md5(padding + name).digest()  # noqa: S324
    for turn in range(20):
        user = Arcfour(bytes(byte ^ turn for byte in key)).process(user)
    own = hashlib.md5(key + b"\x04\x00\x00\x00\x00sAlT").digest()  # noqa: S324
    left = 16 - len(stream) % 16
    cipher = Cipher(algorithms.AES(own), modes.CBC(b"i" * 16)).encryptor()
    locked = b"i" * 16 + cipher.update(stream + bytes([left]) * left) + cipher.finalize()
    rules = b"<< /Filter /Standard /V 4 /R 4 /Length 128 /P %d /O <%s> /U <%s> /StmF /S /StrF /S " % (
        rights,
        owner.hex().encode(),
        (user + bytes(16)).hex().encode(),
    )
    rules += b"/CF << /S << /CFM /AESV2 /AuthEvent /DocOpen /Length 16 >> >> >>"
    return pdf(
        path,
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            _PAGE,
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(locked), locked),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            rules,
        ],
        b"/Encrypt 6 0 R /ID [<%s> <%s>]" % (name.hex().encode(), name.hex().encode()),
    )


def deflated(size: int, times: int = 1) -> bytes:
    """So many blanks, compressed, and that compressed again."""
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b" " * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()
    for _ in range(times - 1):
        content = zlib.compress(content, 9)
    return content


def _block(cell: str) -> str:
    return cell if cell.startswith("<") else paragraph(cell)
