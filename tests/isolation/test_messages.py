"""What goes over a link comes out as it went in, however the stream is cut."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennis_ld.engine.interface import Answer, Inline, Iri, Question, Text
from kennis_ld.errors import (
    BudgetExceeded,
    EngineUnavailable,
    MalformedQuery,
    NoSuitableFormat,
    QueryError,
    QueryNotAllowed,
    ResultTooLarge,
)
from kennis_ld.isolation import messages

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
QUESTIONS = st.builds(
    Question,
    TEXTS,
    st.just("http://example.org/"),
    solutions=st.sampled_from([None, "text/csv"]),
    graph=st.sampled_from([None, "text/turtle"]),
    bindings=st.dictionaries(
        st.sampled_from("abc"),
        st.one_of(
            st.builds(Iri, st.just("http://example.org/x")),
            st.builds(Text, TEXTS, st.sampled_from([None, "nl"])),
            st.builds(Text, TEXTS, st.none(), st.just("http://example.org/datatype")),
        ),
    ),
    default_graphs=st.lists(TEXTS).map(tuple),
    named_graphs=st.lists(TEXTS).map(tuple),
    inline=st.lists(st.builds(Inline, st.just(0), st.just(0), TEXTS), max_size=2).map(tuple),
)


@given(st.lists(st.binary(max_size=200), max_size=8), st.data())
def test_any_cutting_gives_the_same_frames(bodies: Sequence[bytes], data: st.DataObject) -> None:
    """Whichever pieces a stream arrives in, the frames are those that were sent, in order."""
    stream = b"".join(
        messages.outcome_frame(Answer("boolean", "text/csv", body), number / 8) for number, body in enumerate(bodies)
    )
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=20)))
    reader = messages.Reader()
    found = [
        frame
        for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)
        for frame in reader.frames(stream[start:end])
    ]
    assert [(body, number / 8) for number, body in enumerate(bodies)] == [(each.body, each.seconds) for each in found]


def test_byte_by_byte() -> None:
    """A frame is complete with its last byte, and not before."""
    frame = messages.question_frame(Question("ASK {}", "http://example.org/"), 1.5)
    reader = messages.Reader()
    found = [reader.frames(frame[at : at + 1]) for at in range(len(frame))]
    assert [[]] * (len(frame) - 1) == found[:-1]
    assert [1.5] == [each.seconds for each in found[-1]]


@given(QUESTIONS)
def test_a_question_arrives_whole(question: Question) -> None:
    """Text, forms, bindings and data set of a question come out as they went in; what is inline is part of the text."""
    (frame,) = messages.Reader().frames(messages.question_frame(question, 12.5))
    expected = question._replace(text=question.written, inline=())
    assert (12.5, expected) == (frame.seconds, messages.question_of(frame))


OUTCOMES = [
    Answer("solutions", "text/csv", b"a\r\n1\r\n"),
    MalformedQuery("No query.", line=2, column=5),
    MalformedQuery("The prefix is not declared.", prefix=""),
    QueryNotAllowed("An update.", reason="read-only", remedy="Ask."),
    ResultTooLarge(limit=10_000, unit="rows"),
    NoSuitableFormat(kind="graph", unfit={"application/rdf+xml"}),
    BudgetExceeded(limit="10 seconds"),
    BudgetExceeded(limit="512 MiB of memory", cause="memory"),
    BudgetExceeded(cause="engine"),
    EngineUnavailable("All workers are busy.", retry_after=2),
    QueryError("Something else.", remedy="Ask otherwise."),
]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda each: type(each).__name__)
def test_an_outcome_arrives_whole(outcome: Answer | QueryError) -> None:
    """An answer is the same answer, and an error has its kind, its words and all that it knows."""
    (frame,) = messages.Reader().frames(messages.outcome_frame(outcome, 0.25))
    found = messages.outcome_of(frame)
    assert type(outcome) is type(found)
    if isinstance(outcome, Answer):
        assert outcome == found
    else:
        assert str(outcome) == str(found)
        assert vars(outcome) == vars(found)
