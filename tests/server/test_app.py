"""The server around the services: health, reflection, tokens, TLS, configuration and shutdown."""
from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from demarche.client import Client, DemarcheError
from demarche.server.app import Server
from demarche.server.auth import TokenFile
from demarche.server.config import ConfigError, ServerConfig, is_local

SERVICE = "demarche.v1.CodingService"
SERVING, NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING


def config(**settings: Any) -> ServerConfig:
    return ServerConfig(**{"address": "127.0.0.1:0", "workers": 2, "grace_seconds": 0.2, **settings})


def test_health_is_known_per_service_and_overall(fake_coder: Any) -> None:
    with Server(config(), fake_coder) as server, grpc.insecure_channel(server.address) as channel:
        stub = health_pb2_grpc.HealthStub(channel)
        for name in ("", SERVICE):
            assert stub.Check(health_pb2.HealthCheckRequest(service=name)).status == SERVING
        with pytest.raises(grpc.RpcError) as caught:
            stub.Check(health_pb2.HealthCheckRequest(service="demarche.v1.NoService"))
        assert caught.value.code() == grpc.StatusCode.NOT_FOUND


def test_health_watchers_hear_of_the_shutdown_before_it(fake_coder: Any) -> None:
    server = Server(config(drain_seconds=0.2), fake_coder)
    server.start()
    with grpc.insecure_channel(server.address) as channel:
        watch = health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest(service=SERVICE))
        assert next(watch).status == SERVING
        stopper = threading.Thread(target=server.stop)
        stopper.start()
        assert next(watch).status == NOT_SERVING
        with Client(server.address) as client:
            assert client.code("Peru").events, "calls are served while balancers look elsewhere"
        watch.cancel()
        stopper.join(5)


@pytest.mark.parametrize("enabled", [True, False])
def test_reflection_lists_the_services(fake_coder: Any, enabled: bool) -> None:
    with Server(config(reflection=enabled), fake_coder) as server, grpc.insecure_channel(server.address) as channel:
        ask = reflection_pb2_grpc.ServerReflectionStub(channel).ServerReflectionInfo
        requests = [reflection_pb2.ServerReflectionRequest(list_services=""),
                    reflection_pb2.ServerReflectionRequest(file_containing_symbol=SERVICE)]
        if not enabled:
            with pytest.raises(grpc.RpcError) as caught:
                list(ask(iter(requests)))
            assert caught.value.code() == grpc.StatusCode.UNIMPLEMENTED
            return
        listing, file = ask(iter(requests))
        assert {SERVICE, "grpc.health.v1.Health"} <= {service.name for service in listing.list_services_response.service}
        assert file.file_descriptor_response.file_descriptor_proto


def test_tokens(fake_coder: Any, tmp_path: Path) -> None:
    tokens = tmp_path / "tokens"
    tokens.write_text("# rotated monthly\nold-token\nnew-token\n")
    with Server(config(token_file=tokens), fake_coder) as server:
        for token in ("old-token", "new-token"):
            with Client(server.address, token=token) as client:
                assert client.code("Peru").events
        for token, reason in ((None, "TOKEN_MISSING"), ("guess", "TOKEN_INVALID"), ("old-token2", "TOKEN_INVALID")):
            with Client(server.address, token=token) as client:
                for call in (lambda: client.code("Peru"), lambda: client.analyze("Peru"), lambda: list(client.code_many(["Peru"]))):
                    with pytest.raises(DemarcheError) as caught:
                        call()
                    assert (caught.value.code, caught.value.reason) == ("UNAUTHENTICATED", reason)
        with grpc.insecure_channel(server.address) as channel:
            assert health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest()).status == SERVING


