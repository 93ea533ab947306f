"""A site as files, for any web host."""
