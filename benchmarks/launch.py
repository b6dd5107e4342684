"""Run a command and write what it cost to a file: started by `measure.run`, not imported.

Linux counts the memory of a process that starts a program as the program's own, so the one
that starts it must be small: Python without its library of modules, 9 MiB. Processes that the
command leaves behind (the servers of process pools) become children of this one
(PR_SET_CHILD_SUBREAPER, prctl(2)), so that their time counts, too.

usage: python -I -S launch.py FILE COMMAND [ARGUMENT]...
"""

import ctypes
import os
import sys
import time

PR_SET_CHILD_SUBREAPER = 36

ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
begin = time.perf_counter()
process = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
wall, cpu, memory, code = 0.0, 0.0, 0, 0
while True:
    try:
        ended, status, usage = os.wait4(-1, 0)
    except ChildProcessError:
        break
    if ended == process:
        wall = time.perf_counter() - begin
        code = os.waitstatus_to_exitcode(status)
    cpu += usage.ru_utime + usage.ru_stime
    memory = max(memory, usage.ru_maxrss)
with open(sys.argv[1], "w", encoding="ascii") as report:  # noqa: PTH123 - pathlib is large
    # Linux counts ru_maxrss in KiB.
    report.write(f"{wall} {cpu} {memory / 1024}")
sys.exit(code % 256)
