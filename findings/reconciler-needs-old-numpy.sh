#!/usr/bin/env bash
# reconciler 0.2.2 (PyPI, a client of reconciliation services) installs with NumPy 2 and fails on any name without a candidate.
#
# It says np.NaN, which NumPy 2 does not have. As long as every name has a candidate it works, so a table fails at its first
# name that the service does not know. With "numpy<2" the row comes back with NaN, as it is meant.
# Seen with numpy 2.2.6 and pandas 2.2.3: AttributeError: `np.NaN` was removed in the NumPy 2.0 release.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check reconciler==0.2.2 numpy==2.2.6 pandas==2.2.3
"$folder/venv/bin/python" - <<'PYTHON'
from reconciler import webutils

one = {"id": "a/1", "name": "One", "type": [{"id": "t", "name": "T"}], "score": 100.0, "match": True}
print(webutils.parse_raw_results(["One"], {"0": {"result": [one]}}).to_dict("records"))
try:
    webutils.parse_raw_results(["One", "Nobody"], {"0": {"result": [one]}, "1": {"result": []}})
except AttributeError as error:
    print(error)
    assert "np.NaN" in str(error)
else:
    raise SystemExit("it works now")
PYTHON
