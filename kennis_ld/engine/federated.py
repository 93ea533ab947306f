"""Answers federated queries: asks the endpoints of their SERVICE clauses first, and another engine for all the rest."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence

from kennis_ld.engine.federation import Clause, alone, clauses, sub_query, without
from kennis_ld.engine.guard import calls_a_server
from kennis_ld.engine.inline import complete_text, values
from kennis_ld.engine.interface import Answer, Engine, Inline, Question, Term
from kennis_ld.engine.services import Federation, Services
from kennis_ld.errors import ServiceFailed, ServiceNotPossible

_NOWHERE = ("urn:x-nowhere",)
"""A graph that nobody has: over it a query costs nothing, and its text is checked all the same."""


class FederatedEngine:
    """An `Engine` that knows SERVICE, on one that does not; as safe to use from threads as that one."""

    def __init__(self, inner: Engine, services: Services, federation: Federation) -> None:
        """Makes it; the inner engine never sees a SERVICE clause that may be asked, and refuses all others."""
        self._inner = inner
        self._services = services
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
        self._inner.answer(left._replace(default_graphs=_NOWHERE, named_graphs=()))
        variables = [self._variables(question, clause) for clause in found]
        until = time.monotonic() + self._federation.seconds
        whole = left._replace(
            inline=tuple(
                Inline(clause.start, clause.end, values(names, self._solutions(question, clause, names, until)))
                for clause, names in zip(found, variables, strict=True)
            )
        )
        if calls_a_server(whole.written):
            # No word of an endpoint becomes a call, in whatever reading of the text around it.
            raise ServiceNotPossible("unclear")
        return self._inner.answer(whole)

    def close(self) -> None:
        """Closes the inner engine."""
        self._inner.close()

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
            return self._services.ask(clause.endpoint, query, variables, until=until)
        except ServiceFailed:
            if not clause.is_silent:
                raise
            # One solution in which nothing is bound (SPARQL 1.1 Federated Query, section 2.3).
            return [{}]
