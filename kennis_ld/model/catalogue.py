"""What a publication tells about its agenda and tells portals, and the codes that it chooses from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

DATA_THEMES: Mapping[str, tuple[str, str]] = {
    "AGRI": ("Landbouw, visserij, bosbouw en voeding", "Agriculture, fisheries, forestry and food"),
    "ECON": ("Economie en financiën", "Economy and finance"),
    "EDUC": ("Onderwijs, cultuur en sport", "Education, culture and sport"),
    "ENER": ("Energie", "Energy"),
    "ENVI": ("Milieu", "Environment"),
    "GOVE": ("Overheid en publieke sector", "Government and public sector"),
    "HEAL": ("Gezondheid", "Health"),
    "INTR": ("Internationale vraagstukken", "International issues"),
    "JUST": ("Justitie, rechtsstelsel en openbare veiligheid", "Justice, legal system and public safety"),
    "OP_DATPRO": ("", "Provisional data"),
    "REGI": ("Regio's en steden", "Regions and cities"),
    "SOCI": ("Bevolking en samenleving", "Population and society"),
    "TECH": ("Wetenschap en technologie", "Science and technology"),
    "TRAN": ("Vervoer", "Transport"),
}
"""What a dataset is about: Dutch and English label by code, of the EU authority table data-theme."""

ACCESS_RIGHTS: Mapping[str, tuple[str, str]] = {
    "PUBLIC": ("openbaar", "public"),
    "RESTRICTED": ("beperkt", "restricted"),
    "NON_PUBLIC": ("niet-openbaar", "non-public"),
}
"""Who may see a dataset: likewise, of the authority table access-right."""

FREQUENCIES: Mapping[str, tuple[str, str]] = {
    "ANNUAL": ("jaarlijks", "annual"),
    "BIENNIAL": ("tweejaarlijks", "biennial"),
    "CONT": ("voortdurend", "continuous"),
    "DAILY": ("dagelijks", "daily"),
    "IRREG": ("onregelmatig", "irregular"),
    "MONTHLY": ("maandelijks", "monthly"),
    "NEVER": ("nooit", "never"),
    "QUARTERLY": ("driemaandelijks", "quarterly"),
    "TRIENNIAL": ("driejaarlijks", "triennial"),
    "UNKNOWN": ("onbekend", "unknown"),
    "WEEKLY": ("wekelijks", "weekly"),
}
"""How often a dataset is brought up to date: the part of the authority table frequency that an agenda may need."""


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """What the publication tells about its agenda: key, titles and descriptions in nl and en, key of the publisher."""

    key: str
    title: str
    title_en: str
    description: str
    description_en: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Where questions about the data go; a role or an office, never a person."""

    name: str
    email: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueFacts:
    """What the publication tells portals; codes are those of the EU authority tables."""

    title: str
    title_en: str
    creator: str
    contact: Contact
    license: str
    access_rights: str
    frequency: str
    themes: tuple[str, ...]
    keywords: tuple[str, ...]
    keywords_en: tuple[str, ...]
    spatial: str
    homepage: str
