"""Which subscriber a request comes from: messages and attempts to sign in are counted by it."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

SUBSCRIBER_BITS = 64
TRANSLATED = ip_network("64:ff9b::/96")
"""IPv6 addresses that a network translates into the IPv4 address in their last 32 bits (RFC 6052)."""


def find_network(forwarded: Iterable[str], remote: str | None, trusted_proxies: int) -> str:
    """The network of whoever called, behind so many proxies of ours."""
    return network_of(find_address(forwarded, remote, trusted_proxies))


def find_address(forwarded: Iterable[str], remote: str | None, trusted_proxies: int) -> str:
    """The address that the outermost trusted proxy saw, from the X-Forwarded-For headers; without proxies the one that called.

    >>> find_address(["192.0.2.7, 10.0.0.1"], "10.0.0.2", 1), find_address(["192.0.2.7"], "10.0.0.2", 0)
    ('10.0.0.1', '10.0.0.2')
    """
    hops = [hop.strip() for hop in ",".join(forwarded).split(",") if hop.strip()]
    return hops[-trusted_proxies] if 0 < trusted_proxies <= len(hops) else remote or ""


def network_of(address: str) -> str:
    """What one subscriber holds: an IPv4 address, or a /64 of IPv6, in which everybody has addresses without number.

    >>> network_of("192.0.2.7"), network_of("2001:db8::1:2:3:4"), network_of("::ffff:192.0.2.7"), network_of("a proxy")
    ('192.0.2.7', '2001:db8::/64', '192.0.2.7', 'a proxy')
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, SUBSCRIBER_BITS), strict=False))
    return str(parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else parsed)


def is_public(address: str) -> bool:
    """Whether an IP address lies in the public Internet: not on this machine, nor in a network of our own, nor a link's.

    >>> [is_public(each) for each in ("93.184.215.14", "2a00:1450::1", "127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1")]
    [True, True, False, False, False, False, False]
    >>> [is_public(each) for each in ("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "0.0.0.0", "100.64.0.1", "224.0.0.1")]
    [False, False, False, False, False, False]
    """
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (IPv4Address(int(parsed) & 0xFFFFFFFF) if parsed in TRANSLATED else None)
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not parsed.is_multicast
