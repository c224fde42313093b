"""What invented people tell, from stories.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.case_codes import NOT_STATED
from bot.domain.languages import Language


@dataclass(frozen=True, kw_only=True)
class Story:
    """A made-up report with the codes that fit it."""

    language: Language
    text: str
    area: str
    detail: str
    grounds: tuple[str, ...]
    form: str
    wish: str
    body: str
    own: str = NOT_STATED


def read_stories() -> tuple[Story, ...]:
    """All of them."""
    content = tomllib.loads(Path(__file__).with_name("stories.toml").read_text(encoding="utf-8"))
    return tuple(to_story(each) for each in content["story"])


def to_story(values: dict[str, Any]) -> Story:
    """One story out of the file."""
    return Story(**{**values, "language": Language(values["language"]), "grounds": tuple(values["grounds"])})
