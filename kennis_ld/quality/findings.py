"""What findings say: reads `findings.toml`, where a translator or officer can change the words and nothing else.

A code never changes its meaning; `docs/findings.md` lists them all and is made of that file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kennis_ld.data_file import data_file
from kennis_ld.model import Severity
from kennis_ld.model.texts import Texts


@dataclass(frozen=True, slots=True)
class Wording:
    """What a finding of one code says; `{words}`, `{subject}` and the finding's values are filled in.

    A sentence behind another one is left out where its value is empty: 'Looks like: {suggestions}.'

    Attributes:
        file: the file of the publication to put it right in; empty where that is the document itself.
        once: names of the values that a finding is about once a document; None where each place is one of its own.
        many: what is wrong where it was found more than once; `{number}` is how often.
        many_remedy: what to do then; empty where that is the same.
        called: how values are called, by value.
    """

    severity: Severity
    wrong: Texts
    remedy: Texts
    file: str
    once: tuple[str, ...] | None
    many: Texts
    many_remedy: Texts
    called: Mapping[str, Texts]


def _wording(entry: Mapping[str, Any]) -> Wording:
    many = dict(entry.get("many", {}))
    return Wording(
        severity=Severity(entry["severity"]),
        wrong=entry["wrong"],
        remedy=entry["do"],
        file=entry.get("file", ""),
        once=tuple(entry["once"]) if "once" in entry else None,
        many_remedy=many.pop("do", {}),
        many=many,
        called=entry.get("called", {}),
    )


WORDINGS: Mapping[str, Wording] = {
    code: _wording(entry) for code, entry in data_file(__file__, "findings.toml").items()
}
"""What each code says."""
