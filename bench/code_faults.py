"""The faults that can be put in a module, one at a time: what `bench/code_mutants.py` makes mutants of.

A certainty, a role or a way of resolving is another one, a property is another one or is not said, a comparison or a
condition is turned, a filter is dropped, a constant is another one, an alternative of a regular expression or an
element of a list is gone, what comes back is empty, an act is not done. Left alone are texts that only an error says,
the `strict` of `zip`, which can only stop a program that is wrong, and what comes back empty as it stands.
"""

from __future__ import annotations

import ast
import copy
import re
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
_Node = TypeVar("_Node", bound=ast.AST)

_MEMBERS = {
    "Certainty": ("STATED", "INTENDED", "DOUBTFUL"),
    "Role": ("LEAD", "PARTNER"),
    "Way": ("NAME", "ABBREVIATION", "SPELLING", "DOUBTFUL_SPELLING", "UNIT", "PROVISIONAL", "AMBIGUOUS"),
}
_TURNED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.GtE, ast.LtE),
    ast.LtE: (ast.Gt, ast.Lt),
    ast.Gt: (ast.LtE, ast.GtE),
    ast.GtE: (ast.Lt, ast.Gt),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One fault: in which module, at which of its places, which of the faults there, and how it reads."""

    module: Path
    place: int
    which: int
    line: int
    kind: str
    before: str
    after: str

    def code(self) -> types.CodeType:
        """Returns the module with the fault in it."""
        tree = ast.parse(self.module.read_text(encoding="utf-8"))
        node, put = list(_places(tree))[self.place]
        put(list(_faults(node))[self.which][1])
        return compile(ast.fix_missing_locations(tree), str(self.module), "exec")

    def __str__(self) -> str:
        where = f"{self.module.relative_to(ROOT)}:{self.line}"
        return f"{where} ({self.kind}): {_short(self.before)} -> {_short(self.after)}"


@cache
def changes(module: Path) -> Sequence[Change]:
    """Returns every fault that can be put in a module, in the order of its lines."""
    return tuple(_changes(module))


def _changes(module: Path) -> Iterator[Change]:
    for place, (node, _) in enumerate(_places(ast.parse(module.read_text(encoding="utf-8")))):
        for which, (kind, new) in enumerate(_faults(node)):
            yield Change(module, place, which, node.lineno, kind, ast.unparse(node), ast.unparse(new))


def _places(tree: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, Callable[[ast.AST], None]]]:
    """Yields every statement and expression that may be changed, with what puts another one in its place."""
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "decorator_list", "pattern", "exc", "type_params"} or _is_type(tree, name):
            continue
        for at, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(node, ast.AST) or _is_text(node, tree) or _is_strict(node):
                continue
            # A triple without one of its three terms is an error of the program, not a fault in what is said.
            if isinstance(node, ast.expr | ast.stmt) and not (
                isinstance(tree, ast.Yield) and isinstance(node, ast.Tuple)
            ):
                yield node, _putting(tree, name, at)
            yield from _places(node)


def _putting(parent: ast.AST, name: str, at: int | None) -> Callable[[ast.AST], None]:
    def put(node: ast.AST) -> None:
        if at is None:
            setattr(parent, name, node)
        else:
            getattr(parent, name)[at] = node

    return put


def _is_type(tree: ast.AST, field: str) -> bool:
    """Whether a field of a node is about types only, or about what is imported or exported."""
    if isinstance(tree, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id == "__all__" for target in tree.targets)
    if isinstance(tree, ast.AnnAssign) and _name(tree.annotation) == "TypeAlias":
        return True
    protocol = isinstance(tree, ast.ClassDef) and any(_name(base) == "Protocol" for base in tree.bases)
    return protocol or (isinstance(tree, ast.ClassDef) and field == "bases")


def _is_text(node: ast.AST, parent: ast.AST) -> bool:
    """Whether a node is a docstring: an expression that is only a text."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and not isinstance(parent, ast.Call)


def _is_strict(node: ast.AST) -> bool:
    """Whether a node is the `strict` of `zip`: it stops a program that is wrong, and changes nothing that is said."""
    return isinstance(node, ast.keyword) and node.arg == "strict"


