"""`kennis-ld serve` says where the links of a site lead."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from kennis_ld.cli.serve import elsewhere
from kennis_ld.serving import service
from kennis_ld.serving.service import Service
from tests.cli.conftest import City, Run
from tests.publications import SETTINGS


@pytest.mark.parametrize(
    ("base", "service", "said"),
    [
        ("http://localhost:8000", Service(), ""),
        ("http://127.0.0.1:8000", Service(), ""),
        ("http://localhost:8000", Service(address="0.0.0.0"), ""),  # noqa: S104
        ("http://localhost:8000", Service(port=8100), "▲"),
        ("http://localhost", Service(port=8000), "▲"),
        ("http://localhost", Service(port=80), ""),
        ("https://localhost:8000", Service(), "▲"),
        ("http://localhost:8000/kennis", Service(), "▲"),
        ("https://data.zandwijk.example", Service(), "must lead to this site"),
        ("http://10.0.0.1:8000", Service(address="10.0.0.1"), ""),
    ],
)
def test_links_that_lead_elsewhere_are_said(
    base: str, service: Service, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where base_uri is another address than the one that is served it is said; a dead one with a mark."""
    monkeypatch.setenv("KENNIS_LD_LANG", "en")
    told = elsewhere(base, service)
    assert bool(said) == bool(told)
    assert said in told
    assert base in told or not told


def test_it_is_said_at_the_start(run: Run, city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who serves on another port than that of base_uri reads it before the site is served."""
    monkeypatch.setattr(service, "serve", lambda *given, **named: None)
    text = SETTINGS.replace("https://data.zandwijk.example", "http://localhost:8000")
    folder = city({"publication.toml": text})
    usual = run("serve", folder, "--releases", tmp_path / "r").stderr
    other = run("serve", folder, "--releases", tmp_path / "r", "--port", "8100").stderr
    assert ("base_uri" in usual, "base_uri" in other) == (False, True)
    assert other.index("Release ") < other.index("base_uri")
    dutch = run("serve", folder, "--releases", tmp_path / "r", "--port", "8100", "--lang", "nl").stderr
    assert "De links in de gegevens leiden naar" in dutch
    assert "links in the data" not in dutch


def test_port_in_use_is_said(run: Run, city: City, tmp_path: Path) -> None:
    """Who starts a second site at a port reads that, in words that are no program, and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        said = run("serve", city(), "--releases", tmp_path / "r", "--port", port, "--lang", "en").stderr
    expected = f"✖ No server can be started at 127.0.0.1 port {port}: Address already in use."
    assert f"{expected} Stop the other server, or choose another --port or --host." == said.splitlines()[-1]
