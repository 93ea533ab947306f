"""Asks and changes SPARQL 1.1 engines elsewhere, over HTTP (SPARQL 1.1 Protocol): the one place with SPARQLWrapper.

SPARQLWrapper has no way to bind a variable, so a bound value is written into the query (`kennis_ld.engine.inline`).
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.error import HTTPError, URLError
from urllib.request import build_opener, install_opener

import pyoxigraph as ox
from SPARQLWrapper import BASIC, DIGEST, JSON, POST, URLENCODED, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import (
    EndPointInternalError,
    EndPointNotFound,
    QueryBadFormed,
    SPARQLWrapperException,
    Unauthorized,
    URITooLong,
)

from kennis_ld.engine.inline import complete_text
from kennis_ld.engine.interface import AGENT, GRAPH_FORMATS, SOLUTION_FORMATS, TRUSTED, Answer, Budget, Kind, Question
from kennis_ld.engine.result_limits import check_rows
from kennis_ld.engine.store import SOLUTIONS
from kennis_ld.engine.tokens import form, is_update, tokens
from kennis_ld.errors import (
    BudgetExceeded,
    EngineUnavailable,
    KennisError,
    MalformedQuery,
    NoSuitableFormat,
    QueryError,
    QueryNotAllowed,
    ResultTooLarge,
)

_KINDS: dict[str, Kind] = {"SELECT": "solutions", "ASK": "boolean", "CONSTRUCT": "graph", "DESCRIBE": "graph"}
_LEFT_OUT = "X-SPARQL-MaxRows"
"""With this header alone Virtuoso says that an answer has as many rows as it gives, and that more may be left out."""

_AGAIN = 5
_SECONDS = 3600  # that one request may take: the last one moves all statements at once
_MOST_STATEMENTS, _MOST_CHARACTERS = 1000, 128 * 1024
"""How much one request inserts; Virtuoso 7.2.5 gives up on a request of 5,000 statements."""


class RemoteEngine:
    """An `Engine` on somebody else's endpoint; safe to use from many threads."""

    def __init__(
        self,
        endpoint: str,
        *,
        budget: Budget = TRUSTED,
        default_graphs: tuple[str, ...] = (),
        named_graphs: tuple[str, ...] = (),
        rows_as: str = "json",
    ) -> None:
        """Makes an engine; nothing is asked yet.

        Args:
            endpoint: address of the endpoint.
            budget: how long an answer may take and how large it may be.
            default_graphs: the default graph for questions that name no graphs; empty for the endpoint's own dataset.
            named_graphs: the named graphs beside it.
            rows_as: the form in which rows come that are wanted as JSON: "xml" is sooner there with some engines.
        """
        self._endpoint = endpoint
        self._budget = budget
        self._graphs = default_graphs, named_graphs
        self._rows_as = rows_as

    def answer(self, question: Question) -> Answer:
        """Returns the complete answer; see `Engine.answer`."""
        kind = _kind(question.text)
        wanted = question.graph if kind == "graph" else question.solutions
        if wanted is None:
            raise NoSuitableFormat(kind=kind)
        # Whether something is so is written here, in each form alike: engines do not agree on it.
        asked = "json" if kind == "boolean" else self._rows_as if wanted == "json" else wanted
        media_type = (GRAPH_FORMATS if kind == "graph" else SOLUTION_FORMATS)[asked]
        given, body = self._asked(question, kind=kind, media_type=media_type)
        rows, limit = self._budget.rows, self._budget.body_bytes
        if limit is not None and len(body) > limit:
            raise ResultTooLarge(limit=limit, unit="bytes")
        if given != media_type:
            raise NoSuitableFormat(kind=kind)
        if kind == "solutions" and asked != wanted:
            body = _converted(body, asked, wanted)
        if kind == "solutions":
            check_rows(body, wanted, rows)
        if kind == "boolean":
            body = _boolean(body, wanted)
        elif wanted == "nt":
            body = _with_spaces(body)
        return Answer(kind, wanted, body)

    def _asked(self, question: Question, *, kind: Kind, media_type: str) -> tuple[str, bytes]:
        wrapper = SPARQLWrapper(self._endpoint, agent=AGENT)
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(URLENCODED)
        wrapper.setTimeout(max(1, round(self._budget.seconds)))
        # The form of the answer is asked for with Accept alone, without parameters that other engines once had.
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", media_type)
        default, named = question.default_graphs, question.named_graphs
        if not default and not named and not _names_graphs(question.text):
            default, named = self._graphs
        for name, graphs in (("default", default), ("named", named)):
            for graph in graphs:
                wrapper.addParameter(f"{name}-graph-uri", graph)
        wrapper.setQuery(complete_text(question))
        # SPARQLWrapper looks for the form of a query with an expression that a comment or a prefix can mislead.
        wrapper.queryType = form(question.text)
        try:
            with contextlib.closing(wrapper.query().response) as response:
                given = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                left_out = response.headers.get(_LEFT_OUT, "")
                if left_out.isdecimal():
                    raise ResultTooLarge(limit=int(left_out), unit="rows")
                limit = self._budget.body_bytes
                return given, response.read() if limit is None else response.read(limit + 1)
        except QueryBadFormed:
            raise MalformedQuery("The endpoint says that this is not SPARQL.") from None
        except URITooLong:
            raise ResultTooLarge(limit=self._budget.query_bytes, unit="query bytes") from None
        except (EndPointNotFound, Unauthorized):
            raise QueryError("There is no SPARQL endpoint at that address.", remedy="Check the address.") from None
        except EndPointInternalError:
            raise QueryError("The endpoint failed on this query.", remedy="Make the query simpler.") from None
        except HTTPError as error:
            raise _refusal(error, kind) from None
        except OSError as error:
            # URLError wraps what went wrong before there was an answer.
            if isinstance(error.reason if isinstance(error, URLError) else error, TimeoutError):
                raise BudgetExceeded(limit=self._budget.time_in_words) from None
            what = "The endpoint broke off its answer."
            if isinstance(error, URLError):
                what = "The endpoint does not answer."
            raise EngineUnavailable(what, retry_after=_AGAIN) from None


