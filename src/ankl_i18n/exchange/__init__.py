"""Catalogs in the formats that translators work in, and what comes back from them.

`pack` makes a `Package` of a catalog, a format writes and reads it, `returns` puts what came back
into the catalog: three-way, with the export as the base, and nothing that somebody wrote is lost.
"""
