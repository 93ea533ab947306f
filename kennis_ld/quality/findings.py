"""What findings say: what is wrong, and what to do now in which file, in Dutch and in English.

The wording stands here and nowhere else. A code never changes its meaning; `docs/findings.md` lists them all and is
made of what stands here (`kennis_ld.quality.reference`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kennis_ld.model import Severity


@dataclass(frozen=True, slots=True)
class Wording:
    """What a finding of one code says; `{words}`, `{subject}` and the finding's values are filled in.

    Attributes:
        severity: how serious it is.
        nl: what is wrong, in Dutch.
        remedy_nl: what to do now, in Dutch.
        en: what is wrong, in English.
        remedy_en: what to do now, in English.
        file: the file of the publication to put it right in; empty where that is the document itself.
    """

    severity: Severity
    nl: str
    remedy_nl: str
    en: str
    remedy_en: str
    file: str = ""


WORDINGS: Mapping[str, Wording] = {
    "text-outside-table": Wording(
        Severity.INFO,
        "Deze tekst staat buiten de tabel en is niet overgenomen: {words}",
        "Niets, als het een titel of bijschrift is. Is het een kop van een thema, zet hem dan in themes.csv.",
        "This text stands outside the table and was not taken over: {words}",
        "Nothing, if it is a title or a caption. If it is the heading of a theme, add it to themes.csv.",
    ),
    "unknown-theme": Wording(
        Severity.WARNING,
        "De kop “{words}” is geen thema van deze publicatie; er is een voorlopig thema gemaakt.",
        "Zet de kop in themes.csv, met een label en een omschrijving.",
        "The heading “{words}” is no theme of this publication; a provisional theme was made.",
        "Add the heading to themes.csv, with a label and a definition.",
        "themes.csv",
    ),
    "row-without-number": Wording(
        Severity.VIOLATION,
        "Deze rij heeft geen nummer en is geen vervolg van de rij erboven: {words}",
        "Geef de rij in het document een nummer, of voeg haar bij de rij waar ze bij hoort.",
        "This row has no number and does not continue the row above it: {words}",
        "Give the row a number in the document, or join it with the row it belongs to.",
    ),
    "unusual-number": Wording(
        Severity.WARNING,
        "“{words}” staat in de kolom met nummers en ziet er niet uit als een nummer.",
        "Kijk of de cellen van deze rij in de goede kolom staan.",
        "“{words}” stands in the column of numbers and does not look like a number.",
        "Check that the cells of this row stand in the right columns.",
    ),
    "heading-without-entries": Wording(
        Severity.INFO,
        "Onder de kop “{words}” staat geen project.",
        "Niets, als dat zo hoort. Anders zijn er rijen verdwenen of staat de kop op de verkeerde plaats.",
        "No project stands under the heading “{words}”.",
        "Nothing, if that is right. Otherwise rows got lost or the heading is in the wrong place.",
    ),
    "entry-without-title": Wording(
        Severity.VIOLATION,
        "Dit nummer heeft geen projectnaam.",
        "Vul de naam in het document in.",
        "This number has no project title.",
        "Fill in the title in the document.",
    ),
    "unnamed-column": Wording(
        Severity.WARNING,
        "Kolom {column} heeft geen bekende kop; deze tekst is niet overgenomen: {words}",
        "Zet de kop van de kolom in publication.toml onder [columns], of haal de kolom weg.",
        "Column {column} has no known heading; this text was not taken over: {words}",
        "Add the heading of the column under [columns] in publication.toml, or remove the column.",
        "publication.toml",
    ),
    "number-left-out": Wording(
        Severity.INFO,
        "Nummer {words} ontbreekt in de reeks onder “{subject}”.",
        "Niets, als het project is vervallen. Anders is er een rij uit het document verdwenen.",
        "Number {words} is missing in the row of numbers under “{subject}”.",
        "Nothing, if the project was dropped. Otherwise a row got lost from the document.",
    ),
    "unknown-name": Wording(
        Severity.WARNING,
        "“{words}” staat niet in het register; er is een voorlopige organisatie gemaakt. Lijkt op: {suggestions}.",
        "Zet de naam in register.csv: als schrijfwijze van een organisatie die er staat, of als nieuwe rij.",
        "“{words}” is not in the register; a provisional organisation was made. Looks like: {suggestions}.",
        "Add the name to register.csv: as a spelling of an organisation that is there, or as a new row.",
        "register.csv",
    ),
    "ambiguous-name": Wording(
        Severity.WARNING,
        "“{words}” kan meer dan één organisatie zijn: {organisations}. Er is niet gekozen.",
        "Maak de naam in het document duidelijk, of laat in register.csv maar één organisatie zo heten.",
        "“{words}” may be more than one organisation: {organisations}. None was chosen.",
        "Make the name clear in the document, or let only one organisation bear it in register.csv.",
    ),
    "doubtful-spelling": Wording(
        Severity.WARNING,
        "“{words}” is gelezen als {organisation}, maar het register noemt die schrijfwijze twijfelachtig.",
        "Klopt het, zet de schrijfwijze in register.csv dan onder spellings; klopt het niet, haal haar weg.",
        "“{words}” was read as {organisation}, but the register calls that spelling doubtful.",
        "If it is right, move it to spellings in register.csv; if it is wrong, remove it.",
        "register.csv",
    ),
    "doubtful-participation": Wording(
        Severity.WARNING,
        "De bron twijfelt of is niet eenduidig over “{words}” ({doubt}); dat staat zo in de gegevens.",
        "Is het zeker, schrijf het dan in het document zonder voorbehoud achter T: of P:.",
        "The source doubts or is not clear about “{words}” ({doubt}); the data say so.",
        "If it is certain, write it in the document without reserve behind T: or P:.",
    ),
    "remark-in-brackets": Wording(
        Severity.WARNING,
        "De tekst tussen haakjes noemt geen organisatie van het register en is als opmerking bewaard: {words}",
        "Zijn dit partijen, zet hun naam dan in register.csv of schrijf ze zonder haakjes in het document.",
        "The text in brackets names no organisation of the register and is kept as a remark: {words}",
        "If these are parties, add their names to register.csv, or write them without brackets in the document.",
        "register.csv",
    ),
    "unread-words": Wording(
        Severity.WARNING,
        "Van deze woorden is niet te zien of zij trekker of partner zijn: {words}",
        "Zet T: vóór de trekkers en P: vóór de partners.",
        "It does not show whether these words are leads or partners: {words}",
        "Put T: before the leads and P: before the partners.",
    ),
    "contact-person": Wording(
        Severity.WARNING,
        "In de cel staat een contactpersoon. De naam is een persoonsgegeven en is niet gepubliceerd.",
        "Haal de naam uit het document dat u publiceert.",
        "The cell names a contact person. The name is personal data and was not published.",
        "Take the name out of the document that you publish.",
    ),
    "contact-column": Wording(
        Severity.WARNING,
        "In kolom {column} staan contactpersonen. Die kolom is niet gepubliceerd.",
        "Haal de kolom uit het document dat u publiceert.",
        "Column {column} holds contact persons. That column was not published.",
        "Take the column out of the document that you publish.",
    ),
    "personal-details": Wording(
        Severity.WARNING,
        "In de titel of de tekst staat dit van een persoon, en het wordt gepubliceerd: {kinds}.",
        "Haal het uit het document, of zet het in publication.toml onder [persons] publish als het openbaar mag zijn.",
        "The title or the text has this of a person, and it is published: {kinds_en}.",
        "Take it out of the document, or add it to publication.toml under [persons] publish if it may be public.",
        "publication.toml",
    ),
    "number-withheld": Wording(
        Severity.WARNING,
        "In de titel of de tekst staat een nummer dat een {kinds} lijkt te zijn. Het is niet gepubliceerd.",
        "Haal het uit het document. Is het iets anders, zet het dan in publication.toml onder [persons] publish.",
        "The title or the text has a number that looks like this: {kinds}. It was not published.",
        "Take it out of the document. If it is something else, add it to publication.toml under [persons] publish.",
        "publication.toml",
    ),
    "nobody-named": Wording(
        Severity.WARNING,
        "Hier staat nog niemand: “{words}”. Er is geen organisatie van gemaakt; de lijst van partijen staat nog open.",
        "Vul in het document de naam in zodra die bekend is.",
        "Nobody stands here yet: “{words}”. No organisation was made of it; the list of parties is left open.",
        "Fill in the name in the document as soon as it is known.",
    ),
    "name-on-two-lines": Wording(
        Severity.WARNING,
        "“{words}” staat op twee regels en is als één naam gelezen; het register kent die naam niet.",
        "Is het één naam, zet hem dan in register.csv. Zijn het er twee, zet er dan een komma tussen in het document.",
        "“{words}” stands on two lines and was read as one name; the register does not know it.",
        "If it is one name, add it to register.csv. If these are two names, put a comma between them in the document.",
        "register.csv",
    ),
    "unknown-unit": Wording(
        Severity.WARNING,
        "“{words}” is een onderdeel van {whole} dat niet in het register staat; alleen {whole} is overgenomen.",
        "Zet het onderdeel in register.csv, met {whole} in de kolom parent, als het zelf genoemd moet worden.",
        "“{words}” is a part of {whole} that is not in the register; only {whole} was taken over.",
        "Add the part to register.csv, with {whole} as its parent, if it is to be named itself.",
        "register.csv",
    ),
    "new-project": Wording(
        Severity.INFO,
        "Dit project staat nog niet in projects.csv; zijn sleutel wordt “{project}”.",
        "Zet deze regel in projects.csv, zodat het project zijn URI houdt als de titel verandert: {line}",
        "This project is not in projects.csv yet; its key will be “{project}”.",
        "Add this line to projects.csv, so that the project keeps its URI when its title changes: {line}",
        "projects.csv",
    ),
    "identity-undecided": Wording(
        Severity.VIOLATION,
        "Dit agendapunt staat niet in projects.csv, en het kan een bekend project zijn: {candidates_nl}.",
        "Beslis. Is het dat project, zet dan deze regel in projects.csv: {line} Is het een nieuw project, zet de regel "
        "er dan in met een eigen sleutel vooraan.",
        "This entry is not in projects.csv, and it may be a known project: {candidates_en}.",
        "Decide. If it is that project, add this line to projects.csv: {line} If it is a new project, add the line "
        "with a key of its own in front.",
        "projects.csv",
    ),
    "identity-conflict": Wording(
        Severity.VIOLATION,
        "projects.csv noemt dit agendapunt “{before}” ({project}), maar “{words}” is de titel van een ander project: "
        "{other}.",
        "Kijk of de nummers in het document verschoven zijn, en verbeter de regel in projects.csv.",
        "projects.csv calls this entry “{before}” ({project}), but “{words}” is the title of another project: {other}.",
        "See whether the numbers in the document have shifted, and correct the line in projects.csv.",
        "projects.csv",
    ),
    "identity-unused": Wording(
        Severity.WARNING,
        "projects.csv beslist over een agendapunt dat het document niet heeft: {words}",
        "Verbeter editie, thema of nummer van deze regel, of haal haar weg.",
        "projects.csv decides about an entry that the document does not have: {words}",
        "Correct edition, theme or number of this line, or remove it.",
        "projects.csv",
    ),
    "title-differs": Wording(
        Severity.WARNING,
        "projects.csv noemt dit project “{before}”, het document “{words}”. De URI blijft die van “{project}”.",
        "Klopt dat, verbeter dan de titel in projects.csv; is het een ander project, geef het een eigen sleutel.",
        "projects.csv calls this project “{before}”, the document “{words}”. The URI remains that of “{project}”.",
        "If that is right, correct the title in projects.csv; if it is another project, give it a key of its own.",
        "projects.csv",
    ),
    "entry-withdrawn": Wording(
        Severity.WARNING,
        "Dit agendapunt staat in het document en wordt niet gepubliceerd: decisions.csv trekt project “{project}” in.",
        "Haal het uit het document dat u publiceert, of haal de beslissing uit decisions.csv.",
        "This entry is in the document and is not published: decisions.csv withdraws project “{project}”.",
        "Take it out of the document that you publish, or remove the decision from decisions.csv.",
        "decisions.csv",
    ),
    "decision-contradicted": Wording(
        Severity.VIOLATION,
        "decisions.csv zegt dat {words} is ingetrokken of vervangen, maar de publicatie gebruikt het nog.",
        "Haal de beslissing weg, of haal weg wat er nog naar verwijst: de rij in register.csv of themes.csv, of de "
        "regel van de laatste editie in projects.csv.",
        "decisions.csv says that {words} was withdrawn or replaced, but the publication still uses it.",
        "Remove the decision, or remove what still refers to it: the row in register.csv or themes.csv, or the line of "
        "the latest edition in projects.csv.",
        "decisions.csv",
    ),
    "decision-dangling": Wording(
        Severity.VIOLATION,
        "decisions.csv vervangt {words} door {replacement}, en dat bestaat niet.",
        "Verbeter replaced_by in decisions.csv.",
        "decisions.csv replaces {words} by {replacement}, which does not exist.",
        "Correct replaced_by in decisions.csv.",
        "decisions.csv",
    ),
    "decision-unknown": Wording(
        Severity.WARNING,
        "decisions.csv beslist over {words}, dat geen eerdere uitgave kent.",
        "Kijk of de URI goed geschreven is; is zij nooit gepubliceerd, dan is de beslissing niet nodig.",
        "decisions.csv decides about {words}, which no earlier release knows.",
        "See whether the URI is written correctly; if it was never published, the decision is not needed.",
        "decisions.csv",
    ),
    "kind-differs": Wording(
        Severity.WARNING,
        "De naam van “{words}” past niet bij de inhoud: die is {kind}. Het document is gelezen als {kind}.",
        "Geef het bestand een naam die op .{kind} eindigt, of kijk of het het goede bestand is.",
        "The name of “{words}” does not fit its content, which is {kind}. It was read as {kind}.",
        "Give the file a name that ends in .{kind}, or see whether it is the right file.",
    ),
    "encoding-guessed": Wording(
        Severity.WARNING,
        "Het document zegt niet hoe zijn letters zijn opgeslagen. Gelezen als {encoding}; klopt dit? {words}",
        "Sla het document op als UTF-8 (in Excel: “CSV UTF-8”).",
        "The document does not say how its letters are stored. Read as {encoding}; is this right? {words}",
        "Save the document as UTF-8 (in Excel: “CSV UTF-8”).",
    ),
    "garbled-letters": Wording(
        Severity.WARNING,
        "Deze letters zijn waarschijnlijk eerder verkeerd omgezet: {words}",
        "Verbeter de letters in het document, of haal de tekst opnieuw uit het origineel.",
        "These letters were probably converted wrongly before: {words}",
        "Correct the letters in the document, or take the text from the original again.",
    ),
    "invisible-characters": Wording(
        Severity.WARNING,
        "Hier staan onzichtbare tekens of tekens die de leesrichting omkeren ({characters}): {words}",
        "Haal ze weg in het document; ze zijn overgenomen, en wie zoekt, vindt deze tekst niet.",
        "There are invisible characters here, or ones that turn the direction of reading ({characters}): {words}",
        "Take them out of the document; they were taken over, and who searches will not find this text.",
    ),
    "row-in-quotes": Wording(
        Severity.VIOLATION,
        "Tussen aanhalingstekens staat wat een hele rij lijkt te zijn: {words}",
        "Kijk of vóór of in deze cel een aanhalingsteken te veel of te weinig staat.",
        "Between quotation marks stands what seems to be a whole row: {words}",
        "See whether there is a quotation mark too many or too few before or in this cell.",
    ),
    "row-of-other-table": Wording(
        Severity.WARNING,
        "Deze rij hoort bij een andere tabel dan de agenda en is niet overgenomen: {words}",
        "Niets, als die tabel geen projecten bevat. Geef haar anders dezelfde kolommen als de agenda.",
        "This row belongs to another table than the agenda and was not taken over: {words}",
        "Nothing, if that table holds no projects. Otherwise give it the columns of the agenda.",
    ),
    "merged-cells": Wording(
        Severity.WARNING,
        "“{words}” staat in een samengevoegde cel en telt alleen voor de eerste rij en kolom daarvan.",
        "Splits de cel, en vul de tekst in elke rij in waarvoor hij geldt.",
        "“{words}” stands in a merged cell and counts for the first row and column of it only.",
        "Split the cell, and fill in the text in every row it holds for.",
    ),
    "hidden-sheet": Wording(
        Severity.WARNING,
        "Het verborgen werkblad “{words}” is niet gelezen.",
        "Maak het zichtbaar als het bij de agenda hoort; haal het anders weg.",
        "The hidden sheet “{words}” was not read.",
        "Make it visible if it belongs to the agenda; otherwise remove it.",
    ),
    "hidden-columns": Wording(
        Severity.WARNING,
        "Verborgen kolommen zijn niet gelezen: {words}.",
        "Maak ze zichtbaar als ze bij de agenda horen; haal ze anders weg.",
        "Hidden columns were not read: {words}.",
        "Make them visible if they belong to the agenda; otherwise remove them.",
    ),
    "hidden-rows": Wording(
        Severity.WARNING,
        "Verborgen of weggefilterde rijen zijn niet gelezen: {words}.",
        "Zet filters uit en maak de rijen zichtbaar als ze bij de agenda horen; haal ze anders weg.",
        "Rows that are hidden or filtered out were not read: {words}.",
        "Clear filters and make the rows visible if they belong to the agenda; otherwise remove them.",
    ),
    "hidden-text": Wording(
        Severity.WARNING,
        "Hier staat verborgen tekst; die is niet gelezen.",
        "Maak de tekst zichtbaar als hij bij de agenda hoort; haal hem anders weg.",
        "Hidden text stands here; it was not read.",
        "Make the text visible if it belongs to the agenda; otherwise remove it.",
    ),
    "formula": Wording(
        Severity.INFO,
        "Deze cellen bevatten een formule; gelezen is de laatst berekende waarde: {words}.",
        "Niets, als het werkblad is herberekend voor het is opgeslagen.",
        "These cells hold a formula; the value computed last was read: {words}.",
        "Nothing, if the sheet was computed anew before it was saved.",
    ),
    "formula-without-value": Wording(
        Severity.VIOLATION,
        "Deze cellen bevatten een formule zonder berekende waarde: {words}.",
        "Open het bestand in Excel of LibreOffice en sla het op, of vervang de formules door hun waarde.",
        "These cells hold a formula without a computed value: {words}.",
        "Open the file in Excel or LibreOffice and save it, or replace the formulas by their values.",
    ),
    "cell-error": Wording(
        Severity.VIOLATION,
        "In deze cellen staat een foutmelding van het rekenblad: {words}.",
        "Herstel de formules, of vul de tekst in.",
        "These cells show an error of the spreadsheet: {words}.",
        "Repair the formulas, or fill in the text.",
    ),
    "comments": Wording(
        Severity.INFO,
        "Het document bevat opmerkingen; die zijn niet overgenomen ({words}).",
        "Niets. Haal ze weg voor u het document zelf publiceert: ze noemen vaak personen.",
        "The document holds comments; they were not taken over ({words}).",
        "Nothing. Remove them before you publish the document itself: they often name people.",
    ),
    "pictures": Wording(
        Severity.INFO,
        "Hier staat een afbeelding; tekst daarin is niet gelezen.",
        "Niets, als er geen tekst in staat. Typ die tekst anders in de cel.",
        "A picture stands here; text in it was not read.",
        "Nothing, if there is no text in it. Otherwise type that text in the cell.",
    ),
    "unknown-markup": Wording(
        Severity.WARNING,
        "Deze tekst staat in opmaak die kennis-ld niet kent en is niet overgenomen: {words}",
        "Typ de tekst in het document over als gewone tekst.",
        "This text stands in markup that kennis-ld does not know and was not taken over: {words}",
        "Type the text in the document again as plain text.",
    ),
    "text-box": Wording(
        Severity.WARNING,
        "Tekst in een tekstvak of invulveld is niet overgenomen: {words}",
        "Zet de tekst in een cel van de tabel als hij bij de agenda hoort.",
        "Text in a text box or form field was not taken over: {words}",
        "Put the text in a cell of the table if it belongs to the agenda.",
    ),
    "carried-along": Wording(
        Severity.WARNING,
        "Het document draagt iets mee dat niet is geopend: {words}",
        "Haal macro's, ingesloten bestanden en koppelingen weg, of zet wat erin staat in de tabel.",
        "The document carries something that was not opened: {words}",
        "Remove macros, embedded files and links, or put what they hold in the table.",
    ),
    "tracked-changes": Wording(
        Severity.WARNING,
        "Hier staan bijgehouden wijzigingen; de tekst is gelezen alsof alle zijn geaccepteerd.",
        "Accepteer of verwerp de wijzigingen in het document en sla het op.",
        "Tracked changes stand here; the text was read as if all were accepted.",
        "Accept or reject the changes in the document and save it.",
    ),
    "footnote": Wording(
        Severity.WARNING,
        "Een noot is niet overgenomen: {words}",
        "Zet de tekst in de cel als hij bij het project hoort.",
        "A note was not taken over: {words}",
        "Put the text in the cell if it belongs to the project.",
    ),
    "nested-table": Wording(
        Severity.WARNING,
        "In een cel staat een tabel; zij is gelezen als lopende tekst.",
        "Schrijf de inhoud als gewone tekst in de cel.",
        "A table stands in a cell; it was read as running text.",
        "Write its content as plain text in the cell.",
    ),
    "automatic-number": Wording(
        Severity.VIOLATION,
        "Een nummer in deze rij wordt door Word zelf geteld en staat niet in de tekst.",
        "Typ de nummers: selecteer de kolom, zet de automatische nummering uit en vul ze in.",
        "A number in this row is counted by Word itself and does not stand in the text.",
        "Type the numbers: select the column, turn automatic numbering off and fill them in.",
    ),
    "page-without-text": Wording(
        Severity.VIOLATION,
        "Pagina {words} heeft geen tekst: het is een scan of een tekening.",
        "Gebruik het oorspronkelijke document, of laat de tekst herkennen (OCR) en controleer hem.",
        "Page {words} has no text: it is a scan or a drawing.",
        "Use the original document, or have the text recognised (OCR) and check it.",
    ),
    "text-in-open-table": Wording(
        Severity.VIOLATION,
        "Deze tekst staat tussen de lijnen van een tabel, maar niet in een cel: {words}",
        "Gebruik het oorspronkelijke document, of maak de PDF opnieuw met alle lijnen van de tabel.",
        "This text stands between the lines of a table, but in no cell: {words}",
        "Use the original document, or make the PDF again with all lines of the table.",
    ),
    "unreadable-letters": Wording(
        Severity.VIOLATION,
        "Het lettertype zegt niet welke letters of tekens dit zijn: {words}",
        "Vervang ze door gewone letters, of maak de PDF opnieuw van het oorspronkelijke document.",
        "The font does not say which letters or signs these are: {words}",
        "Replace them by ordinary letters, or make the PDF again from the original document.",
    ),
    "word-broken-at-line": Wording(
        Severity.INFO,
        "Deze woorden waren aan het eind van een regel afgebroken; het streepje is blijven staan: {words}",
        "Klopt een streepje niet, gebruik dan het oorspronkelijke document.",
        "These words were broken at the end of a line; the hyphen was kept: {words}",
        "If a hyphen is wrong, use the original document.",
    ),
}
"""What each code says."""
