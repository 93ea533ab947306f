"""Makes hostile requests to a SPARQL endpoint from a grammar, each with all that may honestly come of it.

A query is a pattern that costs much (products, paths, values, growing texts, nesting, long plans) in a form (counted,
sorted, grouped, asked, constructed, sliced), with its sizes and its wording chosen at random; around it stand requests
that are wrong in themselves.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from urllib.parse import quote, urlencode

from tests.engine import calling_texts
from tests.isolation.attacks import (
    ANSWERED,
    DIRECT,
    FORM,
    HEAVY,
    MALFORMED,
    MOST_TEXT,
    REFUSED,
    STOPPED,
    TOO_LARGE,
    Attack,
    asked,
    sent,
)


class Grammar:
    """Makes one attack after the other."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._kinds: tuple[Callable[[], Attack], ...] = (
            self._endless,
            self._endless,
            self._perhaps_endless,
            self._growing,
            self._nested,
            self._nested,
            self._planned,
            self._planned,
            self._regex,
            self._constructed,
            self._slice,
            self._extreme,
            self._long,
            self._cut,
            self._noise,
            self._calling,
            self._update,
            self._parameters,
        )

    def attack(self) -> Attack:
        """Returns the next attack."""
        return self._chance.choice(self._kinds)()

    # Patterns, each of which has more solutions than anyone can count.

    def _product(self) -> str:
        return " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(self._chance.randint(5, 60)))

    def _paths(self) -> str:
        path = self._chance.choice(("(<p>|!<p>)*", "(!<p>)+", "(^!<p>|!<p>)*", "((!<p>/^!<p>)|!<q>)+", "(!<p>)?/!<q>"))
        return " ".join(f"?a{n} {path} ?c{n} ." for n in range(self._chance.randint(4, 8)))

    def _rows(self) -> str:
        number = self._chance.randint(400, 1000)
        rows = " ".join(map(str, range(number)))
        return " ".join(f"VALUES ?c{n} {{ {rows} }}" for n in range(self._chance.randint(6, 12)))

    def _unions(self) -> str:
        arms = " UNION ".join(f"{{ ?a{n} ?b{n} ?c0 }}" for n in range(self._chance.randint(2, 9)))
        return f"{arms} {self._product()}"

    def _subqueries(self) -> str:
        return " ".join(
            f"{{ SELECT * {{ ?a{n} ?b{n} ?c{n} . ?d{n} ?e{n} ?f{n} }} }}" for n in range(self._chance.randint(4, 9))
        )

    def _endless_pattern(self) -> str:
        return self._chance.choice((self._product, self._paths, self._rows, self._unions, self._subqueries))()

    # Attacks.

    def _endless(self) -> Attack:
        """A pattern without end, in a form that has to see all of it."""
        pattern = self._endless_pattern()
        text = self._chance.choice(
            (
                "SELECT (COUNT(*) AS ?n) { %s }",
                "SELECT (COUNT(DISTINCT ?c0) AS ?n) { %s }",
                "SELECT * { %s } ORDER BY ?c1 LIMIT 1",
                "SELECT * { %s } ORDER BY DESC(?c0) ?c1 OFFSET 5 LIMIT 5",
                "SELECT (MAX(STRLEN(STR(?c0))) AS ?n) { %s }",
                "SELECT (GROUP_CONCAT(STR(?c1)) AS ?n) { %s }",
                "SELECT ?c2 (COUNT(*) AS ?n) { %s } GROUP BY ?c2 HAVING (COUNT(*) > 5)",
                "SELECT (SUM(1) AS ?n) { { SELECT DISTINCT * { %s } } }",
                "ASK { { SELECT (COUNT(*) AS ?n) { %s } } FILTER (?n = 0) }",
                "CONSTRUCT { <a> <b> ?n } { SELECT (COUNT(*) AS ?n) { %s } }",
            )
        )
        return asked(self._chance, "endless", STOPPED, text % pattern)

    def _perhaps_endless(self) -> Attack:
        """A pattern without end, in a form that may stop early."""
        pattern, number = self._endless_pattern(), self._chance.choice((1, 10, 9_999, 10_000, 10_001, 10**9))
        text = self._chance.choice(
            (
                "SELECT * { %s }",
                "SELECT ?c0 ?c1 { %s } LIMIT {n}",
                "SELECT DISTINCT ?c0 { %s } LIMIT {n}",
                "SELECT REDUCED ?c1 { %s } OFFSET {n}",
                "ASK { %s }",
                "DESCRIBE ?c0 { %s } LIMIT {n}",
                "SELECT * { ?s ?p ?o FILTER NOT EXISTS { %s } }",
                "SELECT * { ?s ?p ?o MINUS { %s } }",
                "SELECT * { OPTIONAL { %s } } LIMIT {n}",
                "SELECT (RAND() AS ?r) { %s } LIMIT {n}",
            )
        )
        return asked(self._chance, "perhaps endless", HEAVY, text.replace("{n}", str(number)) % pattern)

    def _growing(self) -> Attack:
        """A text that grows with each step."""
        step, factor = self._chance.choice(
            (
                ("CONCAT(?x{n}, ?x{n})", 1.0),
                ("CONCAT(?x{n}, 'y', ?x{n}, ?x{n})", 1.58),
                ('REPLACE(?x{n}, ".", "%s")' % ("z" * 32), 5.0),
                ("ENCODE_FOR_URI(CONCAT(?x{n}, '%', ?x{n}))", 1.0),
                ("STR(CONCAT(UCASE(?x{n}), LCASE(?x{n})))", 1.0),
            )
        )
        steps = self._chance.randint(4, 60)
        binds = " ".join(f"BIND({step.replace('{n}', str(n))} AS ?x{n + 1})" for n in range(steps))
        last = self._chance.choice((f"(STRLEN(?x{steps}) AS ?n)", f"?x{steps}", f"(SHA256(?x{steps}) AS ?n)"))
        # 64 characters doubled 36 times are more than any budget.
        outcomes = STOPPED if steps * factor >= 36 else HEAVY
        return asked(self._chance, "growing text", outcomes, f'SELECT {last} {{ BIND("{"x" * 64}" AS ?x0) {binds} }}')

    def _nested(self) -> Attack:
        """One of the shapes that can be put into themselves, as deep as the text can be long."""
        before, around, after = self._chance.choice(SHAPES)
        opening, middle, closing = around
        most = (MOST_TEXT - len(before) - len(middle) - len(after) - 200) // (len(opening) + len(closing))
        times = min(most, self._chance.choice((10, 100, 1000, 5000, most)))
        text = before + opening * times + middle + closing * times + after
        return asked(self._chance, "nested", HEAVY | MALFORMED, text, plain=True)

    def _planned(self) -> Attack:
        """A query that takes longer to plan than to read."""
        number = self._chance.randint(20, 800)
        chain = " ".join(f"?x{n} ?p{n} ?x{n + 1} ." for n in range(number))
        text = self._chance.choice(
            (
                f"SELECT * {{ {chain} }} LIMIT 1",
                f"SELECT * {{ {' '.join(f'?x <p{n}> ?o{n} .' for n in range(number))} }}",
                f"SELECT * {{ ?s ?p {'(' * number}1{')' * number} }}",
                f"SELECT * {{ ?s ?p ({' '.join(map(str, range(number * 8)))}) }}",
                f"SELECT * {{ ?s ?p ?o FILTER ({' || '.join(f'?o = {n}' for n in range(number * 5))}) }}",
                f"SELECT {' '.join(f'?v{n}' for n in range(number * 8))} {{ ?s ?p ?o }} LIMIT 1",
                f"SELECT * {{ {' '.join(f'OPTIONAL {{ ?x{n} ?p{n} ?x{n + 1} }}' for n in range(number))} }} LIMIT 1",
                f"SELECT * {{ {' UNION '.join(f'{{ ?s <p{n}> ?o }}' for n in range(number))} }}",
                f"SELECT * {{ ?s {'|'.join(f'<p{n}>' for n in range(number))} ?o }}",
                f"SELECT * {{ ?s {'/'.join(f'<p{n}>?' for n in range(number))} ?o }} LIMIT 1",
                f"SELECT * {{ ?s ?p [{'; '.join(f'<p{n}> []' for n in range(number))}] }}",
            )
        )
        return asked(self._chance, "planned", HEAVY, text)

    def _regex(self) -> Attack:
        """Expressions that are exponential for many engines, or another one for each row."""
        length = self._chance.randint(20, 40_000)
        pattern = self._chance.choice(
            ("(a+)+$", "(a|aa)*b", "(a*)*c", "(.*)(.*)(.*)d", "^(([a-z])+.)+[A-Z]$", "a{1,500}")
        )
        if self._chance.random() < 0.5:
            return asked(self._chance, "regex", ANSWERED, f'ASK {{ FILTER REGEX("{"a" * length}!", "{pattern}") }}')
        condition = "REGEX(STR(?c), CONCAT(STR(?f), '(a+)+')) || !BOUND(?g)"
        text = f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f FILTER ({condition}) }}"
        return asked(self._chance, "regex for each row", HEAVY, text)

    def _constructed(self) -> Attack:
        triples = " ".join(f"?a <p{n}> ?f{n % 3} ." for n in range(self._chance.randint(50, 1000)))
        pattern = "?a ?b ?f0 . ?c ?d ?f1 . ?e ?g ?f2"
        end = self._chance.choice(("", "", " LIMIT 5", " ORDER BY ?f1"))
        nodes = self._chance.choice((triples, triples.replace("?a", "_:n"), triples.replace("?a", "[]")))
        return asked(self._chance, "constructed", HEAVY, f"CONSTRUCT {{ {nodes} }} WHERE {{ {pattern} }}{end}")

    def _slice(self) -> Attack:
        """Slices from the ends of what a number can be."""
        number = self._chance.choice((0, 2**31, 2**32, 2**63 - 1, 2**63, 2**64 - 1, 2**64, 10**30, 10**300))
        keyword = self._chance.choice(("OFFSET", "LIMIT"))
        outcomes = MALFORMED if number >= 2**64 else ANSWERED
        more = self._chance.choice(("", " OFFSET 3" if keyword == "LIMIT" else " LIMIT 3"))
        return asked(self._chance, "slice", outcomes, f"SELECT * {{ <thing/1> ?p ?o }} {keyword} {number}{more}")

    def _extreme(self) -> Attack:
        """Values from the ends of what a value can be."""
        expression = self._chance.choice(
            (
                "9223372036854775807 + 1",
                "-9223372036854775808 / -1",
                "1.0 / 0.00000000000000000001",
                "1 / 0",
                "1e308 * 1e308",
                f"{'9' * self._chance.randint(1, 5000)}",
                f"0.{'0' * self._chance.randint(1, 5000)}1 * 3",
                'SUBSTR("abc", -9223372036854775808, 9223372036854775807)',
                'SUBSTR("abc", 0e0 / 0e0)',
                'SUBSTR("abc", 2, 1e300)',
                '"99999999999-01-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> - NOW()',
                '"-0001-02-30"^^<http://www.w3.org/2001/XMLSchema#date> < NOW()',
                '"P99999999999Y"^^<http://www.w3.org/2001/XMLSchema#duration> + "P1D"^^<http://a>',
                'STRDT("x", IRI("no iri"))',
                'IRI("http://[")',
                'STRLANG("x", "no language")',
                'REPLACE("abc", "(", "x")',
                'REPLACE("abc", "b", "$9999999999")',
                'REGEX("abc", "\\\\p{Nonsense}")',
                'REGEX("abc", "a{99999999}")',
                "CONCAT(1, <a>)",
                f"CONCAT({', '.join(['?o'] * self._chance.randint(1, 500))})",
                f"COALESCE({', '.join(['1/0'] * self._chance.randint(1, 500))})",
                'BNODE("x") = BNODE("x")',
                "ROUND(1e400)",
                "SECONDS(NOW()) * 1e999",
                'TIMEZONE("2000-01-01T00:00:00+99:99"^^<http://www.w3.org/2001/XMLSchema#dateTime>)',
                f'"{"é𝄞" * self._chance.randint(1, 8000)}" = <{"a:" + "x" * self._chance.randint(1, 8000)}>',
            )
        )
        return asked(
            self._chance, "extreme value", ANSWERED, f"SELECT ({expression} AS ?x) {{ <thing/1> <number> ?o }}"
        )

    def _long(self) -> Attack:
        over = self._chance.choice((1, 10, 10_000, 70_000, 1_000_000))
        filling = self._chance.choice((" ", "#", "\n", "(", "é", "'"))
        text = "SELECT * { ?s ?p ?o } LIMIT 1 #" + filling * MOST_TEXT
        return sent(self._chance, "too long", TOO_LARGE, text[: MOST_TEXT + over] + "x" * over)

    def _cut(self) -> Attack:
        """A good query that ends too early, or has something behind its end."""
        text = (
            "PREFIX e: <http://e/> SELECT ?o (COUNT(*) AS ?n) "
            "{ <thing/7> <name> ?o FILTER(?o != 'x\\n') } GROUP BY ?o LIMIT 5"
        )
        place = self._chance.randint(0, len(text))
        if self._chance.random() < 0.5:
            return sent(self._chance, "cut off", MALFORMED | ANSWERED, text[:place])
        tail = self._chance.choice(
            ("'", '"""', "<", "}", "{", ")", "\\", "\ud7ff", "\ufffe", "LIMIT", "; DROP ALL", "#")
        )
        return sent(
            self._chance,
            "odd end",
            MALFORMED | ANSWERED,
            text[:place] + tail * self._chance.randint(1, 3) + text[place:],
        )

    def _noise(self) -> Attack:
        body = self._chance.randbytes(self._chance.randint(0, 3000))
        outcomes = MALFORMED | {"invalid-request"}
        if self._chance.random() < 0.5:
            return Attack("noise", outcomes, repr(body), "POST", body=body, headers={"Content-Type": DIRECT})
        body = body[:600]
        return Attack("noise", outcomes, repr(body), address=f"/sparql?query={quote(body)}")

    def _calling(self) -> Attack:
        if self._chance.random() < 0.5:
            text = calling_texts.text(self._chance)
            return sent(self._chance, "calling, or nearly", HEAVY | MALFORMED | REFUSED, text)
        gap = self._chance.choice((" ", "", "\n", "#c\r", "\t"))
        call = self._chance.choice(("SERVICE", "service", "SeRviCe"))
        silent = self._chance.choice(("", f"{gap} SILENT "))
        pattern = f"?s ?p ?o .{gap}{call}{gap}{silent}<http://127.0.0.1:9/>{gap}{{{gap}?a ?b ?c }}"
        return sent(self._chance, "calling", REFUSED, self._in_group(pattern))

    def _update(self) -> Attack:
        text = self._chance.choice(
            (
                "INSERT DATA { <a> <b> <c> }",
                "DELETE WHERE { ?s ?p ?o }",
                "LOAD <http://127.0.0.1:9/>",
                "CLEAR ALL",
                "DROP SILENT ALL",
                "PREFIX a: <b> WITH <g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
            )
        )
        match self._chance.randrange(4):
            case 0:
                return sent(self._chance, "update as query", MALFORMED, text)
            case 1:
                address = f"/sparql?{urlencode({'update': text})}"
                return Attack("update", frozenset({"read-only"}), text, address=address)
            case 2:
                body = urlencode({"update": text}).encode()
                return Attack(
                    "update", frozenset({"read-only"}), text, "POST", body=body, headers={"Content-Type": FORM}
                )
            case _:
                headers = {"Content-Type": "application/sparql-update"}
                outcomes = frozenset({"unsupported-media-type"})
                return Attack("update", outcomes, text, "POST", body=text.encode(), headers=headers)

    def _parameters(self) -> Attack:
        """Requests that are no request, and data sets that are not there."""
        good = "SELECT * { <thing/1> ?p ?o }"
        wrong, no_graph = frozenset({"invalid-request"}), frozenset({"invalid-graph"})
        outcomes, pairs = self._chance.choice(
            (
                (wrong, [("query", good)] * self._chance.randint(2, 50)),
                (wrong, [("query", good), *[("x", "y")] * 400]),
                (wrong, [("query", good + "\0")]),
                (no_graph, [("query", good), ("default-graph-uri", "no iri")]),
                (no_graph, [("query", good), ("named-graph-uri", "<>")]),
                (ANSWERED, [("query", good), *[("default-graph-uri", f"http://127.0.0.1:9/{n}") for n in range(100)]]),
                (ANSWERED, [("query", good), ("named-graph-uri", "file:///etc/passwd")]),
                (ANSWERED, [("query", good.replace("{", "FROM <http://127.0.0.1:9/> FROM NAMED <file:///> {"))]),
                (ANSWERED, [("query", good), ("timeout", "0"), ("default-graph-uri", "urn:x")]),
                (ANSWERED, [("query", "DESCRIBE <file:///etc/passwd> <http://127.0.0.1:9/>")]),
                (frozenset({"read-only"}), [("query", good), ("update", "DROP ALL")]),
                (frozenset({"malformed-query"}), [("query", "")]),
            )
        )
        text = urlencode(pairs)
        if self._chance.random() < 0.5:
            return Attack("parameters", outcomes, text[:200], address=f"/sparql?{text}")
        kind, body, more = self._chance.choice(
            (
                (FORM, text.encode(), {}),
                (FORM, text.encode(), {}),
                (f"{DIRECT}; charset=utf-16", good.encode("utf-16"), {}),
                ("text/plain", good.encode(), {}),
                (DIRECT, good.encode(), {"Content-Encoding": "gzip"}),
                (DIRECT, b"ASK {} #\xff\xfe", {}),
            )
        )
        if body != text.encode():
            outcomes = frozenset({"unsupported-media-type"}) if b"\xff\xfe" != body[-2:] else wrong
        return Attack("parameters", outcomes, str(body), "POST", body=body, headers={"Content-Type": kind, **more})

    def _in_group(self, pattern: str) -> str:
        for _ in range(self._chance.randint(0, 4)):
            around = self._chance.choice(
                ("{ %s }", "OPTIONAL { %s }", "{} UNION { %s }", "FILTER EXISTS { %s }", "MINUS { %s }")
            )
            pattern = around % pattern
        return f"SELECT * {{ ?x ?y ?z . {pattern} }} LIMIT 3"


