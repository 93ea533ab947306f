"""Reads documents and the tables of a publication: one module per kind, each gives values with their place."""
