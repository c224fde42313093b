"""Every setting, read once from the environment and .env; all names begin with WEGWEISER_."""

from ipaddress import ip_address
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.errors import SettingError

PREFIX = "WEGWEISER_"


class Settings(BaseSettings):
    """The settings. An empty value counts as not set."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    telegram_token: str | None = Field(None, description="Token of the Telegram bot from @BotFather. Unset: only the web chat runs.")
    telegram_api: str = Field("https://api.telegram.org", description="Address of the Bot API server; set it for a self-hosted one.")
    public_url: str | None = Field(
        None, description="Address under which people reach the web chat, with https. Set: Telegram uses a webhook. Unset: long polling."
    )
    host: str = Field("127.0.0.1", description="Address the web server listens on. In a container: 0.0.0.0.")
    port: int = Field(8080, ge=0, le=65535, description="Port the web server listens on.")
    database: str | None = Field(
        None, description="SQLAlchemy address, for example postgresql+asyncpg://user@host/name. Unset: a SQLite file in DATA."
    )
    nlu: str | None = Field(
        None, description="Address of a Rasa server started with --enable-api. Unset: one is started as a child process."
    )
    nlu_workshop: str | None = Field(
        None,
        description="With NLU set: address of a second Rasa server, in which publications are trained and proved. Unset: none can be made.",
    )
    data: Path = Field(
        Path("data"),
        description="Folder for the SQLite file, models, keys and logs. With NLU set, the Rasa server must see it under the same path.",
    )
    keys: str | None = Field(
        None,
        description="Encryption keys (base64 of 32 bytes), newest first, comma between. Unset: made in DATA/keys. Required with DATABASE.",
    )
    messages_per_minute: int = Field(
        60, ge=0, description="How many messages one address may send to the web chat in a minute. 0: no limit."
    )
    trusted_proxies: int = Field(0, ge=0, description="How many reverse proxies stand in front; their X-Forwarded-For is then believed.")
    reports_in_telegram: bool = Field(
        default=True, description="Whether reports are taken in Telegram, too. false: only in the web chat (needs PUBLIC_URL)."
    )
    oidc_issuer: str | None = Field(
        None, description="Issuer address of an OpenID Connect provider for staff. Unset: password and one-time code only."
    )
    oidc_client_id: str = Field("", description="Our client id at that provider.")
    oidc_client_secret: str = Field("", description="Our client secret at that provider.")
    oidc_name: str = Field("Single Sign-On", description="What the button on the sign-in page calls the provider.")
    retention: str = Field(
        "manual",
        pattern="^(manual|automatic)$",
        description="manual: leads erase on the retention page what the rules say. automatic: it is erased once a day.",
    )
    link_check: str = Field(
        "weekly",
        pattern="^(weekly|off)$",
        description="weekly: every link in the knowledge is asked once a week whether its page is there. off: the desk asks none.",
    )
    operator_name: str = Field("", description="Who runs this service, for imprint and privacy notice.")
    operator_address: str = Field("", description="Postal address of the operator.")
    operator_email: str = Field("", description="E-mail address of the operator.")
    operator_phone: str = Field("", description="Phone number of the operator.")
    log_format: str = Field("text", pattern="^(text|json)$", description="How logs are written: text or json.")

    @field_validator("public_url", "telegram_api", "nlu", "nlu_workshop", "oidc_issuer")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "http://unset")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            message = "must be an address that begins with http:// or https://"
            raise ValueError(message)
        return value.rstrip("/") if value else value

    @model_validator(mode="after")
    def _belong_together(self) -> Self:
        if self.database and not self.keys:
            message = f"{PREFIX}KEYS is required when {PREFIX}DATABASE is set. “make key” prints one. Keep it safe."
            raise ValueError(message)
        if self.oidc_issuer and not (self.oidc_client_id and self.oidc_client_secret):
            message = f"{PREFIX}OIDC_ISSUER needs {PREFIX}OIDC_CLIENT_ID and {PREFIX}OIDC_CLIENT_SECRET, as the provider gave them."
            raise ValueError(message)
        if self.oidc_issuer and not is_safe_from_listeners(self.oidc_issuer):
            message = f"{PREFIX}OIDC_ISSUER must begin with https://, since secrets go there; http:// only on this machine."
            raise ValueError(message)
        if not self.reports_in_telegram and not self.public_url:
            message = f"{PREFIX}REPORTS_IN_TELEGRAM=false needs {PREFIX}PUBLIC_URL, the address of the web chat, for the link to it."
            raise ValueError(message)
        return self

    @property
    def database_url(self) -> str:
        """The database's address; the embedded default is a file in DATA."""
        return self.database or f"sqlite+aiosqlite:///{self.data / 'wegweiser.db'}"


def is_safe_from_listeners(address: str) -> bool:
    """Whether nobody on the way can read along: HTTPS, or no way at all.

    >>> [is_safe_from_listeners(each) for each in ("https://id.example", "http://127.0.0.1:8080/realm", "http://id.example")]
    [True, True, False]
    """
    parts = urlsplit(address)
    try:
        is_here = parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
    except ValueError:
        is_here = False
    return parts.scheme == "https" or is_here


def write_address(host: str, port: int) -> str:
    """The address to open in a browser on this machine, also for a server that listens everywhere.

    >>> [write_address(each, 8080) for each in ("0.0.0.0", "::", "::1", "wegweiser.local")]
    ['http://127.0.0.1:8080', 'http://[::1]:8080', 'http://[::1]:8080', 'http://wegweiser.local:8080']
    """
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def read_settings(**values: object) -> Settings:
    """The settings. Raises SettingError with one sentence that names the setting and how to set it."""
    try:
        return Settings(**values)  # type: ignore[arg-type]
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        reason = str(fault["msg"]).removeprefix("Value error, ")
        if not fault["loc"]:
            raise SettingError(reason) from error
        name = str(fault["loc"][0])
        meaning = Settings.model_fields[name].description
        message = f"{PREFIX}{name.upper()}: {reason}. {meaning} Set it in .env or in the environment."
        raise SettingError(message) from error
