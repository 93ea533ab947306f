"""The style sheet and the logo of the site, in the colours of the city."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flask import Blueprint, Response

from kennis_ld.model.look import Look
from kennis_ld.publication.look import FONT, colours, tokens
from kennis_ld.web.documents import fixed
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import current_site

blueprint = Blueprint("static", __name__)  # the name under which metrics count files that belong to pages

STYLE = Path(__file__).parent / "static" / "site.css"


def style(look: Look) -> str:
    """Returns the style sheet: what a city decided, by the names of NL Design System, and what the site does with it.

    Every value was checked when the settings were read, so none can hold more than a colour or the names of fonts.
    """
    return (
        ":root {\n" + "".join(f"  {line}\n" for line in _declared(look)) + "}\n\n" + STYLE.read_text(encoding="utf-8")
    )


def _declared(look: Look) -> Iterator[str]:
    for name, colour in colours(look).items():
        shown, setting = f"light-dark({colour.light}, {colour.dark})", tokens()[name].setting
        if setting:
            yield f"--{setting}: {shown};"
        yield f"--{name}: {f'var(--{setting})' if setting else shown};"
    if look.font:
        yield f"--{FONT}: {look.font};"


@blueprint.get("/static/site.css")
def stylesheet() -> Response:
    """Sends the style sheet."""
    site = current_site()
    return fixed(site, "style", media_type="text/css", make=lambda: style(site.settings.look).encode())


@blueprint.get("/logo")
def logo() -> Response:
    """Sends the logo of the city; a site without one has no such address."""
    site = current_site()
    picture = site.settings.look.logo
    if picture is None:
        raise Problem("not-found")
    return fixed(site, "logo", media_type=picture.media_type, make=lambda: picture.content)
