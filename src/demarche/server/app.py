"""The server: everything wired together, started, and stopped in order."""
from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from demarche import limits
from demarche.server.auth import TokenFile, TokenInterceptor
from demarche.server.coding import SERVICE, CodingService, ServedCoder, handler
from demarche.server.config import ConfigError, ServerConfig
from demarche.server.interceptors import CallCounts

log = logging.getLogger("demarche.server")
_REFUSERS = 4  # threads beyond the allowed streams: they tell further callers at once that there is no room
_HEALTH_THREADS = 2


class Server:
    """One server in this process. `start` once, `stop` once; or use it as a context manager.

    The coder is loaded by the caller, so that a server that listens is a server that can answer.
    """

    def __init__(self, config: ServerConfig, coder: ServedCoder) -> None:
        self.config = config
        self.counts = CallCounts()
        self.port = 0  # known after start; 0 for a unix socket
        self._streams = ThreadPoolExecutor(config.streams + _REFUSERS, thread_name_prefix="stream")
        self._workers = ThreadPoolExecutor(config.workers, thread_name_prefix="call")
        self._health_threads = ThreadPoolExecutor(_HEALTH_THREADS, thread_name_prefix="health")
        interceptors = [TokenInterceptor(TokenFile(config.token_file))] if config.token_file else []
        self._server = grpc.server(
            self._workers, interceptors=interceptors, maximum_concurrent_rpcs=config.max_calls,
            # Without this a second server on the same port would silently share its calls.
            options=[("grpc.so_reuseport", 0), ("grpc.max_receive_message_length", config.max_request_bytes),
                     ("grpc.max_send_message_length", limits.MAX_REPLY_BYTES)])
        self._server.add_generic_rpc_handlers((handler(CodingService(coder, config.streams), self.counts, self._streams),))
        self._health = health.HealthServicer(experimental_non_blocking=True, experimental_thread_pool=self._health_threads)
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        if config.reflection:
            reflection.enable_server_reflection((SERVICE, health.SERVICE_NAME, reflection.SERVICE_NAME), self._server)

    def start(self) -> int:
        """Listen and serve; returns the port. Raises ConfigError if the address cannot be had."""
        address = self.config.address
        try:
            if self.config.secure:
                self.port = self._server.add_secure_port(address, _credentials(self.config))
            else:
                self.port = self._server.add_insecure_port(address)
        except RuntimeError:
            if self.config.secure and _can_listen(address):
                files = (self.config.tls_certificate, self.config.tls_key, self.config.tls_client_ca)
                named = ", ".join(str(path) for path in files if path)
                raise ConfigError(f"cannot use TLS with {named}: they must be PEM files, and the key must be the certificate's") from None
            raise ConfigError(f"cannot listen on {address}: it is in use, or not an address of this machine") from None
        if address.startswith("unix:"):
            self.port = 0
        self._server.start()
        for name in ("", SERVICE):
            self._health.set(name, health_pb2.HealthCheckResponse.SERVING)
        log.info("serving on %s", self.address)
        return self.port

    @property
    def address(self) -> str:
        """Where clients find it, with the real port."""
        host, colon, _ = self.config.address.rpartition(":")
        return self.config.address if self.config.address.startswith("unix:") else f"{host}{colon}{self.port}"

    def stop(self, grace: float | None = None) -> None:
        """Say so to health watchers, wait for balancers, end the calls under way within `grace` seconds (default: the config's)."""
        self._health.enter_graceful_shutdown()
        time.sleep(self.config.drain_seconds)
        self._server.stop(self.config.grace_seconds if grace is None else grace).wait()
        for pool in (self._workers, self._streams, self._health_threads):
            pool.shutdown(wait=False, cancel_futures=True)
        for (method, code), count in sorted(self.counts.calls.items()):
            log.info("served %s %s %d times", method, code, count)

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()


def serve(server: Server, ready: Callable[[str], None] = lambda address: None) -> None:
    """Run until SIGTERM or SIGINT, then stop gracefully; a second signal ends the process at once. Main thread only."""
    # The handler only writes a byte: anything more, such as taking a lock, is not safe in a signal handler.
    reader, writer = os.pipe()
    before = {number: signal.signal(number, lambda *_: os.write(writer, b".")) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        server.start()
        ready(server.address)
        os.read(reader, 1)
        for number in before:
            signal.signal(number, signal.SIG_DFL)
        log.info("stopping")
        server.stop()
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)
        os.close(reader)
        os.close(writer)


def _can_listen(address: str) -> bool:
    probe = grpc.server(ThreadPoolExecutor(1), options=[("grpc.so_reuseport", 0)])
    try:
        probe.add_insecure_port(address)
    except RuntimeError:
        return False
    finally:
        probe.stop(None)
    return True


def _credentials(config: ServerConfig) -> grpc.ServerCredentials:
    assert config.tls_certificate is not None and config.tls_key is not None
    pair = (_pem(config.tls_key, "TLS key"), _pem(config.tls_certificate, "TLS certificate"))
    authority = _pem(config.tls_client_ca, "client CA") if config.tls_client_ca else None
    return grpc.ssl_server_credentials([pair], root_certificates=authority, require_client_auth=authority is not None)


def _pem(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot read the {what}: {error.strerror}") from None
