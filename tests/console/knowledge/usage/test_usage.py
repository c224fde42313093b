"""Usage is shown by month, hides what is small wherever it stands, and goes along as a file that says the same."""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import product
from zipfile import ZipFile

import pytest

from bot.domain.staff import Role
from bot.domain.usage import FEEDBACK, QUESTIONS, VIEWS, Happening, UsageKind
from bot.domain.usage_report import MONTHS, months_until
from bot.services.delete_overdue import USAGE_KEPT_FOR
from tests.console.conftest import Browser, Desk
from tests.fakes.world import MORNING, real_knowledge

TODAY = MORNING.date()
OCTOBER = date(2026, 10, 7)
ASKED = Happening(OCTOBER, UsageKind.ANSWERED, "bot.privacy", "de", "halle")


@pytest.fixture
async def editor(knowledge_desk: Desk) -> Browser:
    return await knowledge_desk.meet(Role.EDITOR)


async def count(desk: Desk, usage: Mapping[Happening, int]) -> None:
    async with desk.database.unit_of_work() as work:
        await work.usage.add(usage)
        await work.commit()


async def tables(editor: Browser, month: str) -> dict[str, dict[str, str]]:
    """The tables of the CSV file: title, then row and number."""
    response = await editor.get(f"/knowledge/usage/report.csv?month={month}")
    assert response.status == 200
    found: dict[str, dict[str, str]] = {"": {}}
    title = ""
    for row in csv.reader(io.StringIO((await response.read()).decode("utf-8-sig")), delimiter=";"):
        if not row:
            title = ""
        elif title == "" and len(row) > 2:
            title = row[0]
            found[title] = {}
        elif len(row) > 1:
            found[title][row[0]] = row[1]
    return found


async def test_a_month_is_broken_down_by_what_was_counted(knowledge_desk: Desk, editor: Browser) -> None:
    await count(knowledge_desk, {
        ASKED: 40,
        ASKED._replace(kind=UsageKind.DECLINED, entry="", language="tr", municipality=""): 10,
        ASKED._replace(kind=UsageKind.SUGGESTED, entry="", day=date(2026, 10, 9)): 6,
        ASKED._replace(kind=UsageKind.SHOWN, entry="discrimination.what-happens-after"): 50,
        ASKED._replace(kind=UsageKind.HELPED): 9,
        ASKED._replace(kind=UsageKind.UNHELPFUL): 7,
        ASKED._replace(kind=UsageKind.EMERGENCY, entry=""): 5,
        ASKED._replace(day=date(2026, 11, 1)): 1000,
        ASKED._replace(day=date(2026, 9, 30)): 3,
    })  # fmt: skip
    page = await editor.read("/knowledge/usage?month=2026-10")
    facts = dict(zip(re.findall("<dt>(.*?)</dt>", page), re.findall("<dd>(.*?)</dd>", page), strict=True))
    assert facts == {
        "Monat": "Oktober 2026 (01.10.2026 – 31.10.2026)",
        "Fragen": "56",
        "Gezeigte Einträge": "90",
        "Rückmeldungen": "16",
        "Hinweise auf Notrufnummern": "5",
    }
    found = await tables(editor, "2026-10")
    assert found["Was aus den Fragen wurde"] == {
        "beantwortet": "40", "nachgefragt oder Vorschläge gezeigt": "6", "keine Antwort gewusst": "10", "Gesamt": "56",
    }  # fmt: skip
    assert found["Hat die Antwort geholfen?"] == {"hat geholfen": "9", "hat nicht geholfen": "7", "Gesamt": "16"}
    assert {row: number for row, number in found["Sprachen"].items() if number != "0"} == {
        "Deutsch": "46",
        "Türkisch": "10",
        "Gesamt": "56",
    }
    assert {row: number for row, number in found["Städte"].items() if number != "0"} == {
        "Halle (Saale)": "46",
        "ohne Stadt": "10",
        "Gesamt": "56",
    }
    assert {row: number for row, number in found["Fragen nach Tag"].items() if number != "0"} == {"7.": "50", "9.": "6", "Gesamt": "56"}
    assert found["Gezeigte Einträge nach Thema"]["Über den Bot"] == "40"
    title = real_knowledge().entries["discrimination.what-happens-after"].title["de"]
    assert found["Einträge: Diskriminierung"] == {title: "50", "Gesamt": "50"}
    assert found["Fragen nach Monat"]["Okt. 2026"] == "56"
    assert found["Fragen nach Monat"]["Sept. 2026"] == "–"


