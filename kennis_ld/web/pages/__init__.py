"""Pages for people that are not about one thing.

Addresses stand in `home` (/), `about` (/over), `collaboration` (/samenwerking), `lists` (/projecten, /organisaties,
/themas), `quality`, `search` and `exports` (the lists as files). The other modules
work out what those show, and have no address.
"""
