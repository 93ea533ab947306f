"""The bundled publications, taken through the pipeline once."""

from __future__ import annotations

import pytest

from tests.pipeline import Read, bundled_city


@pytest.fixture(scope="session")
def cities() -> dict[str, Read]:
    """What the pipeline makes of Leiden and of the made-up Zandwijk."""
    return {name: bundled_city(name) for name in ("leiden", "zandwijk")}
