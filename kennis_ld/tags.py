"""Tags of answers (RFC 9110, section 8.8.3) that are fixed by what was asked, for a release never changes."""

from __future__ import annotations

import hashlib


def tag_text(*parts: str) -> str:
    """Returns what stands for these parts in the text that a tag is made from."""
    # With their lengths, so that other parts are another text.
    return "".join([f"{len(part)} {part}" for part in parts])


def tag_of(text: str) -> str:
    """Returns the tag of an answer that is fixed by a text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
