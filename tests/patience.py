"""How long tests wait for what must happen: no test is wrong because the machine is busy.

A wait ends as soon as what it waits for is there; only a failing test waits this long. It is
less than `faulthandler_timeout` in pyproject.toml, so that the test says what it waited for.
"""

PATIENCE = 240.0
