"""What findings say: reads `findings.toml`, where a translator or officer can change the words and nothing else.

A code never changes its meaning; `docs/findings.md` lists them all and is made of that file
(`kennis_ld.quality.reference`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kennis_ld.model import Severity


@dataclass(frozen=True, slots=True)
class Wording:
    """What a finding of one code says; `{words}`, `{subject}` and the finding's values are filled in.

    Attributes:
        severity: how serious it is.
        nl: what is wrong, in Dutch.
        remedy_nl: what to do now, in Dutch.
        en: what is wrong, in English.
        remedy_en: what to do now, in English.
        file: the file of the publication to put it right in; empty where that is the document itself.
        once: names of the values that a finding is about once a document; None where each place is one of its own.
        many_nl: what is wrong where it was found more than once, in Dutch; `{number}` is how often.
        many_en: the same in English.
        many_remedy_nl: what to do then, in Dutch; empty where that is the same.
        many_remedy_en: the same in English.
        called: how values are called, by value and language.
    """

    severity: Severity
    nl: str
    remedy_nl: str
    en: str
    remedy_en: str
    file: str = ""
    once: tuple[str, ...] | None = None
    many_nl: str = ""
    many_en: str = ""
    many_remedy_nl: str = ""
    many_remedy_en: str = ""
    called: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def _wording(entry: Mapping[str, Any]) -> Wording:
    wrong, remedy, many = entry["wrong"], entry["do"], entry.get("many", {})
    return Wording(
        severity=Severity(entry["severity"]),
        nl=wrong["nl"],
        remedy_nl=remedy["nl"],
        en=wrong["en"],
        remedy_en=remedy["en"],
        file=entry.get("file", ""),
        once=tuple(entry["once"]) if "once" in entry else None,
        many_nl=many.get("nl", ""),
        many_en=many.get("en", ""),
        many_remedy_nl=many.get("do", {}).get("nl", ""),
        many_remedy_en=many.get("do", {}).get("en", ""),
        called=entry.get("called", {}),
    )


_FILE = Path(__file__).with_name("findings.toml")

WORDINGS: Mapping[str, Wording] = {
    code: _wording(entry) for code, entry in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()
}
"""What each code says."""
