"""The look of a city's site: what `[site]` of publication.toml says of it, checked, and what cannot be read on what.

In go the values of that table and the folder of the publication; out come a `Look` and findings. The colours that the
site has by itself stand in `tokens.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kennis_ld.data_file import data_file
from kennis_ld.errors import remedy_for
from kennis_ld.model import Finding
from kennis_ld.model.document import Place
from kennis_ld.model.look import LEAST_CONTRAST, Colour, Logo, Look, Token, contrast, is_colour, lightened, whole
from kennis_ld.publication.publication import SETTINGS_FILE
from kennis_ld.publication.setting_values import SettingValues

ACCENT = "accent"
FONT = "utrecht-document-font-family"
MOST_LOGO_BYTES = 100_000
LOGOS: Mapping[str, str] = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
"""How the file of a logo may be called, and what it is then."""

_FONTS = re.compile(r"""[A-Za-z0-9 ,'"-]{1,200}""")


@cache
def tokens() -> Mapping[str, Token]:
    """Returns the colours of the site, by the name that the style sheet has for them."""
    return {
        name: Token(name, Colour(each["light"], each["dark"]), each.get("token", ""), tuple(each.get("on", ())))
        for name, each in data_file(__file__, "tokens.toml").items()
    }


def settings() -> set[str]:
    """Returns the names that `[site.tokens]` may have."""
    return {FONT, *(token.setting for token in tokens().values() if token.setting)}


def look(settings: SettingValues, folder: Path) -> Look:
    """Returns the look that the table `[site]` describes; its names have been checked.

    Raises:
        WrongSetting: a colour is none, or the logo cannot be read.
    """
    table = settings.table("site", optional=True)
    given = settings.inner_table(table, "site.tokens")
    own = {token.setting: token for token in tokens().values() if token.setting}
    said = {own[name].name: (f"site.tokens.{name}", value) for name, value in given.items() if name in own}
    if ACCENT in table:
        said[ACCENT] = ("site.accent", table[ACCENT])
    fixed = {name: _pair(path, value, settings) for name, (path, value) in said.items()}
    font = given.get(FONT, "")
    if not isinstance(font, str) or (font and not _FONTS.fullmatch(font)):
        advice = 'Write names of fonts with commas between them, such as "Verdana, sans-serif".'
        raise settings.wrong(f"site.tokens.{FONT}", "this is no list of fonts.", advice)
    return Look(
        colours={
            name: Colour(light, dark or _in_the_dark(tokens()[name], light, fixed))
            for name, (light, dark) in fixed.items()
        },
        tagline=settings.told(table, "site.tagline", optional=True),
        font=font,
        logo=_logo(table["logo"], folder, settings) if table.get("logo") else None,
    )


def colours(look: Look) -> Mapping[str, Colour]:
    """Returns all colours of a site, by name: those that the city set and those that the site has by itself."""
    return {name: look.colours.get(name, token.default) for name, token in tokens().items()}


def unreadable(look: Look, lines: Mapping[str, int]) -> Iterator[Finding]:
    """Yields a finding for each colour that the city set, or set a background for, and that cannot be read on it.

    Args:
        lines: the line of each setting in publication.toml, by name of the setting.
    """
    shown = colours(look)
    for name, token in tokens().items():
        for behind in token.on:
            if not {name, behind} & set(look.colours):
                continue
            for code, front, back in (
                ("low-contrast", shown[name].light, shown[behind].light),
                ("low-contrast-dark", shown[name].dark, shown[behind].dark),
            ):
                ratio = contrast(front, back)
                if ratio < LEAST_CONTRAST:
                    own = name if name in look.colours else behind
                    setting = tokens()[own].setting or own
                    line = lines.get(setting, 0)
                    # Cut off and not rounded, so that 4.49 is never told as 4.5.
                    values = {"front": front, "back": back, "ratio": f"{int(ratio * 10) / 10:.1f}"}
                    yield Finding(code, Place(SETTINGS_FILE, line, line), words=setting, values=values)


def _in_the_dark(token: Token, light: str, fixed: Mapping[str, tuple[str, str]]) -> str:
    """Returns a colour for dark mode: what is read on others is made lighter, a background is the site's own."""
    behind = [fixed.get(name, ("", ""))[1] or tokens()[name].default.dark for name in token.on]
    return lightened(light, behind) if behind else token.default.dark


def _pair(path: str, value: object, settings: SettingValues) -> tuple[str, str]:
    """Returns a colour in light mode and in dark mode; the second is empty where it is not given."""
    pair: Mapping[str, Any] = value if isinstance(value, dict) else {"light": value}
    for name, colour in pair.items():
        if name not in {"light", "dark"}:
            raise settings.wrong(path, f"there is no {name!r} of a colour.", "Write light, dark, or both.")
        if not isinstance(colour, str) or not is_colour(colour):
            raise settings.wrong(
                path, f"{str(colour)[:40]!r} is no colour.", 'Write # and six digits, such as "#a3182b".'
            )
    if "light" not in pair:
        raise settings.wrong(path, "the colour in light mode is missing.", 'Write { light = "#…", dark = "#…" }.')
    return whole(pair["light"]), whole(pair["dark"]) if "dark" in pair else ""


def _logo(name: object, folder: Path, settings: SettingValues) -> Logo:
    path = folder / str(name)
    media_type = LOGOS.get(path.suffix.lower())
    if media_type is None:
        raise settings.wrong("site.logo", f"{str(name)[:40]!r} is no picture.", f"Take one of: {', '.join(LOGOS)}.")
    try:
        with path.open("rb") as file:
            content = file.read(MOST_LOGO_BYTES + 1)
    except OSError as error:
        what = f"{str(name)[:40]!r} cannot be read: {error.strerror}."
        raise settings.wrong(
            "site.logo", what, remedy_for(error, "Put the file in the folder of the publication.")
        ) from error
    if len(content) > MOST_LOGO_BYTES:
        raise settings.wrong(
            "site.logo", f"the picture is larger than {MOST_LOGO_BYTES // 1000} kB.", "Make it smaller."
        )
    return Logo(media_type, content)
