"""How complete an agenda is: what is counted, what is said of it as data, and the picture."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import PROV, RDF, RDFS, XSD

from kennis_ld.iri import Iris
from kennis_ld.model import Certainty, Entry, Participation, Place, ProjectEntry, Role, Way
from kennis_ld.model.texts import Bilingual
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.quality import completeness as measures
from kennis_ld.quality.completeness import COUNTS, SHARES, Completeness, Measured, Share
from kennis_ld.quality.measurements import DQV, measurement_triples, metrics
from kennis_ld.quality.picture import Bar, picture
from kennis_ld.release.build import Built, build
from tests.publications import DOCUMENT, SETTINGS, THEMES, write

IRIS = Iris("https://data.example.org")
METRICS = (Path(__file__).resolve().parents[2] / "ontology" / "quality.ttl").read_text(encoding="utf-8")


def part(role: Role, organisation: str, certainty: Certainty = Certainty.STATED, way: Way = Way.NAME) -> Participation:
    return Participation("kaart", organisation, role, certainty, way, (organisation,))


def item(
    *parts: Participation, themes: tuple[str, ...] = ("water",), text: str = "Tekst.", groups: int = 0
) -> ProjectEntry:
    entry = Entry("1", "Kaart", text, (), (), Place("agenda.txt", 3, 3))
    return ProjectEntry("kaart", entry, themes, parts, groups=("inwoners",) * groups)


LEAD, PARTNER = part(Role.LEAD, "gz"), part(Role.PARTNER, "zu")


def measured(*items: ProjectEntry, verified: set[str] | None = None) -> list[Measured]:
    found = Completeness()
    found.add("2030", items)
    return list(found.measured(verified or set()))


@pytest.mark.parametrize(
    ("entry", "missing"),
    [
        (item(LEAD, PARTNER), set()),
        (item(LEAD, groups=1), set()),
        (item(PARTNER), {measures.WITH_LEAD}),
        (item(LEAD), {measures.WITH_PARTNER}),
        (item(LEAD, PARTNER, text=""), {measures.WITH_DESCRIPTION}),
        (item(LEAD, part(Role.PARTNER, "zu", Certainty.INTENDED)), set()),
        (item(LEAD, part(Role.PARTNER, "zu", Certainty.DOUBTFUL)), {measures.CERTAIN}),
        (item(LEAD, part(Role.PARTNER, "zu", way=Way.PROVISIONAL)), {measures.RESOLVED}),
        (
            item(LEAD, part(Role.PARTNER, "zu", Certainty.DOUBTFUL, Way.AMBIGUOUS)),
            {measures.RESOLVED, measures.CERTAIN},
        ),
        (
            item(LEAD, part(Role.PARTNER, "zu", Certainty.DOUBTFUL, Way.DOUBTFUL_SPELLING)),
            {measures.CERTAIN},
        ),
    ],
)
def test_project_is_complete_when_nothing_is_missing_or_uncertain(entry: ProjectEntry, missing: set[str]) -> None:
    """Each thing that can be missing is counted on its own, and any of them makes a project incomplete."""
    whole, _ = measured(entry)
    short = {key for key, share in whole.shares.items() if share.part < share.whole} - {measures.WITH_IDENTITY}
    assert missing | ({measures.COMPLETE} if missing else set()) == short


def test_project_counts_for_every_theme_it_stands_under() -> None:
    """A sub-heading and the theme above it both count the project, the edition once."""
    whole, zand, duin = measured(item(LEAD, PARTNER, themes=("zand", "duin")), item(LEAD, themes=("zand",)))
    assert ["", "zand", "duin"] == [one.theme for one in (whole, zand, duin)]
    assert [2, 2, 1] == [one.counts[measures.PROJECTS] for one in (whole, zand, duin)]
    assert [Share(1, 2), Share(1, 2), Share(1, 1)] == [one.shares[measures.COMPLETE] for one in (whole, zand, duin)]


def test_organisation_counts_once() -> None:
    """An organisation in two projects is one, and one with evidence of its identity counts as such."""
    whole, *_ = measured(item(LEAD, PARTNER), item(LEAD), verified={"gz", "elders"})
    assert 2 == whole.counts[measures.ORGANISATIONS]
    assert Share(1, 2) == whole.shares[measures.WITH_IDENTITY]


PARTS = st.lists(
    st.builds(
        part,
        st.sampled_from([Role.LEAD, Role.PARTNER]),
        st.sampled_from("abc"),
        st.sampled_from(Certainty),
        st.sampled_from(Way),
    ),
    max_size=3,
)
ITEMS = st.lists(
    st.builds(lambda parts, theme, text: item(*parts, themes=(theme,), text=text), PARTS, st.sampled_from(["x", "y"]),
              st.sampled_from(["", "t"])),
    max_size=6,
)  # fmt: skip


@given(ITEMS, st.integers(0, 6))
def test_parts_add_up(items: list[ProjectEntry], at: int) -> None:
    """However an edition is divided into batches, the outcome is the same; a part is never more than its whole."""
    found = Completeness()
    found.add("2030", items[:at])
    found.add("2030", items[at:])
    together = found.measured({"a"})
    assert measured(*items, verified={"a"}) == list(together)
    for one in together:
        assert all(0 <= share.part <= share.whole for share in one.shares.values())
        assert all(one.shares[measures.COMPLETE].part <= one.shares[key].part for key in list(SHARES)[1:4])


@pytest.mark.parametrize(
    ("share", "value", "percent"),
    [
        (Share(19999, 20000), Decimal("0.9999"), 99),
        (Share(10, 11), Decimal("0.9090"), 91),
        (Share(1, 3), Decimal("0.3333"), 33),
        (Share(1, 20000), Decimal("0.0000"), 1),
        (Share(3, 3), Decimal(1), 100),
        (Share(0, 3), Decimal(0), 0),
        (Share(0, 0), None, 0),
    ],
)
def test_share_is_1_only_when_it_is_all(share: Share, value: Decimal | None, percent: int) -> None:
    """A share is rounded down and its per cent to the nearest; a share of nothing has no value."""
    assert (value, percent) == (share.value, share.percent)


def test_metrics_are_defined_in_both_languages() -> None:
    """What is measured is what is defined, with a label and a definition in Dutch and in English."""
    known = metrics(METRICS, IRIS)
    assert [*COUNTS, *SHARES] == list(known)
    for metric in known.values():
        assert all((metric.label.nl, metric.label.en, metric.definition.nl, metric.definition.en))


def test_metric_without_a_definition_is_a_mistake() -> None:
    """A metric that only the code knows is seen at once."""
    with pytest.raises(ValueError, match="maatstaf/volledig"):
        metrics(METRICS.replace("id/maatstaf/volledig", "id/maatstaf/anders"), IRIS)


def test_measurement_is_data_after_dqv() -> None:
    """A measurement says its metric, what it was computed on, its value with its type, and the edition it is of."""
    found = measured(item(LEAD, PARTNER), item(LEAD), item())
    names = {
        ("2030", ""): Bilingual("Agenda 2030", "Agenda 2030"),
        ("2030", "water"): Bilingual("Water, Agenda 2030", ""),
    }
    graph = Graph()
    for triple in measurement_triples(found, names=names, known=metrics(METRICS, IRIS), agenda="stad", iris=IRIS):
        graph.add(triple)
    subject = URIRef(IRIS.resource("meting", "thema", "2030", "water", "met-trekker"))
    assert {
        (RDF.type, DQV.QualityMeasurement),
        (RDF.type, PROV.Entity),
        (RDFS.label, Literal("projecten met een trekker: Water, Agenda 2030", lang="nl")),
        (RDFS.label, Literal("projects with a lead: Water, Agenda 2030", lang="en")),
        (DQV.isMeasurementOf, URIRef(IRIS.resource("maatstaf", "met-trekker"))),
        (DQV.computedOn, URIRef(IRIS.theme("water"))),
        (DQV.value, Literal("0.6666", datatype=XSD.decimal)),
        (PROV.wasDerivedFrom, URIRef(IRIS.edition("2030"))),
    } == set(graph.predicate_objects(subject))
    dataset = URIRef(IRIS.resource("dataset", "stad"))
    whole = set(graph.subjects(DQV.computedOn, dataset))
    assert whole == set(graph.objects(dataset, DQV.hasQualityMeasurement))
    assert len(COUNTS) + len(SHARES) == len(whole)


def test_share_of_nothing_is_no_measurement() -> None:
    """A project without organisations has no share of certain participations: a missing value is no triple."""
    names = {("2030", ""): Bilingual("Agenda", ""), ("2030", "water"): Bilingual("Water", "")}
    triples = measurement_triples(measured(item()), names=names, known=metrics(METRICS, IRIS), agenda="stad", iris=IRIS)
    assert not [triple for triple in triples if str(triple[0]).endswith("--zeker")]


def test_picture_is_for_everybody() -> None:
    """The picture has a title, a description with all the numbers, and text beside each bar; nothing in it runs."""
    bars = [Bar("Agenda 2030", Share(2, 3)), Bar("Water & <zand>", Share(1, 1), 1), Bar("Leeg", Share(0, 0), 1)]
    text = picture(bars, title="Volledige projecten", description="Wat volledig is.", language="nl")
    root = ElementTree.fromstring(text)  # noqa: S314 - our own text
    space = "{http://www.w3.org/2000/svg}"
    assert "img" == root.get("role")
    assert "title description" == root.get("aria-labelledby")
    assert "Volledige projecten" == root.findtext(f"{space}title")
    described = root.findtext(f"{space}desc") or ""
    shown = {element.text for element in root.iter(f"{space}text")}
    for words in ("Agenda 2030: 2/3 (67%).", "Water & <zand>: 1/1 (100%).", "Leeg: 0."):
        assert words in described
        assert set(words.rstrip(".").split(": ")) <= shown
    kinds = {element.tag.removeprefix(space) for element in root.iter()}
    assert {"svg", "title", "desc", "rect", "text"} == kinds
    assert not {
        name for element in root.iter() for name in element.attrib if name in {"style", "href"} or name.startswith("on")
    }


def test_colours_of_the_picture_differ_enough() -> None:
    """Text has a contrast of 4.5 to 1, bars and their rims of 3 to 1 with what is beside them (WCAG 2.2)."""
    from kennis_ld.quality import picture as drawing

    assert contrast(drawing._INK, drawing._BACKGROUND) >= 4.5
    assert contrast(drawing._FULL, drawing._EMPTY) >= 3
    assert contrast(drawing._RIM, drawing._BACKGROUND) >= 3


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2, definition of contrast ratio)."""
    low, high = sorted(luminance(colour) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def built(folder: Path, changes: dict[str, str]) -> Built:
    publication = settings.publication(write(folder / "city", changes))
    return build(publication, definitions(), releases=folder / "releases", version="0")


TWO_EDITIONS = SETTINGS.replace(
    "[catalogue]",
    '[[editions]]\nkey = "2032"\ndocument = "agenda-2032.txt"\ntitle.nl = "Agenda 2032"\n\n[catalogue]',
    1,
)
IDENTITIES = """\
project,edition,theme,number,title
schone-sloten,2030,water,1a,Schone sloten
regenkaart,2030,water,1b,Regenkaart
stuifplan,2030,zand,2a,Stuifplan
schone-sloten,2032,water,1a,Schone sloten
stuifplan,2032,zand,2a,Stuifplan
"""


def test_release_says_it_in_every_form(tmp_path: Path) -> None:
    """Data, JSON and pictures of a release have the same numbers; the picture shows the latest edition first."""
    later = DOCUMENT.replace("1b\tRegenkaart", "9z\t").splitlines(keepends=True)
    changes = {
        "publication.toml": TWO_EDITIONS,
        "agenda-2032.txt": "".join(line for line in later if not line.startswith("9z")).replace("T: HD, GZ", "T: HD?"),
        "projects.csv": IDENTITIES,
    }
    release = built(tmp_path, changes).release
    assert release is not None
    told = json.loads((release / "completeness.json").read_text(encoding="utf-8"))
    assert [("2030", False), ("2032", True)] == [(one["key"], one["current"]) for one in told["editions"]]
    assert {"part": 1, "whole": 2, "value": 0.5, "percent": 50} == told["editions"][1]["shares"]["volledig"]
    data = (release / "agenda.nq").read_text(encoding="utf-8")
    base = "https://data.zandwijk.example/id"
    for edition in told["editions"]:
        for theme in edition["themes"]:
            for metric, share in theme["shares"].items():
                subject = f"<{base}/meting/thema--{edition['key']}--{theme['key']}--{metric}> <{DQV.value}>"
                values = re.findall(rf'{re.escape(subject)} "([0-9.]+)"', data)
                assert ([] if share["value"] is None else [share["value"]]) == [float(value) for value in values]
    for name, first in (
        ("completeness.svg", "Agenda 2032: 1/2 (50%)."),
        ("completeness.en.svg", "Agenda 2032: 1/2 (50%)."),
    ):
        assert f"{first} " in (release / name).read_text(encoding="utf-8")
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    assert {"findings.csv", "findings.en.csv", "completeness.json", "completeness.svg"} < set(manifest["files"])
    assert 1 == manifest["counts"]["projects_complete"]


def test_what_is_no_longer_measured_breaks_no_promise(tmp_path: Path) -> None:
    """A theme that loses its last project is measured no more: the build goes on, and the old measurement says so."""
    themes = THEMES + "lucht,3,Lucht,Lucht,Air,Projecten over lucht.,Projects about air.,\n"
    before = DOCUMENT.replace("2. Zand", "3. Lucht")
    identities = (
        "project,edition,theme,number,title\nstuifplan,2030,zand,2a,Stuifplan\nstuifplan,2030,lucht,2a,Stuifplan\n"
    )
    row = identities.splitlines(keepends=True)
    assert built(tmp_path, {"themes.csv": themes, "agenda.txt": before, "projects.csv": row[0] + row[2]}).release
    release = built(tmp_path, {"themes.csv": themes, "projects.csv": row[0] + row[1]}).release
    assert release is not None
    gone = "<https://data.zandwijk.example/id/meting/thema--2030--lucht--volledig>"
    lines = [line for line in (release / "agenda.nq").read_text().splitlines() if line.startswith(gone)]
    assert [f'{gone} <http://www.w3.org/2002/07/owl#deprecated> "true"^^<{XSD.boolean}> .'] == lines
