"""Proposes patterns for a numbered list: where in its paragraphs number, title, description and parties stand.

In: paragraphs, and the words of the language. Out: lines for publication.toml that a person checks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kennis_ld.agenda.unread_columns import quoted
from kennis_ld.agenda.wording import Words
from kennis_ld.model import Role

_NUMBERED = re.compile(
    r"(?P<word>[^\W\d]{1,12}\.?\s+)?[0-9]{1,4}(?:\.[0-9]{1,4})*[a-z]?[.):]?\s+(?P<rest>\S.*)", re.DOTALL
)
_YEAR_LAST = re.compile(r"(?P<text>.*);\s*[^;]*[0-9]{4}[^;]*", re.DOTALL)
_FEWEST = 3


def list_lines(paragraphs: Sequence[str], words: Words) -> Sequence[str]:
    """Returns settings for a list; nothing where too few paragraphs begin with a number."""
    found = [match for text in paragraphs if (match := _NUMBERED.fullmatch(text))]
    if len(found) < _FEWEST:
        return []
    counted = Counter((match["word"] or "").strip() for match in found)
    entry, *themes = [word for word, _ in counted.most_common()]
    starts = f"{entry} {{number}}".strip()
    forms = Counter(_form(match["rest"], words) for match in found if (match["word"] or "").strip() == entry)
    form, count = forms.most_common(1)[0]
    entries = [f"{starts} {form}"] if 2 * count > counted[entry] and form != "{title}" else []
    patterns = ", ".join(quoted(f"{word} {{number}} {{theme}}".strip()) for word in themes)
    return [
        'layout = "list"',
        "[list]",
        *([f"themes = [{patterns}]"] if themes else []),
        f"entries = [{', '.join(map(quoted, [*entries, f'{starts} {{title}}']))}]",
        *([] if "{leads}" in "".join(entries) else ['lead = "…"']),
    ]


def _form(text: str, words: Words) -> str:
    """Returns what stands behind a number, in small letters: fields in the place of texts, and the words for roles.

    "Sloten: meten (trekker: GD; partners: UD; 2030)" has the form "{title}: {description} (trekker: {leads};
    partners: {partners}; {left_out})".
    """
    roles = list(words.roles_at_colons(text))
    if not roles:
        return "{title}"
    head, end = _divided(text[: roles[0][0].start()])
    form = ("{title}: {description}" if ": " in head else "{title}") + end
    stops = [*(match.start() for match, _ in roles[1:]), len(text)]
    for (match, colon), stop in zip(roles, stops, strict=True):
        names, end = _divided(text[colon.end() : stop])
        field = "{leads}" if words.role_of(match).main == Role.LEAD else "{partners}"
        more = "; {left_out}" if stop == len(text) and _YEAR_LAST.fullmatch(names) else ""
        form += f"{text[match.start() : colon.end()].strip()} {field}{more}{end}"
    return " ".join(form.casefold().split()).rstrip(".")


def _divided(text: str) -> tuple[str, str]:
    """Returns a text without the signs at its end, and these."""
    head = text.removesuffix(".").removesuffix(")").rstrip(" (;:,–-")
    return head, text[len(head) :]
