"""One address of every kind of page, in Dutch: of the bundled agenda, and of the second city."""

from __future__ import annotations

PAGES = (
    "/", "/projecten", "/projecten?trekker=ul&thema=cultureel-erfgoed", "/organisaties", "/themas", "/samenwerking",
    "/samenwerking?organisatie=ul", "/kwaliteit", "/over", "/zoeken?q=ouderen", "/sparql",
    "/sparql?query=SELECT%20*%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%2020", "/sparql?query=fout",
    "/vraag", "/vraag/wie-trekt-het-meest",
    "/vraag/met-wie-werkt-organisatie?organisatie=ul", "/niets", "/def",
    "/def/problems", "/catalog", "/doc/project/leiden-bio-science-park", "/doc/project/stad-en-taal",
    "/doc/organisatie/ul", "/doc/thema/vlaggenschepen", "/doc/deelname/leiden-bio-science-park--ul--trekker",
    "/doc/agendapunt/2023-2027--stad-en-taal", "/doc/editie/2023-2027", "/doc/begrip/beoogd",
    "/doc/identificatie/ul--ror", "/doc/dataset/leiden-kennisstad",
)  # fmt: skip
"""Of the bundled agenda."""

SMALL = (
    "/", "/projecten", "/projecten?trekker=zui", "/organisaties", "/themas", "/samenwerking",
    "/samenwerking?organisatie=zui", "/kwaliteit", "/over", "/zoeken?q=dijk", "/sparql",
    "/sparql?query=SELECT%20*%20WHERE%20%7B%3Fs%20a%20%3Fo%7D%20LIMIT%203", "/sparql?query=fout", "/niets",
    "/vraag", "/vraag/wie-trekt-het-meest", "/vraag/met-wie-werkt-organisatie?organisatie=zui", "/def/problems",
    "/doc/project/zeedijk", "/doc/project/samen-eten", "/doc/organisatie/zui", "/doc/thema/haven",
    "/doc/deelname/zeedijk--zui--trekker", "/doc/agendapunt/2032-2035--zeedijk", "/doc/editie/2032-2035",
    "/doc/begrip/beoogd",
)  # fmt: skip
"""Of the second city, whose pages are short."""

REST = ("/def", "/catalog", "/doc/dataset/zandwijk", "/doc/agenda/zandwijk", "/doc/begrippenkader/themas", "/ldes")
"""Of the second city: kinds that nobody lingers on."""
