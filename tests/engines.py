"""Starts SPARQL engines of others: an Oxigraph server (PyPI), and Virtuoso (Debian) where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.ports import free_port, free_ports
from tests.waiting import eventually

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
VIRTUOSO = shutil.which("virtuoso-t")
_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running engine: where it takes queries and updates, as whom, and where the current state goes.

    Attributes:
        sql: port for the SQL client of Virtuoso.
    """

    queries: str
    updates: str
    user: str = ""
    password: str = ""
    graph: str = ""
    sql: int = 0


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """Runs an Oxigraph server with an empty store."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with _running([str(OXIGRAPH), "serve", "-l", str(folder), "-b", f"127.0.0.1:{port}"], folder, f"{url}/query"):
        yield Server(f"{url}/query", f"{url}/update")


@contextmanager
def virtuoso(folder: Path, *, buffers: int = 2000, rows: int = 100_000) -> Iterator[Server]:
    """Runs Virtuoso with an empty database; it has no default graph of its own.

    Args:
        folder: an empty folder.
        buffers: how many pages of 8 kB it keeps in memory.
        rows: how many rows it gives at most; the rest is left out.
    """
    sql, http = free_ports(2)
    ini = _INI.format(sql=sql, http=http, buffers=buffers, dirty=buffers * 3 // 4, rows=rows)
    (folder / "virtuoso.ini").write_text(ini, encoding="ascii")
    url = f"http://127.0.0.1:{http}"
    command = [VIRTUOSO or "virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"]
    with _running(command, folder, f"{url}/sparql?query=ASK%7B%7D"):
        yield Server(f"{url}/sparql", f"{url}/sparql-auth", "dba", "dba", "https://data.zandwijk.example/", sql)


@contextmanager
def _running(command: Sequence[str], folder: Path, address: str) -> Iterator[None]:
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            assert eventually(lambda: _answers(address), seconds=60), f"{command[0]} does not answer"
            yield
        finally:
            process.kill()


def _answers(address: str) -> bool:
    try:
        with urlopen(address):
            return True
    except HTTPError as error:
        error.close()
        return True  # any status is an answer
    except URLError:
        return False
