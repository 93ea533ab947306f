"""Serves a release over HTTP."""
