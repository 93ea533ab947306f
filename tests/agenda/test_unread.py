"""A document in which no table can be read gets the settings by which it could be; with them it is read."""

from __future__ import annotations

import pytest

from kennis_ld.agenda.headers import DEFAULT_COLUMNS, Headings
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.unread import Unread
from kennis_ld.publication.language import default_words
from tests.agenda.source import rows

PRIVACY = Privacy(default_words(), Register([], []))
KNOWN = Headings(DEFAULT_COLUMNS, PRIVACY.words)


def proposed(*lines: str) -> str:
    return Unread(rows(*lines), KNOWN, PRIVACY).settings()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ("nr|Project|GO|UvO", "1|Sloten|●|○", "2|Duinen|D|●", "3|Strand|D|○"),
            'layout = "matrix"\n[marks]\n"D" = "partner"',
            id="a matrix, with a mark that nobody knows",
        ),
        pytest.param(("nr|Project|GO|UvO", "1|Sloten|x|", "2|Duinen||x"), 'layout = "matrix"', id="a matrix"),
        pytest.param(
            ("Projectblad 1|Sloten", "Wie trekt|GD", "Fase|af", "", "Projectblad 2|Duinen", "Wie trekt|UD", "Fase|af"),
            'layout = "cards"\n[columns]\ntitle = ["Projectblad"]\nleads = ["Wie trekt"]\npartners = ["Fase"]',
            id="cards",
        ),
        pytest.param(
            ("SD 4 Stad", "AC 4.1 Sloten", "AC 4.2 Duinen", "AC 4.3 Strand"),
            'layout = "list"\n[list]\nthemes = ["SD {number} {theme}"]\nentries = ["AC {number} {title}"]\nlead = "…"',
            id="a list",
        ),
        pytest.param(
            ("id|titel", "1|Sloten", "", "project_id|organisatie|rol", "1|GD|trekker"), 'layout = "long"', id="long"
        ),
        pytest.param(
            ("nr|Actie|Wie|Geld", "1|Sloten|GD|€ 5"),
            '[columns]\ntitle = ["Actie"]\nleads = ["Wie"]\npartners = ["Geld"]',
            id="a table with other headings",
        ),
        pytest.param(
            ("nr|Project|Trekker|Geld", "1|Sloten|GD|5"), '[columns]\nleft_out = ["Geld"]', id="a column too many"
        ),
        pytest.param(("nr|Project|Trekker|Contactpersoon", "1|Sloten|GD|J. Vos"), "", id="nothing to say"),
        pytest.param(("Een brief.", "Met groet."), "", id="no agenda"),
        pytest.param(
            ('nr|Naam "project"|Wie', "1|Sloten|GD"),
            '[columns]\npartners = ["…"]\ntitle = ["Naam \\"project\\""]\nleads = ["Wie"]',
            id="quotation marks",
        ),
    ],
)
def test_settings(lines: tuple[str, ...], expected: str) -> None:
    """What is proposed for each kind of document."""
    assert expected == proposed(*lines)
