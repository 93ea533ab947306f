"""What a release may not break: the IRIs that earlier ones published, and an agenda that portals have harvested."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from kennis_ld.errors import Refused
from kennis_ld.publication.publication import Publication
from kennis_ld.release import harvest, manifest
from kennis_ld.release.published import Published


def made(before: Published, publication: Publication) -> Sequence[Path]:
    """Returns the earlier releases that made promises, the newest first.

    Their base is the same. One that nobody else could reach (localhost) promised nothing.

    Raises:
        Refused: one has another base.
    """
    found = []
    for folder, base in before.releases.items():
        if base == publication.iris.base:
            found.append(folder)
        elif urlsplit(base).hostname not in {"localhost", "127.0.0.1"}:
            raise Refused(
                f"base_uri was {base} and is now {publication.iris.base}: every published URI would vanish.",
                where=str(publication.folder / "publication.toml"),
                remedy="Set base_uri back. To start a new site, build in another folder with --releases.",
            )
    return found


def check_leaving(before: Path, after: Path, publication: Publication, confirmed: Collection[Sequence[str]]) -> None:
    """Refuses a release in which more of the projects leave the agenda than the city allows without a word.

    A document that was read by half, or the wrong document, looks like that.

    Args:
        before: folder of the release before.
        after: the statements of the new one.
        publication: says how many in a hundred may leave.
        confirmed: keys of the editions of which a person said that it is right.

    Raises:
        Refused: more leave, and nobody confirmed it.
    """
    most, latest = publication.most_leaving, publication.editions[-1].key
    known, _ = harvest.on_agenda(before / manifest.STATEMENTS, publication.iris)
    now, ended = harvest.on_agenda(after, publication.iris)
    leaving = sorted(known - now - ended)
    if 100 * len(leaving) > most * len(known) and [latest] not in confirmed:
        raise _landslide(leaving, len(known), most=most, edition=latest, publication=publication)


def unknown(releases: Path, before: Published) -> Refused:
    """Returns the refusal where the last release is damaged, so that nobody knows what it promised."""
    compared = f"Release {before.name} is the newest whose URIs are known" if before.name else "No other one is sound"
    return Refused(
        f"Release {before.last} is damaged or gone, so nobody knows which URIs it published. {compared}.",
        where=str(releases),
        remedy=(
            "Put its folder back from a copy; or restore the input it was made of and build, which makes the same "
            "release again; or build with --despite-damage, which gives up the URIs that only that release published."
        ),
    )


def vanished(gone: Mapping[str, Path], publication: Publication) -> Refused:
    """Returns the refusal of a release without IRIs that earlier ones published; each with the last that had it."""
    shown = "\n".join(f"  {publication.iris.reference(iri)}" for iri in [*gone][:20])
    more = f"\n  … and {len(gone) - 20} more" if len(gone) > 20 else ""
    names = sorted({folder.name for folder in gone.values()})
    those = f"release{'s' if len(names) > 1 else ''} {', '.join(names)}"
    return Refused(
        f"{len(gone)} published URIs of {those} would vanish:\n{shown}{more}\n",
        where=str(publication.folder),
        remedy=(
            "Restore them, or add a line for each to decisions.csv that says whether it was withdrawn, or replaced and "
            "by what. A decision about an organisation or project also covers what is made of it. Every portal deletes "
            "a dataset that goes."
        ),
    )


def _landslide(leaving: Sequence[str], before: int, *, most: int, edition: str, publication: Publication) -> Refused:
    shown = "\n".join(f"  project/{key}" for key in leaving[:20])
    more = f"\n  … and {len(leaving) - 20} more" if len(leaving) > 20 else ""
    return Refused(
        f"{len(leaving)} of {before} projects would leave the agenda, and without a confirmation at most {most} in a "
        f"hundred may:\n{shown}{more}\n",
        where=str(publication.folder),
        remedy=(
            "See whether the latest document is the right one and was read whole. Is it right, then add a line to "
            f"decisions.csv: editie/{edition}, confirmed, why, who decided, and the date."
        ),
    )
