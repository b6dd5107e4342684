"""Pieces of work for workers, as bad as their names; nothing else, so that workers start fast."""

import os
import time


def work(kind: str) -> str:
    if kind == "slow":
        time.sleep(60)
    if kind == "endless":
        while True:
            pass
    if kind == "huge":
        return str(len(bytes(10**9)))
    if kind == "dead":
        os.abort()
    if kind == "gone":
        os._exit(3)
    if kind == "deep":
        return work(kind)
    if kind == "wrong":
        return str(1 // 0)
    return kind.upper()
