"""The log never makes anybody wait, and what comes out of it is whole lines."""

from __future__ import annotations

import json
import logging
import os

from kennis_ld.server import access_log
from kennis_ld.server.access_log import LogWriter


def tell(to: LogWriter) -> None:
    to.request("pages", "GET", 200, 0.001, "0" * 32, "192.0.2.0/24")


def test_case_111_a_pipe_that_nobody_reads() -> None:
    """Far more lines than fit in a pipe are taken at once; what comes out is whole lines, and how many are missing."""
    ours, theirs = os.pipe()
    writer = LogWriter(in_thread=True, descriptor=theirs)
    for _ in range(50_000):
        tell(writer)
    writer.finish()
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
    writer = LogWriter(in_thread=True, descriptor=theirs)
    tell(writer)
    writer._send()
    os.read(ours, 1_000_000)
    tell(writer)
    writer._send()
    writer.finish()
    lines = [line for line in os.read(ours, 1_000_000).splitlines() if line.strip(b".")]
    assert ["pages"] == [json.loads(line)["route"] for line in lines]
    os.close(ours)
    os.close(theirs)


def test_case_110_an_error_says_where_and_not_what() -> None:
    """Of an error while a request is answered the log has the place and the type, not what a visitor sent."""
    ours, theirs = os.pipe()
    writer = LogWriter(in_thread=True, descriptor=theirs)
    handler = access_log._Handler(writer)
    try:
        int("".join(("geheim", "4711")))
    except ValueError as error:
        for name in (access_log.ANSWERING, "kennis_ld.serving.supervisor"):
            record = logging.LogRecord(name, 40, "", 0, "failed", (), (type(error), error, error.__traceback__))
            handler.emit(record)
    handler.close()
    first, second = (json.loads(line) for line in os.read(ours, 100_000).splitlines())
    assert ("ValueError" in first["error"], "geheim4711" in first["error"]) == (True, False)
    assert "geheim4711" in second["error"]
    os.close(ours)
    os.close(theirs)


def test_case_111_a_process_of_one_thread_never_waits() -> None:
    """Without a thread a line goes out where there is room for it; what waits for room goes out with the next one."""
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    while True:
        try:
            os.write(theirs, b"." * 4096)
        except BlockingIOError:
            break
    os.set_blocking(theirs, True)
    writer = LogWriter(in_thread=False, descriptor=theirs)
    for number in range(30_000):
        writer.put(f"{number}\n")
    # Room for some of what waits, and nobody who reads on.
    os.read(ours, 8192)
    writer.put("last\n")
    os.set_blocking(ours, False)
    text = b""
    for _ in range(100):
        try:
            text += os.read(ours, 65_536)
        except BlockingIOError:
            break
    lines = text.decode().strip(".").splitlines()
    assert len(lines) > 100
    assert all(line.isdigit() or "were dropped" in line for line in lines)
    os.close(ours)
    os.close(theirs)


def test_case_111_a_closed_pipe_is_no_error() -> None:
    """Where nobody can read any more, lines are dropped without a word."""
    ours, theirs = os.pipe()
    os.close(ours)
    for in_thread in (True, False):
        writer = LogWriter(in_thread=in_thread, descriptor=theirs)
        tell(writer)
        writer.finish()
    os.close(theirs)


def test_a_very_long_line_is_cut() -> None:
    """A line that a pipe does not take at once is cut in a process of one thread, and still is JSON."""
    ours, theirs = os.pipe()
    LogWriter(in_thread=False, descriptor=theirs).put(json.dumps({"message": "x" * 100_000}) + "\n")
    text = os.read(ours, 1_000_000)
    assert len(text) < 1000
    assert json.loads(text)["message"].endswith("xxx")
    os.close(ours)
    os.close(theirs)


def test_what_is_said_after_the_end_goes_out() -> None:
    """Why a process ends is often said last of all, when its thread for the log is gone: it is written too."""
    ours, theirs = os.pipe()
    writer = LogWriter(in_thread=True, descriptor=theirs)
    writer.finish()
    writer.put("the reason\n")
    assert b"the reason\n" == os.read(ours, 1000)
    os.close(ours)
    os.close(theirs)
