"""The language of a text, among those we speak."""

from collections.abc import Iterable

from py3langid.langid import MODEL_FILE
from py3langid.langid import LanguageIdentifier as Langid

from bot.domain.folding import fold
from bot.domain.languages import Language, LanguageGuess, without_variety


class Py3LangidIdentifier:
    """Implements the LanguageIdentifier port (13 µs a text)."""

    def __init__(self, languages: Iterable[Language], phrasings: Iterable[tuple[str, Language]] = ()) -> None:
        """Only the spoken languages are ever guessed; a variety such as "de-simple" counts as its language.

        A text that is, word for word, one of the `phrasings` of a single language ("merhaba") is of that language.
        """
        self._known: dict[str, Language | None] = {}
        for text, language in phrasings:
            self._known[fold(text)] = language if self._known.get(fold(text), language) == language else None
        self._langid = Langid.from_model_file(MODEL_FILE, norm_probs=True)
        known = set(self._langid.nb_classes)
        self._langid.set_languages(sorted({without_variety(code) for code in languages} & known))

    def identify(self, text: str) -> LanguageGuess | None:
        """The likeliest language; None for a text without letters."""
        words = [word for word in text.split() if any(char.isalpha() for char in word)]
        if not words:
            return None
        if known := self._known.get(fold(text)):
            return LanguageGuess(language=known, probability=1.0, words=len(words))
        code, probability = self._langid.classify(" ".join(words))
        return LanguageGuess(language=Language(code), probability=float(probability), words=len(words))
