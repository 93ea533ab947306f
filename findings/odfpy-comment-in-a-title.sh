#!/usr/bin/env bash
# odfpy 1.4.1 (PyPI): what a colleague noted beside a project is in the middle of its title, with the name of the colleague and the day.
#
# A comment and a footnote are elements within the paragraph that they belong to: office:annotation, with dc:creator and dc:date in it, and
# text:note (OpenDocument 1.3, part 3, under these names); people see neither in the line. teletype.extractText, by which odfpy has the text of a
# paragraph, goes through all that is in it, so "Park", a comment and "Noord" are one word with a person in it; of text that was deleted with
# changes tracked, extractText of the whole document has that too. Nothing is said. pandoc 3.9 (pypandoc_binary 1.17) and odfdo 3.27.3 keep it
# apart.
# Seen: odfpy "ParkBureau2024-03-01T00:00:00nog bellen Noord", "Weg1Zie de bijlage West"; pandoc "Park Noord", odfdo "Park[*] Noord".
# kennis-ld reads neither as text, and says that there are comments (kennis_ld/reading/odf.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check odfdo==3.27.3 odfpy==1.4.1 pypandoc_binary==1.17
cd "$folder"
venv/bin/python - <<'PYTHON'
import pypandoc
from odf import dc, office, opendocument, teletype, text
from odfdo import Document

document = opendocument.OpenDocumentText()
title = text.P(text="Park")
comment = office.Annotation()
for part in (dc.Creator(text="Bureau"), dc.Date(text="2024-03-01T00:00:00"), text.P(text="nog bellen")):
    comment.addElement(part)
title.addElement(comment)
title.addText(" Noord")
document.text.addElement(title)
title = text.P(text="Weg")
note = text.Note(id="n1", noteclass="footnote")
note.addElement(text.NoteCitation(text="1"))
body = text.NoteBody()
body.addElement(text.P(text="Zie de bijlage"))
note.addElement(body)
title.addElement(note)
title.addText(" West")
document.text.addElement(title)
document.save("note.odt")

read = [teletype.extractText(each) for each in opendocument.load("note.odt").text.childNodes if each.tagName == "text:p"]
lines = pypandoc.convert_file("note.odt", "plain").splitlines()[0], Document("note.odt").get_formatted_text().splitlines()[0]
print("odfpy", read, "pandoc, odfdo", lines)
assert ["ParkBureau2024-03-01T00:00:00nog bellen Noord", "Weg1Zie de bijlage West"] == read
assert ("Park Noord", "Park[*] Noord") == lines
PYTHON