def test_a_changed_token_file_is_read_again_and_a_broken_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "tokens"
    path.write_text("first\n")
    tokens = TokenFile(path)
    assert tokens.accepts("first") and not tokens.accepts("second")
    path.write_text("second-one\n")
    assert tokens.accepts("second-one") and not tokens.accepts("first")
    path.write_text("# none\n")
    assert tokens.accepts("second-one")
    path.unlink()
    assert tokens.accepts("second-one")
    with pytest.raises(ConfigError, match="No such file"):
        TokenFile(path)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_tls(fake_coder: Any, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    request = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
               "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate]
    subprocess.run(request, check=True, capture_output=True)
    with Server(config(address="localhost:0", tls_certificate=certificate, tls_key=key), fake_coder) as server:
        with Client(server.address, tls=certificate) as client:
            assert client.code("Peru").events
        with Client(server.address, tls=False, timeout=1) as client, pytest.raises(DemarcheError) as caught:
            client.code("Peru")
        assert caught.value.code == "UNAVAILABLE"


@pytest.mark.parametrize("settings, message", [
    ({"address": "0.0.0.0:0"}, "other machines"), ({"address": "demarche.example:0"}, "other machines"),
    ({"tls_key": Path("key")}, "go together"), ({"tls_client_ca": Path("ca")}, "only be asked for with TLS"),
    ({"address": "localhost"}, "is no address"), ({"address": "127.0.0.1:65536"}, "is no address"),
    ({"workers": 0}, "at least 1"), ({"grace_seconds": -1.0}, "negative"),
])
def test_bad_settings_are_refused(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        config(**settings)


def test_plain_text_for_other_machines_needs_to_be_asked_for() -> None:
    assert config(address="0.0.0.0:0", insecure=True).address == "0.0.0.0:0"
    assert all(is_local(address) for address in ("localhost:1", "127.0.0.1:1", "127.3.2.1:1", "[::1]:1", "unix:/run/d.sock"))
    assert not any(is_local(address) for address in ("[::]:1", "10.0.0.1:1", "localhost.example:1", ":1"))


def test_a_port_in_use_is_one_clear_error(fake_coder: Any) -> None:
    with Server(config(), fake_coder) as first, pytest.raises(ConfigError, match="in use"):
        Server(config(address=first.address), fake_coder).start()


def test_a_missing_certificate_is_one_clear_error(fake_coder: Any, tmp_path: Path) -> None:
    settings = config(tls_certificate=tmp_path / "none.pem", tls_key=tmp_path / "none.pem")
    with pytest.raises(ConfigError, match="none.pem: cannot read the TLS key"):
        Server(settings, fake_coder).start()


def test_a_call_under_way_ends_before_the_server_does(fake_coder: Any) -> None:
    server = Server(config(grace_seconds=5), fake_coder)
    server.start()
    with Client(server.address) as client:
        client.wait_ready()
        done: list[Any] = []
        caller = threading.Thread(target=lambda: done.extend(client.code_many(["SLOW a"] * 8)))
        caller.start()
        deadline = time.monotonic() + 5
        while not fake_coder.batches and time.monotonic() < deadline:
            time.sleep(0.01)
        server.stop()
        caller.join(5)
        assert len(done) == 8
        with pytest.raises(DemarcheError) as caught:
            client.code("Peru", timeout=1)
        assert caught.value.code in ("UNAVAILABLE", "DEADLINE_EXCEEDED")


SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from conftest import FakeCoder
from demarche.server.app import Server, serve
from demarche.server.config import ServerConfig
server = Server(ServerConfig(address="127.0.0.1:0", workers=1, grace_seconds=5), FakeCoder())
serve(server, ready=lambda address: print(address, flush=True))
print("ended", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_process_in_order(number: signal.Signals) -> None:
    folder = str(Path(__file__).parents[1])
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, folder], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        with Client(address) as client:
            results: list[Any] = []
            caller = threading.Thread(target=lambda: results.append(client.code("SLOW Peru")))
            caller.start()
            time.sleep(0.03)
            process.send_signal(number)
            caller.join(5)
        assert results, "the call under way was answered"
        assert process.stdout.read() == "ended\n" and process.wait(5) == 0
    finally:
        process.kill()
        process.wait()
