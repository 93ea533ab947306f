#!/usr/bin/env bash
# csvkit 2.2.0 with agate 1.14.2 (PyPI): csvsort and csvjoin change the project numbers 1-2 to 2001-01-02, and 1d to "1 day, 0:00:00".
#
# A field of CSV is text (RFC 4180, section 2), and who sorts or joins rows expects the fields that went in. Both guess a type for each column
# first, and write what comes of it: of 1-2 and 3-4 two days of 2001, of 1d and 2d two spans of time, of 50% and $5 the numbers 50 and 5, of 2024_1
# the number 20241. One number with another form, as 3b, and the column stays as it is, so it depends on the rows. csvcut, csvgrep and csvstack
# change nothing, and -I makes both leave the fields alone.
# Seen, of 3-4,2d,50%,2024_1 and 1-2,1d,$5,2024_2: 2001-03-04,"2 days, 0:00:00",50,20241 and 2001-01-02,"1 day, 0:00:00",5,20242.
# kennis-ld says to read its own table as texts (docs/clients.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2
cd "$folder"
# shellcheck disable=SC2016 # a dollar is meant
rows='a,3-4,2d,50%,2024_1 b,1-2,1d,$5,2024_2'
{
    echo name,number,span,share,code
    printf '%s\n' $rows
} >projects.csv
printf 'name,theme\na,Groen\nb,Blauw\n' >themes.csv
sorted=$(venv/bin/csvsort -c name projects.csv | tail -n 2 | paste -s -d '|')
joined=$(venv/bin/csvjoin -c name projects.csv themes.csv | tail -n 1)
kept=$(venv/bin/csvsort -I -c name projects.csv | tail -n 2 | paste -s -d ' ')
cut=$(venv/bin/csvcut -c name,number,span,share,code projects.csv | tail -n 2 | paste -s -d ' ')
printf '%s\n' "$sorted" "$joined" "$kept" "$cut"
[ "$sorted" = 'a,2001-03-04,"2 days, 0:00:00",50,20241|b,2001-01-02,"1 day, 0:00:00",5,20242' ]
[ "$joined" = 'b,2001-01-02,"1 day, 0:00:00",5,20242,Blauw' ]
[ "$kept" = "$rows" ]
[ "$cut" = "$rows" ]
