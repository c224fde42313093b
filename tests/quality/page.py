"""The figures as a page for people; what misses its bar is marked and said in a sentence."""

from typing import Any

from tests.quality.summary import AT_LEAST, AT_MOST, misses

MISSED = "✗"
ANSWERS = {
    "questions": "questions",
    "answered_right": "answered right",
    "right_or_suggested": "right, or among three suggestions",
    "answered_wrong": "answered wrong",
    "declined": "declined",
    "taken_for_a_wish": "taken for a wish",
    "city_asked": "city asked first",
}
OTHERS = {
    "out_of_scope": "questions to nobody",
    "out_of_scope_rejected": "rejected",
    "out_of_scope_got_suggestions": "… with suggestions",
    "emergencies": "emergencies",
    "emergencies_recognised": "recognised",
    "other_wishes": "other wishes",
    "other_wishes_recognised": "recognised",
    "nothing": "messages that say nothing",
    "nothing_left_alone": "left alone",
    "nothing_got_suggestions": "… with suggestions",
    "parse_p50_ms": "parse p50, ms",
}
TITLES = {"out_of_scope_rejected": "questions to nobody rejected", "emergencies_recognised": "emergencies recognised"}
"""How a bar is called outside of its table."""
HEAD = """# Quality of understanding

Written by `make nlu-report`. Shares in percent. {mark} marks a figure that misses its bar.

## On questions that nobody trained on

`tests/questions` was written apart from the phrasings by people who had not seen them, is never trained on, and nothing is tuned on
it (for that there is `tests/questions/development`, see [ADR 0009](adr/0009-strictness.md)). Every message goes through the whole bot
(real Rasa server, `answer_message`), in a new chat in its language. Where the bot asks for the city, the city of the expected entry is
chosen and the second answer counts. *Declined*: no answer, and no right one among the suggestions. *Taken for a wish*: the bot opened
the report form, a page or the menu instead. A question to nobody is *rejected* when it gets no
answer from the knowledge and is not asked for a city; suggestions are counted beside it. A message that says nothing ("hmm", a name,
mashed keys) is *left alone* when neither an answer, a form or page nor the emergency numbers come of it.

"""
READING = """
## The reading without thresholds

How often the right intent comes first, or among the first three, before any threshold decides whether to answer: on the same test
questions, and by grouped cross-validation over the phrasings (`make calibrate`; a phrasing and its translations stay in one fold, so
that near copies do not flatter).{stale}

{gap}

"""
STALE = " **The phrasings have changed since the cross-validation: its figures are older than the rest.**"


def to_markdown(figures: dict[str, Any]) -> str:
    """The whole page."""
    languages, validated = figures["languages"], figures["cross_validation"]
    parts = [HEAD.format(mark=MISSED), _table(languages, ANSWERS), "\n", _table(languages, OTHERS), "\n## Bars\n\n"]
    parts += [_verdict(name, languages) for name in (*AT_LEAST, *AT_MOST)]
    parts += [f"- **{language}** is not measured: there is no `tests/questions/{language}.yml`.\n" for language in figures["not_measured"]]
    parts.append(READING.format(stale="" if validated["is_current"] else STALE, gap=_gap(languages, validated["languages"])))
    parts.append(_readings(languages, validated["languages"]))
    machine = figures["machine"]
    parts.append(f"\nMachine: {machine['cores']} cores, load average before the start {machine['load_before']}.\n")
    return "".join(parts)


def _table(languages: dict[str, dict[str, float]], columns: dict[str, str]) -> str:
    rows = [f"| language | {' | '.join(columns.values())} |", "|---" * (len(columns) + 1) + "|"]
    rows.append("| **bar** | " + " | ".join(_bar(name) for name in columns) + " |")
    rows += [f"| {language} | " + " | ".join(_cell(name, own[name]) for name in columns) + " |" for language, own in languages.items()]
    return "\n".join(rows) + "\n"


def _bar(name: str) -> str:
    return f"≥ {AT_LEAST[name]:g}" if name in AT_LEAST else f"≤ {AT_MOST[name]:g}" if name in AT_MOST else ""


def _cell(name: str, value: float) -> str:
    written = str(value) if isinstance(value, int) else f"{value:.1f}"
    return f"{written} {MISSED}" if misses(name, value) else written


def _verdict(name: str, languages: dict[str, dict[str, float]]) -> str:
    title = TITLES.get(name) or (ANSWERS | OTHERS)[name]
    missed = [language for language, own in languages.items() if misses(name, own[name])]
    if not missed:
        return f"- **{title} {_bar(name)}**: reached in all {len(languages)} languages.\n"
    worst = (min if name in AT_LEAST else max)(missed, key=lambda language: languages[language][name])
    where = f"missed in {len(missed)} of {len(languages)} languages ({', '.join(missed)})"
    return f"- **{title} {_bar(name)}**: {where}; furthest off in {worst} with {languages[worst][name]:.1f}.\n"


def _gap(languages: dict[str, dict[str, float]], validated: dict[str, dict[str, float]]) -> str:
    """How much the thresholds hold back, and why."""
    asked = sum(own["questions"] for own in languages.values())
    first, answered = (sum(own[name] * own["questions"] for own in languages.values()) / asked for name in ("top_1", "answered_right"))
    validated_first = validated["default"]["top_1"]
    return (
        f"Over all languages the right intent comes first for {first:.1f} % of the test questions, {answered:.1f} % are answered right;\n"
        "most of what lies between is held back by the thresholds, so that few answers are wrong. They come from the cross-validation\n"
        "over the phrasings, and how strict they are from the development questions ([ADR 0009](adr/0009-strictness.md)); in the\n"
        f"cross-validation, whose phrasings are odder, the right intent comes first for {validated_first:.1f} % only."
    )


def _readings(languages: dict[str, dict[str, float]], validated: dict[str, dict[str, float]]) -> str:
    rows = ["| language | test: first | test: among three | phrasings | cross-validation: first | cross-validation: among three |"]
    rows.append("|---" * 6 + "|")
    for language, own in languages.items():
        known = validated.get(language) or dict.fromkeys(("examples", "top_1", "top_3"), "–")
        rows.append(f"| {language} | {own['top_1']} | {own['top_3']} | {known['examples']} | {known['top_1']} | {known['top_3']} |")
    return "\n".join(rows) + "\n"
