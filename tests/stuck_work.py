"""A task of a cluster that hangs with its worker's thread, where no limit ends it."""

import time
from dataclasses import replace
from pathlib import Path

from ankl_i18n.engine import cluster_worker

DO = cluster_worker.do


def stuck_once(task, *inputs):
    """Do a task whose work is a path: its name. One named "stuck" hangs the first time."""
    path = Path(task.work)
    if path.name == "stuck" and not path.exists():
        path.touch()
        time.sleep(60)
    return DO(replace(task, work=path.name), *inputs)


def always_stuck(task, *_):
    time.sleep(60)
