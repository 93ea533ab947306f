"""The bundled publications, taken through the pipeline once."""

from __future__ import annotations

import pytest

from kennis_ld import config
from tests.pipeline import Read, read


@pytest.fixture(scope="session")
def cities() -> dict[str, Read]:
    """What the pipeline makes of Leiden and of the made-up Zandwijk."""
    return {name: read(config.publication(config.bundled("data") / name)) for name in ("leiden", "zandwijk")}
