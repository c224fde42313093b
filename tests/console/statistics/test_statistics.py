"""The statistics page and its files show the same true figures, and nobody else's."""

import csv
import io
import re
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from bot.domain.cases import CaseNumber
from bot.domain.staff import Role
from tests.console.conftest import DRESDEN, HALLE, Browser, Desk
from tests.console.statistics.samples import SECRET, hand_counted, several, store

OF_2025 = "?city=halle&period=2025"
Rows = dict[str, dict[str, tuple[str, str]]]
TABLE = re.compile(r'<section class="card[^>]*aria-labelledby="([\w-]+)-title">(.*?)</section>', re.DOTALL)
ROW = re.compile(r'<th scope="row"[^>]*>(.*?)</th><td class="number">(.*?)</td><td class="number">(.*?)</td>')


@pytest.fixture
async def lead(desk: Desk) -> Browser:
    await store(desk.database, hand_counted())
    return await desk.meet(Role.LEAD)


def tables_of_page(page: str) -> Rows:
    return {key: {name: (count, share) for name, count, share in ROW.findall(body)} for key, body in TABLE.findall(page)}


def tables_of_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def rows_of_xlsx(content: bytes) -> list[list[str]]:
    """What stands in the cells of the first sheet."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert book.testzip() is None
        shared = ["".join(item.itertext()) for item in ET.fromstring(book.read("xl/sharedStrings.xml"))]  # noqa: S314  # our own file
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314
        assert any(name.startswith("xl/charts/") for name in book.namelist())
    assert sheet.find(f".//{space}f") is None
    rows = []
    for row in sheet.iter(f"{space}row"):
        values = [(cell.get("t"), cell.findtext(f"{space}v")) for cell in row if cell.findtext(f"{space}v") is not None]
        rows.append([shared[int(value)] if kind == "s" else value for kind, value in values])
    return rows


def text_of_pdf(content: bytes) -> str:
    """The text of all pages, by the font's own table of characters."""
    text = []
    with pikepdf.open(io.BytesIO(content)) as paper:
        for page in paper.pages:
            maps = {str(name): characters_of(font) for name, font in page.Resources.Font.items()}
            current: dict[int, str] = {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    current = maps[str(operands[0])]
                elif str(operator) in ("Tj", "TJ"):
                    parts = operands[0] if str(operator) == "TJ" else operands
                    raw = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
                    text.append("".join(current.get(int.from_bytes(raw[at : at + 2]), "") for at in range(0, len(raw), 2)))
    return "\n".join(text)


def characters_of(font: pikepdf.Object) -> dict[int, str]:
    to_unicode = font.ToUnicode.read_bytes().decode("ascii")
    return {int(code, 16): chr(int(char, 16)) for code, char in re.findall(r"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})>\n", to_unicode)}


async def test_the_figures_are_those_counted_by_hand(lead: Browser) -> None:
    page = await lead.read(f"/statistics{OF_2025}")
    tables = tables_of_page(page)
    assert "<dd>21</dd>" in page
    assert tables["area"]["Arbeit"][0] == "12"
    assert tables["area"]["Gesamt"][0] == "21"
    assert tables["ground"]["Nennungen gesamt"][0] == "27"
    assert "27 Nennungen in 21 Fällen" in page
    assert (tables["month"]["Jan. 2025"], tables["month"]["Juli 2025"], tables["month"]["Feb. 2025"][0]) == (("–", "–"), ("–", "–"), "0")
    assert tables["acknowledged"]["innerhalb von 7 Tagen"] == ("21", "100,0\u202f%")
    assert tables["closed"]["innerhalb von 3 Monaten"][0] == "22"  # with the one filed in the last second of 2024
    assert tables["outcome"]["Einigung"][0] == "22"
    assert "<dd>2 Tage</dd>" in page
    assert "<dd>40 Tage</dd>" in page


async def test_a_small_number_takes_another_with_it(lead: Browser) -> None:
    gender = tables_of_page(await lead.read(f"/statistics{OF_2025}"))["gender"]
    assert gender["Weiblich"] == ("12", "57,1\u202f%")
    assert gender["Divers"] == ("–", "–")
    assert gender["Männlich"] == ("–", "–")


async def test_erased_cases_still_count(desk: Desk, lead: Browser) -> None:
    before = tables_of_page(await lead.read(f"/statistics{OF_2025}"))
    async with desk.database.unit_of_work() as work:
        await work.cases.erase(CaseNumber("W-00003"), desk.world.clock())
        await work.commit()
    assert tables_of_page(await lead.read(f"/statistics{OF_2025}")) == before


async def test_every_file_says_what_the_page_says(lead: Browser) -> None:
    for choice in (OF_2025, f"{OF_2025}&report=usage", "?city=halle&period=2025-q1"):
        page = tables_of_page(await lead.read(f"/statistics{choice}"))
        files = {ending: await lead.get(f"/statistics/report.{ending}{choice}") for ending in ("csv", "xlsx", "pdf")}
        assert {response.status for response in files.values()} == {200}
        in_csv = [tuple(cell.strip() for cell in row) for row in tables_of_csv(await files["csv"].read())]
        in_xlsx = rows_of_xlsx(await files["xlsx"].read())
        in_pdf = text_of_pdf(await files["pdf"].read())
        assert sum(map(len, page.values())) > 5
        for name, (count, share) in ((name, row) for rows in page.values() for name, row in rows.items()):
            assert (name, count, share.replace("\u202f", " ")) in in_csv
            assert any(row[:2] == [name, count] for row in in_xlsx), name
            assert re.search(rf"^ *{re.escape(name)}\n{count}$", in_pdf, re.MULTILINE), name
        for content in (await lead.read(f"/statistics{choice}"), str(in_csv), str(in_xlsx), in_pdf):
            assert SECRET not in content


async def test_files_are_named_and_not_kept(lead: Browser) -> None:
    response = await lead.get(f"/statistics/report.pdf{OF_2025}")
    assert response.headers["Content-Disposition"] == 'attachment; filename="wegweiser-statistik-halle-2025-full.pdf"'
    assert response.headers["Cache-Control"] == "no-store"
    content = await response.read()
    assert content.startswith(b"%PDF")
    text = text_of_pdf(content)
    assert re.search(r"Seite \d von \n?\d", text)
    assert "Quelle: Falldatenbank" in text
    assert "01.01.2025 – 31.12.2025" in text


async def test_the_yearly_figure_of_the_product_page(lead: Browser) -> None:
    page = await lead.read("/statistics?city=halle&period=2025&report=usage")
    tables = tables_of_page(page)
    assert set(tables) == {"gender", "language"}
    assert "Nutzung nach Geschlecht" in page
    assert "1.11120" in page
    for word in ("Absolut", "Prozent"):
        assert f'class="number">{word}</th>' in page
    assert tables["language"]["Deutsch"] == ("12", "57,1\u202f%")


async def test_fewer_than_five_cases_are_not_broken_down(desk: Desk) -> None:
    await store(desk.database, several(0, 4, closed_at=None))
    page = await (await desk.meet(Role.LEAD)).read(f"/statistics{OF_2025}")
    assert "weniger als fünf" in page
    assert tables_of_page(page) == {}


async def test_a_wall_stands_between_the_cities(desk: Desk, lead: Browser) -> None:
    assert (await lead.get("/statistics?city=dresden&period=2025")).status == 404
    assert (await lead.get("/statistics/report.csv?city=dresden&period=2025")).status == 404
    assert (await lead.get("/statistics?city=nowhere&period=2025")).status == 404
    both = await desk.meet(Role.ANALYST, cities=(HALLE, DRESDEN))
    assert tables_of_page(await both.read("/statistics?city=dresden&period=2025"))["municipality"] == {
        "Dresden": ("9", "30,0\u202f%"),
        "Halle (Saale)": ("21", "70,0\u202f%"),
        "Gesamt": ("30", "100,0\u202f%"),
    }
    assert "municipality" not in tables_of_page(await lead.read(f"/statistics{OF_2025}"))


async def test_cities_side_by_side_say_no_more_than_each_citys_own_report(desk: Desk) -> None:
    await store(desk.database, [*several(0, 8), *several(10, 4, municipality=DRESDEN)])
    both = await desk.meet(Role.LEAD, cities=(HALLE, DRESDEN))
    cities = tables_of_page(await both.read(f"/statistics{OF_2025}"))["municipality"]
    assert cities == {"Dresden": ("–", "–"), "Halle (Saale)": ("8", "")}


async def test_who_only_sees_numbers_gets_years_that_are_over(desk: Desk, lead: Browser) -> None:
    analyst = await desk.meet(Role.ANALYST)
    page = await analyst.read("/statistics?city=halle")
    assert "01.01.2025" in page
    assert "Interner Zwischenstand" not in page
    for period in ("2026", "2025-q1", "2025-h2", "2025-01--2025-11"):
        assert (await analyst.get(f"/statistics?city=halle&period={period}")).status == 404
        assert (await analyst.get(f"/statistics/report.csv?city=halle&period={period}")).status == 404
        assert "Interner Zwischenstand" in await lead.read(f"/statistics?city=halle&period={period}")


async def test_cases_without_a_city_are_told_to_leads(desk: Desk, lead: Browser) -> None:
    assert "In diesem Zeitraum gibt es Fälle ohne Stadt: 1." in await lead.read(f"/statistics{OF_2025}")
    assert "ohne Stadt" not in await (await desk.meet(Role.ANALYST)).read(f"/statistics{OF_2025}")


async def test_an_account_without_a_city_is_told_so(desk: Desk) -> None:
    nowhere = await desk.meet(Role.ANALYST, cities=())
    assert "keine Stadt zugeordnet" in await nowhere.read("/statistics")
    assert (await nowhere.get("/statistics/report.csv")).status == 404


@pytest.mark.parametrize("period", ["1066", "2025-q5", "2025-h3", "2025-13--2025-14", "2025-05--2024-01", "x", "9999", "2099", "２０２５"])
async def test_a_period_that_is_none_is_not_there(lead: Browser, period: str) -> None:
    assert (await lead.get(f"/statistics?city=halle&period={period}")).status == 404


async def test_months_are_chosen_freely_in_either_order(desk: Desk, lead: Browser) -> None:
    await store(desk.database, several(100, 7, filed_at=datetime(2026, 2, 3, tzinfo=UTC)))
    page = await lead.read("/statistics?city=halle&from=2026-03&to=2026-02")
    assert "Februar 2026 – März 2026" in page
    assert tables_of_page(page)["month"] == {
        "Feb. 2026": ("7", "100,0\u202f%"),
        "März 2026": ("0", "0,0\u202f%"),
        "Gesamt": ("7", "100,0\u202f%"),
    }
