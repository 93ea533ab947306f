"""/over: whose data these are, what may be done with them, how to cite, harvest and link, and about the site."""

from __future__ import annotations

from typing import Any

from kennis_ld.web.catalogue import DUMPS
from kennis_ld.web.pages.overview import overview
from kennis_ld.web.pages.publication import publication
from kennis_ld.web.pages.route import Asked, page
from kennis_ld.web.site import Site, current_words
from kennis_ld.web.words import in_language


@page("/over", "about.html")
def over(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Tells whose data these are, what may be done with them, how to cite, harvest and link, and about the site."""
    return {
        "publication": publication(site),
        "dumps": _dumps(site),
        "title": in_language(site.settings.title, language),
        "example": next(iter(overview(site).projects.values()), None),
    }


def _size(count: int, language: str) -> str:
    """Returns a number of bytes in a unit people know, with one decimal.

    >>> _size(2_359_267, "nl")
    '2,4 MB'
    """
    for power, unit in ((6, "MB"), (3, "kB")):
        if count >= 10**power:
            shown = f"{count / 10**power:.1f} {unit}"
            return shown.replace(".", ",") if language == "nl" else shown
    return f"{count} B"


def _dumps(site: Site) -> list[tuple[str, str, str]]:
    """Returns name, path and size of the dumps that the release has."""
    folder, language = f"{site.prefix}/download/{site.release.digest}", current_words().language
    files = {name: site.release.file(name) for name in DUMPS if name.startswith("agenda.")}
    return [(name, f"{folder}/{name}", _size(path.stat().st_size, language)) for name, path in files.items() if path]
