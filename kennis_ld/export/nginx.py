"""Rules for nginx in front of the files of a static site.

nginx has no negotiation of its own: a `map` for each media type takes its weight from the Accept header, and one for
each order of preference compares the weights, to the hundredth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from kennis_ld.export.rules import KEEP, NO_WEIGHT, ORDERS, SUFFIX, THING, StaticSite, quoted
from kennis_ld.web.negotiation import HTML

_WEIGHT = r"\s*(?:;[^,]*?)?;\s*q=(?<{name}>[\d.]+)\s*(?:[;,]|$)"


def rules(site: StaticSite) -> str:
    """Returns a configuration for the `http` part of nginx."""
    lines = [
        "# Made by kennis-ld export. Include this file in the http part of nginx (as /etc/nginx/conf.d/*.conf is); set",
        "# root to where the folder www stands, and add TLS. It is made again with every export.",
        "map_hash_bucket_size 256;",
        "map_hash_max_size 65536;",
        *(line for media_type in SUFFIX for line in _weight_map(media_type)),
        *(line for name, offered in ORDERS.items() for line in _choice_map(name, offered)),
        *_language_map(),
        *_thing_maps(site),
        *_server(site),
    ]
    return "\n".join(lines) + "\n"


def _weight_map(media_type: str) -> Iterator[str]:
    """Yields the weight of a media type in the Accept header: that of the most specific range (RFC 9110, 12.5.1)."""
    name = SUFFIX[media_type]
    yield f"map $http_accept $kld_q_{name} {{"
    yield '    "" 1;'
    major, _, minor = media_type.partition("/")
    for place, pattern in enumerate((f"{major}/{quoted(minor)}", rf"{major}/\*", r"\*(?:/\*)?")):
        captured = f"kld_{name}_{place}"
        yield rf'    "~*(?:^|,)\s*{pattern}{_WEIGHT.format(name=captured)}" ${captured};'
        yield rf'    "~*(?:^|,)\s*{pattern}{NO_WEIGHT}" 1;'
    yield '    default "";'
    yield "}"


def _choice_map(name: str, offered: Sequence[str]) -> Iterator[str]:
    """Yields which form is chosen: the highest weight, and of equal ones the first that the site offers."""
    weights = "|".join(f"$kld_q_{SUFFIX[media_type]}" for media_type in offered)
    yield f'map "{weights}" $kld_{name} {{'
    for level in _levels():
        for place, media_type in enumerate(offered):
            yield rf'    "~^(?:[^|]*\|){{{place}}}{level}(?:\||$)" {SUFFIX[media_type]};'
    yield "    default none;"
    yield "}"


def _language_map() -> Iterator[str]:
    """Yields the language that who asks for a page likes best (RFC 4647, section 3.4); Dutch where none is named."""
    for language in ("nl", "en"):
        captured = f"kld_{language}_0"
        yield f"map $http_accept_language $kld_q_{language} {{"
        yield rf'    "~*(?:^|,)\s*{language}(?:-[a-z0-9-]+)?{_WEIGHT.format(name=captured)}" ${captured};'
        yield rf'    "~*(?:^|,)\s*{language}(?:-[a-z0-9-]+)?{NO_WEIGHT}" 1;'
        yield '    default "";'
        yield "}"
    yield 'map "$kld_q_nl|$kld_q_en|$http_accept_language" $kld_language {'
    for level in _levels():
        yield rf'    "~*^{level}\|{level}\|\s*en" en;'
        yield rf'    "~^{level}\|" nl;'
        yield rf'    "~^[^|]*\|{level}\|" en;'
    yield "    default nl;"
    yield "}"
    yield 'map "$kld_people|$kld_language" $kld_english { "html|en" .en.html; default ""; }'
    yield 'map $kld_people $kld_id_vary { html "Accept, Accept-Language"; default Accept; }'


def _levels() -> Iterator[str]:
    """Yields a pattern for each weight, from the highest down to the least that is one."""
    yield r"1(?:\.0*)?"
    for level in range(99, 0, -1):
        tenth, hundredth = divmod(level, 10)
        yield rf"0?\.{tenth}{hundredth}\d*" if hundredth else rf"0?\.{tenth}(?:0\d*)?"
    yield r"0?\.00\d*[1-9]\d*"


def _thing_maps(site: StaticSite) -> Iterator[str]:
    """Yields which things were withdrawn or replaced."""
    start = f"^{quoted(site.prefix)}/(?:id|doc)/"
    yield f'map $uri $kld_thing {{ "~{start}(?<kld_t>{THING})(?:\\.(?:en\\.)?[a-z]+)?$" $kld_t; default ""; }}'
    suffix = r"(?<kld_s>\.(?:en\.)?[a-z]+)"
    yield f'map $uri $kld_suffix {{ "~/doc/[^.]+{suffix}$" $kld_s; "~/id/" $kld_english; default ""; }}'
    yield 'map $uri $kld_moved_vary { "~/id/" $kld_id_vary; default ""; }'
    yield "map $kld_thing $kld_gone {"
    yield from (f"    {site.thing(path)} 1;" for path in site.withdrawn)
    yield '    default "";'
    yield "}"
    yield "map $kld_thing $kld_moved {"
    yield from (f"    {site.thing(each.path)} {each.to};" for each in site.replaced)
    yield '    default "";'
    yield "}"
    yield 'map $arg_pagina $kld_page { "~^[1-9][0-9]*$" /pagina-$arg_pagina; default ""; }'
    yield f'map $kld_machines $kld_page_kept {{ html no-cache; default "{KEEP}"; }}'


def _server(site: StaticSite) -> Iterator[str]:
    prefix = site.prefix
    yield "server {"
    yield "    listen 80;"
    yield f"    server_name {site.host};"
    yield f'    root "{site.root}";'
    yield "    absolute_redirect off;"
    yield "    charset utf-8;"
    text = sorted({kind.partition(";")[0] for kind in site.types.values() if "charset" in kind} - {HTML})
    yield f"    charset_types {' '.join(text)};"
    yield "    types {"
    for suffix, kind in sorted(site.types.items()):
        yield f"        {kind.partition(';')[0]} {suffix};"
    yield "    }"
    yield f"    error_page 404 {prefix}/404.html;"
    # Of what is answered here, and of nothing in a location below.
    moved = {"Cache-Control": "no-cache", "Vary": "$kld_moved_vary"}
    yield from (f'    add_header {name} "{value}";' for name, value in {**moved, **site.headers}.items())
    yield "    if ($kld_gone) { return 410; }"
    yield "    if ($kld_moved) { return 301 $kld_moved$kld_suffix; }"
    for pattern, answer, own in _locations(site):
        sign, _, rest = pattern.rpartition(" ")
        yield f'    location {sign} "{rest}" {{' if sign else f"    location {rest} {{"
        # All in each place: nginx forgets those of the server where a location adds one of its own.
        for name, value in {**own, **site.headers}.items():
            yield f'        add_header {name} "{value}";'
        yield from (f"        {rule}" for rule in answer)
        yield "    }"
    yield "}"


def _locations(site: StaticSite) -> Iterator[tuple[str, Sequence[str], Mapping[str, str]]]:
    """Yields a pattern of addresses, what is answered there, and the headers of that alone."""
    prefix, usual, kept = site.prefix, {"Cache-Control": "no-cache"}, {"Cache-Control": KEEP}
    yield f"{prefix}/", ["try_files $uri $uri$kld_page.html $uri.ttl =404;"], usual
    documents = f"(?<kld_address>{quoted(prefix)}"
    yield _negotiated(f"{documents}/(?:doc/{THING}|def))", "people", usual)
    yield _negotiated(f"{documents}/(?:catalog|ldes))", "machines", usual)
    yield _negotiated(rf"{documents}/\.well-known/void)", "rdf", usual)
    for path in site.taken_away:
        yield rf"~ ^{quoted(path)}(?:\.(?:en\.)?[a-z]+)?$", ["return 410;"], {}
    yield _negotiated(rf"{documents}/ldes/\d+-\d+)", "machines", {"Cache-Control": "$kld_page_kept"})
    yield rf"~ ^{quoted(prefix)}/ldes/[^/]+\.(?:ttl|jsonld|rdf|nt)$", ["try_files $uri =404;"], kept
    yield f"{prefix}/download/", ["try_files $uri =404;"], kept | {"Content-Disposition": "attachment"}
    current = f"{prefix}/download/{site.release}/$kld_file"
    yield (
        f"~ ^{quoted(prefix)}/download/current/(?<kld_file>[A-Za-z.-]+)$",
        [f"if (!-f $document_root{current}) {{ return 404; }}", f"return 307 {current};"],
        usual,
    )
    yield (
        f"~ ^{quoted(prefix)}/id/(?<kld_id>{THING})$",
        [
            f"if (!-f $document_root{prefix}/doc/$kld_id.ttl) {{ return 404; }}",
            f"return 303 {prefix}/doc/$kld_id$kld_english;",
        ],
        usual | {"Vary": "$kld_id_vary"},
    )
    for each in sorted(site.described, key=lambda each: each.path):
        file = f"{prefix}/index.html" if each.path == f"{prefix}/" else f"{each.path}.html"
        yield (
            f"= {each.path}",
            [
                "if ($kld_people = none) { return 406; }",
                f"if ($kld_people != html) {{ return 303 {each.document}.$kld_people; }}",
                f"try_files {file} =404;",
            ],
            usual | {"Vary": "Accept", "Link": f'<{each.document}>; rel=\\"describedby\\"'},
        )
    # With a slash behind it an address leads to the one without, where something is there.
    for pattern, files in (
        (f"(?<kld_bare>{quoted(prefix)}/id/(?<kld_id>{THING}))", ("doc/$kld_id.ttl",)),
        (f"(?<kld_bare>{quoted(prefix)}/(?<kld_file>.*[^/]))", ("$kld_file", "$kld_file.html", "$kld_file.ttl")),
    ):
        leads = "{ return 301 $kld_bare$is_args$args; }"
        rules = [*(f"if (-f $document_root{prefix}/{file}) {leads}" for file in files), "return 404;"]
        yield f"~ ^{pattern}/$", rules, usual
    for leading in site.leading:
        yield f"= {leading.path}", [f"return 303 {leading.to};"], {}
    for pattern, kind in _patterns(site.exceptions):
        yield pattern, ["types { }", f"default_type {kind.partition(';')[0]};"], usual


def _negotiated(pattern: str, order: str, headers: Mapping[str, str]) -> tuple[str, Sequence[str], Mapping[str, str]]:
    answer = [
        "if (!-f $document_root$kld_address.ttl) { return 404; }",
        f"if ($kld_{order} = none) {{ return 406; }}",
        f"try_files $kld_address.$kld_{order} =404;",
    ]
    return f"~ ^{pattern}$", answer, {**headers, "Vary": "Accept", "Content-Location": f"$kld_address.$kld_{order}"}


def _patterns(exceptions: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yields a pattern of addresses with their media type, one for all in a folder that end in the same suffix."""

    def place(path: str) -> tuple[str, str]:
        return path.rpartition("/")[0], path.rpartition(".")[2]

    for (folder, suffix), group in groupby(sorted(exceptions, key=place), key=place):
        paths = list(group)
        kinds = {exceptions[path] for path in paths}
        if len(paths) > 1 and len(kinds) == 1:
            yield rf"~ ^{quoted(folder)}/[^/]+\.{suffix}$", kinds.pop()
        else:
            yield from ((f"= {path}", exceptions[path]) for path in paths)
