"""A description read in one language: kinds, numbers and parties in the order in which people look for them."""

from __future__ import annotations

import pytest

from kennis_ld.graph.description import Description, Term, statements
from kennis_ld.graph.reader import Reader
from kennis_ld.graph.statements import PREFIXES

TERMS = "https://voorbeeld.example/def#"
ONE = "urn:one"
Said = tuple[str, str, str]


def read(*said: Said, language: str = "nl") -> Reader:
    """Reads statements about the thing `urn:one`, names written as `prefix:name`; those are called [prefix:name]."""

    def term(text: str) -> str:
        prefix, _, local = text.partition(":")
        return text if text[0] == '"' else f"<{ {**PREFIXES, 'ks': TERMS}.get(prefix, f'{prefix}:') + local }>"

    lines = "".join(f"{term(subject)} {term(predicate)} {term(value)} .\n" for subject, predicate, value in said)
    return Reader(
        ONE,
        Description(statements(lines.encode()), terms=TERMS),
        language=language,
        term=lambda iri, short: None if short == iri else f"[{short}]",
    )


def part(name: str, *, project: str, member: str, role: str = "urn:lead") -> list[Said]:
    """A participation of a member in a project."""
    return [
        (name, "org:organization", project),
        (name, "org:member", member),
        (name, "org:role", role),
        ("urn:lead", "skos:notation", '"T"'),
        ("urn:other", "skos:notation", '"P"'),
    ]


@pytest.mark.parametrize(
    ("types", "first"),
    [
        ("schema:Organization org:Organization foaf:Agent schema:Hospital", "schema:Hospital"),
        ("schema:Project org:OrganizationalCollaboration ks:Project", "ks:Project"),
        ("skos:Concept org:Role", "org:Role"),
        ("prov:Entity schema:CreativeWork ks:Entry", "ks:Entry"),
        ("prov:Entity schema:DigitalDocument", "schema:DigitalDocument"),
        ("schema:CreativeWork schema:DigitalDocument", "schema:DigitalDocument"),
        ("org:Organization schema:NGO", "schema:NGO"),
        ("schema:Organization schema:Project", "schema:Project"),
        ("skos:Concept urn:Unheard", "skos:Concept"),
        ("https://elders.example/Thing schema:Organization vcard:Kind", "vcard:Kind"),
        ("schema:Place org:Site", "org:Site"),
    ],
)  # fmt: skip
def test_the_most_telling_kind_comes_first(types: str, first: str) -> None:
    """A publisher is a government organisation before it is an agent, a project is ours before it is anybody's."""
    reader = read(*((ONE, "rdf:type", kind) for kind in types.split()))
    assert first == reader.about.short(reader.kinds()[0])
    assert len(types.split()) == len(reader.kinds())


def test_what_has_no_name_anywhere_is_read_from_its_iri() -> None:
    """A term of which the reader has no name is called by its short form, any other thing by the end of its IRI."""
    reader = read((ONE, "rdf:type", "urn:Kind"))
    assert Term("urn:Kind") == reader.name("urn:Kind")
    assert Term("Kind") == reader.name("https://elders.example/#Kind")
    assert reader.term("urn:Kind") is None
    assert "[ks:lead]" == reader.term(f"{TERMS}lead")


def test_a_thing_that_is_described_has_its_own_name() -> None:
    """What is said about a thing counts before the words that the reader was given for it."""
    reader = read(("skos:Concept", "rdfs:label", '"Begrip uit de data"@nl'))
    assert Term("Begrip uit de data", language="nl") == reader.name(f"{PREFIXES['skos']}Concept")
    assert Term("[skos:notation]", language="nl") == reader.name(f"{PREFIXES['skos']}notation")


def test_a_participation_is_named_by_its_sides() -> None:
    """It has no name of its own: who takes part, and in what; but where it has one, that counts."""
    said = [*part(ONE, project="urn:project", member="urn:ul"), ("urn:ul", "schema:name", '"Universiteit"@nl')]
    assert Term("Universiteit – urn:project") == read(*said).name(ONE)
    assert Term("Deelname", language="nl") == read(*said, (ONE, "rdfs:label", '"Deelname"@nl')).name(ONE)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("nl", ["een", "zonder taal"]), ("en", ["one", "zonder taal"]), ("fr", ["zonder taal"])],
)
def test_texts_in_the_language(language: str, expected: list[str]) -> None:
    """The texts in the language and those of no language; links are no texts."""
    said = [(ONE, "skos:note", text) for text in ('"een"@nl', '"one"@en', '"zonder taal"', "urn:link")]
    assert expected == [term.value for term in read(*said, language=language).texts("skos:note")]


def test_texts_in_another_language_are_better_than_none() -> None:
    """Where nothing is in the language, all there is is shown."""
    reader = read((ONE, "skos:note", '"one"@en'), (ONE, "skos:note", '"eins"@de'), (ONE, "skos:scopeNote", "urn:x"))
    assert ["eins", "one"] == [term.value for term in reader.texts("skos:note")]
    assert [] == reader.texts("skos:scopeNote") == reader.texts("skos:definition")