def _kind(text: str) -> Kind:
    if is_update(text):
        raise MalformedQuery("This is a SPARQL update; only queries are sent.")
    if form(text) not in _KINDS:
        raise MalformedQuery("The text has no SELECT, ASK, CONSTRUCT or DESCRIBE.")
    return _KINDS[form(text)]


def _boolean(body: bytes, wanted: str) -> bytes:
    """Returns the answer to an ASK in a form; Virtuoso 7.2.5 says yes with a row of one number, and no with none."""
    try:
        found = json.loads(body)
        if "boolean" in found:
            truth = bool(found["boolean"])
        else:
            truth = any(term["value"] != "0" for row in found["results"]["bindings"] for term in row.values())
    except (ValueError, KeyError, TypeError, AttributeError):
        raise QueryError(
            "The endpoint did not answer with a yes or a no.", remedy="Ask it with SELECT instead of ASK."
        ) from None
    return _converted(json.dumps({"head": {}, "boolean": truth}).encode(), "json", wanted)


def _converted(body: bytes, given: str, wanted: str) -> bytes:
    """Returns rows, or whether something is so, in another form."""
    try:
        return ox.parse_query_results(body, SOLUTIONS[given]).serialize(format=SOLUTIONS[wanted]) or b""
    except SyntaxError:
        raise QueryError("The endpoint did not answer in the form that it says.", remedy="Ask its owner why.") from None


def _with_spaces(body: bytes) -> bytes:
    """Returns N-Triples as ours are; Virtuoso 7.2.5 writes tabs between terms, and a comment where there are none."""
    output = io.BytesIO()
    ox.serialize(ox.parse(body, ox.RdfFormat.N_TRIPLES), output, format=ox.RdfFormat.N_TRIPLES)
    return output.getvalue()


def _names_graphs(text: str) -> bool:
    """Whether a query has a FROM of its own, which graphs in the request would replace (Protocol, section 2.1.4)."""
    return any(token.kind == "word" and token.text.upper() == "FROM" for token in tokens(text))


