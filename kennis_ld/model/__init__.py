"""The values that travel through the text side: each stage of the pipeline has a frozen type of its own.

    document → SourceRow → Entry → Party (Mention, Group, …) → Resolution → Edition

A finding is a value too: what the software has to say about the data, with a place and the words it is about.
"""

from __future__ import annotations

from kennis_ld.model.decision import Decision
from kennis_ld.model.document import Continuation, Kind, Place, SourceRow
from kennis_ld.model.entry import Certainty, Entry, Participation, ProjectEntry
from kennis_ld.model.extra import Extra, ExtraCell, Facts, Status
from kennis_ld.model.finding import Finding, Severity
from kennis_ld.model.identity import Identity
from kennis_ld.model.organisation import GroupName, Identifier, Organisation
from kennis_ld.model.party import (
    Contact,
    Group,
    Mention,
    Nobody,
    OpenList,
    Party,
    Remark,
    Role,
    Unread,
)
from kennis_ld.model.resolution import Ambiguous, Known, Resolution, Unknown, Way
from kennis_ld.model.theme import Theme

__all__ = [
    "Ambiguous",
    "Certainty",
    "Contact",
    "Continuation",
    "Decision",
    "Entry",
    "Extra",
    "ExtraCell",
    "Facts",
    "Finding",
    "Group",
    "GroupName",
    "Identifier",
    "Identity",
    "Kind",
    "Known",
    "Mention",
    "Nobody",
    "OpenList",
    "Organisation",
    "Participation",
    "Party",
    "Place",
    "ProjectEntry",
    "Remark",
    "Resolution",
    "Role",
    "Severity",
    "SourceRow",
    "Status",
    "Theme",
    "Unknown",
    "Unread",
    "Way",
]
