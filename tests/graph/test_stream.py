"""What happened between two states of the data."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, VOID, XSD

from kennis_ld.graph import formats, stream
from kennis_ld.graph.stream import Event, Page
from kennis_ld.iri import Iris
from kennis_ld.vocabulary import AS, LDES, TREE

IRIS = Iris("https://data.zandwijk.example")
WATER = "<https://data.zandwijk.example/id/project/water>"
GONE = b'<http://www.w3.org/2002/07/owl#deprecated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n'

States = Mapping[bytes, list[bytes]]
SUBJECTS = st.sampled_from([f"<https://a.example/id/{name}>".encode() for name in ("a", "a-b", "a--b", "b", "b2")])
STATES = st.dictionaries(SUBJECTS, st.lists(st.sampled_from([b"<p> <o> .\n", b"<q> <o> .\n", GONE]), min_size=1))


def listed(state: States) -> list[stream.Thing]:
    return sorted(state.items())


def there(state: States) -> dict[bytes, list[bytes]]:
    return {subject: lines for subject, lines in state.items() if GONE not in lines}


@given(STATES, STATES)
def test_the_events_turn_one_state_into_the_other(before: States, after: States) -> None:
    """Who applies the events to what was there has what is there now, and each event is what its kind says."""
    copy = there(before)
    for event in stream.events(listed(before), listed(after)):
        assert (event.subject in copy) == (event.kind != "created")
        if event.kind == "deleted":
            del copy[event.subject]
        else:
            assert copy.get(event.subject) != event.statements
            copy[event.subject] = list(event.statements)
    assert there(after) == copy


@given(STATES, STATES)
def test_things_that_are_only_known_to_be_there_are_told_anew(before: States, after: States) -> None:
    """Where it is not known any more what was said, all that is there is told as updated, and the rest as deleted."""
    unknown: list[stream.Thing] = [(subject, None) for subject in sorted(there(before))]
    told = {event.subject: event.kind for event in stream.events(unknown, listed(after))}
    now, old = there(after), there(before)
    expected = {subject: "updated" if subject in old else "created" for subject in now}
    assert expected | dict.fromkeys(old.keys() - now.keys(), "deleted") == told


def test_a_named_graph_is_no_part_of_the_stream() -> None:
    """What an older edition says stands in a graph of its own; the things of now are those of the default graph."""
    lines = [f"{WATER} <p> <{name}>{graph} .\n".encode() for name, graph in (("a", ""), ("b", " <g>"))]
    assert [(WATER.encode(), [b"<p> <a> .\n"])] == list(stream.things(lines))


def test_a_member_says_what_happened_and_what_is_now() -> None:
    """A member has the address of its page, and ends the transaction where it is the last."""
    event = Event("updated", WATER.encode(), [b'<https://schema.org/name> "Water"@nl .\n'])
    lines = b"".join(stream.member(event, Page(3, 1, "2030-01-02T03:04:05+00:00"), IRIS, is_last=True)).decode()
    member = "<https://data.zandwijk.example/ldes/3-1#project/water>"
    activity = "https://www.w3.org/ns/activitystreams#"
    assert lines.splitlines() == [
        f"<https://data.zandwijk.example/ldes#stream> <https://w3id.org/tree#member> {member} .",
        f"{member} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{activity}Update> .",
        f"{member} <{activity}object> {WATER} .",
        f'{member} <{activity}published> "2030-01-02T03:04:05+00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime> .',
        f"{member} <{activity}context> <https://data.zandwijk.example/ldes/3-1#transaction> .",
        f"{member} <http://www.w3.org/ns/adms#status> <http://purl.org/adms/status/Completed> .",
        f'{member} <https://schema.org/name> "Water"@nl .',
    ]


def test_a_page_is_read_back() -> None:
    """The members of a page tell which things are there after it."""
    page = Page(1, 1, "2030-01-02T03:04:05+00:00")
    other = WATER.replace("water", "zand").encode()
    members = [Event("created", WATER.encode(), [b"<p> <o> .\n"]), Event("deleted", other, [GONE])]
    lines = [line for event in members for line in stream.member(event, page, IRIS, is_last=False)]
    assert [(WATER.encode(), True), (other, False)] == list(stream.deleted_or_there(lines))


def test_a_page_without_others_that_are_gone() -> None:
    """It says what it would have said without them, and no more."""

    def page(*others: int) -> bytes:
        said = stream.page_triples(here, IRIS, others=others)
        return "".join(f"{line}\n" for line in formats.lines(said)).encode()

    here = Page(3, 1, "2030-01-02T03:04:05+00:00")
    assert page(22) == stream.without_relations(page(2, 22), here, IRIS, others=[2])
    assert page() == stream.without_relations(page(2, 22), here, IRIS, others=[2, 22])


def test_the_view_says_what_members_mean() -> None:
    """Each kind of activity has its own property, and a moment is written as it is in the members."""
    when = "2030-01-02T03:04:05.600+00:00"
    found = set(stream.view_triples([Page(3, 1, when)], IRIS, title={"nl": "Agenda"}))
    described = URIRef("https://data.zandwijk.example/ldes#stream")
    kinds = {
        (LDES.versionCreatePath, RDF.type),
        (LDES.versionUpdatePath, RDF.type),
        (LDES.versionDeletePath, RDF.type),
        (LDES.versionCreateObject, AS.Create),
        (LDES.versionUpdateObject, AS.Update),
        (LDES.versionDeleteObject, AS.Delete),
    }
    assert kinds <= {(prop, value) for subject, prop, value in found if subject == described}
    moments = [value for _, prop, value in found if prop in {TREE.value, LDES.startingFrom}]
    assert {f'"{when}"^^<{XSD.dateTime}>'} == {value.n3() for value in moments if isinstance(value, Literal)}
    assert 3 == len(moments)


def test_the_view_says_what_may_be_done_with_the_stream() -> None:
    """Whoever copies the stream finds in it the dataset that it belongs to and its licence."""
    part = ("https://data.zandwijk.example/id/dataset/zandwijk", "https://creativecommons.org/licenses/by/4.0/")
    found = set(stream.view_triples([], IRIS, title={"nl": "Agenda"}, part=part))
    about = URIRef("https://data.zandwijk.example/ldes#stream")
    assert {(about, VOID.inDataset, URIRef(part[0])), (about, DCTERMS.license, URIRef(part[1]))} <= found
