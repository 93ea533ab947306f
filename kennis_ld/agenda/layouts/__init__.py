"""Documents whose projects do not stand one a row: each layout turns source rows into the rows of an ordinary table.

A layout is a pure function from rows to rows, in a module of its own. What it makes is read by `kennis_ld.agenda.rows`
as any table is; what it does not take is passed on, or is a finding.
"""
