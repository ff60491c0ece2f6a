"""Bearer tokens: who may call. Health checks need none, so that balancers can ask."""
from __future__ import annotations

import hmac
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc
from grpc_status import rpc_status

from demarche.server.config import ConfigError
from demarche.server.errors import ServiceError, status_of

_EXEMPT = "/grpc.health.v1.Health/"
_SCHEME = "bearer "


class TokenFile:
    """The accepted tokens, one a line, `#` comments; several may hold at once, for rotation. A changed file is read at the next call."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] = (-1, -1)
        self._tokens: tuple[bytes, ...] = ()
        try:
            self._refresh()
        except (OSError, ValueError) as error:
            raise ConfigError(f"{path}: cannot read the tokens: {getattr(error, 'strerror', None) or error}") from None

    def accepts(self, token: str) -> bool:
        """Whether `token` is one of the file's, compared in constant time."""
        try:
            self._refresh()
        except (OSError, ValueError):
            pass  # a file that is being replaced must not lock everybody out: the last good tokens stay in force
        given = token.encode()
        return any([hmac.compare_digest(given, known) for known in self._tokens])

    def _refresh(self) -> None:
        found = self._path.stat()
        stamp = (found.st_mtime_ns, found.st_size)
        if stamp == self._stamp:
            return
        with self._lock:
            lines = [line.strip() for line in self._path.read_text(encoding="utf-8").splitlines()]
            tokens = tuple(line.encode() for line in lines if line and not line.startswith("#"))
            if not tokens:
                raise ValueError("it has none")
            self._tokens, self._stamp = tokens, stamp


class TokenInterceptor(grpc.ServerInterceptor):
    """Refuses calls without a good token before their request is read."""

    def __init__(self, tokens: TokenFile) -> None:
        self._tokens = tokens
        self._missing = _refusal(ServiceError("TOKEN_MISSING", "this server asks for a bearer token in the authorization metadata"))
        self._invalid = _refusal(ServiceError("TOKEN_INVALID", "the bearer token is not accepted"))

    def intercept_service(self, continuation: Callable[[grpc.HandlerCallDetails], Any], details: grpc.HandlerCallDetails) -> Any:
        """See grpc.ServerInterceptor."""
        if details.method.startswith(_EXEMPT):
            return continuation(details)
        given = next((str(value) for key, value in details.invocation_metadata or () if key == "authorization"), "")
        if not given.lower().startswith(_SCHEME):
            return self._missing
        return continuation(details) if self._tokens.accepts(given[len(_SCHEME):].strip()) else self._invalid


def _refusal(error: ServiceError) -> grpc.RpcMethodHandler:
    status = rpc_status.to_status(status_of(error))
    # The method's own kind does not matter: the call ends before anything is read or written.
    return grpc.stream_stream_rpc_method_handler(lambda _requests, context: context.abort_with_status(status))