def test_text_of_the_first_property_that_has_one() -> None:
    """Properties are tried in the order in which they are asked for."""
    reader = read((ONE, "skos:definition", '"wat"@nl'), (ONE, "dct:description", '"hoe"@nl'))
    assert Term("wat", language="nl") == reader.text("skos:note", "skos:definition", "dct:description")
    assert Term("hoe", language="nl") == reader.text("dct:description", "skos:definition")
    assert reader.text("skos:note") is None


def test_number_of_a_project() -> None:
    """The number is a text; an identifier elsewhere, which is a link, is none."""
    reader = read((ONE, "schema:identifier", '"10a"'), (ONE, "schema:identifier", "urn:ror"))
    assert ("10a", "") == (reader.number(ONE), reader.number("urn:two"))


def test_projects_in_the_order_of_their_numbers() -> None:
    """As people count: 1b, 2, 10a, 10b; numbers before letters, a project without a number last, then by name."""
    numbers = {"urn:a": "10b", "urn:b": "2", "urn:c": "10a", "urn:d": "1b", "urn:e": "A1", "urn:f": "²"}
    said = [(iri, "schema:identifier", f'"{number}"') for iri, number in numbers.items()]
    said += [("urn:y", "schema:name", '"Beek"@nl'), ("urn:z", "schema:name", '"Aak"@nl')]
    found = read(*said).by_number(["urn:y", "urn:z", *numbers])
    assert ["urn:e", "urn:f", "urn:d", "urn:b", "urn:c", "urn:a", "urn:z", "urn:y"] == found


def test_things_in_the_order_of_their_names() -> None:
    """Capitals make no difference; two of the same name stand in the order of their IRIs."""
    names = {"urn:a": "zee", "urn:b": "Aak", "urn:d": "aak", "urn:c": "AAK", "urn:e": "Beek"}
    said = [(iri, "schema:name", f'"{name}"@nl') for iri, name in names.items()]
    assert ["urn:b", "urn:c", "urn:d", "urn:e", "urn:a"] == read(*said).by_name(list(names))


def test_properties_in_the_order_of_reading() -> None:
    """Type, names, definition and description first; then the others by their IRI."""
    order = [
        "rdf:type", "rdfs:label", "skos:prefLabel", "schema:name", "dct:title", "foaf:name", "vcard:fn",
        "skos:definition", "schema:description", "dct:description",
    ]  # fmt: skip
    others = ["dct:creator", "dct:subject", "org:role", "ks:lead", "schema:about"]
    reader = read(*((ONE, name, "urn:x") for name in reversed([*order, *others])))
    found = [reader.about.short(prop) for prop, _ in reader.properties()]
    assert order == found[: len(order)]
    assert [name for _, name in sorted((reader.about.iri(name), name) for name in others)] == found[len(order) :]
    assert [[Term("urn:x", is_iri=True)]] * len(found) == [terms for _, terms in reader.properties()]


def test_what_refers_to_a_thing() -> None:
    """Each subject with the property by which it refers to the thing, sorted; what refers to others is left out."""
    reader = read(
        ("urn:b", "schema:about", ONE), ("urn:a", "schema:about", ONE), ("urn:a", "dct:subject", ONE),
        ("urn:a", "schema:about", "urn:two"),
    )  # fmt: skip
    about, subject = reader.about.iri("schema:about"), reader.about.iri("dct:subject")
    assert [("urn:a", subject), ("urn:a", about), ("urn:b", about)] == reader.mentions()


def test_parties_of_a_project_and_projects_of_a_party() -> None:
    """In a role, by the name of the other side."""
    names = [("urn:ul", "schema:name", '"universiteit"@nl'), ("urn:gl", "schema:name", '"Gemeente"@nl')]
    project = [
        *part("urn:p1", project=ONE, member="urn:ul"),
        *part("urn:p2", project=ONE, member="urn:gl"),
        *part("urn:p3", project=ONE, member="urn:gl", role="urn:other"),
    ]
    reader = read(*project, *names)
    assert ["urn:gl", "urn:ul"] == [each.organisation for each in reader.parties("T")]
    assert ["urn:p3"] == [each.iri for each in reader.parties("P")]
    member = [
        *part("urn:p1", project="urn:b", member=ONE),
        *part("urn:p2", project="urn:a", member=ONE),
        ("urn:b", "schema:name", '"Aak"@nl'),
    ]
    assert ["urn:b", "urn:a"] == [each.project for each in read(*member).parties("T")]


def test_entries_of_a_project_latest_first() -> None:
    """Whether the project or the entry says so; each can be read in turn."""
    reader = read(
        (ONE, "ks:entry", "urn:2023"), ("urn:2019", "ks:project", ONE), ("urn:2023", "ks:project", ONE),
        ("urn:2019", "ks:number", '"7"'), ("urn:2027", "ks:project", "urn:two"),
    )  # fmt: skip
    assert ["urn:2023", "urn:2019"] == [entry.iri for entry in reader.entries()]
    (_, older) = reader.entries()
    assert (Term("7"), "nl", "[ks:lead]") == (older.text("ks:number"), older.language, older.term(f"{TERMS}lead"))
