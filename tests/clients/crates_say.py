"""Validates research objects with roc-validator, offline; runs in an environment of its own (requirements.lock).

In, as JSON on stdin: a list of folders. Out, as JSON: for each what the profile of RO-Crate 1.1 requires or recommends
and the folder does not have, files among it, as [severity, property, message].

Offline the validator reads from its cache alone. It needs one address, the context of RO-Crate 1.1, whose text the
package rocrate carries.
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from requests import Request
from requests.adapters import HTTPAdapter
from requests_cache import CachedSession
from rocrate_validator.models import Severity, ValidationSettings
from rocrate_validator.services import validate
from urllib3 import HTTPResponse


def fill(cache: Path) -> None:
    """Puts the context where the validator looks for what it asked before."""
    context = files("rocrate").joinpath("data/ro-crate.jsonld").read_bytes()
    request = Request("GET", json.loads(context)["@id"]).prepare()
    said = HTTPResponse(BytesIO(context), {"Content-Type": "application/ld+json"}, 200, preload_content=False)
    CachedSession(str(cache), backend="sqlite").cache.save_response(HTTPAdapter().build_response(request, said))


def issues(folder: str, cache: Path) -> list[tuple[str, str, str]]:
    """Returns what is wrong with a folder."""
    settings = ValidationSettings(
        rocrate_uri=folder,
        profile_identifier="ro-crate-1.1",
        requirement_severity=Severity.RECOMMENDED,
        cache_path=cache,
        offline=True,
        creation_time=True,
    )
    found = validate(settings).get_issues(Severity.RECOMMENDED)
    return sorted((each.severity.name, str(each.violatingProperty or ""), str(each.message)) for each in found)


with tempfile.TemporaryDirectory() as folder:
    fill(Path(folder) / "cache")
    said = [issues(each, Path(folder) / "cache") for each in json.load(sys.stdin)]
json.dump(said, sys.stdout)
