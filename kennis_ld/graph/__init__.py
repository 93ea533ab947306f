"""From an agenda to RDF statements, in reading order, without blank nodes."""
