"""Everything that can be set about a server, read once and passed down."""
from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path

from demarche import limits


class ConfigError(ValueError):
    """The settings contradict one another or are unsafe; the message says which and what to do."""


def _cores() -> int:
    # The cores that this process may use, which in a container or under taskset are fewer than the machine has.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class ServerConfig:
    """Settings of one server process."""

    address: str = "127.0.0.1:50051"  # host:port, port 0 for a free one, or unix:PATH
    workers: int = field(default_factory=_cores)  # threads for unary calls: coding runs without the GIL, so as many as cores
    streams: int = 16  # CodeDocuments streams at once; each holds a thread of its own while it lasts
    max_calls: int = 256  # calls under way or waiting; more are refused at once with RESOURCE_EXHAUSTED
    max_request_bytes: int = limits.MAX_REQUEST_BYTES
    tls_certificate: Path | None = None  # PEM, with its chain
    tls_key: Path | None = None  # PEM
    tls_client_ca: Path | None = None  # PEM; clients must then show a certificate signed by it
    token_file: Path | None = None  # bearer tokens, one a line; read again when it changes
    insecure: bool = False  # allow plain text on an address that other machines can reach
    reflection: bool = True
    drain_seconds: float = 0.0  # time between "not serving" and refusing calls, for load balancers to notice
    grace_seconds: float = 10.0  # time that calls under way get to end

    def __post_init__(self) -> None:
        port = self.address.rpartition(":")[2]
        if not self.address.startswith("unix:") and not (port.isdecimal() and int(port) < 1 << 16):
            raise ConfigError(f"{self.address} is no address: give HOST:PORT with a port up to 65535, or unix:PATH")
        if (self.tls_certificate is None) != (self.tls_key is None):
            raise ConfigError("a TLS certificate and its key go together: give both or neither")
        if self.tls_client_ca is not None and self.tls_certificate is None:
            raise ConfigError("client certificates can only be asked for with TLS: give a certificate and a key too")
        if self.workers < 1 or self.streams < 1 or self.max_calls < 1 or self.max_request_bytes < 1:
            raise ConfigError("workers, streams, calls and message size must be at least 1")
        if self.drain_seconds < 0 or self.grace_seconds < 0:
            raise ConfigError("times to drain and to end calls must not be negative")
        if not self.secure and not self.insecure and not is_local(self.address):
            raise ConfigError(f"{self.address} can be reached from other machines: give a TLS certificate and its key, or ask for plain"
                              " text with insecure")

    @property
    def secure(self) -> bool:
        """TLS is on."""
        return self.tls_certificate is not None


def is_local(address: str) -> bool:
    """Whether only this machine can reach `address`."""
    if address.startswith("unix:"):
        return True
    host = address.rpartition(":")[0].strip("[]")
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
