"""Errors in Dutch: every text that stops a command is in `errors_nl.toml`, and says the same with the same values."""

from __future__ import annotations

import ast
import errno
import inspect
import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from kennis_ld.engine.saved import bindings
from kennis_ld.errors import MalformedQuery, QueryError, UnreadableInput
from kennis_ld.iri import Iris
from kennis_ld.model.saved_query import Parameter, SavedQuery
from kennis_ld.pipeline.assembly import READING
from kennis_ld.translation import in_dutch, known, said

PACKAGE = Path(__file__).resolve().parents[1] / "kennis_ld"
TEXTS = tomllib.loads((PACKAGE / "errors_nl.toml").read_text(encoding="utf-8"))
ERRORS = {
    "UnreadableInput", "WrongSetting", "Refused", "DamagedRelease", "KennisError", "QueryError", "MalformedQuery",
    "QueryNotAllowed", "EngineUnavailable", "BudgetExceeded", "ResultTooLarge", "ServiceFailed", "NoSuitableFormat",
}  # fmt: skip

Names = Mapping[str, Sequence[ast.expr]]


def is_error(called: ast.expr) -> bool:
    """Whether an error of ours is made."""
    return isinstance(called, ast.Name) and called.id in ERRORS


def is_wrong(called: ast.expr) -> bool:
    """Whether the error about a setting or a table is made, often in another module than the function that makes it."""
    return re.search(r"(^|\.)wrong$", ast.unparse(called)) is not None


def is_super(node: ast.Call) -> bool:
    """Whether a class of errors says what all of its kind say."""
    return isinstance(node.func, ast.Attribute) and node.func.attr == "__init__"


def sayings(node: ast.expr, names: Names) -> list[str]:
    """The texts that an expression may come out as, with `{}` for what is known only when the program runs."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=parts):
            return list(map("".join, product(*(sayings(part, names) or ["{}"] for part in parts))))
        case ast.FormattedValue(value=value, conversion=-1):
            return sayings(value, names)
        case ast.IfExp(body=one, orelse=other):
            return [*sayings(one, names), *sayings(other, names)]
        case ast.BoolOp(values=values):
            return [text for value in values for text in sayings(value, names)]
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            pieces = [sayings(each, names) for each in (left, right)]
            return list(map("".join, product(*(piece or ["{}"] for piece in pieces)))) if any(pieces) else []
        case ast.Call(func=ast.Name(id="remedy_for"), args=[_, otherwise]):
            return sayings(otherwise, names)
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(), attr=name):
            without = {other: values for other, values in names.items() if other != name}
            return [text for value in names.get(name, []) for text in sayings(value, without)]
    return []


@cache
def trees() -> Mapping[Path, ast.Module]:
    """The modules of the package."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def name_of(function: ast.expr) -> str:
    """How a function is called, as far as that is names."""
    match function:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{name_of(value)}.{name}"
    return ""


@cache
def calls(tree: ast.AST) -> Sequence[tuple[str, ast.Call]]:
    """What code calls, and by which name."""
    return [(name_of(node.func), node) for node in ast.walk(tree) if isinstance(node, ast.Call)]


@cache
def assigned(tree: ast.AST) -> Names:
    """What code gives to each name."""
    found = dict[str, list[ast.expr]]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                both = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
                pairs = zip(target.elts, node.value.elts, strict=True) if both else [(target, node.value)]
                for name, value in pairs:
                    if isinstance(name, ast.Name):
                        found.setdefault(name.id, []).append(value)
    return found


def passed(function: ast.FunctionDef, tree: ast.Module) -> Names:
    """What the module gives to each parameter of one of its functions, with the words that it has where it is given."""
    found = dict[str, list[ast.expr]]()
    parameters = [each.arg for each in function.args.args if each.arg != "self"]
    for caller in (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)):
        for name_called, call in calls(caller):
            if name_called in {function.name, f"self.{function.name}"}:
                given = [*zip(parameters, call.args, strict=False)]
                for name, value in [*given, *((word.arg or "", word.value) for word in call.keywords)]:
                    found.setdefault(name, []).extend(map(ast.Constant, sayings(value, assigned(caller))))
    return found


def texts_in_the_code() -> Iterator[tuple[str, str]]:
    """Module and text of what is wrong and what to do, wherever an error of ours is made with texts of the program."""
    public = (item for tree in trees().values() for item in assigned(tree).items())
    constants = {name: values for name, values in public if name.isupper() and not name.startswith("_")}
    for path, tree in trees().items():
        module = path.relative_to(PACKAGE).as_posix()
        own = {name: values for name, values in assigned(tree).items() if name.isupper()}
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            called = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
            errors = [node for node in called if is_error(node.func) or (module == "errors.py" and is_super(node))]
            errors += [node for node in called if is_wrong(node.func)]
            # Names are looked up for who needs them: to look through a module for each function of it takes long.
            names = constants | own | assigned(function) | passed(function, tree) if errors else {}
            for node in errors:
                given = [
                    *node.args[is_wrong(node.func) :],
                    *(word.value for word in node.keywords if word.arg == "remedy"),
                ]
                for text in (text for each in given for text in sayings(each, names)):
                    if len(re.sub(r"\W", "", text)) > 4:
                        yield module, text


