"""The log never makes anybody wait, and what comes out of it is whole lines."""

from __future__ import annotations

import json
import logging
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kennis_ld.server import access_log
from kennis_ld.server.access_log import LogWriter

BOTH = pytest.mark.parametrize("gathers", [True, False])


def tell(to: LogWriter) -> None:
    to.request("pages", "GET", 200, 0.001, "0" * 32, "192.0.2.0/24")


def all_of(pipe: int) -> bytes:
    """Returns what is in a pipe to which nobody writes any more now."""
    os.set_blocking(pipe, False)
    text = b""
    try:
        while piece := os.read(pipe, 65_536):
            text += piece
    except BlockingIOError:
        pass
    return text


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A pipe, its end to read from and its end to write to."""
    ours, theirs = os.pipe()
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


@BOTH
def test_case_111_a_pipe_that_nobody_reads(pipe: tuple[int, int], gathers: bool) -> None:
    """Far more lines than fit in a pipe are taken at once; whole lines come out of it, and how many are missing."""
    ours, theirs = pipe
    writer = LogWriter(gathers=gathers, descriptor=theirs)
    for _ in range(50_000):
        tell(writer)
    lines: list[dict[str, str]] = []
    while found := all_of(ours).splitlines():
        lines += map(json.loads, found)
        writer.send()
    (told,) = {line["message"] for line in lines if "message" in line}
    seen = sum(line.get("route") == "pages" for line in lines)
    assert (seen + 1, f"{50_000 - seen} lines were dropped") == (len(lines), told)
    line = len(json.dumps(lines[-1])) + 1
    assert 0 < seen - access_log._MOST_WAITING * (access_log._PIECE // line) < 1000


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@BOTH
def test_lines_of_processes_do_not_mix(gathers: bool) -> None:
    """What two processes write to one pipe, faster than it is read, comes out as whole lines of one or the other."""
    ours, theirs = os.pipe()
    for _ in range(2):
        if not os.fork():
            writer = LogWriter(gathers=gathers, descriptor=theirs)
            for _ in range(10_000):
                tell(writer)
            writer.send(10)
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as file:
        lines = [json.loads(line) for line in file]
    assert 20_000 == len(lines)
    assert {(0, 0)} == {(os.wait()[1], 0) for _ in range(2)}


@contextmanager
def full_at(size: int) -> Iterator[None]:
    """Lets no file of this process become longer, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_case_111_a_torn_line_does_not_spoil_the_next(tmp_path: Path) -> None:
    """After a disk that was full in the middle of a line, the next line begins on a line of its own, and says so."""
    with (tmp_path / "log").open("wb", buffering=0) as file:
        writer = LogWriter(descriptor=file.fileno())
        with full_at(100):
            tell(writer)
            tell(writer)
        tell(writer)
    torn, *lines = (tmp_path / "log").read_bytes().splitlines()
    assert 100 == len(torn)
    told, line = map(json.loads, lines)
    assert ("2 lines were dropped", "pages") == (told["message"], line["route"])


def test_case_110_an_error_says_where_and_not_what(pipe: tuple[int, int]) -> None:
    """Of an error while a request is answered the log has the place and the type, not what a visitor sent."""
    ours, theirs = pipe
    handler = access_log._Handler(LogWriter(gathers=True, descriptor=theirs))
    try:
        int("".join(("geheim", "4711")))
    except ValueError as error:
        for name in (access_log.ANSWERING, "kennis_ld.serving.supervisor"):
            record = logging.LogRecord(name, 40, "", 0, "failed", (), (type(error), error, error.__traceback__))
            handler.emit(record)
    handler.flush()
    first, second = (json.loads(line) for line in all_of(ours).splitlines())
    assert ("ValueError" in first["error"], "geheim4711" in first["error"]) == (True, False)
    assert "geheim4711" in second["error"]


def test_of_a_long_error_the_end_is_told(pipe: tuple[int, int]) -> None:
    """However deep the code was, the line says where and what it was at last."""

    def fall(depth: int) -> None:
        if not depth:
            raise ValueError("x" * 200)
        if depth % 2:
            fall(depth - 1)
        else:
            fall(depth - 1)

    ours, theirs = pipe
    handler = access_log._Handler(LogWriter(descriptor=theirs))
    try:
        fall(100)
    except ValueError as error:
        handler.emit(logging.LogRecord("a", 40, "", 0, "failed", (), (ValueError, error, error.__traceback__)))
    told = json.loads(all_of(ours))
    assert ("failed", True) == (told["message"], told["error"].endswith("ValueError: " + "x" * 200))


def test_case_111_what_waits_for_room_goes_out_with_the_next(pipe: tuple[int, int]) -> None:
    """A line that found no room goes out in its turn when there is some."""
    ours, theirs = pipe
    os.set_blocking(theirs, False)
    while True:
        try:
            os.write(theirs, b"." * 4096)
        except BlockingIOError:
            break
    os.set_blocking(theirs, True)
    writer = LogWriter(descriptor=theirs)
    for number in range(3):
        writer.put(f"{number}\n")
    os.read(ours, 8192)
    writer.put("last\n")
    assert [b"0", b"1", b"2", b"last"] == all_of(ours).strip(b".").splitlines()


@BOTH
def test_case_111_a_closed_pipe_is_no_error(gathers: bool) -> None:
    """Where nobody can read any more, lines are dropped without a word."""
    ours, theirs = os.pipe()
    os.close(ours)
    writer = LogWriter(gathers=gathers, descriptor=theirs)
    tell(writer)
    writer.send()
    os.close(theirs)


def test_a_very_long_line_is_cut(pipe: tuple[int, int]) -> None:
    """A line that a pipe does not take at once is cut, and still is JSON."""
    ours, theirs = pipe
    LogWriter(descriptor=theirs).put(json.dumps({"message": "x" * 100_000}) + "\n")
    text = all_of(ours)
    assert len(text) < 1000
    assert json.loads(text)["message"].endswith("xxx")