def _refusal(error: HTTPError, kind: Kind) -> QueryError:
    """Returns what a status means; the text of another server is not passed on."""
    retry_after = error.headers.get("Retry-After", "")
    error.close()
    match error.code:
        case 403:
            return QueryNotAllowed("The endpoint refuses this query.", reason="read-only", remedy="Ask its owner why.")
        case 406:
            return NoSuitableFormat(kind=kind)
        case 413:
            return QueryError("The endpoint says that the answer is too large.", remedy="Ask for less with LIMIT.")
        case 408 | 504:
            return BudgetExceeded(limit="the endpoint's own time")
        case 429 | 502 | 503:
            seconds = int(retry_after) if re.fullmatch("[0-9]{1,4}", retry_after) else _AGAIN
            return EngineUnavailable("The endpoint cannot answer now.", retry_after=seconds)
        case _:
            return QueryError("The endpoint did not answer the query.", remedy="Check the address of the endpoint.")


class RemoteStore:
    """The store behind an update address."""

    def __init__(self, address: str, *, user: str = "", password: str = "") -> None:
        """Makes it; nothing is asked yet. A password is sent the way the engine asks for it: Digest, or else Basic."""
        self._address = address
        self._user = user
        self._password = password
        self._way = DIGEST

    def update(self, text: str) -> None:
        """Runs one request, if there is anything in it; an engine should run all or nothing (SPARQL 1.1 Update, 2.2).

        Raises:
            KennisError: the engine did not run it.
        """
        if not text:
            return
        try:
            self._run(text)
        except Unauthorized:
            raise KennisError(
                "The engine wants a user name and a password.",
                where=self._address,
                remedy="Give --user, and the password in KENNIS_LD_PASSWORD.",
            ) from None
        except HTTPError as error:
            error.close()
            raise KennisError(
                f"The engine answers {error.code} to an update.",
                where=self._address,
                remedy="Check that this is its address for updates.",
            ) from None
        except SPARQLWrapperException:
            raise KennisError(
                "The engine refuses an update.",
                where=self._address,
                remedy="Look in the log of the engine for the reason.",
            ) from None
        except OSError:
            raise KennisError(
                "The engine does not answer.",
                where=self._address,
                remedy="Check the address, and that the engine runs.",
            ) from None

    def insert(self, graph: str, statements: Iterable[str]) -> None:
        """Puts statements, each as a line of N-Triples, into a named graph.

        Raises:
            KennisError: the engine did not take them.
        """
        self.update("\n".join([f"INSERT DATA {{ GRAPH <{graph}> {{", *map(_unmistakable, statements), "} }"]))

    def _run(self, text: str) -> None:
        try:
            self._sent(text)
        except (Unauthorized, ValueError):
            # urllib raises ValueError where an engine asks for another way than Digest or Basic.
            if self._way == BASIC or not self._user:
                raise
            self._way = BASIC
            self._sent(text)

    def _sent(self, text: str) -> None:
        wrapper = SPARQLWrapper(self._address, agent=AGENT, returnFormat=JSON)
        wrapper.setMethod(POST)
        wrapper.setTimeout(_SECONDS)
        wrapper.setOnlyConneg(True)
        if self._user:
            wrapper.setHTTPAuth(self._way)
            wrapper.setCredentials(self._user, self._password)
        wrapper.setQuery(text)
        # SPARQLWrapper looks for the form of a request with an expression that its text can mislead.
        wrapper.queryType = "INSERT"
        try:
            with contextlib.closing(wrapper.query().response) as response:
                response.read()
        finally:
            # For Digest, SPARQLWrapper makes the way in which this store is asked that of the whole program.
            install_opener(build_opener())


def batched(statements: Iterable[str]) -> Iterator[Sequence[str]]:
    """Yields statements in parts of a size that one request can have."""
    part, size = list[str](), 0
    for statement in statements:
        part.append(statement)
        size += len(statement)
        if len(part) == _MOST_STATEMENTS or size >= _MOST_CHARACTERS:
            yield part
            part, size = [], 0
    if part:
        yield part


def _unmistakable(statement: str) -> str:
    r"""Returns a statement in which no "u" is left behind an escaped backslash.

    An engine may replace \uXXXX before anything else (SPARQL 1.1, section 19.2), also there.
    """
    return re.sub(r"(\\\\)([uU])", lambda found: f"{found[1]}\\U{ord(found[2]):08X}", statement)
