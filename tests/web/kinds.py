"""One address of every kind of page of the bundled agenda, in Dutch."""

from __future__ import annotations

PAGES = (
    "/", "/projecten", "/projecten?trekker=ul&thema=cultureel-erfgoed", "/organisaties", "/themas", "/samenwerking",
    "/samenwerking?organisatie=ul", "/kwaliteit", "/over", "/zoeken?q=ouderen", "/sparql",
    "/sparql?query=SELECT%20*%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%2020", "/sparql?query=fout", "/niets", "/def",
    "/def/problems", "/catalog", "/doc/project/leiden-bio-science-park", "/doc/project/stad-en-taal",
    "/doc/organisatie/ul", "/doc/thema/vlaggenschepen", "/doc/deelname/leiden-bio-science-park--ul--trekker",
    "/doc/agendapunt/2023-2027--stad-en-taal", "/doc/editie/2023-2027", "/doc/begrip/beoogd",
    "/doc/identificatie/ul--ror", "/doc/dataset/leiden-kennisstad",
)  # fmt: skip
