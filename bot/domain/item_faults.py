"""What is wrong with an item of the knowledge, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Path = tuple[str | int, ...]
"""The way to a field within an item's content: ("answers", "de")."""


@dataclass(frozen=True, kw_only=True)
class ItemFault:
    """Something to mend. `code` has words at the desk (fault.<code>); `overdue` ones are reminders that stop nothing."""

    path: Path
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    overdue: bool = False

    @property
    def language(self) -> str:
        """The language whose text is meant; empty for a field that has none."""
        return str(self.values.get("language", ""))
