"""Writes terms into the text of a query: values that variables have, and solutions that came from elsewhere.

All that becomes part of a text goes through one function, `term`, which writes nothing but a checked term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kennis_ld.engine.interface import Iri, Question, Term
from kennis_ld.engine.tokens import form, prologue, tokens
from kennis_ld.errors import MalformedQuery

_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>"{}|^`\\\x7f-\x9f]*')
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})


def complete_text(question: Question) -> str:
    """Returns the text of a question with its base and its bound values in it.

    A value goes into a VALUES block at the start of the WHERE group, where patterns, filters and expressions see it.

    >>> complete_text(Question("SELECT ?a { ?a ?b ?c }", "http://x/", bindings={"a": Iri("http://x/a")}))
    'BASE <http://x/> SELECT ?a { VALUES ?a { <http://x/a> } ?a ?b ?c }'

    Raises:
        MalformedQuery: a name is no variable, or a value is no term.
    """
    text = question.written
    if not all(re.fullmatch(r"\w+", name) for name in question.bindings):
        raise MalformedQuery("The name of a bound variable is not one that SPARQL has.")
    bound = "".join(f" VALUES ?{name} {{ {term(value)} }}" for name, value in question.bindings.items())
    text = _starting(text, bound) if bound else text
    if any(token.text.upper() == "BASE" for token in tokens(prologue(question.text))):
        return text
    return f"BASE {term(Iri(question.base_iri))} {text}"


def one_of(text: str, variable: str, things: Iterable[Iri]) -> str:
    """Returns a query in which a variable is one of some things; in none of them it has no answer.

    >>> one_of("SELECT ?a { ?a ?b ?c }", "a", [Iri("http://x/a"), Iri("http://x/b")])
    'SELECT ?a { VALUES (?a) {(<http://x/a>) (<http://x/b>) } ?a ?b ?c }'

    Raises:
        MalformedQuery: the name is no variable, or a thing is no IRI.
    """
    return _starting(text, f" {values((variable,), ({variable: each} for each in things))}")


def _starting(text: str, values: str) -> str:
    """Returns a query with values where its WHERE group starts."""
    group = _where(text)
    # A query without a group of its own gets the values at its end (SPARQL 1.1, rule 28).
    return f"{text}\n{values}" if group is None else f"{text[: group + 1]}{values}{text[group + 1 :]}"


def term(value: Term) -> str:
    """Returns a term as SPARQL writes it; whatever the value, the result is one term and nothing more.

    >>> term(Iri("http://example.org/a"))
    '<http://example.org/a>'

    Raises:
        MalformedQuery: the value is no absolute IRI, or its language or datatype is none.
    """
    if isinstance(value, Iri):
        if not _IRI.fullmatch(value.value):
            raise MalformedQuery("A bound value is no absolute IRI.")
        return f"<{value.value}>"
    if value.language is not None and not _LANGUAGE.fullmatch(value.language):
        raise MalformedQuery("A bound value has a language that is none.")
    # An engine may replace \uXXXX before anything else (SPARQL 1.1, section 19.2), also behind a backslash:
    # then `\\u0022` would end the literal. So no "u" is left behind a backslash.
    escaped = value.value.translate(_ESCAPES)
    written = re.sub(r"\\\\([uU])", lambda found: f"\\\\\\U{ord(found[1]):08X}", escaped)
    if value.language:
        return f'"{written}"@{value.language}'
    return f'"{written}"' + (f"^^{term(Iri(value.datatype))}" if value.datatype else "")


def values(variables: Sequence[str], solutions: Iterable[Mapping[str, Term]]) -> str:
    """Returns solutions as SPARQL writes them in a group (rule 61, InlineData); what is not bound is UNDEF.

    >>> values(("a", "b"), [{"a": Iri("http://x/a")}])
    'VALUES (?a ?b) { (<http://x/a> UNDEF) }'

    Raises:
        MalformedQuery: a name is no variable, or a value is no term.
    """
    if not all(re.fullmatch(r"\w+", name) for name in variables):
        raise MalformedQuery("The name of a variable is not one that SPARQL has.")
    rows = (" ".join(term(row[name]) if name in row else "UNDEF" for name in variables) for row in solutions)
    head = " ".join(f"?{name}" for name in variables)
    return f"VALUES ({head}) {{ {''.join(f'({row}) ' for row in rows)}}}"


def _where(text: str) -> int | None:
    """Returns where the brace stands that opens the WHERE group."""
    template = form(text) == "CONSTRUCT"
    depth = 0
    last = ""
    for token in tokens(text):
        if token.kind == "mark" and token.text in "({":
            if depth == 0 and token.text == "{":
                if not template:
                    return token.start
                if last == "WHERE":
                    # CONSTRUCT WHERE has no room for values inside its group.
                    return None
                template = False
            depth += 1
        elif token.kind == "mark" and token.text in ")}":
            depth -= 1
        last = token.text.upper()
    return None
