"""Which network a request comes from: attempts to sign in are counted by it."""

from ipaddress import IPv6Address, ip_address, ip_network

from aiohttp import web

SUBSCRIBER_BITS = 64


def network_of(request: web.Request, trusted_proxies: int) -> str:
    """The address that the outermost trusted proxy saw; of IPv6 the /64, in which one subscriber has addresses without number."""
    seen = ",".join(request.headers.getall("X-Forwarded-For", []))
    hops = [hop.strip() for hop in seen.split(",") if hop.strip()]
    return shorten(hops[-trusted_proxies] if 0 < trusted_proxies <= len(hops) else request.remote or "")


def shorten(address: str) -> str:
    """What one subscriber holds.

    >>> shorten("192.0.2.7"), shorten("2001:db8::1:2:3:4"), shorten("::ffff:192.0.2.7"), shorten("a proxy")
    ('192.0.2.7', '2001:db8::/64', '192.0.2.7', 'a proxy')
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network(f"{parsed}/{SUBSCRIBER_BITS}", strict=False))
    return str(parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else parsed)
