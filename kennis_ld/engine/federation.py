"""Federated queries: asks the endpoints of the SERVICE clauses first, and another engine for all the rest.

A SERVICE clause with a constant endpoint is evaluated by itself and joined with what stands around it (SPARQL 1.1
Federated Query, section 4; SPARQL 1.1, section 18), as VALUES is. So it can be asked first, and its solutions put in
its place. That is not so where the engine evaluates a group once for each solution (EXISTS, LATERAL): there a clause is
refused, and so is one whose endpoint is a variable, and one within another. All but `FederatedEngine` is pure.

The tokens are one reading of the text, and the engine's parser may have another (`kennis_ld.engine.guard`). So a text
that could be read otherwise is refused here too, and who asks it writes it clearer.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from kennis_ld.engine.guard import calls_a_server
from kennis_ld.engine.inline import complete_text, values
from kennis_ld.engine.interface import Answer, Engine, Inline, Question, Term
from kennis_ld.engine.services import Ask, Federation
from kennis_ld.engine.tokens import Token, prefixes, prologue, resolved, tokens
from kennis_ld.errors import MalformedQuery, QueryNotAllowed, ServiceFailed, ServiceNotPossible

MOST_CLAUSES = 8
"""SERVICE clauses of one query: each is a request to somebody else."""

_NOWHERE = ("urn:x-nowhere",)
"""A graph that nobody has: over it a query costs nothing, and its text is checked all the same."""

_WITHIN_EACH = ("EXISTS", "LATERAL")  # a group behind one of these is evaluated for each solution
_NOT_A_LINE_END = re.compile(r"[^\r\n]")
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
_NOTHING = "VALUES(){}"
_CLOSED_BY = {"{": "}", "(": ")"}


class _Open(NamedTuple):
    """A brace or bracket that is open at a place.

    Attributes:
        closed_by: the sign that closes it.
        clause: that whose group it opens; None where it opens none.
        is_for_each: whether what is in it is evaluated for each solution.
    """

    closed_by: str
    clause: Clause | None
    is_for_each: bool


class Clause(NamedTuple):
    """A SERVICE clause.

    Attributes:
        start: where it starts, in the text of the query.
        end: where it ends.
        group: where its group starts.
        endpoint: whom it asks.
        is_silent: whether it has SILENT.
    """

    start: int
    end: int
    group: int
    endpoint: str
    is_silent: bool


def clauses(text: str, base_iri: str, named: Collection[str]) -> Sequence[Clause]:
    """Returns the SERVICE clauses of a query, in their order.

    Args:
        text: the query.
        base_iri: what relative IRIs in it are resolved against.
        named: the endpoints that may be asked, letter for letter.

    Raises:
        ServiceNotPossible: one of them cannot be asked first, or the text can be read in more than one way.
        QueryNotAllowed: it asks an endpoint that is not among those.
        MalformedQuery: the braces do not match.
    """
    known, read = prefixes(text, base_iri), list(tokens(text))
    found, begun = list[Clause](), dict[int, Clause]()  # those that ended, and all by the brace that opens their group
    around = list[_Open]()
    for at, token in enumerate(read):
        before = read[at - 1] if at else None
        if _is_unclear(token, before, around):
            raise ServiceNotPossible("unclear")
        if token.kind == "word" and token.text.upper() == "SERVICE":
            if (clause := _begun(text, read[at : at + 4], known, base_iri)) is not None:
                _check(clause, around, named)
                begun[clause.group] = clause
                if len(begun) > MOST_CLAUSES:
                    raise ServiceNotPossible("many")
        elif token.kind == "mark" and token.text in _CLOSED_BY:
            is_for_each = before is not None and before.kind == "word" and before.text.upper().endswith(_WITHIN_EACH)
            around.append(_Open(_CLOSED_BY[token.text], begun.get(token.start), is_for_each))
        elif token.kind == "mark" and token.text in _CLOSED_BY.values():
            if not around or (last := around.pop()).closed_by != token.text:
                raise _unmatched(text, token.start)
            if last.clause is not None:
                found.append(last.clause._replace(end=token.start + 1))
    if around:
        raise _unmatched(text, len(text))
    if calls_a_server(without(text, found)):
        # In another reading there is one more.
        raise ServiceNotPossible("unclear")
    return found


def without(text: str, found: Sequence[Clause]) -> str:
    """Returns a query with no solutions in the place of its clauses, of the same length, and with the same lines.

    >>> text = "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }"
    >>> without(text, clauses(text, "http://x/", ["http://a/"]))
    'SELECT * { VALUES(){}                       }'
    """
    for start, end, *_ in found:
        text = text[:start] + _NOTHING + _blank(text[start + len(_NOTHING) : end]) + text[end:]
    return text


def alone(text: str, clause: Clause) -> str:
    """Returns what a clause asks as a query by itself, every piece of it where it stands in the whole query.

    >>> text = "ASK { SERVICE <http://a/> { ?s ?p ?o } }"
    >>> alone(text, *clauses(text, "http://x/", ["http://a/"]))
    '      SELECT*             { ?s ?p ?o }'
    """
    head = prologue(text)
    select = "SELECT*"
    before = _blank(text[len(head) : clause.start])
    between = _blank(text[clause.start + len(select) : clause.group])
    return head + before + select + between + text[clause.group : clause.end]


def sub_query(text: str, clause: Clause) -> str:
    """Returns the query that the endpoint of a clause is asked, with the prologue of the whole one.

    >>> text = "PREFIX : <http://a/> ASK { SERVICE :b { ?s :c ?o } }"
    >>> sub_query(text, *clauses(text, "http://x/", ["http://a/b"]))
    'PREFIX : <http://a/> SELECT * WHERE { ?s :c ?o }'
    """
    return f"{prologue(text)}SELECT * WHERE {text[clause.group : clause.end]}"


def _unmatched(text: str, place: int) -> MalformedQuery:
    lines = re.split(r"\r\n|[\r\n]", text[:place])
    return MalformedQuery("Brackets do not match.", line=len(lines), column=len(lines[-1]) + 1)


def _blank(text: str) -> str:
    return _NOT_A_LINE_END.sub(" ", text)


def _is_unclear(token: Token, before: Token | None, around: Sequence[_Open]) -> bool:
    """Whether the engine's parser could read something else at a token, and then in all that follows it.

    An escape outside strings may stand for any sign. Behind a value in brackets `<…>` may be "less than", which matters
    where a string or a comment could begin in it; with `://` in it that would be no expression.
    """
    if token.kind == "mark":
        return token.text.startswith("\\")
    if token.kind != "iri" or not ("'" in token.text or "#" in token.text) or _ABSOLUTE.match(token.text):
        return False
    is_behind_value = before is not None and (before.kind != "mark" or before.text == ")")
    return is_behind_value and bool(around) and around[-1].closed_by == ")"


def _begun(text: str, read: Sequence[Token], known: dict[str, str], base_iri: str) -> Clause | None:
    """Returns the clause that starts with these tokens, its end not known yet; None where none does."""
    keyword, *rest = read
    if keyword.start and not (text[keyword.start - 1].isspace() or text[keyword.start - 1] in "{}"):
        # `1SERVICE`, or a part of the name `a:b.SERVICE`.
        raise ServiceNotPossible("unclear")
    is_silent = bool(rest) and rest[0].kind == "word" and rest[0].text.upper() == "SILENT"
    target, brace = (*rest[is_silent:], None, None)[:2]
    if target is None or brace is None or (brace.kind, brace.text) != ("mark", "{"):
        return None
    if target.kind == "variable":
        raise ServiceNotPossible("variable")
    if (endpoint := _endpoint(target, known, base_iri)) is None:
        return None
    return Clause(keyword.start, -1, brace.start, endpoint, is_silent)


def _endpoint(target: Token, known: dict[str, str], base_iri: str) -> str | None:
    if target.kind == "iri":
        return target.text[1:-1] if _ABSOLUTE.match(target.text) else resolved(target.text, base_iri)
    prefix, _, name = target.text.partition(":")
    if target.kind != "name" or prefix not in known:
        return None
    return known[prefix] + re.sub(r"\\(.)", r"\1", name)


def _check(clause: Clause, around: Sequence[_Open], named: Collection[str]) -> None:
    if any(each.clause is not None for each in around):
        raise ServiceNotPossible("nested")
    if any(each.is_for_each for each in around):
        raise ServiceNotPossible("each")
    if clause.endpoint not in named:
        raise QueryNotAllowed(
            "The query asks a server that this service may not ask.",
            reason="service-not-named",
            remedy="Ask one that the query page names, or ask both servers yourself.",
        )


class FederatedEngine:
    """An `Engine` that knows SERVICE, on one that does not; as safe to use from threads as that one."""

    def __init__(self, inner: Engine, ask: Ask, federation: Federation) -> None:
        """Makes it; the inner engine never sees a SERVICE clause that may be asked, and refuses all others."""
        self._inner = inner
        self._ask = ask
        self._federation = federation

    def answer(self, question: Question) -> Answer:
        """Returns the complete answer; see `Engine.answer`.

        Raises:
            ServiceFailed: an endpoint did not answer, and its clause has no SILENT.
        """
        if question.bindings or not self._federation.endpoints or not calls_a_server(question.text):
            return self._inner.answer(question)
        text = question.text
        found = clauses(text, question.base_iri, self._federation.endpoints)
        # A query with a mistake in it bothers nobody else.
        left = question._replace(text=without(text, found))
        self._check(left)
        variables = [self._variables(question, clause) for clause in found]
        places = tuple(zip(found, variables, strict=True))
        try:
            self._check(left._replace(inline=tuple(_in_place(clause, values(names, ())) for clause, names in places)))
        except MalformedQuery as error:
            # Such as BIND to a variable of a clause; where that is in the text of the visitor, nobody tells.
            raise MalformedQuery(error.what) from None
        until = time.monotonic() + self._federation.seconds
        whole = left._replace(
            inline=tuple(
                _in_place(clause, values(names, self._solutions(question, clause, names, until)))
                for clause, names in places
            )
        )
        if calls_a_server(whole.written):
            # No word of an endpoint becomes a call, in whatever reading of the text around it.
            raise ServiceNotPossible("unclear")
        return self._inner.answer(whole)

    def _check(self, question: Question) -> None:
        """Lets the engine read a query, over no data."""
        self._inner.answer(question._replace(default_graphs=_NOWHERE, named_graphs=()))

    def _variables(self, question: Question, clause: Clause) -> Sequence[str]:
        """Returns the variables that a clause gives, as the engine reads it."""
        asked = Question(alone(question.text, clause), question.base_iri, "json", default_graphs=_NOWHERE)
        names: list[str] = json.loads(self._inner.answer(asked).body)["head"]["vars"]
        return names

    def _solutions(
        self, question: Question, clause: Clause, variables: Sequence[str], until: float
    ) -> Sequence[Mapping[str, Term]]:
        query = complete_text(Question(sub_query(question.text, clause), question.base_iri))
        try:
            return self._ask(clause.endpoint, query, variables, until)
        except ServiceFailed:
            if not clause.is_silent:
                raise
            # One solution in which nothing is bound (SPARQL 1.1 Federated Query, section 2.3).
            return [{}]


def _in_place(clause: Clause, block: str) -> Inline:
    return Inline(clause.start, clause.end, block)
