"""What the documents name and the tables of a publication do not know yet."""

from __future__ import annotations

from dataclasses import dataclass

from kennis_ld.model import Identity, Organisation, Theme


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the documents name and the tables of the publication do not know yet.

    Attributes:
        organisations: a provisional organisation for each unknown name.
        themes: a provisional theme for each unknown heading.
        projects: what may be decided about entries that nobody decided about yet; the key of the project is empty
            where several are as likely.
    """

    organisations: tuple[Organisation, ...] = ()
    themes: tuple[Theme, ...] = ()
    projects: tuple[Identity, ...] = ()
