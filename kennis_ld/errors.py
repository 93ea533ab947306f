"""The errors of kennis-ld: one tree, and every error says what is wrong, where, and what to do now.

    KennisError
    ├── UnreadableInput          a document or a file of the publication cannot be read         exit 2
    ├── WrongSetting             publication.toml says something that cannot be                 exit 2
    ├── Refused                  a release would break a promise (a published URI would vanish) exit 3
    ├── DamagedRelease           a release is not, byte for byte, what its manifest says        exit 2
    └── QueryError               a query was not answered
        ├── MalformedQuery       no SPARQL query; line and column where known                   HTTP 400
        ├── QueryNotAllowed      an update, or a SERVICE clause that asks who may not be asked  HTTP 403
        ├── ServiceNotPossible   a SERVICE clause that cannot be asked by itself                HTTP 400
        ├── ServiceFailed        the endpoint of a SERVICE clause gave no answer                HTTP 502
        ├── ResultTooLarge       more rows or bytes than one answer may have                    HTTP 413
        ├── NoSuitableFormat     the answer has no form the client accepts                      HTTP 406
        ├── BudgetExceeded       the query took more than a query may, or stopped the engine    HTTP 503
        ├── TooManyRequests      this client has had enough for now; try again later            HTTP 429
        ├── ClientLeft           nobody waits for the answer any more                           (none)
        └── EngineUnavailable    no engine can answer now; try again later                      HTTP 503

Findings about the data of a city are not errors: they are collected as `kennis_ld.model.Finding` and shown all
together. A mistake in the program keeps its Python type and is not caught.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Literal


class KennisError(Exception):
    """Something a person can put right.

    Attributes:
        what: what is wrong, as a sentence.
        where: the file, line, setting or IRI; empty where there is no such place.
        remedy: what to do now, as a sentence.
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(what, where, remedy)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what} {self.remedy}".rstrip()


@contextlib.contextmanager
def in_folder(folder: Path) -> Iterator[None]:
    """Gives what cannot be read within it the path of its file, which stands in this folder."""
    try:
        yield
    except (UnreadableInput, WrongSetting) as error:
        where = error.where if Path(error.where).is_relative_to(folder) else str(folder / error.where)
        raise type(error)(error.what, where=where, remedy=error.remedy) from error


