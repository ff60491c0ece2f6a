"""Runs the harness of core.py on a core built with the address and undefined-behaviour sanitizers.

    python tests/fuzz/sanitize.py --build build/sanitized --inputs 20000 --seed 1

The sources are copied to the build folder and built there, so that the core in the tree stays as it is; a second run builds only
what has changed. Needs gcc with libasan and libubsan. Every other option goes to the harness, whose exit status is returned: a finding
of a sanitizer ends the process, so that is not 0.
"""
from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLAGS = "-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined"


def copy_newer(source: Path, target: Path) -> None:
    """The files of one folder to another, those that have not changed left alone (so that the build is incremental)."""
    for path in source.rglob("*"):
        if path.suffix == ".so" or "__pycache__" in path.parts or not path.is_file():
            continue
        copy = target / path.relative_to(source)
        if not copy.exists() or copy.read_bytes() != path.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def build(folder: Path) -> None:
    """The instrumented core under `folder`/src. The sanitizers' flags come after the usual ones, so theirs is the optimisation level."""
    for part in ("ext", "src"):
        copy_newer(ROOT / part, folder / part)
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copyfile(ROOT / name, folder / name)
    setup = (ROOT / "setup.py").read_text()
    (folder / "setup.py").write_text(setup.replace('["-O3", "-g0"]', repr(FLAGS.split())))
    environment = {**os.environ, "LDFLAGS": "-fsanitize=address,undefined"}
    subprocess.run([sys.executable, "setup.py", "-q", "build_ext", "--inplace"], cwd=folder, env=environment, check=True)


def runtime(name: str) -> str:
    """Where the compiler keeps one of its libraries."""
    return subprocess.run(["gcc", f"-print-file-name={name}"], capture_output=True, text=True, check=True).stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "sanitized", help="where the instrumented core is built")
    options, rest = parser.parse_known_args()
    build(options.build)
    environment = {**os.environ, "PYTHONPATH": str(options.build / "src"), "PYTHONMALLOC": "malloc",
                   "LD_PRELOAD": f"{runtime('libasan.so')} {runtime('libstdc++.so')}",
                   "ASAN_OPTIONS": "detect_leaks=0", "UBSAN_OPTIONS": "print_stacktrace=1"}
    return subprocess.run([sys.executable, str(ROOT / "tests" / "fuzz" / "core.py"), *rest], env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
