"""Decodes what stands in the query string of an address, and in forms (URL standard, section 5.1)."""

from __future__ import annotations

import codecs
from urllib.parse import unquote_to_bytes

# Now, for a codec comes from a file, and a worker that asks for it later can open none.
for _name in ("unicode_escape", "latin-1", "utf-8"):
    codecs.lookup(_name)


def decoded(encoded: bytes) -> str:
    """Returns a name or a value; raw bytes beyond ASCII count as if they had been encoded.

    Raises:
        UnicodeDecodeError: it is no UTF-8.
    """
    encoded = encoded.replace(b"+", b" ")
    if b"%" not in encoded:
        return encoded.decode()
    if b"\\" not in encoded:
        # The decoder for escapes does the same in a fraction of the time; not where a percent sign is only that.
        try:
            return encoded.replace(b"%", b"\\x").decode("unicode_escape").encode("latin-1").decode()
        except UnicodeError:
            return unquote_to_bytes(encoded).decode()
    return unquote_to_bytes(encoded).decode()