def remedy_for(error: OSError, otherwise: str) -> str:
    """Returns what to do about what the system refuses; otherwise what is said there."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "Make room on the disk and try again."
    if error.errno in {errno.EACCES, errno.EPERM}:
        return "Let this user read or write there, and try again."
    return otherwise


class UnreadableInput(KennisError):
    """A document or a file of the publication that cannot be read as what it should be."""


class WrongSetting(KennisError):
    """A setting in publication.toml that is missing, unknown or impossible."""


class Refused(KennisError):
    """A release that would break a promise made by an earlier one."""

    exit_code = 3


class DamagedRelease(KennisError):
    """A release folder that is not, byte for byte, what its manifest says."""


class QueryError(KennisError):
    """A query that was not answered.

    Attributes:
        outcome: under which name it is counted.
    """

    outcome = "failed"


class MalformedQuery(QueryError):
    """A text that is not a SPARQL query.

    Attributes:
        line: 1-based line of the error in the text of the user; None where the parser does not tell.
        column: 1-based column in that line; None where the parser does not tell.
        prefix: the prefix that was used and not declared; None where the error is another one. It may be empty.
    """

    outcome = "malformed"

    def __init__(
        self, what: str, *, line: int | None = None, column: int | None = None, prefix: str | None = None
    ) -> None:
        self.line = line
        self.column = column
        self.prefix = prefix
        place = f"line {line}, column {column}" if line is not None else ""
        remedy = "Correct the query and send it again."
        if prefix is not None:
            remedy = f"Put a line on top of the query: PREFIX {prefix}: <…>"
        super().__init__(what, where=place, remedy=remedy)


class QueryNotAllowed(QueryError):
    """A query that this service never runs: an update, or one that would call another server.

    Attributes:
        reason: `read-only`, `federation-disabled` or `service-not-named`.
    """

    outcome = "refused"

    def __init__(self, what: str, *, reason: str, remedy: str) -> None:
        self.reason = reason
        super().__init__(what, remedy=remedy)


class ServiceNotPossible(QueryError):
    """A SERVICE clause that cannot be asked first and joined, or whose answer cannot.

    Attributes:
        reason: `variable` (its endpoint is one), `nested` (within another), `each` (in EXISTS or LATERAL), `unclear`
            (the text can be read in more than one way), `many` (clauses), or `blank` (the answer has a node or a term
            that cannot be written in a query).
    """

    outcome = "refused"

    def __init__(self, reason: Literal["variable", "nested", "each", "unclear", "many", "blank"]) -> None:
        self.reason = reason
        super().__init__("The query has a SERVICE clause that cannot be asked by itself.", remedy="Write it otherwise.")


class ServiceFailed(QueryError):
    """The endpoint of a SERVICE clause did not answer, or not with solutions."""

    def __init__(self) -> None:
        super().__init__("A server that the query asks did not answer.", remedy="Try again later, or leave it out.")


class ResultTooLarge(QueryError):
    """An answer with more rows or bytes than one answer may have; nothing of it is sent.

    Attributes:
        limit: the bound that was met, in `unit`.
        unit: `rows`, `bytes`, `query bytes`, or `service rows`, `service bytes` for the answer of another server.
    """

    outcome = "too-large"

    def __init__(self, *, limit: int, unit: str) -> None:
        self.limit = limit
        self.unit = unit
        super().__init__(
            f"The answer has more than {limit} {unit}.",
            remedy="Ask for less with LIMIT and OFFSET, or download the whole data set.",
        )


class NoSuitableFormat(QueryError):
    """The kind of answer that a query gives has no form that the client accepts, or none that can hold it.

    Attributes:
        kind: `solutions`, `boolean` or `graph`.
        unfit: forms that cannot hold this very answer, whoever asks; empty where any can.
    """

    outcome = "refused"

    def __init__(self, *, kind: str, unfit: Collection[str] = ()) -> None:
        self.kind = kind
        self.unfit = frozenset(unfit)
        what = f"No accepted format fits an answer of kind {kind}."
        if self.unfit:
            what = f"This answer cannot be written as {', '.join(sorted(self.unfit))}."
        super().__init__(what, remedy="Ask for another form.")


class BudgetExceeded(QueryError):
    """A query that used more time or memory than a query may have, or that ended the engine that was at it.

    Attributes:
        cause: `time` or `memory` where that is known to be the cause; `engine` where all that is known is that the
            process that computed the answer is gone.
        limit: the bound that was met, in words ("10 seconds"); empty for the cause `engine`.
    """

    outcome = "over-budget"

    def __init__(self, *, limit: str = "", cause: Literal["time", "memory", "engine"] = "time") -> None:
        self.limit = limit
        self.cause = cause
        if cause == "engine":
            super().__init__(
                "The engine stopped at this query.",
                remedy="Write ORDER BY STR(?x) for ORDER BY ?x, leave ORDER BY out, or make the query simpler.",
            )
        else:
            super().__init__(
                f"The query was stopped: it passed its limit of {limit}.",
                remedy="Make the query more selective, or download the whole data set.",
            )


class TooManyRequests(QueryError):
    """A client that has had as much of the query service as one client may have.

    Attributes:
        retry_after: seconds after which it may ask again.
    """

    outcome = "throttled"

    def __init__(self, *, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__("You have asked as much as one client may.", remedy=f"Try again in {retry_after} seconds.")


class ClientLeft(QueryError):
    """A query that was stopped because nobody waits for the answer any more."""

    outcome = "left"

    def __init__(self) -> None:
        super().__init__("Nobody waits for the answer any more.")


class EngineUnavailable(QueryError):
    """No engine can answer at this moment.

    Attributes:
        retry_after: seconds after which it makes sense to try again.
    """

    outcome = "unavailable"

    def __init__(self, what: str, *, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(what, remedy=f"Try again in {retry_after} seconds.")
