"""Measurements of ankl-i18n: how fast it extracts, and how much of another book it adopts.

`python -m benchmarks` runs the one that needs nothing from outside; docs/performance.md tells
how to repeat each figure and what came out.
"""
