"""Runs a function in a process that is forked, and returns what it found."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any


def in_a_child(work: Callable[[], Any]) -> Any:
    """Returns what a function returns, as JSON; the exit code, negative for a signal, where it did not get so far."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.close(ours)
            os.write(theirs, json.dumps(work()).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(theirs)
    with os.fdopen(ours, "rb") as said:
        text = said.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return json.loads(text) if text else code
