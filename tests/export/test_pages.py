"""A page without what needs a server."""

from __future__ import annotations

import pytest

from kennis_ld.export.pages import standalone


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ('<p>x <a href="/a">a</a> &amp; &#34;<br><!-- c --></p>', None, "what is there stays, byte for byte"),
        ('<p>x <a href="/no"><b>a</b></a> y</p>', "<p>x <b>a</b> y</p>", "a link that leads nowhere is its text"),
        (
            '<ul>\n<li>\n<a href="/no">a</a> <small>3</small></li>\n<li><a href="/a">b</a></li></ul>',
            '<ul>\n\n<li><a href="/a">b</a></li></ul>',
            "an item that begins with such a link goes",
        ),
        ('<ul><li><a href="/no">a</a><ul><li>b</li></ul></li></ul>', "<ul></ul>", "with the list within it"),
        ('<form action="/a"><p><a href="/a">a</a></p></form>b', "b", "a form goes"),
        ('<form role="search"><input name="q"></form>', None, "but for the search"),
        (
            '<form role="search" data-suggestions="/no" data-none="x"><input name="q"></form>',
            '<form role="search" data-none="x"><input name="q"></form>',
            "which suggests nothing where nobody answers",
        ),
        ('<div class="x facets"><div>a</div></div>b', "b", "choices go"),
        ('<!DOCTYPE html>\n<script type="application/ld+json">{"a": "<p>"}</script>', None, "a block of data stays"),
        ('<svg viewBox="0 0 1 1"><rect width="1"/></svg>', None, "a picture stays, with its capitals"),
    ],
)
def test_what_needs_a_server_is_taken_out(text: str, expected: str | None, why: str) -> None:
    """Forms, choices and links that lead nowhere go; all else stays as it was."""
    assert (expected or text) == standalone(text, lambda to: to == "/a"), why
