"""Leaves out what a PDF draws on layers that are turned off, and knows soft hyphens: the library does neither.

Importing nothing and changing two names, as `kennis_ld.reading.pdfstreams` does: what a page is drawn with. A program
that breaks words at the end of a line says of their hyphens that they stand for a soft one (ISO 32000-1, 14.9.4).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import pdfplumber.page
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import dict_value, list_value, resolve1
from pdfminer.psparser import LIT, PSLiteral
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from kennis_ld.reading.wellformed import SOFT_HYPHEN

_HYPHEN_TEXTS = (b"\xfe\xff\x00\xad", b"\xad")


def leave_out(layers: Collection[int]) -> None:
    """Has pages drawn from now on without what stands on the layers with these numbers of their objects."""

    class Drawing(_Drawing):
        off = layers

    library: Any = pdfplumber.page
    library.PDFPageAggregatorWithMarkedContent = Drawing
    library.PDFPageInterpreter = _Interpreter


class _Interpreter(PDFPageInterpreter):
    """Tells the drawing in which layer it is, also that of a whole form."""

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802
        if isinstance(props, PSLiteral):
            props = dict_value(self.resources.get("Properties")).get(props.name)
        super().do_BDC(tag, props)

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        form = resolve1(self.xobjmap.get(getattr(xobjid_arg, "name", "")))
        self.device.begin_tag(LIT("OC"), form.get("OC") if form else None)
        super().do_Do(xobjid_arg)
        self.device.end_tag()


class _Drawing(PDFPageAggregatorWithMarkedContent):
    """Draws a page; `off` are the layers that are not shown."""

    off: Collection[int] = ()

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._marks: list[tuple[bool, bool]] = []  # those that are open: not shown, a soft hyphen

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        super().begin_tag(tag, props)
        known = resolve1(props)
        of_layer = tag.name == "OC" and self._is_off(props)
        soft = isinstance(known, dict) and resolve1(known.get("ActualText")) in _HYPHEN_TEXTS
        self._marks.append((of_layer, soft))

    def end_tag(self) -> None:
        super().end_tag()
        self._marks = self._marks[:-1]

    def _is_off(self, layer: Any) -> bool:
        """Whether a layer is off, or all of those by which another one is shown."""
        members = resolve1(layer)
        members = members.get("OCGs") if isinstance(members, dict) else None
        each = list_value(members) if isinstance(resolve1(members), list) else [members or layer]
        return bool(each) and all(getattr(one, "objid", None) in self.off for one in each)

    def render_char(self, *given: Any, **more: Any) -> float:
        advance: float = self._drawn(super().render_char, *given, **more)
        return advance

    def render_image(self, *given: Any, **more: Any) -> None:
        self._drawn(super().render_image, *given, **more)

    def paint_path(self, *given: Any, **more: Any) -> None:
        self._drawn(super().paint_path, *given, **more)

    def _drawn(self, draw: Callable[..., Any], *given: Any, **more: Any) -> Any:
        items: list[Any] = self.cur_item._objs
        count = len(items)
        done = draw(*given, **more)
        if any(is_off for is_off, _ in self._marks):
            del items[count:]
        elif self._marks and self._marks[-1][1]:
            for letter in items[count:]:
                letter._text = SOFT_HYPHEN
        return done
