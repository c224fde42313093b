"""Settings that would be dangerous are refused with a sentence."""

import pytest

from bot.domain.errors import SettingError
from bot.settings import read_settings

CLIENT = {"oidc_client_id": "wegweiser", "oidc_client_secret": "made-up"}


@pytest.mark.parametrize(
    "issuer", ["https://login.example.org/realms/city", "http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"]
)
def test_an_identity_provider_is_reached_safely(issuer: str) -> None:
    assert read_settings(_env_file=None, oidc_issuer=issuer, **CLIENT).oidc_issuer == issuer


@pytest.mark.parametrize("issuer", ["http://login.example.org", "http://192.0.2.7", "http://localhost.example.org"])
def test_secrets_do_not_go_to_an_identity_provider_in_clear(issuer: str) -> None:
    with pytest.raises(SettingError, match="OIDC_ISSUER must begin with https://"):
        read_settings(_env_file=None, oidc_issuer=issuer, **CLIENT)
