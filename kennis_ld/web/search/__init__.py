"""Search: words as people write them, the index of a release, and what is found in it."""
