"""The log never makes anybody wait, and what comes out of it is whole lines."""

from __future__ import annotations

import json
import os

from kennis_ld.web.journal import Journal, Outlet

from kennis_ld.web import journal


def tell(to: Journal) -> None:
    to.tell("pages", "GET", 200, 0.001, "0" * 32, "192.0.2.0/24")


def test_case_111_a_pipe_that_nobody_reads() -> None:
    """Far more lines than fit in a pipe are taken at once; what comes out is whole lines, and how many are missing."""
    ours, theirs = os.pipe()
    outlet = Outlet(theirs)
    log = Journal(outlet)
    for _ in range(50_000):
        tell(log)
    outlet.finish()
    os.set_blocking(ours, False)
    text = os.read(ours, 1_000_000)
    lines = text[: text.rfind(b"\n")].splitlines()
    assert len(lines) > 100
    assert {"pages"} == {json.loads(line)["route"] for line in lines}
    os.close(ours)


def test_case_111_a_torn_line_does_not_spoil_the_next() -> None:
    """After a disk that was full in the middle of a line, the next line begins on a line of its own."""
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    # Almost full: the first line fits only in part.
    room = 4096
    while True:
        try:
            os.write(theirs, b"." * room)
        except BlockingIOError:
            break
    outlet = Outlet(theirs)
    tell(Journal(outlet))
    outlet._send()
    os.read(ours, 1_000_000)
    tell(Journal(outlet))
    outlet._send()
    outlet.finish()
    lines = [line for line in os.read(ours, 1_000_000).splitlines() if line.strip(b".")]
    assert ["pages"] == [json.loads(line)["route"] for line in lines]
    os.close(ours)
    os.close(theirs)


def test_case_110_an_error_says_where_and_not_what() -> None:
    """Of an error while a request is answered the log has the place and the type, not what a visitor sent."""
    ours, theirs = os.pipe()
    outlet = Outlet(theirs)
    handler = journal._Handler(outlet)
    try:
        int("".join(("geheim", "4711")))
    except ValueError as error:
        for name in (journal.ANSWERING, "kennis_ld.hosting"):
            record = journal.logging.LogRecord(name, 40, "", 0, "failed", (), (type(error), error, error.__traceback__))
            handler.emit(record)
    handler.close()
    first, second = (json.loads(line) for line in os.read(ours, 100_000).splitlines())
    assert ("ValueError" in first["error"], "geheim4711" in first["error"]) == (True, False)
    assert "geheim4711" in second["error"]
    os.close(ours)
    os.close(theirs)
