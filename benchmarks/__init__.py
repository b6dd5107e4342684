"""Measurements of ankl-i18n, beside other programs and alone.

`python -m benchmarks` measures it beside those that `make bench` installs; docs/performance.md
tells what came out, and how to repeat each figure.
"""
