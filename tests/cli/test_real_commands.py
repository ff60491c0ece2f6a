"""The command as it is installed, with the coder as it ships."""
from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from demarche.cli.protojson import to_dict
from demarche.client import Client, make_document

SIMPLE = "Kenya condemned Uganda on Monday."


def demarche(*arguments: Any, stdin: bytes = b"") -> tuple[int, str, str]:
    """Status, output and error output of `python -m demarche`."""
    done = subprocess.run([sys.executable, "-m", "demarche", *map(str, arguments)], input=stdin, capture_output=True, timeout=60)
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_demo_prints_a_table_for_every_sample() -> None:
    status, out, _ = demarche("demo")
    assert status == 0 and out.count("To whom") == 4 and "no events found" not in out


def test_explain(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SIMPLE)
    status, out, _ = demarche("explain", tmp_path / "a.txt")
    assert status == 0 and 'because of "condemned", pattern condemn' in out and "NO_PUBLICATION_DATE" in out
    assert "LANGUAGE_NOT_ENGLISH" not in out and "when: not resolved" in out


def test_conllu_is_valid() -> None:
    text = "He didn't go; \u201cKenya\u2019s\u201d offer (of talks) cost $5.\n\nPeru met Chile.\n"
    status, out, _ = demarche("analyze", "-", "--format", "conllu", stdin=text.encode())
    assert status == 0
    blocks = [block.split("\n") for block in out.strip().split("\n\n")]
    for block in blocks:
        rows = [row.split("\t") for row in block if not row.startswith("#")]
        words = [row for row in rows if "-" not in row[0]]
        assert all(len(row) == 10 and all(row) for row in rows)
        assert [row[0] for row in words] == [str(number) for number in range(1, len(words) + 1)]
        assert [row[6] for row in words].count("0") == 1 and all(int(row[6]) <= len(words) for row in words)
        surface, covered = "", 0
        for row in rows:
            first, _, last = row[0].partition("-")
            if int(first) > covered:
                surface += row[1] + ("" if row[9] == "SpaceAfter=No" else " ")
                covered = int(last or first)
        assert f"# text = {surface.strip()}" in block
    assert len(blocks) >= 2


def test_json_is_the_message_of_the_service_and_the_same_every_time() -> None:
    row = json.dumps({"id": "a", "title": "Talks", "text": SIMPLE, "published": "2024-03-06"}).encode()
    first, second = (demarche("code", "-", "--format", "json", stdin=row)[1] for _ in range(2))
    assert first == second
    process = serving("--address", "127.0.0.1:0")
    try:
        with Client(address_of(process)) as client:
            coded = client.code(make_document(SIMPLE, id="a", title="Talks", published="2024-03-06"))
        assert json.loads(first) == json.loads(json.dumps(to_dict(coded)))
    finally:
        end(process)


@pytest.mark.parametrize("command", ["code", "analyze", "explain"])
def test_ten_megabytes_are_refused_at_once(tmp_path: Path, command: str) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"Peru met Chile. " * 625_000)
    began = time.monotonic()
    status, out, err = demarche(command, path)
    assert (status, out, err.count("\n")) == (1, "", 1) and "too long: the limit is" in err
    assert time.monotonic() - began < 10, "analysing it would take longer"


def test_a_long_line_is_passed_over() -> None:
    lines = json.dumps({"text": "x" * (17 << 20)}).encode() + b"\n" + json.dumps({"id": "b", "text": SIMPLE}).encode()
    status, out, err = demarche("code", "-", "--format", "json", stdin=lines)
    assert status == 1 and json.loads(out)["document_id"] == "b"
    assert err == "demarche: standard input:1: too long: the limit is 16 MiB (16,777,216 bytes)\n"


def serving(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "demarche", "serve", *arguments], stderr=subprocess.PIPE, text=True)


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    return process.stderr.readline().split()[-1]


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    assert process.stderr is not None
    process.stderr.close()


def test_serve_says_what_is_wrong_in_one_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pem"
    bad.write_text("no certificate")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        for arguments, says in ((["--address", f"127.0.0.1:{taken.getsockname()[1]}"], "it is in use"),
                                (["--tls-certificate", tmp_path / "none.pem", "--tls-key", bad], "none.pem: cannot read the TLS certificate"),
                                (["--address", "127.0.0.1:0", "--tls-certificate", bad, "--tls-key", bad], "bad.pem: they must be PEM")):
            status, _, err = demarche("serve", *arguments)
            assert status == 1 and err.count("\n") == 1 and says in err


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_call_under_way_is_answered_before_the_server_ends() -> None:
    process = serving("--address", "127.0.0.1:0")
    try:
        results: list[Any] = []
        with Client(address_of(process)) as client:
            client.wait_ready()
            documents = [make_document(f"{SIMPLE} " * 150, id=str(number)) for number in range(64)]
            caller = threading.Thread(target=lambda: results.extend(client.code_many(documents, chunk_size=64)))
            caller.start()
            time.sleep(0.2)
            process.send_signal(signal.SIGTERM)
            caller.join(20)
        assert len(results) == 64 and process.wait(20) == 0
    finally:
        end(process)
