"""Begins a publication: writes the empty one of `starter/`, and knows what of it is still to be filled in.

The files with their comments stand in `kennis_ld/starter/`; here are only the order of the steps and their words.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kennis_ld.errors import UnreadableInput, WrongSetting, remedy_for

GUIDE = "LEESMIJ.md"
_STARTER = Path(__file__).resolve().parent / "starter"

_STEPS: Sequence[tuple[str, str]] = (
    ("agenda.key", "a short key for the agenda"),
    ("agenda.title.nl", "the title of the agenda"),
    ("agenda.description.nl", "one or two sentences about the agenda"),
    ("agenda.publisher", "the key of the publisher in register.csv"),
    ("editions.key", "a short key for the edition"),
    ("editions.document", "the name of the document in this folder"),
    ("editions.title.nl", "the title of the edition"),
    ("catalogue.contact.name", "the office that answers questions"),
    ("catalogue.contact.url", "its web address, or contact.email"),
    ("catalogue.license", "the licence"),
    ("catalogue.themes", "at least one theme of the list"),
)
"""What a new publication must have, in the order in which it is easiest to fill in."""


def write(folder: Path) -> Sequence[Path]:
    """Writes a new, empty publication and returns its files.

    Raises:
        UnreadableInput: the folder is not empty, or cannot be written.
    """
    written: list[Path] = []
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UnreadableInput(
                "There is something here already; a new publication needs an empty folder.",
                where=str(folder),
                remedy="Choose another folder, or a name that does not exist yet.",
            )
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(path for path in _STARTER.iterdir() if path.is_file()):
            written.append(folder / path.name)
            shutil.copyfile(path, written[-1])
        return written
    except OSError as error:
        with contextlib.suppress(OSError):
            for path in written:
                path.unlink(missing_ok=True)
        raise UnreadableInput(
            f"The publication cannot be written: {error.strerror or error}.",
            where=str(folder),
            remedy=remedy_for(error, "Choose a folder that you may write in."),
        ) from error


def check_begun(settings: Mapping[str, Any], file: Path) -> None:
    """Says all at once what is still empty in a publication that was begun with `kennis-ld new`.

    Args:
        settings: what publication.toml says so far.

    Raises:
        WrongSetting: something is still empty; the message lists it in the order in which to fill it in.
    """
    empty = list(_empty(settings))
    if not empty:
        return
    steps = "\n".join(f"  {at}. {name}: {what}" for at, (name, what) in enumerate(empty, start=1))
    raise WrongSetting(
        f"Still to be filled in, in this order:\n{steps}\n",
        where=str(file),
        remedy=f"{GUIDE} explains every step.",
    )


def _empty(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yields the steps whose setting is there and empty; the settings reader tells what is missing or wrong."""
    contact = _value(settings, "catalogue.contact")
    for name, what in _STEPS:
        own = f"{name.removesuffix('.nl')}.{settings.get('language') or 'nl'}" if name.endswith(".nl") else name
        value = _value(settings, own)
        if (_value(settings, name) if value is None else value) not in ("", []):
            continue
        if name == "catalogue.contact.url" and isinstance(contact, dict) and contact.get("email"):
            continue
        yield own, what


def _value(settings: Any, path: str) -> Any:
    """Returns a setting; of several editions that of the first where it is empty, else that of the last."""
    if isinstance(settings, list) and path:
        values = [_value(item, path) for item in settings]
        return "" if "" in values else values[-1] if values else None
    name, _, rest = path.partition(".")
    if not name:
        return settings
    return _value(settings.get(name), rest) if isinstance(settings, dict) else None
