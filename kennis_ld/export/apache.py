"""Rules for Apache in front of the files of a static site, as `.htaccess` in their folder.

SetEnvIf takes the weight of each media type from the Accept header, in thousandths, and conditions on these choose a
form; RewriteRule leads to its file, or elsewhere. What a rule has chosen for the headers of an answer stands in
variables, to which Apache gives another name when it looks for the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kennis_ld.export.rules import KEEP, NO_WEIGHT, ORDERS, SUFFIX, THING, StaticSite, quoted

_CHOSEN = {
    "Vary": "kld_vary",
    "Link": "kld_link",
    "Content-Location": "kld_location",
    "Content-Disposition": "kld_disposition",
    "Cache-Control": "kld_cache",
}
"""The headers that rules choose, and the variable of each."""

_FIRST = r"(?:^|,)\s*"
_WEIGHT = r"\s*(?:;[^,]*?)?;\s*q={value}\s*(?:[;,]|$)"
_THOUSANDTHS = {
    r"1(?:\.0*)?": "1000",
    r"(?:0+\.?0*|\.0+)": "0",
    r"0?\.(\d)": "$100",
    r"0?\.(\d\d)": "$10",
    r"0?\.(\d\d\d)\d*": "$1",
}
"""What a weight is in thousandths: `$1` with the noughts that are missing."""


def rules(site: StaticSite) -> str:
    """Returns what stands in `.htaccess`."""
    lines = [
        "# Made by kennis-ld export, for Apache 2.4 with mod_rewrite, mod_setenvif, mod_headers and mod_mime; the",
        "# folder needs AllowOverride All. It is made again with every export.",
        "Options -Indexes -MultiViews",
        "DirectorySlash Off",
        "DirectoryIndex disabled",
        f"ErrorDocument 404 {site.prefix}/404.html",
        "AddDefaultCharset Off",
        "RemoveLanguage .en .nl",
        *(f'AddType "{kind}" .{suffix}' for suffix, kind in sorted(site.types.items())),
        *(
            f'<If "%{{REQUEST_URI}} == \'{path}\'">\nForceType "{kind}"\n</If>'
            for path, kind in sorted(site.exceptions.items())
        ),
        *_weights("Accept", {"any": r"\*(?:/\*)?", **_ranges()}, nothing="any"),
        *_most_specific(),
        *_weights("Accept-Language", {each: f"{each}(?:-[a-z0-9-]+)?" for each in ("nl", "en")}),
        *_headers(site),
        "RewriteEngine On",
        f"RewriteBase {site.prefix}/",
        *_choices(),
        *_things(site),
        *_downloads(site),
        *_pages(site),
        *_documents(site),
        *_files(site),
    ]
    return "\n".join(lines) + "\n"


def _ranges() -> Mapping[str, str]:
    """Returns a pattern for each range of media types, by the name of the variable that gets its weight."""
    majors = dict.fromkeys(media_type.partition("/")[0] for media_type in SUFFIX)
    return {major: rf"{major}/\*" for major in majors} | {
        name: "/".join(map(quoted, media_type.split("/"))) for media_type, name in SUFFIX.items()
    }


def _weights(header: str, ranges: Mapping[str, str], *, nothing: str = "") -> Iterator[str]:
    """Yields the weight of each range; who sends no header, or an empty one, likes `nothing` best."""
    if nothing:
        yield rf'SetEnvIf {header} "^\s*$" kld_q_{nothing}=1000'
    for name, pattern in ranges.items():
        yield f'SetEnvIfNoCase {header} "{_FIRST}{pattern}{NO_WEIGHT}" kld_q_{name}=1000'
        for value, thousandths in _THOUSANDTHS.items():
            weight = _WEIGHT.format(value=value)
            yield f'SetEnvIfNoCase {header} "{_FIRST}{pattern}{weight}" kld_q_{name}={thousandths}'


def _most_specific() -> Iterator[str]:
    """Yields the weight of each form: that of the most specific range that it is in (RFC 9110, section 12.5.1)."""
    for media_type, name in SUFFIX.items():
        for each in ("any", media_type.partition("/")[0], name):
            yield f'SetEnvIf kld_q_{each} "^(.+)$" kld_w_{name}=$1'


def _headers(site: StaticSite) -> Iterator[str]:
    """Yields what every answer carries, and what the rules below choose."""
    yield 'SetEnvIf Request_URI "^" kld_cache=no-cache'
    kept = (
        rf"/(?:download/(?!current/)|ldes/[^/]+\.(?:{'|'.join(each for each in SUFFIX.values() if each != 'html')})$)"
    )
    yield f'SetEnvIf Request_URI "^{quoted(site.prefix)}{kept}" "kld_cache={KEEP}"'
    yield f'SetEnvIf Request_URI "^{quoted(site.prefix)}/download/(?!current/)" kld_disposition=attachment'
    yield from (f'Header always set {name} "{value}"' for name, value in site.headers.items())
    for name, variable in _CHOSEN.items():
        # That of the first look at an address, of which the rules below are; then that of the file.
        for each in (f"REDIRECT_{variable}", variable) if variable in _OF_FILES else (variable, f"REDIRECT_{variable}"):
            yield f'Header always set {name} "%{{{each}}}e" env={each}'
    yield 'Header always set Vary "Accept, Accept-Language" env=kld_by_language'


_OF_FILES = {"kld_cache", "kld_disposition"}


def _choices() -> Iterator[str]:
    """Yields which form is chosen: the highest weight, and of equal ones the first that the site offers."""
    for order, offered in ORDERS.items():
        # The last one that fits counts.
        for media_type in reversed(offered):
            name = SUFFIX[media_type]
            yield f'RewriteCond expr "{_weight(name)} -gt 0"'
            for other in offered:
                if other != media_type:
                    yield f'RewriteCond expr "{_weight(name)} -ge {_weight(SUFFIX[other])}"'
            yield f"RewriteRule ^ - [E=kld_{order}:{name}]"
    is_page = "RewriteCond expr \"reqenv('kld_people') == 'html'\""
    yield from (is_page, "RewriteRule ^id/ - [E=kld_by_language:1]")
    yield is_page
    yield "RewriteCond expr \"reqenv('kld_q_en') -gt 0\""
    yield "RewriteCond expr \"reqenv('kld_q_en') -ge reqenv('kld_q_nl')\""
    # Of two languages that are liked equally, the one that comes first.
    yield "RewriteCond expr \"reqenv('kld_q_en') -gt reqenv('kld_q_nl')\" [OR]"
    yield r"RewriteCond %{HTTP:Accept-Language} ^\s*en [NC,NV]"
    yield "RewriteRule ^ - [E=kld_english:.en.html]"


def _weight(name: str) -> str:
    return f"reqenv('kld_w_{name}')"


def _things(site: StaticSite) -> Iterator[str]:
    """Yields where things lead, those that were withdrawn or replaced too."""
    for path in site.taken_away:
        yield rf"RewriteRule ^{quoted(path.removeprefix(f'{site.prefix}/'))}(?:\.(?:en\.)?[a-z]+)?$ - [G]"
    for path in site.withdrawn:
        yield rf"RewriteRule ^(?:id|doc)/{site.thing(path)}(?:\.(?:en\.)?[a-z]+)?$ - [G]"
    for each in site.replaced:
        thing = site.thing(each.path)
        yield f"RewriteRule ^id/{thing}$ {each.to}%{{ENV:kld_english}} [R=301,L,E=kld_vary:Accept]"
        yield rf"RewriteRule ^doc/{thing}((?:\.en)?\.[a-z]+)?$ {each.to}$1 [R=301,L]"
    yield _exists(site, "doc/$1.ttl")
    yield f"RewriteRule ^id/({THING})$ {site.prefix}/doc/$1%{{ENV:kld_english}} [R=303,L,E=kld_vary:Accept]"


def _downloads(site: StaticSite) -> Iterator[str]:
    current = f"download/{site.release}/$1"
    yield _exists(site, current)
    yield f"RewriteRule ^download/current/([A-Za-z.-]+)$ {site.prefix}/{current} [R=307,L]"


def _pages(site: StaticSite) -> Iterator[str]:
    """Yields the pages that lead who likes RDF better to a document, and the addresses that lead everybody to one."""
    for each in sorted(site.described, key=lambda each: each.path):
        path = each.path.removeprefix(f"{site.prefix}/")
        chosen = f'E=kld_vary:Accept,E=kld_link:<{each.document}>; rel="describedby"'
        yield from _refused("people", f"^{path}$")
        yield "RewriteCond expr \"reqenv('kld_people') != 'html'\""
        yield f"RewriteRule ^{path}$ {each.document}.%{{ENV:kld_people}} '[R=303,L,{chosen}]'"
        yield f"RewriteRule ^{path}$ {path or 'index'}.html '[END,{chosen}]'"
    for moved in site.leading:
        yield f"RewriteRule ^{quoted(moved.path.removeprefix(f'{site.prefix}/'))}$ {moved.to} [R=303,L]"


def _documents(site: StaticSite) -> Iterator[str]:
    """Yields the addresses that give one of several files."""
    patterns = {"people": f"doc/{THING}|def", "machines": r"catalog|ldes|ldes/\d+-\d+", "rdf": r"\.well-known/void"}
    for order, pattern in patterns.items():
        file = f"$1.%{{ENV:kld_{order}}}"
        yield from _refused(order, f"^({pattern})$", _exists(site, "$1.ttl"))
        yield _exists(site, "$1.ttl")
        yield f"RewriteRule ^({pattern})$ {file} [END,E=kld_vary:Accept,E=kld_location:{site.prefix}/{file}]"


def _files(site: StaticSite) -> Iterator[str]:
    """Yields the pages of lists, what has a suffix that its address does not have, and what has a slash too many."""
    yield _exists(site, "doc/$1.ttl")
    yield f"RewriteRule ^id/({THING})/$ {site.prefix}/id/$1 [R=301,L]"
    yield from (f"{_exists(site, file)} [OR]" for file in ("$1", "$1.html"))
    yield _exists(site, "$1.ttl")
    yield f"RewriteRule ^(.*[^/])/$ {site.prefix}/$1 [R=301,L]"
    yield "RewriteCond %{QUERY_STRING} ^pagina=([1-9][0-9]*)$"
    yield _exists(site, "$1/pagina-%1.html")
    yield "RewriteRule ^(.+)$ $1/pagina-%1.html [END]"
    for suffix in ("html", "ttl"):
        yield _exists(site, f"$1.{suffix}")
        yield rf"RewriteRule ^([^.]+)$ $1.{suffix} [END]"


def _refused(order: str, pattern: str, *conditions: str) -> Sequence[str]:
    """Returns what is answered to who accepts none of the forms."""
    return [*conditions, f"RewriteCond expr \"reqenv('kld_{order}') == ''\"", f"RewriteRule {pattern} - [R=406,L]"]


def _exists(site: StaticSite, file: str) -> str:
    return f"RewriteCond %{{DOCUMENT_ROOT}}{site.prefix}/{file} -f"
