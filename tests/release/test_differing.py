"""What two sorted files do not share."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennis_ld.release import differing as module
from kennis_ld.release.differing import differing

LINES = st.lists(st.builds("<{}> {} .\n".format, st.sampled_from(["a", "a-b", "a/b", "é", "z"]), st.integers(0, 5)))


def about(lines: Sequence[bytes]) -> dict[bytes, list[bytes]]:
    return {subject: list(found) for subject, found in groupby(lines, key=lambda line: line.split(b" ")[0])}


@pytest.fixture(scope="module", params=[1, 2, 3, 1_024], autouse=True)
def _at_once(request: pytest.FixtureRequest) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_LINES", request.param)
        yield


@given(one=LINES, other=LINES, size=st.sampled_from([1, 30, 4_000]), shared=st.booleans())
def test_subjects_that_are_not_the_same_come_out(one: list[str], other: list[str], size: int, shared: bool) -> None:
    """Whatever is read and compared at once, out come the subjects with other lines, with all their lines, in order."""
    more = one if shared else []
    before, after = ([line.encode() for line in sorted({*lines, *more}, key=str.encode)] for lines in (one, other))
    old, new = about(before), about(after)
    both = [(old.get(each, []), new.get(each, [])) for each in sorted({*old, *new})]
    found = differing(BytesIO(b"".join(before)), BytesIO(b"".join(after)), at_once=size)
    assert [each for each in both if each[0] != each[1]] == [(list(first), list(second)) for first, second in found]
