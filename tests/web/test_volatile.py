"""What a query says of itself that must not be kept."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.city import CountingEngine


@pytest.mark.parametrize("accept", ["text/csv", "text/html"])
@pytest.mark.parametrize("call", ["RAND()", "rand()", "R%41ND()", "%6eow()", "STRUUID()", "BNODE()"])
def test_what_changes_each_time_is_asked_each_time(
    own_client: FlaskClient, engine: CountingEngine, call: str, accept: str
) -> None:
    """An answer that is another one each time is not kept, however the address spells it."""
    own_client.get("/sparql", headers={"Accept": accept})
    before = engine.asked
    for _ in range(2):
        target = f"/sparql?query=SELECT%20({call}%20AS%20%3Fx)%20%7B%7D"
        assert 200 == own_client.get(target, headers={"Accept": accept}).status_code
    assert before + 2 == engine.asked
