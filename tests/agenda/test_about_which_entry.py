"""A finding about an entry says which one, so that it stands with that entry on a page and in a list."""

from __future__ import annotations

from pathlib import Path

from kennis_ld.publication.settings import publication
from tests.pipeline import read
from tests.publications import write

DOCUMENT = """\
nr\tProject\tBeschrijving\tPartijen
1. Water
1a\tSloten\tWater. Contact: Voor Beeld\tT: GZ P: ZU
1b\t\tWater.\tT: GZ P: ZU
1c\tDuinen\tZand.\tT: GZ P: ZU Contact: Voor Beeld
1d\tStrand\tZand.\tT: GZ? P: Zeelab (iets)
"""


def test_number_and_title(tmp_path: Path) -> None:
    """Number and title, as far as there are any, and the line of the row."""
    found = read(publication(write(tmp_path, {"agenda.txt": DOCUMENT}))).findings
    wanted = {"contact-person", "entry-without-title", "doubtful-participation", "unknown-name", "remark-in-brackets"}
    assert {
        ("contact-person", "1a Sloten", "agenda.txt:3"),
        ("entry-without-title", "1b", "agenda.txt:4"),
        ("contact-person", "1c Duinen", "agenda.txt:5"),
        ("doubtful-participation", "1d Strand", "agenda.txt:6"),
        ("unknown-name", "1d Strand", "agenda.txt:6"),
        ("remark-in-brackets", "1d Strand", "agenda.txt:6"),
    } == {(item.code, item.subject, str(item.place)) for item in found if item.code in wanted}
