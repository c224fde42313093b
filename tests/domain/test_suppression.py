"""No number below five can be worked out from anything that is published.

Three attackers try it. The first takes one table and knows the rules by heart: of all tables that would be published as the same
page, do any two differ in the hidden number, one of them with none or with five and more? The second takes a whole report with its
totals, parts and shares, and narrows every hidden number until nothing moves any more. The third subtracts reports from reports.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.case_codes import AGE_BANDS, AREAS, FORMS, GENDERS, GROUNDS, KINDS, NOT_STATED, OUTCOMES
from bot.domain.cases import CaseChannel
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import Language
from bot.domain.report_periods import Period, is_final, periods_of
from bot.domain.statistics import Figures, Report, Table, publish
from bot.domain.suppression import LEAST, suppress

HALLE = MunicipalityId("halle")
YEAR_2025 = Period(first=date(2025, 1, 1), months=12)
LANGUAGES = tuple(map(Language, ("de", "en", "ar", "uk", "de-simple")))
SMALL = set(range(1, LEAST))


# The first attacker: knows the rules, tries every table there could be.


@pytest.mark.parametrize(("rows", "most"), [(2, 30), (3, 22), (4, 15), (5, 11)])
def test_who_knows_the_rules_cannot_tell_a_small_number(rows: int, most: int) -> None:
    could_be = defaultdict(list)
    for counts in product(range(most + 1), repeat=rows):
        if LEAST <= sum(counts) <= most:
            shown = suppress({str(row): count for row, count in enumerate(counts)})
            could_be[sum(counts), tuple(shown.values())].append(counts)
    assert sum(None in shown for _, shown in could_be) > 20
    for (_, shown), tables in could_be.items():
        for row in (row for row, count in enumerate(shown) if count is None):
            assert not {table[row] for table in tables} <= SMALL, (shown, tables[:5])


@given(st.lists(st.integers(0, 60), min_size=1, max_size=14))
def test_what_is_shown_is_true_and_never_small(counts: list[int]) -> None:
    table = {f"code-{row}": count for row, count in enumerate(counts)}
    shown = suppress(table)
    assert list(shown) == list(table)
    for code, count in shown.items():
        assert count is None or (count == table[code] and count not in SMALL)


@given(st.lists(st.integers(5, 60) | st.just(0), min_size=1, max_size=14))
def test_nothing_is_hidden_without_need(counts: list[int]) -> None:
    table = {f"code-{row}": count for row, count in enumerate(counts)}
    if sum(counts) >= len(counts) + 4:
        assert suppress(table) == table


# The second attacker: has the whole report.


@st.composite
def case_sets(draw: st.DrawFn) -> Figures:
    """Some cases of one city and year, each with codes in every list, counted."""
    size = draw(st.integers(0, 80))
    choose = draw(st.randoms(use_true_random=False))

    def spread(codes: Sequence[str], number: int = size) -> list[str]:
        few = choose.sample(list(codes), k=choose.randint(1, len(codes)))
        return [choose.choice(few) if choose.random() < 0.5 else few[0] for _ in range(number)]

    pairs = [(area, choose.choice((*AREAS[area], NOT_STATED))) for area in spread(tuple(AREAS))]
    mentions = [ground for first in spread(GROUNDS) for ground in {first, *choose.sample(GROUNDS, k=choose.choice((0, 0, 1, 2)))}]
    months = spread([str(month) for month in range(12)])
    closed = choose.randint(0, size)
    days = [timedelta(days=choose.choice((0, 1, 6, 8, 20, 31, 89, 92, 200))) for _ in range(size)]
    lists = {"form": FORMS, "channel": tuple(CaseChannel), "kind": KINDS, "gender": GENDERS, "age_band": AGE_BANDS, "language": LANGUAGES}
    return Figures(
        months=[months.count(str(month)) for month in range(12)],
        columns={name: Counter(spread(codes)) for name, codes in lists.items()},
        areas=Counter(pairs),
        grounds=Counter(mentions),
        times_to_acknowledge=days[: choose.randint(0, size)],
        times_to_close=days[:closed],
        outcomes=Counter(spread(OUTCOMES, closed)),
    )


Bounds = dict[tuple[str, str], tuple[int, int]]


def attack(report: Report) -> Bounds:
    """What every hidden number can be, at least and at most, from all tables, totals, parts and medians of a report."""
    tables = {**report.tables, **{f"area.{area}": table for area, table in report.details.items()}}
    bounds: Bounds = {}
    for name, table in tables.items():
        at_most = report.filed or table.total if name == "ground" else table.total
        bounds |= {(name, code): begin(table, count, at_most) for code, count in table.cells.items()}
    while (narrowed := narrow(bounds, tables)) != bounds:
        bounds = narrowed
    return bounds


def narrow(bounds: Bounds, tables: Mapping[str, Table]) -> Bounds:
    """Every number is what its total leaves when the others are as large, or as small, as they can be."""
    narrowed = {}
    for name, table in tables.items():
        of_table = {code: bounds[name, code] for code in table.cells}
        least, most = (sum(bound[side] for bound in of_table.values()) for side in (0, 1))
        for code, (low, high) in of_table.items():
            narrowed[name, code] = max(low, table.total - (most - high)), min(high, table.total - (least - low))
    return narrowed


def begin(table: Table, count: int | None, at_most: int) -> tuple[int, int]:
    """A shown number is known; a hidden one is at least 1 where zeros are shown."""
    if count is not None:
        return count, count
    return (0 if table.is_hidden else 1), at_most


@settings(max_examples=80, deadline=None)
@given(case_sets())
def test_no_small_number_of_a_whole_report_can_be_worked_out(figures: Figures) -> None:
    report = publish(figures, HALLE, YEAR_2025, LANGUAGES)
    for place, (low, most) in attack(report).items():
        assert not set(range(low, most + 1)) <= SMALL, (place, low, most)


@settings(max_examples=60, deadline=None)
@given(case_sets())
def test_a_report_is_whole_and_true(figures: Figures) -> None:
    report = publish(figures, HALLE, YEAR_2025, LANGUAGES)
    filed = sum(figures.months)
    assert report.filed == (filed if filed >= LEAST else None)
    assert bool(report.tables) == (report.filed is not None or report.closed is not None)
    for name, table in report.tables.items():
        expected = {"ground": sum(figures.grounds.values()), "closed": report.closed, "outcome": report.closed}.get(name, filed)
        assert table.total == expected, name
        if not table.is_hidden:
            hidden = table.total - sum(count or 0 for count in table.cells.values())
            assert (hidden == 0) == table.is_complete, name
    for area, parts in report.details.items():
        assert parts.total == report.tables["area"].cells[area]


@settings(max_examples=60, deadline=None)
@given(case_sets())
def test_a_median_never_comes_with_hidden_numbers(figures: Figures) -> None:
    report = publish(figures, HALLE, YEAR_2025, LANGUAGES)
    for name in report.median_days:
        assert report.tables[name].is_complete


# The third attacker: subtracts one report from another.


def test_final_reports_never_overlap() -> None:
    today = date(2026, 11, 20)
    final = [period for year in range(2020, 2027) for period in periods_of(year) if is_final(period, today)]
    assert [period.code for period in final] == ["2020", "2021", "2022", "2023", "2024", "2025"]
    for one, other in combinations(final, 2):
        assert not set(one.starts) & set(other.starts)
