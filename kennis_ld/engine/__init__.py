"""Answers SPARQL queries: one interface, three kinds of engine (in memory, on disk, remote)."""
