"""The command line: what it prints, and that every failure is one clear line and a status, never a traceback."""
from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from demarche import __version__
from demarche.cli import COMMANDS, run
from demarche.cli.analyze import pieces
from demarche.cli.inputs import sniff
from demarche.client import Client

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cli(fake_coder: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Calls a command in this process with the fake coder; returns status, output and error output."""
    monkeypatch.setattr("demarche.cli.coding.load_coder", lambda: fake_coder)

    def call(*arguments: Any, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin))))
        status = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return status, captured.out, captured.err
    return call


def line(message: str) -> str:
    """The message as the one line of the error output."""
    assert message.endswith("\n") and message.count("\n") == 1, message
    return message[:-1]


DOCUMENTS = b"".join(json.dumps(document, ensure_ascii=False).encode() + b"\n" for document in (
    {"id": "a", "text": "Perú met Chile.", "published": "2020-06-15", "mentions": [{"start": 0, "end": 4}]},
    {"id": "b", "text": "Kenya met Uganda."}))


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_code_reads_json_lines_and_writes_one_document_a_line(cli: Run, form: str) -> None:
    status, out, err = cli("code", "-", "--format", form, stdin=b"\n " + DOCUMENTS)
    coded = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "") and [document["document_id"] for document in coded] == ["a", "b"]
    event = coded[0]["events"][0]
    assert event["evidence"]["trigger"] == {"start": 0, "end": 4} and event["realis"] == "REALIS_ACTUAL"
    assert event["when"]["start"] == {"year": 2020, "month": 6, "day": 15}
    assert "Perú" in out and coded[1]["text"] == "Kenya met Uganda."


def test_code_reads_plain_text_from_standard_input(cli: Run) -> None:
    status, out, _ = cli("code", "-", "--format", "json", stdin="Perú met Chile.\n".encode())
    assert status == 0 and "Perú met Chile." in json.loads(out)["text"]


def test_code_writes_csv(cli: Run) -> None:
    _, out, _ = cli("code", "-", "--format", "csv", stdin=DOCUMENTS)
    first, second = csv.DictReader(io.StringIO(out))
    cells = [first[name] for name in ("document_id", "type", "actors", "actors_countries", "start_date")]
    assert cells == ["a", "CONSULT", "Perú", "KEN", "2020-06-15"]
    assert (second["start_date"], second["realis"], second["trigger"]) == ("", "ACTUAL", "Kenya")


def test_code_prints_a_table_that_fits(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    _, out, _ = cli("code", "-", stdin=DOCUMENTS)
    assert "CONSULT" in out and "2020-06-15" in out and max(map(len, out.splitlines())) <= 60


def test_code_takes_several_files_and_goes_on_after_a_bad_one(cli: Run, tmp_path: Path) -> None:
    good, many = tmp_path / "good.txt", tmp_path / "many.jsonl"
    good.write_text("Peru met Chile in Lima on Monday, officials said.\n")
    many.write_bytes(DOCUMENTS)
    status, out, err = cli("code", good, tmp_path / "none.txt", many, "--format", "json")
    assert status == 1 and len(out.splitlines()) == 3
    assert "none.txt" in line(err) and "no such file" in err.lower()


@pytest.mark.parametrize("name, content, says", [
    ("none.txt", None, "no such file"),
    ("folder.txt", "folder", "directory"),
    ("binary.txt", b"\x7fELF\x02\x01\0\0\0" * 20, "binary"),
    ("empty.txt", b"", "empty|no text"),
    ("blank.txt", b" \n\n\t\n", "empty|no text"),
    ("latin.txt", "Perú met Chile".encode("latin-1"), "UTF-8"),
    ("long.txt", b"Peru met Chile. " * 625_000, "limit|long"),
    ("bad.jsonl", DOCUMENTS + b'{"id": "c", "text": \n', r"bad\.jsonl:3: .*JSON"),
    ("list.jsonl", b"[1, 2]\n", r"list\.jsonl:1"),
    ("latin.jsonl", b'{"id": "c", "text": "Per\xfa"}\n', r"latin\.jsonl:1: .*UTF-8"),
    ("date.jsonl", b'{"id": "c", "text": "Peru", "published": "June"}\n', r"date\.jsonl:1: .*(?i:date|publi)"),
    ("day.jsonl", b'{"id": "c", "text": "Peru", "published": {"year": 2021, "month": 2, "day": 30}}\n',
     r"day\.jsonl:1: .*(?i:date|calendar|publi)"),
    ("none.jsonl", b'{"id": "c"}\n', r"none\.jsonl:1: .*(?i:text|empty)"),
    ("mention.jsonl", b'{"text": "Peru", "mentions": [{"start": 2, "end": 9}]}\n', r"mention\.jsonl:1: mentions\[0\]"),
    ("refused.jsonl", b'{"text": "Peru"}\n{"text": "REFUSE this"}\n', r"refused\.jsonl:2: refused by the coder"),
])
def test_code_says_what_is_wrong_with_an_input(cli: Run, tmp_path: Path, name: str, content: Any, says: str) -> None:
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    status, _, err = cli("code", path, "--format", "json")
    assert status == 1
    message = line(err)
    assert message.startswith("demarche: ") and name in message and re.search(says, message), message


def test_code_answers_good_lines_around_a_refused_one(cli: Run) -> None:
    lines = b'{"id":"1","text":"Peru"}\n{"id":"2","text":""}\n{"id":"3","text":"Chile"}\n'
    status, out, err = cli("code", "-", "--format", "json", stdin=lines)
    assert status == 1 and "standard input:2" in line(err)
    assert [json.loads(row)["document_id"] for row in out.splitlines()] == ["1", "3"]


def test_a_fault_is_one_line_too(cli: Run) -> None:
    status, _, err = cli("code", "-", stdin=b"FAULT here\n")
    assert status == 1 and line(err).startswith("demarche: internal error: RuntimeError")


@pytest.mark.parametrize("arguments, says", [
    (["code", "--format", "xml", "-"], "demarche code: Invalid value for '--format'"),
    (["code", "--nonsense"], "demarche code: No such option"),
    (["nonsense"], "demarche: No such command 'nonsense'"),
    (["serve", "--workers", "0"], "demarche serve: Invalid value for '--workers'"),
    (["explain"], "demarche explain: Missing argument"),
])
def test_a_wrong_call_is_one_line_and_status_2(cli: Run, arguments: list[str], says: str) -> None:
    status, _, err = cli(*arguments)
    assert status == 2 and line(err).startswith(says)


def test_analyze_writes_conllu(cli: Run) -> None:
    status, out, _ = cli("analyze", "-", stdin="\ufeffPerú met Chile.\n".encode())
    rows = [row.split("\t") for row in out.splitlines() if row and not row.startswith("#")]
    assert status == 0 and [row[1] for row in rows] == ["Perú", "met", "Chile."]
    assert all(len(row) == 10 for row in rows) and "# text = Perú met Chile." in out and out.endswith("\n\n")


def test_analyze_never_takes_its_input_for_json(cli: Run) -> None:
    assert '{"text":' in cli("analyze", "-", stdin=b'{"text": 1}')[1]


def test_analyze_writes_json(cli: Run) -> None:
    tokens = json.loads(cli("analyze", "-", "--format", "json", stdin=b"Peru met Chile")[1])["sentences"][0]["tokens"]
    assert tokens[0] == {"span": {"start": 0, "end": 4}, "text": "Peru", "lemma": "peru", "upos": "NOUN", "xpos": "NN", "head": 0,
                         "relation": "root"}


@pytest.mark.parametrize("stdin, says", [
    (b"", "standard input: empty"), (b" \n", "standard input: empty"), (b"a\0b", "standard input: binary data"),
    (b"caf\xe9 x", "standard input: not valid UTF-8 at byte 3"), (b"x" * 1_100_000, "standard input: the text has 1,100,000 bytes"),
])
def test_analyze_says_what_is_wrong(cli: Run, stdin: bytes, says: str) -> None:
    status, _, err = cli("analyze", "-", stdin=stdin)
    assert status == 1 and line(err).startswith(f"demarche: {says}")


def test_analyze_reads_files(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Peru met Chile")
    assert cli("analyze", tmp_path / "a.txt")[0] == 0
    assert "no such file" in line(cli("analyze", tmp_path / "b.txt")[2])
    assert "a directory" in line(cli("analyze", tmp_path)[2])


def test_pieces_join_to_the_text_and_are_cut_between_paragraphs() -> None:
    text = "".join(f"Paragraph {number}.\nIts second line.\n\n" for number in range(100))
    found = list(pieces(text, 200))
    assert "".join(found) == text and len(found) > 10 and all(piece.endswith("\n\n") for piece in found)
    lines = "line\n" * 1000
    assert "".join(pieces(lines, 100)) == lines and max(map(len, pieces(lines, 100))) < 110
    assert list(pieces("x" * 500, 100)) == ["x" * 500]


def test_explain_shows_why_and_why_not(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Peru met Chile in Lima on Monday, officials said.\n")
    status, out, _ = cli("explain", tmp_path / "a.txt")
    assert status == 0 and 'because of "Peru", pattern fake-pattern' in out and "actor:" in out
    assert 'not coded: ACCUSE "Peru", pattern fake-other: negated' in out and "coded with demarche fake" in out


def test_demo_sends_the_bundled_reports_through_a_real_server(cli: Run) -> None:
    status, out, err = cli("demo")
    assert status == 0 and out.count("CONSULT") == 4 and "4 reports to the server on 127.0.0.1:" in err
    assert "Kenya and Ethiopia Agree" in out
    assert len(cli("demo", "--format", "json")[1].splitlines()) == 4


def test_version(cli: Run) -> None:
    assert cli("version")[1].startswith(f"demarche   {__version__}\n")


@pytest.mark.parametrize("arguments, says", [
    (["--train", "none.conllu", "--dev", "none.conllu", "--out", "m.blob"], "none.conllu: no such file"),
    (["--train", ".", "--dev", ".", "--out", "m.blob"], ".: a directory"),
    (["--train", __file__, "--dev", __file__, "--out", "no/such/m.blob"], "no/such: no such directory"),
])
def test_train_checks_its_files_first(cli: Run, arguments: list[str], says: str) -> None:
    status, _, err = cli("train", *arguments)
    assert status == 1 and line(err).startswith(f"demarche: {says}")


@pytest.mark.parametrize("arguments, says", [
    (["--address", "0.0.0.0:0"], "can be reached from other machines"), (["--tls-key", "k"], "go together"),
    (["--token-file", "none"], "none: cannot read the tokens: No such file"),
    (["--address", "192.0.2.1:50051", "--insecure"], "cannot listen on"),
])
def test_serve_refuses_bad_settings_in_one_line(cli: Run, arguments: list[str], says: str) -> None:
    status, _, err = cli("serve", *arguments)
    assert status == 1 and says in line(err)


def test_sniff_leaves_the_stream_whole() -> None:
    for data, is_json in ((b"", False), (b" \n\t" * 50_000 + b'{"a": 1}\nrest', True), (b"\xef\xbb\xbf{}", True), (b"Peru {", False)):
        stream, found = sniff(io.BufferedReader(io.BytesIO(data)))
        assert (stream.read(), found) == (data, is_json)


def test_help_lists_every_command_and_imports_nothing_heavy() -> None:
    script = ("import sys; from demarche.cli import run; run(['--help']); "
              "print([name for name in ('grpc', 'google.protobuf', 'torch', 'demarche.coder') if name in sys.modules])")
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert all(f"  {name} " in out for name in COMMANDS) and out.endswith("[]\n")


SERVE = """
import sys
sys.path.insert(0, sys.argv[1])
import demarche.cli.coding
from conftest import FakeCoder
demarche.cli.coding.load_coder = FakeCoder
from demarche.cli import main
main(sys.argv[2:])
"""


def subprocess_arguments(*arguments: str) -> list[str]:
    return [sys.executable, "-c", SERVE, str(Path(__file__).parents[1]), *arguments]


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_serve_serves_until_it_is_told_to_stop() -> None:
    process = subprocess.Popen(subprocess_arguments("serve", "--address", "127.0.0.1:0"), stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        address = process.stderr.readline().split()[-1]
        with Client(address) as client:
            assert client.code("Peru met Chile.").events
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0 and process.stderr.read() == ""
    finally:
        process.kill()
        process.wait()


def test_results_come_before_the_input_ends_and_a_closed_reader_is_no_fault() -> None:
    arguments = subprocess_arguments("code", "-", "--format", "json")
    process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    try:
        process.stdin.write(b'{"id":"1","text":"Peru"}\n')
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["document_id"] == "1"
        process.stdout.close()
        process.stdin.write(b'{"text":"Chile"}\n' * 2000)
        process.stdin.close()
        process.wait(5)
        assert process.stderr.read() == b""
    except BrokenPipeError:
        pass
    finally:
        process.kill()
        process.wait()
