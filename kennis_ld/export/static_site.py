"""Writes a site as a static one: a folder that any web host can serve, whole or not at all.

The folder is a link to one beside it. A new export is written in a third, flushed to disk, and the link replaced by a
rename, which is atomic; so who serves or copies the folder sees the old files or the new ones.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from flask import Flask

from kennis_ld.errors import UnreadableInput
from kennis_ld.export import apache, crawl, nginx, pages, search
from kennis_ld.export.crawl import Described, File, Found, Gone, Moved
from kennis_ld.export.rules import StaticSite
from kennis_ld.release.disk import flush
from kennis_ld.web.negotiation import HTML
from kennis_ld.web.site import Site

if TYPE_CHECKING:
    from kennis_ld.pipeline.assembly import Progress

MARK = "export.json"
"""The file that tells that a folder was made here, and of which release."""

FILES = "www"
NGINX = "nginx.conf"
APACHE = ".htaccess"
_ROUND = 100  # addresses, after which somebody is told how far it is


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        folder: the static site.
        release: name of the release.
        files: how many files a host serves.
        bytes: their size.
    """

    folder: Path
    release: str
    files: int
    bytes: int


def export(app: Flask, site: Site, folder: Path, *, progress: Progress) -> Exported:
    """Writes a static site in a folder, in the place of an earlier one.

    Args:
        app: the application, which answers for the site.
        site: the site.
        folder: where it goes: not there yet, empty, or an earlier export.

    Raises:
        UnreadableInput: the folder holds something else, or cannot be written.
    """
    # Not resolved: the folder itself is a link.
    folder = Path.cwd() / folder
    _refuse_others(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _cannot_write(folder, error) from error
    try:
        exported = _written(app, site, work, folder, progress)
        work.chmod(0o755)
        _take(work, folder)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    finally:
        if not folder.is_symlink() or folder.resolve() != work.resolve():
            shutil.rmtree(work, ignore_errors=True)
    return exported


def _written(app: Flask, site: Site, work: Path, folder: Path, progress: Progress) -> Exported:
    root = work / FILES
    kinds, others = _asked(app, site, root, progress)
    addresses = {*kinds, *(each.path for each in others if not isinstance(each, Gone))}
    leads = partial(_leads, addresses=addresses, site=site)
    texts = [root / location(path, kind) for path, kind in kinds.items() if kind.startswith(HTML)]
    for done, file in enumerate(texts):
        if done % _ROUND == 0:
            progress("finishing pages", done, len(texts))
        file.write_bytes(pages.standalone(file.read_bytes().decode(), leads).encode())
    for language, path in search.PAGES.items():
        text = search.page(app, site, language).decode()
        _write(root, site.prefix + path, HTML, pages.standalone(text, leads).encode())
    _write(root, site.prefix + search.INDEX, "application/json", search.index(site))
    script = (Path(app.root_path) / "static" / "zoeken.js").read_bytes()
    _write(root, f"{site.prefix}/static/zoeken.js", "text/javascript", script)
    for path in kinds:
        if path.startswith((f"{site.prefix}/sitemap", f"{site.prefix}/llms.txt")):
            _keep_what_is_there(root / path[1:], addresses, site)
    described = _described(site, folder, kinds, others)
    (root / site.prefix[1:] / APACHE).write_text(apache.rules(described), encoding="utf-8", newline="\n")
    # The name of the folder comes out as the bytes that it has, also where they are no text.
    (work / NGINX).write_bytes(nginx.rules(described).encode("utf-8", "surrogateescape"))
    written = [path for path in root.rglob("*") if path.is_file()]
    _same_moment(written, site)
    size = sum(path.stat().st_size for path in written)
    mark = {"release": site.release.digest, "base_uri": site.iris.base, "files": len(written), "bytes": size}
    (work / MARK).write_text(json.dumps(mark, indent=1) + "\n", encoding="utf-8", newline="\n")
    return Exported(folder, site.release.digest, len(written), size)


def _asked(app: Flask, site: Site, root: Path, progress: Progress) -> tuple[Mapping[str, str], Sequence[Found]]:
    """Writes what the site answers; returns the media type of each file by address, and what has no file."""
    kinds: dict[str, str] = {}
    others: list[Found] = []
    for each in crawl.found(app, site):
        if not isinstance(each, File):
            others.append(each)
            continue
        kinds[each.path] = each.media_type
        _write(root, each.path, each.media_type, each.body)
        if len(kinds) % _ROUND == 0:
            progress("asking the site", len(kinds), None)
    return kinds, others


def location(path: str, media_type: str) -> str:
    """Returns where the file of an address stands, under the folder of the files.

    >>> location("/projecten?pagina=2", "text/html"), location("/", "text/html"), location("/def/shapes", "text/turtle")
    ('projecten/pagina-2.html', 'index.html', 'def/shapes.ttl')
    """
    parts = urlsplit(path)
    name = parts.path[1:]
    if parts.query:
        return f"{name}/pagina-{parse_qs(parts.query)['pagina'][0]}.html"
    if name.endswith("/") or not name:
        return f"{name}index.html"
    if "." in name.rpartition("/")[2]:
        return name
    return f"{name}.html" if media_type.startswith(HTML) else f"{name}.ttl"


def _write(root: Path, path: str, media_type: str, body: bytes) -> None:
    file = root / location(path, media_type)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


def _leads(to: str, *, addresses: set[str], site: Site) -> bool:
    """Whether a link leads somewhere: to another site, a place on the page, or an address that has a file."""
    parts = urlsplit(to)
    if parts.netloc or parts.scheme or not parts.path:
        return True
    if parts.path.removeprefix(site.prefix) in search.PAGES.values():
        return True
    return (f"{parts.path}?{parts.query}" if parts.query else parts.path) in addresses


def _keep_what_is_there(file: Path, addresses: set[str], site: Site) -> None:
    """Takes lines with an address of ours that has no file out of a sitemap or of llms.txt."""
    ours = re.compile(rf"(?:<loc>|\]\(){re.escape(site.iris.base.removesuffix(site.prefix))}([^<)]*)")
    kept = [
        line
        for line in file.read_text("utf-8").splitlines(keepends=True)
        if all((address or "/") in addresses for address in ours.findall(line))
    ]
    file.write_text("".join(kept), encoding="utf-8", newline="\n")


def _described(site: Site, folder: Path, kinds: Mapping[str, str], found: Sequence[Found]) -> StaticSite:
    by_suffix: dict[str, Counter[str]] = {"js": Counter(["text/javascript; charset=utf-8"])}
    suffixes = {path: location(path, kind).rpartition(".")[2] for path, kind in kinds.items()}
    for path, suffix in suffixes.items():
        by_suffix.setdefault(suffix, Counter())[kinds[path]] += 1
    usual = {suffix: max(sorted(counts), key=counts.__getitem__) for suffix, counts in by_suffix.items()}
    usual["json"] = "application/json"
    return StaticSite(
        prefix=site.prefix,
        host=urlsplit(site.iris.base).hostname or "",
        release=site.release.digest,
        root=str(folder / FILES),
        types=usual,
        exceptions={path: kinds[path] for path, suffix in suffixes.items() if kinds[path] != usual[suffix]},
        described=[each for each in found if isinstance(each, Described)],
        moved=[each for each in found if isinstance(each, Moved)],
        gone=[each.path for each in found if isinstance(each, Gone)],
    )


def _same_moment(files: Sequence[Path], site: Site) -> None:
    """Gives files the moment of the release, so that an export of it is the same again.

    A web server makes tags of moment and size, and two forms of a document must not have one; so they differ a second.
    """
    moment = int(site.release.published.timestamp()) if site.release.published else 0
    order = ["html", "ttl", "jsonld", "rdf", "nt"]
    for file in files:
        suffix = file.name.rpartition(".")[2]
        at = moment - (order.index(suffix) if suffix in order else len(order)) - 10 * file.name.endswith(".en.html")
        os.utime(file, (max(at, 0), max(at, 0)))


def _refuse_others(folder: Path) -> None:
    """Refuses a folder that holds something that was not made here."""
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() and (not folder.exists() or (folder / MARK).is_file()):
        return
    if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
        return
    raise UnreadableInput(
        "This holds something that is no earlier export, and an export replaces all that is there.",
        where=str(folder),
        remedy="Name a folder that is not there yet, or an empty one.",
    )


def _take(work: Path, folder: Path) -> None:
    """Puts what was written in the place of what was there."""
    for path in (*work.rglob("*"), work):
        flush(path)
    before = folder.resolve() if folder.is_symlink() else None
    if folder.is_dir() and not folder.is_symlink():
        folder.rmdir()
    link = folder.parent / f"{work.name}.link"
    link.symlink_to(work.name)
    link.replace(folder)
    flush(folder.parent)
    if before is not None and before.parent == folder.parent and (before / MARK).is_file():
        shutil.rmtree(before)


def _cannot_write(folder: Path, error: OSError) -> UnreadableInput:
    return UnreadableInput(
        f"The export cannot be written here: {error.strerror or error}.",
        where=str(folder),
        remedy="Make room, or choose another folder.",
    )
