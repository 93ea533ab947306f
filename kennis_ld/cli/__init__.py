"""The command line: one file a command."""

from __future__ import annotations

import sys

try:
    from kennis_ld.cli.group import STOPPED, main
except KeyboardInterrupt:  # Ctrl-C while the libraries are loaded
    sys.exit(130)

__all__ = ["STOPPED", "main"]
