"""Reads pages as a search engine does, with extruct; runs in an environment of its own (requirements.lock).

In, as JSON on stdin: a list of [address, HTML]. Out, as JSON: the JSON-LD items of each page.
"""

from __future__ import annotations

import json
import sys

import extruct

json.dump(
    [
        extruct.extract(html, base_url=address, syntaxes=["json-ld"])["json-ld"]
        for address, html in json.load(sys.stdin)
    ],
    sys.stdout,
)
