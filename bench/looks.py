"""Looks at every kind of page of two sites in every way that people do, and drafts the accessibility statement.

    python bench/looks.py [--city CITY] [--found FILE] [STATEMENT.md]
    python bench/looks.py --pictures docs

Every page × Dutch and English × light and dark × 1280 and 360 pixels goes through axe-core (WCAG 2.2 A and AA, best
practices); every page is made 1280, 640 and 320 pixels wide (zooms of 100, 200 and 400 %) and seen in forced colours;
whatever the console or the content security policy says counts, and every request to another host. Valid HTML is
html-validate's word. Needs chromium, chromium-driver and `npm ci --prefix tests/clients`. Takes some minutes. Exit 1
where anything was found.

With a name of a file it writes the draft of the statement there: what was tested, with which result, and what a person
has to look at still. No machine can say that a site is accessible. `--city` looks at one site; `--found` keeps what was
found in a file, where the next run adds to it, so that parts make a whole. `--pictures` takes those of README instead.
"""

from __future__ import annotations

import argparse
import json
import logging
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from selenium import webdriver  # noqa: E402

from kennis_ld.engine.saved import load_all  # noqa: E402
from kennis_ld.publication.bundled import bundled  # noqa: E402
from kennis_ld.publication.settings import publication  # noqa: E402
from kennis_ld.serving.service import Service, site_settings  # noqa: E402
from kennis_ld.web.app import create_app  # noqa: E402
from tests.answering import answering  # noqa: E402
from tests.browser.conftest import chromium, served  # noqa: E402
from tests.browser.looking import AXE, RULES, RUN_AXE, path_in, resize, show  # noqa: E402
from tests.web.conftest import built_site  # noqa: E402
from tests.web.kinds import PAGES, REST, SMALL  # noqa: E402

VALIDATE = ROOT / "tests" / "clients" / "node_modules" / ".bin" / "html-validate"
CITIES = {"zandwijk": (*SMALL, *REST), "leiden": PAGES}
WIDTHS, SCHEMES = (1280, 360), ("light", "dark")
TESTS = {
    "axe": "automatische toets met axe-core (WCAG 2.2 A en AA), licht en donker, breed en smal",
    "forced": "dezelfde toets met de eigen kleuren van de bezoeker (forced colors)",
    "wide": "past bij 200% en 400% vergroting (WCAG 1.4.4 en 1.4.10)",
    "console": "geen fout in de browser, geen verzoek aan een andere site",
    "html": "geldige HTML",
}


