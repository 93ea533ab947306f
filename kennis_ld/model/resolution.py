"""Who a name turned out to be: one organisation, one of several, or nobody that the register knows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Way(Enum):
    """How a name was resolved; the value is the key of the concept."""

    NAME = "herleid-naam"
    ABBREVIATION = "herleid-afkorting"
    SPELLING = "herleid-spelling"
    DOUBTFUL_SPELLING = "herleid-twijfelspelling"
    UNIT = "herleid-onderdeel"
    PROVISIONAL = "herleid-voorlopig"
    AMBIGUOUS = "herleid-meerduidig"


@dataclass(frozen=True, slots=True)
class Known:
    """The name is that of one organisation of the register."""

    organisation: str
    way: Way


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The name is that of several organisations of the register; none is chosen."""

    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """The register does not know the name."""


Resolution = Known | Ambiguous | Unknown
