#!/usr/bin/env bash
# pandas 3.1.1 with openpyxl 3.1.5 or python-calamine 0.9.1 (PyPI): the project number "1.10", a text in the workbook, becomes 1.1.
#
# A cell of a workbook says what it holds: a text has t="s", "str" or "inlineStr", a number "n" (ECMA-376, part 1, 18.18.11). In a CSV file
# that has to be guessed; here not, and both libraries give pandas the texts. read_excel makes numbers of a column whose texts look like them:
# 1.1 and 1.10 are one project then, and 001 is 1. Where one number has a letter, as 1.10a, the whole column stays as it is: it depends on the
# rows. It is known (pandas-dev/pandas, issues 11331 and 61539). polars 2.1.0 with fastexcel 0.21.0 keeps the texts, and so does dtype=str.
# Seen: pandas [1.1, 1.1] [1, 10], with 1.10a ['1.1', '1.10', '1.10a']; polars and dtype=str ['1.1', '1.10'] ['001', '010'].
# kennis-ld writes agenda.xlsx with a text in every cell, and says how to read it (docs/clients.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 openpyxl==3.1.5 python-calamine==0.9.1 polars==2.1.0 fastexcel==0.21.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import openpyxl
import pandas
import polars


def write(name, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    assert {"s"} == {cell.data_type for row in book.active.rows for cell in row}
    book.save(name)


write("numbers.xlsx", [["number", "code"], ["1.1", "001"], ["1.10", "010"]])
write("letter.xlsx", [["number"], ["1.1"], ["1.10"], ["1.10a"]])
texts = {"number": ["1.1", "1.10"], "code": ["001", "010"]}
for engine in ("openpyxl", "calamine"):
    found = pandas.read_excel("numbers.xlsx", engine=engine).to_dict("list")
    letter = pandas.read_excel("letter.xlsx", engine=engine)["number"].tolist()
    print(engine, found, letter)
    assert {"number": [1.1, 1.1], "code": [1, 10]} == found
    assert ["1.1", "1.10", "1.10a"] == letter
    assert texts == pandas.read_excel("numbers.xlsx", engine=engine, dtype=str).to_dict("list")
assert texts == polars.read_excel("numbers.xlsx").to_dict(as_series=False)
PYTHON