def main(arguments: list[str]) -> int:
    """Returns 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--city", choices=CITIES, action="append")
    parser.add_argument("--found", type=Path)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("statement", type=Path, nargs="?")
    given = parser.parse_args(arguments)
    kept = json.loads(given.found.read_text(encoding="utf-8")) if given.found and given.found.exists() else {}
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        browser = stack.enter_context(chromium())
        if given.pictures:
            return pictured(browser, folder, given.pictures)
        for city in given.city or CITIES:
            address = stack.enter_context(served(city, folder / city / "releases"))
            paths = [path_in(language, path) for path in CITIES[city] for language in ("nl", "en")]
            found = [*looked(browser, address, paths), *validated(address, paths, folder / city)]
            kept[city] = {"pages": len(paths), "found": [(kind, f"{city} {page}", what) for kind, page, what in found]}
    if given.found:
        given.found.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    all_found = [tuple(each) for part in kept.values() for each in part["found"]]
    pages = sum(part["pages"] for part in kept.values())
    for kind, page, what in all_found:
        print(f"{kind}  {page}  {what}")
    print(f"{pages} pages, {len(all_found)} faults")
    if given.statement:
        given.statement.write_text(statement(all_found, pages), encoding="utf-8")
    return 1 if all_found else 0


def pictured(browser: webdriver.Chrome, releases: Path, folder: Path) -> int:
    """Takes the pictures of README: the top of two pages, as wide as a screen, in fewer pixels."""
    city = publication(None)
    site = built_site(city.folder, releases)
    own = replace(site, settings=site_settings(city, load_all(bundled("queries")), Service()))
    size = {"width": WIDTHS[0], "height": 1180, "deviceScaleFactor": 0.8, "mobile": True}  # without a scroll bar
    with answering(create_app(own)) as address:
        for name, path in (("home", "/"), ("project", "/doc/project/leiden-bio-science-park")):
            show(browser, address + path, width=WIDTHS[0], media={"prefers-color-scheme": "light"})
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            browser.save_screenshot(str(folder / f"{name}-page.png"))
    return 0


def looked(browser: webdriver.Chrome, address: str, paths: Sequence[str]) -> list[tuple[str, str, str]]:
    """Returns what was found on the pages."""
    found = []
    script = AXE.read_text(encoding="utf-8")
    for path in paths:
        show(browser, address + path, width=WIDTHS[0])
        browser.execute_script(script)
        for scheme in SCHEMES:
            for width in WIDTHS:
                media(browser, "prefers-color-scheme", scheme)
                resize(browser, width)
                for rule, where in browser.execute_async_script(RUN_AXE, RULES):
                    found.append(("axe", f"{path} {width} {scheme}", f"{rule} {where[:1]}"))
        media(browser, "forced-colors", "active")
        found += [("forced", path, rule) for rule, _ in browser.execute_async_script(RUN_AXE, RULES)]
        for width in (1280, 640, 320):
            resize(browser, width)
            if browser.execute_script("const d = document.documentElement; return d.scrollWidth > d.clientWidth"):
                found.append(("wide", path, f"scrolls sideways at {width} pixels"))
    # That a page is not there, or a query is wrong, the browser says too.
    said = [each["message"] for each in browser.get_log("browser")]  # type: ignore[no-untyped-call]
    found += [("console", "", each) for each in said if not ("/niets" in each or "query=fout" in each)]
    told = browser.get_log("performance")  # type: ignore[no-untyped-call]
    events = [json.loads(entry["message"])["message"] for entry in told]
    asked = {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}
    found += [("console", "", f"asks {url}") for url in asked if not url.startswith((address, "data:"))]
    return found


def media(browser: webdriver.Chrome, name: str, value: str) -> None:
    """Sets one media feature."""
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": name, "value": value}]})


def validated(address: str, paths: Sequence[str], folder: Path) -> list[tuple[str, str, str]]:
    """Returns what html-validate says of the pages."""
    pages = folder / "pages"
    pages.mkdir()
    names = {}
    for number, path in enumerate(paths):
        names[f"{number}.html"] = path
        request = urllib.request.Request(address + path, headers={"Accept": "text/html"})
        try:
            with urllib.request.urlopen(request) as answer:
                body = answer.read()
        except urllib.error.HTTPError as error:
            body = error.read()
        (pages / f"{number}.html").write_bytes(body)
    settings = {"root": True, "extends": ["html-validate:standard"], "rules": RULES_OF_HTML}
    (folder / ".htmlvalidate.json").write_text(json.dumps(settings))
    command = [str(VALIDATE), "--config", str(folder / ".htmlvalidate.json"), "--formatter", "json", str(pages)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, cwd=folder).stdout or "[]")
    return [
        ("html", names[Path(each["filePath"]).name], f"{message['ruleId']}: {message['message']}")
        for each in told
        for message in each["messages"]
    ]


RULES_OF_HTML = {"no-trailing-whitespace": "off", "long-title": "off", "void-style": "off", "doctype-style": "off"}
"""Rules of taste that say nothing about whether HTML is valid."""


def statement(found: list[tuple[str, str, str]], pages: int) -> str:
    """Returns the draft of the accessibility statement, in Dutch, for the city that publishes."""
    faults = Counter(kind for kind, _, _ in found)
    results = "".join(
        f"| {words} | {'geen fouten' if not faults[kind] else f'{faults[kind]} fouten'} |\n"
        for kind, words in TESTS.items()
    )
    known = (
        "".join(f"- {page}: {what}\n" for _, page, what in found) or "- Geen fouten bekend uit de automatische toets.\n"
    )
    return TEMPLATE.read_text(encoding="utf-8").format(pages=pages, results=results, known=known)


TEMPLATE = Path(__file__).with_name("statement.md")

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
