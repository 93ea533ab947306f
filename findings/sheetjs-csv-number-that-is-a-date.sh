#!/usr/bin/env bash
# SheetJS 0.18.5 (npm, xlsx): in a CSV file the project number "1-2" is 2 January 2001, "1/2" the same day, and "2024-1" 1 January 2024.
#
# A field of CSV is text (RFC 4180, section 2); what it means is for who reads it. SheetJS makes a date of whatever JavaScript reads as one,
# with the year 2001 where there is none, and a number of "1.10" and of "2,5": 1.1 and 25. Two numbers become one day, and the cell is shown in
# the form of a day of the United States: 1/2/01, so what was typed cannot be seen any more. "2024-2026" and "2b" stay. Only { raw: true }
# keeps all as it is. python's csv, and PapaParse 5.7.1 (npm), give the texts.
# Seen: 1-2 36893, 1/2 36893, 2024-1 45292, 1.10 1.1, 2,5 25, 2024-2026 and 2b as they are.
# kennis-ld reads each field as a text (kennis_ld/reading/delimited.py), and says to do so of its own table (docs/clients.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" xlsx@0.18.5 papaparse@5.7.1
cd "$folder"
cat >read.mjs <<'JAVASCRIPT'
import Papa from "papaparse";
import XLSX from "xlsx";

const text = '1-2,1/2,2024-1,1.10,"2,5",2024-2026,2b\n';
const rows = [{}, { raw: true }].map((settings) => {
    const { Sheets } = XLSX.read(text, { type: "string", ...settings });
    return XLSX.utils.sheet_to_json(Sheets.Sheet1, { header: 1 })[0];
});
console.log(JSON.stringify([...rows, Papa.parse(text).data[0]]));
JAVASCRIPT
found=$(TZ=UTC node read.mjs)
echo "SheetJS, SheetJS raw, PapaParse: $found"
texts='["1-2","1/2","2024-1","1.10","2,5","2024-2026","2b"]'
[ "$found" = "[[36893,36893,45292,1.1,25,\"2024-2026\",\"2b\"],$texts,$texts]" ]
