"""Every code has a name at the desk, in both languages."""

from dataclasses import dataclass
from typing import Any

import pytest

from bot.adapters.wording.catalogues import Catalogues
from bot.console.labels import label
from bot.domain import case_codes
from bot.domain.case_log import CaseEvent
from bot.domain.case_records import CONTACT_REASONS, FILE_ENDINGS, RecordKind
from bot.domain.case_work import CORRECTABLE
from bot.domain.cases import CaseChannel, CaseStatus
from bot.domain.report_form import Step
from tests.fakes.world import ROOT, World

LISTS: dict[str, tuple[str, ...]] = {
    **CORRECTABLE,
    "grounds": case_codes.GROUNDS,
    "area_detail": tuple(f"{area}.{detail}" for area, details in case_codes.AREAS.items() for detail in (*details, "not-stated")),
    "precision": case_codes.PRECISIONS,
    "intervention": case_codes.INTERVENTIONS,
    "referral": case_codes.REFERRALS,
    "closed_reason": case_codes.CLOSE_REASONS,
    "status": tuple(CaseStatus),
    "channel": tuple(CaseChannel),
    "event": tuple(CaseEvent),
    "record": tuple(RecordKind),
    "contact-reason": CONTACT_REASONS,
    "file-type": tuple(media_type.partition("/")[2] for media_type in FILE_ENDINGS),
    "field": (*CORRECTABLE, "area_detail", "grounds", "municipality", "incident", *(set(Step) - {Step.CONSENT, Step.SUMMARY})),
}


class Ports:
    """The words of the bot and of the desk."""

    bot = World().ports
    wording = Catalogues(ROOT / "responses", "console*")


@dataclass
class Reader:
    """As much of a visit as labels need."""

    ports: Any
    language: str

    def said(self, key: str) -> str:
        return self.ports.wording.say_plain(key, self.language)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", LISTS)
def test_every_code_has_a_name_of_its_own(name: str, language: str) -> None:
    names = {code: label(Reader(Ports, language), name, code) for code in LISTS[name]}  # type: ignore[arg-type]
    assert [code for code, words in names.items() if words.startswith("code.") or not words] == []
    if name not in ("area_detail", "field"):
        assert len(set(names.values())) == len(names)


def test_languages_and_cities_are_named() -> None:
    reader: Any = Reader(Ports, "de")
    assert label(reader, "language", "ar") == "Arabisch"
    assert label(reader, "language", "zzzz") == "zzzz"
    assert label(reader, "language", "de-simple").startswith("Deutsch (")
    assert label(reader, "municipality", "halle").startswith("Halle")
    assert label(reader, "municipality", None) == "Noch keine Stadt"
    assert label(reader, "municipality", "atlantis") == "atlantis"
    assert label(reader, "gender", None) == label(reader, "gender", "not-stated")
