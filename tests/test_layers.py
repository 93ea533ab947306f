"""The shape of the house: layers point one way, and each outside library has one place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "kennis_ld"

LAYERS = [
    {"data_file", "errors", "model", "iri", "jsonld", "tags", "translation", "vocabulary"},
    {"reading"},
    {"agenda"},
    {"graph"},
    {"publication"},
    {"linking"},
    {"quality"},
    {"pipeline"},
    {"release"},
    {"engine"},
    {"isolation"},
    {"web"},
    {"export"},
    {"server"},
    {"serving"},
    {"cli"},
]
"""From the bottom to the top; a layer may import what stands in its own line or in a line before it."""

PILLARS = {"engine", "isolation"}
"""Layers that stand beside the data: below them are values and each other, and nothing of how a release is made."""

OUTSIDE = {
    "SPARQLWrapper": {"engine/remote.py"},
    "anyio": {"cli/mcp.py"},
    "click": {"cli"},
    "flask": {"web", "export"},
    "httptools": {"server/protocol.py"},
    "jinja2": {"web"},
    "markupsafe": {"web/written.py"},
    "mcp": {"cli/mcp.py"},
    "nh3": {"agenda/text.py"},
    "pdfminer": {"reading/pdf.py", "reading/pdfmarks.py", "reading/pdfstreams.py"},
    "pdfplumber": {"reading/pdf.py", "reading/pdfbands.py", "reading/pdfletters.py", "reading/pdfmarks.py"},
    "platformdirs": {"release/folders.py"},
    "pyoxigraph": {"graph/formats.py", "engine", "isolation", "serving"},
    "pyshacl": {"quality/validation.py"},
    "rapidfuzz": {"agenda/similarity.py"},
    "rdflib": {"graph", "pipeline", "quality", "release", "vocabulary.py"},
    "rich": {"cli"},
    "uvloop": {"server/process.py"},
    "werkzeug": {"server/response.py", "web"},
}
"""Where each outside library may be imported: a file, or a folder with all in it."""

MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
STANDARD = {"__future__", "_typeshed", *__import__("sys").stdlib_module_names}


@cache
def imported(module: str) -> tuple[str, ...]:
    """The full names of the modules that a module imports, also within functions."""
    return tuple(_imported(module))


def _imported(module: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module} imports by a relative name"
            yield node.module or ""
            if node.module == "kennis_ld":
                yield from (f"kennis_ld.{name.name}" for name in node.names)


def layer(part: str) -> int:
    return next(at for at, names in enumerate(LAYERS) if part in names)


def test_modules_are_found() -> None:
    """The tests below look at the whole package."""
    assert len(MODULES) > 30


@cache
def reached(module: str) -> frozenset[str]:
    """All modules of ours that are run when a module is imported, itself included."""
    found, waiting = set[str](), [module]
    while waiting:
        each = waiting.pop()
        if each in found:
            continue
        found.add(each)
        waiting += {file for name in imported(each) for file in files(name)}
    return frozenset(found)


def files(name: str) -> Iterator[str]:
    """The files of ours that importing a full name runs: the module, and the packages that it stands in."""
    parts = name.split(".")
    if parts[0] == "kennis_ld":
        for count in range(2, len(parts) + 1):
            path = "/".join(parts[1:count])
            yield from ({f"{path}.py", f"{path}/__init__.py"} & set(MODULES))


def layer_of(module: str) -> int:
    return layer(module.partition("/")[0].removesuffix(".py"))


@pytest.mark.parametrize("module", [name for name in MODULES if name != "__init__.py"])
def test_layers_point_one_way(module: str) -> None:
    """A lower layer never imports a higher one, also not through others; what is not in a layer does not exist."""
    higher = {each for each in reached(module) if layer_of(each) > layer_of(module)}
    assert set() == higher, f"{module} imports {higher}"


@pytest.mark.parametrize("module", [name for name in MODULES if name.partition("/")[0] in PILLARS])
def test_a_pillar_stands_on_values(module: str) -> None:
    """Engine and isolation know nothing of documents, graphs and releases, also not through others."""
    known = LAYERS[0] | PILLARS
    others = {each for each in reached(module) if each.partition("/")[0].removesuffix(".py") not in known}
    assert set() == others, f"{module} imports {others}"


@pytest.mark.parametrize("module", MODULES)
def test_outside_libraries_have_one_place(module: str) -> None:
    """Each outside library is imported where the house says, so that it can be replaced there."""
    for name in imported(module):
        library = name.split(".")[0]
        if library in STANDARD or library == "kennis_ld":
            continue
        places = OUTSIDE[library]
        assert any(module == place or module.startswith(f"{place}/") for place in places), f"{module}: {library}"


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith(("agenda/", "graph/"))])
def test_the_middle_is_pure(module: str) -> None:
    """Text side and graph side do no input or output and know no clock."""
    forbidden = {"os", "pathlib", "shutil", "socket", "subprocess", "sys", "tempfile", "time", "urllib.request"}
    assert not forbidden & set(imported(module))
    calls = [node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call)]
    names = {
        call.id if isinstance(call, ast.Name) else call.attr
        for call in calls
        if hasattr(call, "id") or hasattr(call, "attr")
    }
    assert not {"open", "print", "input", "today", "now"} & names


def test_no_city_in_code() -> None:
    """Nothing in the package knows Leiden but the name of the bundled publication."""
    for module in MODULES:
        expected = {"publication/settings.py": ["leiden"]}.get(module, [])
        assert expected == [text for text in strings(module) if "leiden" in text.casefold()], module


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


def strings(module: str) -> list[str]:
    """The texts in the code of a module that are no docstrings."""
    nodes = list(ast.walk(tree(module)))
    docs = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]
