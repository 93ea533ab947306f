"""How much a document may ask of this computer. Every bound has its reason; `docs/documents.md` lists them.

An agenda is a table of tens, at most thousands of rows; the bounds leave room for 200,000 entries, measured, and stop
what is made to hurt or saved by mistake (a whole database, a sheet with a cell at its far corner).
"""

from __future__ import annotations

FILE_BYTES = 50 * 1024 * 1024
"""Bytes of a document; a Word file of this size is nearly all pictures, and hashing it takes under a second."""

TEXT_BYTES = 256 * 1024 * 1024
"""Bytes of a text or CSV file, which streams: 200,000 entries of 1,200 characters."""

EXPANDED_BYTES = 50 * 1024 * 1024
"""Bytes that the XML in a Word file, or the streams of a PDF page, may grow to: 0.9 MB of zip can hold 300 MB."""

SHEET_BYTES = 256 * 1024 * 1024
"""Bytes that the XML in a spreadsheet may grow to: it streams row by row, 200,000 entries of 1,000 characters."""

MEMBERS = 5_000
"""Files in a zip; a Word file has about 15, and one for each picture."""

DIRECTORY_BYTES = 2 * 1024 * 1024
"""Bytes of the list of files in a zip, checked before the list is read: 5,000 names fit five times."""

DEPTH = 250
"""Elements within one another; Word needs about 12 for a cell and as many again for a table in a cell."""

ELEMENTS_IN_ROW = 200_000
"""XML elements in one row or paragraph; they are in memory together, about 100 bytes each."""

CELL = 1_048_576
"""Characters in a cell or line as it is read; what the agenda accepts (65,536) is decided by the agenda."""

ROW = 4 * CELL
"""Characters in one row."""

ROWS = 250_000
"""Rows of a document, and findings about it: 200,000 entries with their headings."""

COLUMNS = 256
"""Columns of a table; a cell further to the right is a slip or an attack (a sheet can have 16,384)."""

PAGES = 1_000
"""Pages of a PDF; a page takes 0.1 to 1 second."""

SENT_BYTES = 320 * 1024 * 1024
"""Bytes that a reader may hand over: a spreadsheet at its bound, and more for a cell that says it is repeated."""

SECONDS = 120
"""Processor time and waiting time for reading one document; a PDF of 100 pages takes half of it."""

MEMORY = 512 * 1024 * 1024
"""Bytes a reader may take on top of what the program itself needs: a page of a PDF with 200,000 characters fits."""
