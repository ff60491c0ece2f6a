"""What stands around every handler: one log line and one count a call, and errors turned into statuses.

Handlers are wrapped once, when the server is built. Replies of a stream are wrapped as they are drawn, so that what goes wrong in the
middle of a stream is reported like anything else.
"""
from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import grpc
from google.rpc import code_pb2
from grpc_status import rpc_status

from demarche.coder.errors import DocumentError
from demarche.server.errors import ServiceError, status_of

log = logging.getLogger("demarche.server")


class CallCounts:
    """Calls and seconds by method and status code, for the log at shutdown and for tests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.calls: Counter[tuple[str, str]] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def record(self, method: str, code: int, began: float) -> None:
        """Count one call that began at `began` (time.perf_counter)."""
        seconds = time.perf_counter() - began
        name = code_pb2.Code.Name(code)
        with self._lock:
            self.calls[method, name] += 1
            self.seconds[method] += seconds
        log.info("%s %s %.1f ms", method, name, 1000 * seconds)


def guard_unary(method: str, behaviour: Callable[[Any, grpc.ServicerContext], Any], counts: CallCounts) -> Callable[..., Any]:
    """`behaviour` for one request and one reply, with its errors as statuses."""
    def call(request: Any, context: grpc.ServicerContext) -> Any:
        began = time.perf_counter()
        try:
            if isinstance(request, ServiceError):
                raise request
            reply = behaviour(request, context)
        except Exception as error:  # noqa: BLE001  the last place where a fault can become a status
            failure = error
        else:
            counts.record(method, 0, began)
            return reply
        _fail(method, failure, context, counts, began)
    return call


def guard_stream(method: str, behaviour: Callable[[Iterator[Any], grpc.ServicerContext], Iterator[Any]],
                 counts: CallCounts) -> Callable[..., Iterator[Any]]:
    """`behaviour` for a stream of requests and one of replies, with its errors, also between two replies, as statuses."""
    def call(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        began = time.perf_counter()
        try:
            yield from behaviour(_checked(requests), context)
        except GeneratorExit:
            counts.record(method, code_pb2.CANCELLED, began)
            raise
        except Exception as error:  # noqa: BLE001  the last place where a fault can become a status
            failure = error
        else:
            counts.record(method, 0, began)
            return
        _fail(method, failure, context, counts, began)
    return call


def _checked(requests: Iterator[Any]) -> Iterator[Any]:
    for request in requests:
        if isinstance(request, ServiceError):
            raise request
        yield request


def _fail(method: str, error: Exception, context: grpc.ServicerContext, counts: CallCounts, began: float) -> NoReturn:
    """End the call with the status of `error`. Faults get an id that links the status to the log; their text stays here."""
    if isinstance(error, grpc.RpcError):  # the caller went away while its requests were read: nobody is left to tell
        counts.record(method, code_pb2.CANCELLED, began)
        raise error
    if not isinstance(error, (ServiceError, DocumentError)):
        fault = secrets.token_hex(6)
        log.error("%s failed, id %s", method, fault, exc_info=error)
        error = ServiceError("INTERNAL", f"internal error, id {fault}", metadata={"id": fault})
    status = status_of(error)
    counts.record(method, status.code, began)
    context.abort_with_status(rpc_status.to_status(status))
    raise AssertionError("abort_with_status always raises")
