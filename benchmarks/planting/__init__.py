"""Plants faults into real translations, to measure how many of them the checks find.

The word lists in `words` are the planter's own: nothing here reads those of the checks, and the
checks read nothing of this package. `tests/benchmarks/test_planting.py` holds both.
"""
