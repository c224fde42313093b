"""The language of short chat messages."""

import pytest

from tests.fakes.world import real_identifier

MESSAGES = {
    "de": "wo kann ich mich wegen der Wohnung beschweren",
    "en": "where can i get help with my landlord",
    "ar": "أين يمكنني الحصول على المساعدة",
    "tr": "ev sahibi beni kabul etmiyor ne yapabilirim",
    "uk": "де я можу отримати допомогу з житлом",
    "ru": "где я могу получить помощь с жильём",
    "fa": "کجا می‌توانم برای خانه کمک بگیرم",
    "fr": "où puis-je obtenir de l'aide pour mon logement",
    "pl": "gdzie mogę dostać pomoc z mieszkaniem",
    "ro": "unde pot primi ajutor pentru locuință",
    "vi": "tôi có thể nhận giúp đỡ ở đâu",
    "es": "dónde puedo recibir ayuda con mi vivienda",
}


@pytest.mark.parametrize(("language", "text"), MESSAGES.items())
def test_a_sentence_is_enough(language: str, text: str) -> None:
    guess = real_identifier().identify(text)
    assert guess is not None
    assert (guess.language, guess.is_sure()) == (language, True)


@pytest.mark.parametrize("text", ["ok", "Halle", "مرحبا", "danke!", "👍 ok"])
def test_one_word_is_never_enough(text: str) -> None:
    guess = real_identifier().identify(text)
    assert guess is not None
    assert not guess.is_sure()


@pytest.mark.parametrize("text", ["", "   ", "👍👍", "110", "?? !!", "12.10.2026"])
def test_without_letters_there_is_no_guess(text: str) -> None:
    assert real_identifier().identify(text) is None


def test_only_spoken_languages_are_guessed() -> None:
    guess = real_identifier().identify("waar kan ik hulp krijgen met mijn huis")
    assert guess is not None
    assert guess.language in MESSAGES
