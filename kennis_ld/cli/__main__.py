"""Makes `python -m kennis_ld.cli` the command line."""

from kennis_ld.cli import main

main()
