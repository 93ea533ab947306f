"""What all tests share: no network but this machine's own, and the bundled publication."""

from __future__ import annotations

import gc
import ipaddress
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kennis_ld.agenda.register import Register
from kennis_ld.agenda.wording import Words
from kennis_ld.publication import tables
from kennis_ld.publication.language import default_words
from kennis_ld.publication.publication import Publication
from kennis_ld.publication.settings import publication
from tests.reading.here import in_this_process

settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

os.environ["KENNIS_LD_LANG"] = "en"
"""Commands speak English in tests, whatever the language of the publication; a test of the language says which."""

# Many containers let Python keep nothing that it compiled; the suite starts hundreds of processes that import the same.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


# The suite builds hundreds of releases, each of dozens of files; no test cuts the power, and every wait takes long.
os.fsync = lambda _: None

ROOT = Path(__file__).resolve().parent.parent

# A shell lets what it starts in the background ignore Ctrl-C, and so would every command that a test starts and stops.
for _number in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, signal.default_int_handler if _number == signal.SIGINT else signal.SIG_DFL)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what the tests get as what they expect")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for what a site does in a time of its own."""
    return (os.cpu_count() or 1) + 1


# Loading modules and making tests leaves no garbage, and to look for it takes seconds of each process.
gc.disable()


def pytest_collection_finish() -> None:
    """Leaves all modules and tests out of every later collection of garbage, also of the processes that tests fork.

    There are fewer of them as well: an application is thousands of objects that stay, and is not looked through again.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def words() -> Words:
    """The words of a cell with parties, in all languages."""
    return default_words()


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Only loopback addresses and UNIX sockets can be reached from a test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple):
            host = str(address[0])
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                raise AssertionError(f"a test wanted to reach {host}")
        connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture
def documents_read_here() -> Iterator[None]:
    """Reads documents in this process, for tests of what comes of them."""
    with in_this_process():
        yield


@pytest.fixture(scope="session")
def leiden() -> Publication:
    """The settings of the bundled publication."""
    return publication(None)


@pytest.fixture(scope="session")
def register(leiden: Publication) -> Register:
    """The register and groups of the bundled publication."""
    return Register(tables.organisations(leiden.table("register")), tables.groups(leiden.table("groups")), leiden.words)
