"""Builds the contracts, the native core and the compiled knowledge; all metadata is in pyproject.toml."""
import os
import sys
from pathlib import Path

from Cython.Build import cythonize
from setuptools import Extension, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent.resolve()
DEBUG = os.environ.get("DEMARCHE_DEBUG") == "1"
DIRECTIVES = {"language_level": 3, "boundscheck": DEBUG, "wraparound": False, "initializedcheck": DEBUG, "cdivision": True,
              "embedsignature": True, "freethreading_compatible": True}
# Floating-point results must not depend on the processor: no contraction to fused operations, no fast-math.
FLAGS = ["-std=c++17", "-fvisibility=hidden", "-ffp-contract=off", "-fno-math-errno", *(["-O1", "-g"] if DEBUG else ["-O3", "-g0"])]


def compile_contracts(root: Path, out: Path) -> None:
    """proto/demarche/**/*.proto to Python modules and type stubs under `out`."""
    import google.api.annotations_pb2 as marker  # googleapis-common-protos carries the .proto files beside its modules
    from grpc_tools import protoc
    common = Path(marker.__file__).parents[2]
    bundled = Path(protoc.__file__).parent / "_proto"
    files = sorted(str(p) for p in (root / "proto" / "demarche").rglob("*.proto"))
    status = protoc.main(["protoc", f"-I{root / 'proto'}", f"-I{common}", f"-I{bundled}", f"--python_out={out}", f"--pyi_out={out}",
                          f"--grpc_python_out={out}", *files])
    if status:
        sys.exit(f"protoc failed with status {status}")


def compile_knowledge(root: Path) -> None:
    """The text files of src/demarche/knowledge/data, and what is generated beside them, to the knowledge that the core maps."""
    sys.path.insert(0, str(root / "src"))
    from demarche.knowledge.compile import build
    build()


class BuildPython(build_py):
    """Contracts and knowledge first: what is generated is part of the package."""

    def run(self) -> None:
        compile_contracts(ROOT, ROOT / "src")
        compile_knowledge(ROOT)
        super().run()


def extensions() -> list[Extension]:
    """One module per ext/**/*.pyx, named by its path; C++ beside it in include/<module>*.cpp belongs to it."""
    found = []
    for source in sorted((ROOT / "ext").rglob("*.pyx")):
        name = ".".join(source.relative_to(ROOT / "ext").with_suffix("").parts)
        companions = sorted((source.parent / "include").glob(f"{source.stem}_*.cpp"))
        headers = sorted((source.parent / "include").glob("*.hpp")) if companions else []
        found.append(Extension(name, [os.path.relpath(p, ROOT) for p in (source, *companions)], language="c++", depends=[os.path.relpath(p, ROOT) for p in headers],
                               include_dirs=[os.path.relpath(source.parent / "include", ROOT)], extra_compile_args=FLAGS))
    return found


if __name__ == "__main__":
    os.chdir(ROOT)
    setup(cmdclass={"build_py": BuildPython},
          ext_modules=cythonize(extensions(), include_path=["ext"], build_dir="build/cython", compiler_directives=DIRECTIVES, force=False))
