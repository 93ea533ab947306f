"""The command line as a program: `kennis-ld`, and `python -m kennis_ld.cli`."""

from __future__ import annotations

import sys

from kennis_ld.cli import main


def run() -> None:
    """Runs the command that was given."""
    if sys.argv[1:2] == ["serve"]:
        # What other commands do not need is loaded here.
        from kennis_ld.serving.processes import tell_allocator

        tell_allocator()
    main()


if __name__ == "__main__":
    run()
