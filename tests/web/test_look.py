"""The look of a city on its pages: style sheet, logo and tagline, from its own server alone."""

from __future__ import annotations

from dataclasses import replace

from kennis_ld.model.look import Colour, Logo, Look
from kennis_ld.release.release import Release
from kennis_ld.web.app import create_app
from tests.web.city import SETTINGS, CountingEngine, site_of

LOOK = Look({"accent": Colour("#006600", "#88cc88")}, {"nl": "Samen"}, "Verdana, sans-serif", Logo("image/png", b"png"))


def test_a_city_has_its_own_colours_font_logo_and_tagline(release: Release, engine: CountingEngine) -> None:
    """What the city set is in the style sheet by the names of NL Design System; what it did not is as it was."""
    site = site_of(release, engine, settings=replace(SETTINGS, look=LOOK))
    client = create_app(site).test_client()
    style = client.get("/static/site.css")
    assert "text/css; charset=utf-8" == style.headers["Content-Type"]
    assert "--accent: light-dark(#006600, #88cc88);" in style.text
    assert "--utrecht-document-font-family: Verdana, sans-serif;" in style.text
    assert "--utrecht-link-color: light-dark(#0b4f8a, #8cc4ff);\n  --link: var(--utrecht-link-color);" in style.text
    assert (b"png", "image/png") == ((logo := client.get("/logo")).data, logo.headers["Content-Type"])
    assert "default-src 'none'" in logo.headers["Content-Security-Policy"]
    assert '<img src="/logo" alt="">' in client.get("/", headers={"Accept": "text/html"}).text
    assert '<small lang="nl">Samen</small>' in client.get("/en", headers={"Accept": "text/html"}).text


def test_a_city_without_a_logo_has_no_address_for_one(release: Release) -> None:
    """There is no picture, and no page asks for one."""
    client = create_app(site_of(release, CountingEngine(release))).test_client()
    assert 404 == client.get("/logo").status_code
    assert "/logo" not in client.get("/", headers={"Accept": "text/html"}).text
