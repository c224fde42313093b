"""What a text is read as: from the NLU server's answer, and without the server."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.rasa.client import is_meant, to_understanding
from tests.fakes.world import real_knowledge, real_offline_reader

AMBIGUOUS = frozenset({"Essen", "Halle"})


def parsed(text: str, *entities: tuple[str, str, str], ranking: tuple[tuple[str, float], ...] = (("a", 0.9),)) -> dict:
    """The server's answer: entities as (kind, written, value)."""
    found = [
        {"entity": kind, "start": text.index(written), "end": text.index(written) + len(written), "value": value}
        for kind, written, value in entities
    ]
    return {"text": text, "entities": found, "intent_ranking": [{"name": name, "confidence": sure} for name, sure in ranking]}


class TestTheServersAnswer:
    def test_meanings_keep_their_order(self) -> None:
        reading = to_understanding(parsed("x", ranking=(("a", 0.6), ("b", 0.3), (None, 0.1))), "x", frozenset())
        assert [(ranked.intent, ranked.confidence) for ranked in reading.ranking] == [("a", 0.6), ("b", 0.3)]

    def test_cities_and_offices_come_once_each_and_leave_the_rest(self) -> None:
        text = "Jobcenter in Halle oder Berlin, Галле"
        answer = parsed(text, ("office", "Jobcenter", "Jobcenter"), ("municipality", "Halle", "halle"),
                        ("other_city", "Berlin", "Berlin"), ("municipality", "Галле", "halle"))  # fmt: skip
        reading = to_understanding(answer, text, frozenset())
        assert (reading.municipalities, reading.other_cities, reading.offices) == (("halle",), ("Berlin",), ("Jobcenter",))
        assert reading.remainder.split() == ["Jobcenter", "in", "oder", ","]

    def test_an_ambiguous_name_counts_only_as_it_is_written(self) -> None:
        for text, others in (("essen in der schule", ()), ("Büro in Essen", ("Essen",)), ("ESSEN", ())):
            written = next(word for word in text.split() if word.casefold() == "essen")
            reading = to_understanding(parsed(text, ("other_city", written, "Essen")), text, AMBIGUOUS)
            assert reading.other_cities == others, text

    def test_nothing_is_nothing(self) -> None:
        reading = to_understanding({}, "x", frozenset())
        assert (reading.ranking, reading.municipalities, reading.remainder) == ((), (), "x")

    @pytest.mark.parametrize(
        ("written", "meant"), [("Halle", True), ("halle", False), ("HALLE", False), ("Dresden", True), ("dresden", True)]
    )
    def test_is_meant(self, written: str, *, meant: bool) -> None:
        assert is_meant(written, AMBIGUOUS) is meant

    def test_overlapping_names_leave_no_letters_of_a_city_behind(self) -> None:
        text = "büro in Halle (Saale) bitte"
        answer = parsed(text, ("municipality", "Halle (Saale)", "halle"), ("municipality", "Halle", "halle"))
        reading = to_understanding(answer, text, frozenset())
        assert reading.municipalities == ("halle",)
        assert reading.remainder.split() == ["büro", "in", "bitte"]


class TestWithoutTheServer:
    @pytest.mark.parametrize(
        "text",
        [
            "er schlägt mich", "ER HAT EIN MESSER", "he has a knife", "es brennt bei uns", "beni öldürecek", "он меня бьёт",
            "він мене б'є", "il me frappe", "on mnie bije", "mă bate", "me está pegando", "nó đánh tôi", "داره منو می‌زنه",
        ],
    )  # fmt: skip
    def test_emergencies_are_found_in_every_language(self, text: str) -> None:
        assert real_offline_reader().has_emergency_word(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Welche Nummer hat die Polizei?",
            "where is the office in Halle",
            "Wie hoch ist die Förderung?",
            "sosyal yardım",
            "Messe in Halle",
            "",
        ],
    )
    def test_ordinary_questions_are_no_emergency(self, text: str) -> None:
        assert not real_offline_reader().has_emergency_word(text)

    @pytest.mark.parametrize(
        ("text", "covered", "others"),
        [
            ("wo ist das büro in halle?", ("halle",), ()),
            ("Büro in Halle (Saale)", ("halle",), ()),
            ("офіс у Дрездені", ("dresden",), ()),
            ("مكتب في دريسدن", ("dresden",), ()),
            ("von Berlin nach Wiesbaden!", ("wiesbaden",), ("Berlin",)),
            ("Halle, Magdeburg und halle", ("halle", "magdeburg"), ()),
            ("wo kann ich mich beschweren", (), ()),
            ("was gibt es zu essen", (), ()),
        ],
    )
    def test_cities_are_found(self, text: str, covered: tuple[str, ...], others: tuple[str, ...]) -> None:
        reading = real_offline_reader().read(text)
        assert (reading.municipalities, reading.other_cities) == (covered, others)

    def test_what_is_left_without_the_city(self) -> None:
        assert real_offline_reader().read("in Halle (Saale)?").remainder.split() == ["in"]

    def test_every_name_of_every_city_is_found(self) -> None:
        for city in real_knowledge().municipalities.values():
            for name in city.name.values():
                assert real_offline_reader().read(f"büro {name}").municipalities == (city.id,), name

    @pytest.mark.parametrize(
        ("text", "intent"),
        [("integrationsbeauftragte halle telefn", "city.contact"), ("how do i contact halle about integration", "city.contact")],
    )
    def test_the_nearest_phrasing_is_found(self, text: str, intent: str) -> None:
        assert real_offline_reader().read(text).ranking[0].intent == intent

    @given(st.text(max_size=60))
    def test_no_text_makes_it_stumble(self, text: str) -> None:
        reading = real_offline_reader().read(text)
        assert all(0 < ranked.confidence <= 1.01 for ranked in reading.ranking)
        real_offline_reader().has_emergency_word(text)
