"""Tools for people who look after catalogs: findings, differences, figures, canonical form.

Nothing here prints; `canonical` writes catalogs, through `po.save`, and nothing else does.
"""
