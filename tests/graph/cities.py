"""Two cities to describe: Leiden as it is bundled, and a made-up one that tells no more than it must."""

from __future__ import annotations

from kennis_ld.graph.catalogue import Catalogue
from kennis_ld.graph.dumps import DumpFile
from kennis_ld.iri import Iris
from kennis_ld.model import Organisation
from kennis_ld.model.catalogue import FORMS, AgendaFacts, CatalogueFacts, Contact
from kennis_ld.publication import tables
from kennis_ld.publication.publication import Publication

RELEASE = "0123abcd"
FILES = tuple(DumpFile(f"agenda.{form}", form, 100 + at, f"{at:064x}") for at, form in enumerate(FORMS))


def of_leiden(publication: Publication) -> tuple[Catalogue, Iris]:
    """Returns the catalogue of the bundled publication."""
    register = {organisation.key: organisation for organisation in tables.organisations(publication.table("register"))}
    catalogue = Catalogue(
        agenda=publication.agenda,
        facts=publication.catalogue,
        publisher=register[publication.agenda.publisher],
        creator=register[publication.catalogue.creator],
        files=FILES,
        release=RELEASE,
        editions=tuple((item.key, item.period, item.issued) for item in publication.editions),
        language=publication.language,
    )
    return catalogue, publication.iris


def of_voorbeeldstad() -> tuple[Catalogue, Iris]:
    """Returns the catalogue of a city without homepage, place or English, with an e-mail address and two editions."""
    city = Organisation(key="stad", name="Gemeente Voorbeeldstad", kind="GovernmentOrganization")
    catalogue = Catalogue(
        agenda=AgendaFacts("agenda", {"nl": "Kennisagenda"}, {"nl": "De kennisagenda van Voorbeeldstad."}, "stad"),
        facts=CatalogueFacts(
            title={"nl": "Projecten van Voorbeeldstad"},
            creator="stad",
            contact=Contact("Team Kennis", email="kennis@voorbeeld.example"),
            license="http://creativecommons.org/licenses/by/4.0/deed.nl",
            access_rights="PUBLIC",
            frequency="ANNUAL",
            themes=("GOVE",),
            keywords={"nl": ("kennis",)},
            spatial="",
            homepage="",
        ),
        publisher=city,
        creator=city,
        files=FILES,
        release=RELEASE,
        editions=(("eerste", "2021/2024", "2021-03"), ("tweede", "", "2025-02-01")),
        language="nl",
    )
    return catalogue, Iris("https://agenda.voorbeeld.example")
