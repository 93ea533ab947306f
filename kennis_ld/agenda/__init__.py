"""From source rows to an agenda: entries, parties, resolved names, editions."""
