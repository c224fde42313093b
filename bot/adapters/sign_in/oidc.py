"""Sign-in through the organisation's own identity provider: OpenID Connect, authorization code with PKCE."""

import re
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, cast

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # type: ignore[import-untyped]
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.domain.errors import NotAvailableError
from bot.services.desk.people.sign_in_ports import Departure, Identity, RefusedError

SIGNATURES = ("RS256", "PS256", "ES256")
"""Never "none", and never one that our own secret could sign."""
LEEWAY_SECONDS = 60
TIMEOUT_SECONDS = 10
SECOND_FACTORS = frozenset({"mfa", "otp", "hwk", "swk", "fpt", "face", "sc", "sms"})
"""Authentication methods of RFC 8176; "mfa" says it outright, the others do so beside another one."""

MULTI_FACTOR = frozenset({"mfa", "multi-factor", "multifactor"})
"""How the name of an authentication context ends that stands for several factors."""


class OidcProvider:
    """Implements desk.sign_in_ports.IdentityProvider."""

    def __init__(self, issuer: str, client_id: str, client_secret: str, name: str) -> None:
        """Nothing is asked before somebody signs in."""
        self._issuer, self._client_id, self._client_secret, self._name = issuer, client_id, client_secret, name

    @property
    def name(self) -> str:
        """What the button says."""
        return self._name

    async def depart(self, return_address: str) -> Departure:
        """Where to send the browser. Raises NotAvailableError."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        async with reach() as client:
            start = (await self._discover(client))["authorization_endpoint"]
        address = prepare_grant_uri(
            start,
            client_id=self._client_id,
            response_type="code",
            redirect_uri=return_address,
            scope="openid email",
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
        return Departure(address=address, state=state, nonce=nonce, verifier=verifier)

    async def return_from(self, departure: Departure, return_address: str, code: str, now: datetime) -> Identity:
        """Who came back. Raises RefusedError, NotAvailableError."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": return_address, "code_verifier": departure.verifier}
        async with reach() as client:
            about = await self._discover(client)
            answer = await client.post(about["token_endpoint"], data=form, auth=(self._client_id, self._client_secret))
            if answer.is_client_error:
                raise RefusedError("The identity provider did not take the code.")
            given = answer.raise_for_status().json()
            keys = KeySet.import_key_set((await client.get(about["jwks_uri"])).raise_for_status().json())
        return self._read_token(given, keys, about["issuer"], departure.nonce, now)

    def _read_token(self, given: Mapping[str, Any], keys: KeySet, issuer: str, nonce: str, now: datetime) -> Identity:
        """Check signature, issuer, audience, times and nonce (OpenID Connect Core 1.0, section 3.1.3.7)."""
        wanted = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": self._client_id}}
        expected = {"nonce": nonce, "client_id": self._client_id, "access_token": given.get("access_token")}
        try:
            token = jwt.decode(given["id_token"], keys, algorithms=SIGNATURES)
            claims = CodeIDToken(token.claims, token.header, wanted, expected)
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY_SECONDS)
        except (JoseError, KeyError, ValueError, TypeError) as error:
            raise RefusedError(f"The identity provider's answer is not valid ({type(error).__name__}).") from None
        email, subject = claims.get("email"), claims.get("sub")
        if not isinstance(subject, str) or not subject:
            raise RefusedError("The identity provider did not say who it is.")
        if claims.get("email_verified") is not True or not isinstance(email, str):
            raise RefusedError("The identity provider did not vouch for an e-mail address.")
        return Identity(email=email, subject=f"{issuer}|{subject}", is_multi_factor=is_multi_factor(claims))

    async def _discover(self, client: httpx.AsyncClient) -> dict[str, Any]:
        """What the provider says about itself, under the address that it must call itself by."""
        about: dict[str, Any] = (await client.get(f"{self._issuer}/.well-known/openid-configuration")).raise_for_status().json()
        if str(about.get("issuer")).rstrip("/") != self._issuer:
            raise NotAvailableError("WEGWEISER_OIDC_ISSUER: the provider calls itself otherwise. Copy its issuer address again.")
        return about


@asynccontextmanager
async def reach() -> AsyncIterator[httpx.AsyncClient]:
    """A client for one conversation with the provider. Raises NotAvailableError, with nothing of what was said."""
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as client:
            yield client
    except (httpx.HTTPError, httpx.InvalidURL, JoseError, ValueError, KeyError) as error:
        raise NotAvailableError(f"The identity provider does not answer as it should ({type(error).__name__}).") from None


def is_multi_factor(claims: Mapping[str, Any]) -> bool:
    """Whether the provider asked for a second factor: it says so in `amr` or `acr`.

    >>> is_multi_factor({"amr": ["pwd", "mfa"]}), is_multi_factor({"amr": ["pwd", "otp"]}), is_multi_factor({"amr": ["pwd"]})
    (True, True, False)
    >>> is_multi_factor({"acr": "http://schemas.openid.net/pape/policies/2007/06/multi-factor"}), is_multi_factor({"acr": "1"})
    (True, False)
    >>> [is_multi_factor({"acr": acr}) for acr in ("https://refeds.org/profile/mfa", "https://idp.example/no-mfa", "urn:example:mfa:none")]
    [True, False, False]
    """
    methods = {each for each in cast("list[object]", claims.get("amr") or []) if isinstance(each, str)}
    acr = re.split(r"[/:#]", str(claims.get("acr") or "").lower())[-1]
    return "mfa" in methods or (len(methods) > 1 and bool(methods & SECOND_FACTORS)) or acr in MULTI_FACTOR
