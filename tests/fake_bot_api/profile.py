"""What the bot says about itself: commands and descriptions, per language."""

from typing import Any

from tests.fake_bot_api.checks import RefusedError, check_commands, check_language
from tests.fake_bot_api.people import Json


class Profile:
    """The methods around it."""

    def __init__(self) -> None:
        """Say nothing yet."""
        self.settings: dict[tuple[str, str], Any] = {}
        """By kind and language code; "" is for everybody else."""

    async def on_setMyCommands(self, params: Json) -> bool:  # noqa: N802
        check_commands(params["commands"])
        return self.set("commands", params, params["commands"])

    async def on_getMyCommands(self, params: Json) -> list[Json]:  # noqa: N802
        return list(self.settings.get(("commands", params.get("language_code", "")), []))

    async def on_setMyDescription(self, params: Json) -> bool:  # noqa: N802
        return self.set("description", params, params.get("description", ""), most=512)

    async def on_getMyDescription(self, params: Json) -> Json:  # noqa: N802
        return {"description": self.settings.get(("description", params.get("language_code", "")), "")}

    async def on_setMyShortDescription(self, params: Json) -> bool:  # noqa: N802
        return self.set("short_description", params, params.get("short_description", ""), most=120)

    async def on_getMyShortDescription(self, params: Json) -> Json:  # noqa: N802
        return {"short_description": self.settings.get(("short_description", params.get("language_code", "")), "")}

    def set(self, name: str, params: Json, value: Any, most: int = 100) -> bool:
        """Keep a setting for a language ("" for all others)."""
        check_language(params.get("language_code", ""))
        if len(value) > most:
            raise RefusedError(400, f"Bad Request: {name} is too long")
        self.settings[name, params.get("language_code", "")] = value
        return True