async def test_small_numbers_are_hidden_with_enough_others(knowledge_desk: Desk, editor: Browser) -> None:
    turkish, arabic = (
        ASKED._replace(language="tr", municipality="dresden"),
        ASKED._replace(language="ar", kind=UsageKind.DECLINED, entry=""),
    )
    await count(knowledge_desk, {ASKED: 30, turkish: 3, arabic: 12})
    found = await tables(editor, "2026-10")
    assert (found["Sprachen"]["Türkisch"], found["Sprachen"]["Arabisch"], found["Sprachen"]["Deutsch"]) == ("–", "–", "30")
    assert (found["Städte"]["Dresden"], found["Städte"]["Halle (Saale)"]) == ("–", "–")
    assert found["Fragen nach Tag"]["7."] == "45"
    assert "Hat die Antwort geholfen?" not in found
    page = await editor.read("/knowledge/usage?month=2026-10")
    assert re.search(r"Türkisch: (?!zum Schutz nicht gezeigt)|>3<", page) is None


async def test_a_month_with_hardly_any_question_tells_nothing(knowledge_desk: Desk, editor: Browser) -> None:
    await count(knowledge_desk, {ASKED: 4, ASKED._replace(kind=UsageKind.HELPED): 4, ASKED._replace(kind=UsageKind.EMERGENCY): 4})
    page = await editor.read("/knowledge/usage?month=2026-10")
    assert page.count("weniger als fünf") >= 4
    assert "bot.privacy" not in page
    assert set(await tables(editor, "2026-10")) == {"", "Fragen nach Monat"}
    assert (await tables(editor, "2026-10"))["Fragen nach Monat"]["Okt. 2026"] == "–"


async def test_nowhere_in_a_random_month_does_a_small_number_stand(knowledge_desk: Desk, editor: Browser) -> None:
    entries = list(real_knowledge().entries)
    cities, languages = ("halle", "dresden", "", "nowhere"), ("de", "ar", "vi", "xx")
    usage = {}
    for number, (kind, language, city) in enumerate(product(UsageKind, languages, cities)):
        entry = entries[number * 7 % 60] if kind in VIEWS + FEEDBACK else ""
        usage[Happening(OCTOBER + timedelta(days=number % 20), kind, entry, language, city)] = 1 + number * number % 11
    await count(knowledge_desk, usage)
    for title, table in (await tables(editor, "2026-10")).items():
        numbers = [int(number) for row, number in table.items() if number.isdecimal() and title]
        assert not [number for number in numbers if 0 < number < 5], title
    wanted = Counter[str]()
    for happening, times in usage.items():
        wanted["Fragen"] += times if happening.kind in QUESTIONS else 0
        wanted["Gezeigte Einträge"] += times if happening.kind in VIEWS else 0
    facts = (await tables(editor, "2026-10"))[""]
    assert {name: facts[name] for name in wanted} == {name: str(times) for name, times in wanted.items()}


async def test_the_running_month_is_not_for_others(knowledge_desk: Desk, editor: Browser) -> None:
    await count(knowledge_desk, {ASKED: 50, ASKED._replace(day=TODAY): 60})
    running, over = await editor.read("/knowledge/usage"), await editor.read("/knowledge/usage?month=2026-10")
    assert "nicht weitergeben" in running
    assert "01.11.2026 – 20.11.2026" in running
    assert "nicht weitergeben" not in over


@pytest.mark.parametrize("month", ["2026-12", "2023-11", "2026-13", "0000-01", "x", "2026-1", "9999-12"])
async def test_there_are_no_other_months(editor: Browser, month: str) -> None:
    assert (await editor.get(f"/knowledge/usage?month={month}")).status == 404
    assert (await editor.get(f"/knowledge/usage/report.csv?month={month}")).status == 404


async def test_the_file_of_a_workbook_and_no_other_ending(knowledge_desk: Desk, editor: Browser) -> None:
    await count(knowledge_desk, {ASKED: 50})
    response = await editor.get("/knowledge/usage/report.xlsx?month=2026-10")
    assert response.headers["Content-Disposition"] == 'attachment; filename="wegweiser-nutzung-2026-10.xlsx"'
    with ZipFile(io.BytesIO(await response.read())) as book:
        assert "Fragen nach Tag" in book.read("xl/sharedStrings.xml").decode()
    assert (await editor.get("/knowledge/usage/report.exe")).status == 404


@pytest.mark.parametrize("day", [date(2026, 3, 31), date(2027, 1, 1), date(2028, 2, 29), date(2027, 12, 31)])
def test_every_month_that_is_offered_is_still_complete(day: date) -> None:
    oldest = months_until(day)[-1]
    assert len(months_until(day)) == MONTHS
    assert day - USAGE_KEPT_FOR <= oldest
