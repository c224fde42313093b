"""A small, real OpenID Connect provider on the loopback interface: discovery, PKCE, signed tokens, keys."""

import hashlib
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import encode_basic_auth, web
from aiohttp.test_utils import TestServer
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "wegweiser", "made-up-client-secret"


@dataclass
class SmallProvider:
    """Vouches for whoever `claims` says. What a fault in a token would be is set in `claims`, `key` or `algorithm`."""

    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, parameters={"kid": "one"}))
    published: RSAKey | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    now: Any = time.time
    issuer: str = ""
    is_broken: bool = False

    async def start(self) -> TestServer:
        """Listen; the server is to be closed."""
        app = web.Application()
        app.router.add_get("/realm/.well-known/openid-configuration", self.describe)
        app.router.add_get("/realm/authorize", self.authorize)
        app.router.add_post("/realm/token", self.give_token)
        app.router.add_get("/realm/keys", self.show_keys)
        server = TestServer(app)
        await server.start_server()
        self.issuer = str(server.make_url("/realm"))
        return server

    async def describe(self, _request: web.Request) -> web.Response:
        if self.is_broken:
            return web.Response(status=500)
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return web.json_response({"issuer": self.issuer, **{name: f"{self.issuer}/{path}" for name, path in names.items()}})

    async def authorize(self, request: web.Request) -> web.Response:
        """The person consents at once."""
        query = dict(request.query)
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        assert query["client_id"] == CLIENT_ID
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        back = urlencode({"code": code, "state": query["state"]})
        return web.Response(status=302, headers={"Location": f"{query['redirect_uri']}?{back}"})

    async def give_token(self, request: web.Request) -> web.Response:
        """A code is worth a token once, with the right secret, return address and verifier."""
        form = await request.post()
        asked = self.codes.pop(str(form["code"]), None)
        challenge = urlsafe_b64encode(hashlib.sha256(str(form["code_verifier"]).encode()).digest()).rstrip(b"=").decode()
        is_right = asked and asked["code_challenge"] == challenge and asked["redirect_uri"] == form["redirect_uri"]
        if not is_right or request.headers.get("Authorization") != encode_basic_auth(CLIENT_ID, CLIENT_SECRET):
            return web.json_response({"error": "invalid_grant"}, status=400)
        now = int(self.now())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "sub": "1", "iat": now, "exp": now + 300, "nonce": asked["nonce"], **self.claims}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return web.json_response({"access_token": "unused", "token_type": "Bearer", "id_token": token})

    async def show_keys(self, _request: web.Request) -> web.Response:
        return web.json_response({"keys": [(self.published or self.key).as_dict(private=False)]})
