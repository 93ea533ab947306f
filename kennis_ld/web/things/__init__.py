"""Things and the documents about them."""
