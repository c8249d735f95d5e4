"""Fetching a picture from an address that a stranger wrote into a file.

The name is resolved once and the connection goes to the address that was checked, so a name that changes its mind
between check and use gains nothing. No redirects, 5 seconds, 8 MiB.
"""

import ipaddress
import socket
import ssl
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import quote, urlsplit

from django.conf import settings

SECONDS = 5
LARGEST = 8 * 1024 * 1024
PORTS = {"http": 80, "https": 443}


class AddressRefused(Exception):
    """This address is never fetched."""


class Unreachable(Exception):
    """Nothing usable came back; it may tomorrow."""


def fetch(address):
    """The bytes at ``address``. Raises ``AddressRefused`` (for good) or ``Unreachable`` (for now)."""
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise AddressRefused(f"not a plain http(s) address: {address[:200]}")
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError:
        raise AddressRefused("impossible port") from None
    until = time.monotonic() + SECONDS
    try:
        connection = _connect(parts.scheme, parts.hostname, port)
        try:
            target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", target, headers={"User-Agent": "Zhanggui/1.0", "Accept": "image/*"})
            return _read(connection.getresponse(), until)
        finally:
            connection.close()
    except (OSError, HTTPException, UnicodeError, ValueError) as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from error


def _connect(scheme, host, port):
    kind, place = _resolve(host, port)
    connection = (HTTPSConnection if scheme == "https" else HTTPConnection)(host, port, timeout=SECONDS)
    connection.sock = socket.socket(kind, socket.SOCK_STREAM)
    connection.sock.settimeout(SECONDS)
    try:
        connection.sock.connect(place)
        if scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
    except BaseException:
        connection.sock.close()
        raise
    return connection


def _resolve(host, port):
    """The first address of ``host``; every one of them must be public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for _family, _type, _proto, _name, place in found:
        address = ipaddress.ip_address(place[0].partition("%")[0])
        address = getattr(address, "ipv4_mapped", None) or address
        public = address.is_global and not address.is_multicast
        if not public and not settings.PICTURES_FROM_PRIVATE_ADDRESSES:
            raise AddressRefused(f"{host} is not a public address")
    return found[0][0], found[0][4]


def _read(response, until):
    if response.status != 200:
        raise Unreachable(f"status {response.status}")
    body = bytearray()
    while chunk := response.read1(65_536):
        body += chunk
        if len(body) > LARGEST:
            raise AddressRefused(f"larger than {LARGEST} bytes")
        if time.monotonic() > until:
            raise Unreachable("too slow")
    return bytes(body)
