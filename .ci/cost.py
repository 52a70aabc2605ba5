"""Runs a command and says what it cost: `python .ci/cost.py "make test" pytest ...`. The exit status is the same."""

import os
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path


def machine() -> str:
    """Processor, cores and Python, so that a figure means something elsewhere."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    processor = names[0] if names else platform.processor() or platform.machine()
    return f"{os.cpu_count()} cores, {processor}, Python {platform.python_version()}"


def main() -> None:
    name, *command = sys.argv[1:]
    start = time.monotonic()
    status = subprocess.run(command, check=False).returncode
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    minutes = (used.ru_utime + used.ru_stime) / 60
    wall = (time.monotonic() - start) / 60
    print(f"{name}: {minutes:.1f} CPU minutes, {wall:.1f} minutes of wall time ({machine()})")
    sys.exit(status if status >= 0 else 128 - status)


main()
