"""Numbers that processes share."""

from __future__ import annotations

import os

from kennis_ld.isolation.shared_memory import SharedNumbers
from tests.processes import descriptors


def test_closed_numbers_hold_no_descriptor() -> None:
    """What a process uses no more leaves it as many descriptors as before; a site makes some for each release."""
    before = descriptors(os.getpid())
    for _ in range(3):
        SharedNumbers(2).close()
    assert before == descriptors(os.getpid())