SHAPES = (
    ("SELECT (", ("(", "1", ")"), " AS ?x) {}"),
    ("SELECT (", ("!", "true", ""), " AS ?x) {}"),
    ("SELECT (", ("-", "1", ""), " AS ?x) {}"),
    ("SELECT (1", ("+1", "", ""), " AS ?x) {}"),
    ("SELECT (1", ("*(2", "", ")"), " AS ?x) {}"),
    ("SELECT (true", ("||true", "", ""), " AS ?x) {}"),
    ("SELECT (true", ("&&(true", "", ")"), " AS ?x) {}"),
    ("SELECT (", ("STR(", "1", ")"), " AS ?x) {}"),
    ("SELECT (", ("IF(true,1,", "1", ")"), " AS ?x) {}"),
    ("SELECT (", ("COALESCE(1,", "1", ")"), " AS ?x) {}"),
    ("SELECT (1", (" IN (1", "", ")"), " AS ?x) {}"),
    ("SELECT * ", ("{", "", "}"), ""),
    ("SELECT * { {}", (" UNION {}", "", ""), " }"),
    ("SELECT * {", ("OPTIONAL {", "", "}"), "}"),
    ("SELECT * {", ("MINUS {", "", "}"), "}"),
    ("SELECT * {", ("GRAPH ?g {", "", "}"), "}"),
    ("SELECT * {", ("FILTER EXISTS {", "", "}"), "}"),
    ("SELECT * {", ("FILTER NOT EXISTS {", "?s ?p ?o", "}"), "}"),
    ("SELECT * ", ("{ SELECT * ", "{}", "}"), ""),
    ("SELECT * { ?s ", ("(", "<p>", ")"), " ?o }"),
    ("SELECT * { ?s ", ("^", "<p>", ""), " ?o }"),
    ("SELECT * { ?s ", ("(<p>|", "<p>", ")"), " ?o }"),
    ("SELECT * { ?s ", ("(<p>/", "<p>", ")*"), " ?o }"),
    ("SELECT * { ?s ?p ", ("(", "1", ")"), " }"),
    ("SELECT * { ?s ?p ", ("[<p> ", "1", "]"), " }"),
    ("SELECT * { ?s ?p ", ("<<(", "?a ?b ?c", ")>>"), " }"),
    ("SELECT * { ", ("<<", "?a ?b ?c", ">> ?p ?o "), " }"),
    ("ASK { FILTER(", ("NOT EXISTS { FILTER(", "true", ") }"), ") }"),
)
"""What stands before, the shape itself (opening, middle, closing), and what stands after."""