def _faults(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yields what may stand in the place of a node, by kind of fault."""
    match node:
        case ast.Compare(ops=[op]):
            for turned in _TURNED[type(op)]:
                yield "comparison", _with(node, ops=[turned()])
        case ast.BoolOp(op=op):
            yield "and/or", _with(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
            for at in range(len(node.values)):
                left = [value for i, value in enumerate(node.values) if i != at]
                yield "condition dropped", left[0] if len(left) == 1 else _with(node, values=left)
        case ast.UnaryOp(op=ast.Not()):
            yield "negation", node.operand
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult()):
            yield "arithmetic", _with(node, op=ast.Sub() if isinstance(node.op, ast.Add) else ast.Add())
        case ast.Attribute(value=ast.Name(id=owner)) if owner in _MEMBERS and node.attr in _MEMBERS[owner]:
            for other in _MEMBERS[owner]:
                if other != node.attr:
                    yield owner.lower(), _with(node, attr=other)
        case ast.Attribute(value=ast.Name(id=owner)) if re.fullmatch("[A-Z]{2,}3?|ks", owner):
            yield "property", ast.parse("RDFS.comment" if owner != "ks" else "ks.project", mode="eval").body
        case ast.Constant():
            yield from _other_constants(node)
        case ast.Call():
            yield from _other_calls(node)
        case ast.IfExp() | ast.If() | ast.While():
            yield "branch", _with(node, test=ast.UnaryOp(ast.Not(), node.test))
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            for at, generator in enumerate(node.generators):
                if generator.ifs:
                    generators = [*node.generators]
                    generators[at] = _with(generator, ifs=[])
                    yield "filter", _with(node, generators=generators)
        case ast.Tuple(ctx=ast.Load()) | ast.Set() | ast.List(ctx=ast.Load()) if len(node.elts) > 2:
            for at in range(len(node.elts)):
                elts = [element for i, element in enumerate(node.elts) if i != at]
                yield "element", _with(node, elts=elts)
        case ast.Return(value=value) if value is not None and not _is_empty(value):
            yield "return", _with(node, value=ast.Constant(None))
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield "not said", ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load())))
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Continue() | ast.Break():
            yield "not done", ast.Pass()
        case _:
            pass


def _other_constants(node: ast.Constant) -> Iterator[tuple[str, ast.AST]]:
    match node.value:
        case bool(value):
            yield "constant", ast.Constant(not value)
        case int(value) | float(value):
            yield "constant", ast.Constant(value + 1)
        case str(value):
            yield "constant", ast.Constant("" if value else "x")
        case _:
            pass


def _other_calls(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    name = _name(node.func)
    first = node.args[0] if node.args else None
    if name in {"compile", "fullmatch", "match", "sub"} and isinstance(first, ast.Constant):
        for pattern in fewer_alternatives(str(first.value)):
            yield "alternative", _with(node, args=[ast.Constant(pattern), *node.args[1:]])
    for at, keyword in enumerate(node.keywords):
        if keyword.arg and not _is_none(keyword.value) and not _is_strict(keyword):
            others = [item for i, item in enumerate(node.keywords) if i != at]
            yield "argument", _with(node, keywords=others)


def fewer_alternatives(pattern: str) -> Iterator[str]:
    """Yields a regular expression without each of its alternatives, and with each optional part made a must."""
    for at, character in enumerate(pattern):
        if character == "|" and not _escaped(pattern, at):
            shorter = pattern[:at] + pattern[_end_of_alternative(pattern, at + 1) :]
        elif character == "?" and not _escaped(pattern, at) and pattern[at - 1] not in "(*+?{":
            shorter = pattern[:at] + pattern[at + 1 :]
        else:
            continue
        try:
            re.compile(shorter)
        except re.error:
            continue
        yield shorter


def _escaped(pattern: str, at: int) -> bool:
    before = len(pattern[:at]) - len(pattern[:at].rstrip("\\"))
    opened = pattern[:at].rfind("[")
    return before % 2 == 1 or (opened >= 0 and "]" not in re.sub(r"\\.", "", pattern[opened + 2 : at]))


def _end_of_alternative(pattern: str, at: int) -> int:
    depth = 0
    for end in range(at, len(pattern)):
        if _escaped(pattern, end):
            continue
        if depth == 0 and pattern[end] in "|)":
            return end
        depth += {"(": 1, ")": -1}.get(pattern[end], 0)
    return len(pattern)


def _with(node: _Node, **fields: object) -> _Node:
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _is_empty(node: ast.AST) -> bool:
    """Whether an expression is an empty value as it stands: (), [], "", False, None."""
    return (isinstance(node, ast.Tuple | ast.List) and not node.elts) or (
        isinstance(node, ast.Constant) and not node.value
    )


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _short(code: str) -> str:
    line = " ".join(code.split())
    return line if len(line) <= 110 else f"{line[:53]} … {line[-53:]}"
