"""Measures a whole process from outside, and describes the machine."""

import os
import pathlib
import platform
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Run(NamedTuple):
    """The output of a process, elapsed seconds, processor seconds, and peak memory in MB."""

    text: str
    wall: float
    cpu: float
    memory: float


def run(command, folder=None, env=None):
    """Runs a command to its end, including threads and children. A failure ends the benchmark."""
    with tempfile.TemporaryFile("w+") as printed:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], cwd=folder, env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        text = printed.read()
    if process.returncode:
        sys.exit(f"{command[0]} failed:\n{text}")
    memory = used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    return Run(text, wall, used.ru_utime + used.ru_stime, memory)


def machine():
    return f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def questfolio(given):
    """The given binary, or else this repository's, which is built first."""
    if given:
        return given.resolve()
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    return ROOT / "target/release/questfolio"
