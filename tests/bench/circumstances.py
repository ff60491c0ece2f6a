"""Where a benchmark ran: what every figure must be read with."""
from __future__ import annotations

import os
import platform
import subprocess
from importlib import metadata
from pathlib import Path
from typing import Any

from demarche.blob import Blob
from demarche.coder.coder import MODEL
from demarche.knowledge.model import Knowledge

ROOT = Path(__file__).parents[2]


def circumstances(*packages: str) -> dict[str, Any]:
    """Commit, processor, cores, load, and the versions of Python, the model, the knowledge and `packages`."""
    return {"commit": commit(), "processor": processor(), "cores": os.cpu_count(), "cores_allowed": sorted(os.sched_getaffinity(0)),
            "load_average": [round(load, 2) for load in os.getloadavg()], "system": platform.platform(terse=True),
            "versions": {"python": platform.python_version(), "model": Blob(MODEL, "model").meta["sha256"][:12],
                         "knowledge": Knowledge().version, **{name: version(name) for name in packages}}}


def commit() -> str:
    """The commit of the working tree, with `+` if files differ from it; empty outside a repository."""
    try:
        name = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, 
                              capture_output=True, text=True, check=True).stdout.strip()
        changed = subprocess.run(["git", "status", "--porcelain", "-uno"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
    return name + ("+" if changed else "")


def processor() -> str:
    """Its name, as the system gives it."""
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def version(package: str) -> str:
    """The installed version, or empty."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
