"""The bundled publications, taken through the pipeline once."""

from __future__ import annotations

import pytest

from kennis_ld.publication import settings
from kennis_ld.publication.bundled import bundled
from tests.pipeline import Read, read


@pytest.fixture(scope="session")
def cities() -> dict[str, Read]:
    """What the pipeline makes of Leiden and of the made-up Zandwijk."""
    return {name: read(settings.publication(bundled("data") / name)) for name in ("leiden", "zandwijk")}
