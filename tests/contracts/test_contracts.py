"""The contracts: lint, the versions they are generated for, and that their comments say what the code does."""
from __future__ import annotations

import importlib
import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from demarche import limits
from demarche.server.errors import REASONS

ROOT = Path(__file__).parents[2]
PROTOS = sorted((ROOT / "proto" / "demarche" / "v1").glob("*.proto"))
CODING = (ROOT / "proto" / "demarche" / "v1" / "coding_service.proto").read_text()
DOCUMENT = (ROOT / "proto" / "demarche" / "v1" / "document.proto").read_text()


def floor(package: str) -> tuple[int, ...]:
    """The lowest version of a dependency that pyproject.toml allows."""
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    (found,) = (re.search(r">=([\d.]+)", line) for line in dependencies if re.match(rf"{package}[>=<~]", line))
    assert found is not None
    return numbers(found[1])


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


@pytest.mark.parametrize("name", [path.stem for path in PROTOS])
def test_generated_code_runs_on_the_lowest_protobuf_allowed(name: str) -> None:
    source = Path(importlib.import_module(f"demarche.v1.{name}_pb2").__file__ or "").read_text()
    stamped = re.search(r"^# Protobuf Python Version: ([\d.]+)$", source, re.MULTILINE)
    assert stamped is not None and floor("protobuf") >= numbers(stamped[1])


@pytest.mark.parametrize("name", [path.stem for path in PROTOS if path.stem.endswith("_service")])
def test_generated_stubs_run_on_the_lowest_grpc_allowed(name: str) -> None:
    module = importlib.import_module(f"demarche.v1.{name}_pb2_grpc")
    assert floor("grpcio") >= numbers(module.GRPC_GENERATED_VERSION)[:2]


def test_the_contracts_are_lint_free(tmp_path: Path) -> None:
    buf = shutil.which("buf")
    protoc = pytest.importorskip("grpc_tools.protoc", reason="the build's compiler is not installed")
    if buf is None:
        pytest.skip("buf is not installed")
    import google.api.annotations_pb2 as marker
    image = tmp_path / "image.binpb"
    folders = (ROOT / "proto", Path(marker.__file__).parents[2], Path(protoc.__file__).parent / "_proto")
    status = protoc.main(["protoc", *(f"-I{folder}" for folder in folders), "--include_imports", "--include_source_info", f"-o{image}",
                          *map(str, PROTOS)])
    assert status == 0
    # The rules of buf.yaml; the imports, which are in the image too, are not ours to lint.
    rules = re.findall(r"^    - (STANDARD|COMMENTS)$", (ROOT / "proto" / "buf.yaml").read_text(), re.MULTILINE)
    assert rules == ["STANDARD", "COMMENTS"]
    config = json.dumps({"version": "v2", "lint": {"use": rules, "ignore": ["google"]}})
    run = subprocess.run([buf, "lint", str(image), "--config", config], capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, ""), run.stdout + run.stderr


def test_every_reason_is_documented_under_its_code_and_no_other() -> None:
    from google.rpc import code_pb2
    header = " ".join(line.removeprefix("//").strip() for line in CODING.split("syntax =")[0].splitlines())
    listed: dict[str, str] = {}
    for code, reasons in re.findall(r"\b([A-Z_]+): ((?:[A-Z0-9_]+(?: \([^)]*\))?(?:, )?)+)[;.]", header):
        listed.update({reason: code for reason in re.findall(r"[A-Z][A-Z0-9_]+", re.sub(r"\([^)]*\)", "", reasons))})
    assert listed == {name: code_pb2.Code.Name(reason.code) for name, reason in REASONS.items()}


@pytest.mark.parametrize("text, says, value", [
    (DOCUMENT, "at most 1 MiB of UTF-8", limits.MAX_TEXT_BYTES == 1 << 20),
    (DOCUMENT, "at most 8 MiB of UTF-8", limits.MAX_HTML_BYTES == 8 << 20),
    (DOCUMENT, "Headline without markup, at most 4 KiB", limits.MAX_TITLE_BYTES == 4096),
    (DOCUMENT, "at most 10,000", limits.MAX_MENTIONS == 10_000),
    (DOCUMENT, "given back in the reply; at most 512 bytes", limits.MAX_NAME_BYTES == 512),
    (DOCUMENT, "Address of the report, at most 4 KiB", limits.MAX_URL_BYTES == 4096),
    (CODING, "1 to 64 reports, at most 16 MiB together", limits.MAX_CHUNK_DOCUMENTS == 64 and limits.MAX_REQUEST_BYTES == 16 << 20),
    (CODING, "not blank, at most 1 MiB of UTF-8", limits.MAX_TEXT_BYTES == 1 << 20),
])
def test_limits_are_documented_as_they_are(text: str, says: str, value: bool) -> None:
    assert says in text and value


def test_enumerations_begin_unspecified_and_methods_have_messages_of_their_own() -> None:
    for path in PROTOS:
        module = importlib.import_module(f"demarche.v1.{path.stem}_pb2")
        for enum in module.DESCRIPTOR.enum_types_by_name.values():
            assert enum.values_by_number[0].name.endswith("_UNSPECIFIED")
        for service in module.DESCRIPTOR.services_by_name.values():
            for method in service.methods:
                assert (method.input_type.name, method.output_type.name) == (f"{method.name}Request", f"{method.name}Response")