def steps_in_the_code() -> Iterator[str]:
    """What is shown of the work while it goes on."""
    for tree in trees().values():
        for name, node in calls(tree):
            if re.search(r"(^|[._])(progress|told)$", name):
                yield from sayings(node.args[0], {}) if len(node.args) == 3 else ()


def test_progress_can_be_said_in_dutch() -> None:
    """What a bar on the terminal says is said in the language that was chosen."""
    steps = {READING, *steps_in_the_code()}
    assert len(steps) > 7
    assert [] == [step for step in steps if not known(step)]


def english_in(text: str) -> list[str]:
    """What of a text comes out in English: all of it where it is not in the file, or words that were not translated."""
    if not known(text):
        return [text]
    said = in_dutch(text)
    return [each for each in WORDS.findall(text) if re.search(rf"\b{each}\b", said) and each not in DUTCH_TOO]


WORDS = re.compile(r"(?=(?<![-\w])([a-z]+ [a-z]+)(?![-\w]|\.toml))")
DUTCH_TOO = {"document is", "document in", "zip is", "tabs in", "pip install", "tekst in"}
"""Words of an English text that may stand so in the Dutch one."""


def test_every_error_can_be_said_in_dutch() -> None:
    """An error of the program that is not in the file would reach an officer in English."""
    texts = set(texts_in_the_code())
    assert len(texts) > 100
    assert [] == sorted((module, text, left) for module, text in texts if (left := english_in(text)))


@pytest.mark.parametrize("english", TEXTS)
def test_dutch_says_the_same(english: str) -> None:
    """The Dutch text fills in what the English one fills in, and differs from it."""
    assert set(re.findall(r"\{\d\}", english)) >= set(re.findall(r"\{\d\}", TEXTS[english]))
    assert TEXTS[english]
    assert in_dutch(english) != ""


def test_what_is_filled_in_is_translated_too() -> None:
    """An error is said in Dutch from its first word to its last, and its place stays as it is."""
    error = UnreadableInput(
        "Setting editions.issued: '2030-02-30' is no day of the calendar.",
        where="publication.toml:17",
        remedy="Look it up.",
    )
    expected = "publication.toml:17: Instelling editions.issued: '2030-02-30' is geen dag die bestaat. Zoek de dag op."
    assert expected == said(error, "nl")
    assert str(error) == said(error, "en")


def test_a_query_that_is_not_answered_is_said_in_dutch_too() -> None:
    """Where the fault is in the query, what is wrong and what to do."""
    error = MalformedQuery("The prefix ex: is not declared.", line=2, column=5, prefix="ex")
    expected = "regel 2, teken 5: De prefix ex: is niet verklaard. Zet boven de vraag een regel: PREFIX ex: <…>"
    assert expected == said(error, "nl")
    wanted = "Geef een heel adres, of een soort en een verwijzing: t=soort/verwijzing."
    query = SavedQuery("q", title_nl="", title_en="", text="", parameters=(Parameter("t", "IRI"),))
    with pytest.raises(QueryError) as refused:
        bindings(query, {}, Iris("http://x"))
    assert f"vraag q: Parameter 't' heeft geen waarde. {wanted}" == said(refused.value, "nl")


def test_words_of_toml_are_said_in_dutch() -> None:
    """What Python says of a file of settings that is no TOML, each of its sentences."""
    said = re.findall(r'_err\(\s*src,\s*\w+,\s*f?"((?:[^"\\]|\\.)+)"\s*\)', inspect.getsource(tomllib._parser))  # type: ignore[attr-defined]
    texts = {re.sub(r"\{[^}]+\}", "{}", each).replace(r"\\", "\\") for each in said}
    assert len(texts) > 15
    assert [] == sorted(text for text in texts if not known(text))


@pytest.mark.parametrize(
    "number", ["ENOTDIR", "EADDRINUSE", "EADDRNOTAVAIL", "EROFS", "ENAMETOOLONG", "ENOSPC", "EACCES"]
)
def test_what_the_system_says_is_said_in_dutch(number: str) -> None:
    """The system gives its reasons in English."""
    assert known(os.strerror(getattr(errno, number)))


def test_unknown_text_stays_english() -> None:
    """Nothing is lost where a translation is missing."""
    assert "Something new." == in_dutch("Something new.")
