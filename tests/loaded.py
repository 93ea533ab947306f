"""What a process that `tests.fork_server` forks begins with: all code of a site, with the definitions and templates."""

from kennis_ld.cli import building, findings, main, serve
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.web.app import compile_templates

__all__ = ["building", "findings", "main", "serve"]

definitions()
compile_templates()
