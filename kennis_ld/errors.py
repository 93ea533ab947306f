"""The errors of kennis-ld: one tree, and every error says what is wrong, where, and what to do now.

    KennisError
    ├── UnreadableInput          a document or a file of the publication cannot be read         exit 2
    ├── WrongSetting             publication.toml says something that cannot be                 exit 2
    ├── Refused                  a release would break a promise (a published URI would vanish) exit 3
    ├── DamagedRelease           a release is not, byte for byte, what its manifest says        exit 2
    └── QueryError               a query was not answered
        ├── MalformedQuery       not SPARQL 1.1; line and column where known                    HTTP 400
        ├── QueryNotAllowed      an update, or a SERVICE clause                                 HTTP 403
        ├── ResultTooLarge       more rows or bytes than one answer may have                    HTTP 413
        ├── NoSuitableFormat     the answer has no form the client accepts                      HTTP 406
        ├── BudgetExceeded       the query took more time or memory than a query may have       HTTP 503
        └── EngineUnavailable    no engine can answer now; try again later                      HTTP 503

Findings about the data of a city are not errors: they are collected as `kennis_ld.model.Finding` and shown all
together. A mistake in the program keeps its Python type and is not caught.
"""

from __future__ import annotations

from collections.abc import Callable


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

    def __reduce__(self) -> tuple[Callable[..., KennisError], tuple[type[KennisError], dict[str, object]]]:
        """Lets an error go from one process to another, with all that it says."""
        return _again, (type(self), self.__dict__)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what} {self.remedy}".rstrip()


def _again(kind: type[KennisError], said: dict[str, object]) -> KennisError:
    """Returns an error as it was in another process."""
    error = kind.__new__(kind)
    error.__dict__.update(said)
    error.args = (error.what, error.where, error.remedy)
    return error


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
    """A query that was not answered."""


class MalformedQuery(QueryError):
    """A text that is not a SPARQL 1.1 query.

    Attributes:
        line: 1-based line of the error in the text of the user; None where the parser does not tell.
        column: 1-based column in that line; None where the parser does not tell.
    """

    def __init__(self, what: str, *, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        place = f"line {line}, column {column}" if line is not None else ""
        super().__init__(what, where=place, remedy="Correct the query and send it again.")


class QueryNotAllowed(QueryError):
    """A query that this service never runs: an update, or one that would call another server.

    Attributes:
        reason: `read-only` or `federation-disabled`.
    """

    def __init__(self, what: str, *, reason: str, remedy: str) -> None:
        self.reason = reason
        super().__init__(what, remedy=remedy)


class ResultTooLarge(QueryError):
    """An answer with more rows or bytes than one answer may have; nothing of it is sent.

    Attributes:
        limit: the bound that was met, in `unit`.
        unit: `rows`, `bytes` or `query bytes`.
    """

    def __init__(self, *, limit: int, unit: str) -> None:
        self.limit = limit
        self.unit = unit
        super().__init__(
            f"The answer has more than {limit} {unit}.",
            remedy="Ask for less with LIMIT and OFFSET, or download the whole data set.",
        )


class NoSuitableFormat(QueryError):
    """The kind of answer that a query gives has no form that the client accepts.

    Attributes:
        kind: `solutions`, `boolean` or `graph`.
    """

    def __init__(self, *, kind: str) -> None:
        self.kind = kind
        super().__init__(f"No accepted format fits an answer of kind {kind}.", remedy="Widen the Accept header.")


class BudgetExceeded(QueryError):
    """A query that used more time or memory than a query may have.

    Attributes:
        limit: the bound that was met, in words ("10 seconds").
    """

    def __init__(self, *, limit: str) -> None:
        self.limit = limit
        super().__init__(
            f"The query was stopped: it passed its limit of {limit}.",
            remedy="Make the query more selective, or download the whole data set.",
        )


class AskerLeft(QueryError):
    """Nobody waits for the answer any more; a worker that was at it is stopped."""

    def __init__(self) -> None:
        super().__init__("Nobody waits for the answer any more.")


class EngineUnavailable(QueryError):
    """No engine can answer at this moment.

    Attributes:
        retry_after: seconds after which it makes sense to try again.
    """

    def __init__(self, what: str, *, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(what, remedy=f"Try again in {retry_after} seconds.")
