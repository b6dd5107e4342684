"""The process of a plug-in: `python -I -m ankl_i18n.exchange.suggest.child`.

It reads what it is asked from its input, gives away all that it does not need, and only then loads
the plug-in. What the plug-in prints goes nowhere near the answer.
"""

from __future__ import annotations

import json
import os
import sys
from importlib.metadata import entry_points
from typing import Any

from ankl_i18n.exchange.suggest import sandbox
from ankl_i18n.exchange.suggest.records import GROUP, line_of, request_of


def main() -> None:
    """Answer one request."""
    asked: dict[str, Any] = json.load(sys.stdin)
    sys.path[:] = asked["path"]
    answer = os.dup(1)
    os.dup2(2, 1)
    sandbox.limit(asked["seconds"], asked["memory"])
    if asked["confined"]:
        sandbox.isolate(network=asked["network"])
        readable = (*asked["python"], *asked["readable"])
        sandbox.confine(readable, asked["folder"], network=asked["network"])
    (entry_point,) = entry_points(group=GROUP, name=asked["name"])
    suggest = entry_point.load()
    with os.fdopen(answer, "wb") as stream:
        for one in suggest(request_of(asked["request"])):
            stream.write(line_of(one))
            stream.flush()


if __name__ == "__main__":
    main()
