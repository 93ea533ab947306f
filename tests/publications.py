"""Writes small publications of a made-up city for tests: each test changes what it is about and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

SETTINGS = """
base_uri = "https://data.zandwijk.example"
language = "nl"

[agenda]
key = "zandwijk"
title.nl = "Kennisagenda Zandwijk"
title.en = "Zandwijk knowledge agenda"
description.nl = "De agenda van een verzonnen stad."
publisher = "gz"

[[editions]]
key = "2030"
document = "agenda.txt"
title.nl = "Agenda 2030"
period = "2030/2031"
issued = "2030-01-02"

[catalogue]
contact.name = "Bureau Kennis"
contact.email = "kennis@zandwijk.example"
license = "https://creativecommons.org/licenses/by/4.0/"
themes = ["GOVE"]
"""

REGISTER = """\
key,name,kind,parent,abbreviations,spellings,evidence
gz,Gemeente Zandwijk,GovernmentOrganization,,GZ,de gemeente,
zu,Universiteit Zandwijk,CollegeOrUniversity,,ZU,,
zu-lab,Zandlab,ResearchOrganization,zu,ZL,,
hd,Hogeschool Duin,CollegeOrUniversity,,HD,,
"""

THEMES = """\
key,number,headings,label,label_en,definition,definition_en,broader
water,1,Water,Water,Water,Projecten over water.,Projects about water.,
zand,2,Zand,Zand,Sand,Projecten over zand.,Projects about sand.,
"""

DOCUMENT = """\
nr\tProject\tBeschrijving\tPartijen
1. Water
1a\tSchone sloten\tStudenten en bewoners meten samen hoe schoon het water in de sloten is.\tT: GZ P: ZU, inwoners
1b\tRegenkaart\tEen kaart die laat zien waar het water blijft als het hard regent.\tT: ZU/ZL P: GZ, HD e.a.
2. Zand
2a\tStuifplan\tHoe de stad bij storm het zand uit de straten houdt, met metingen.\tT: HD, GZ P: ZU
"""


def write(folder: Path, changes: Mapping[str, str] | None = None) -> Path:
    """Writes the publication in a folder, with other contents for the files that `changes` names, and returns it."""
    files = {"publication.toml": SETTINGS, "register.csv": REGISTER, "themes.csv": THEMES, "agenda.txt": DOCUMENT}
    files |= {"groups.csv": "key,name,spellings,open\ninwoners,inwoners,,nee\n"}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (files | dict(changes or {})).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
