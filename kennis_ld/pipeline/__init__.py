"""One reading of one publication: what `check` shows and `build` writes."""
