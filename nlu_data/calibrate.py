"""Choose per language when the bot answers, suggests or says that it does not know: `calibrate.py examples.jsonl development.jsonl`.

Every line of examples is one training example: {"text", "intent", "language", "group", "is_question", "also"?}. Examples of one group (a
phrasing and its translations) stay in one fold, so that no model is asked what it has read. "also" lists other intents whose answer
would be right too. Every line of development is a message as people write them, never trained on: {"text", "intents", "language"};
without intents it belongs to nobody. The thresholds of a language come from the cross-validation of its examples. These are far odder
than what people write, so how strict to be with them is chosen once, for all languages together, on the development messages; and on
them alone from when on suggestions are made.
Writes thresholds.yml for the bot, thresholds.md for people and thresholds.json for other programs.
"""

import argparse
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from components.normalisation import clean, has_words
from components.sentence_model import SentenceModel
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

FOLDS = 5
OUT_OF_SCOPE = "out-of-scope"  # intents that begin so are never answered
WRONG_ANSWERS = 0.0175  # wrong answers to questions, or to what belongs to nobody, for each development question: the bar is 2 %
STRAYS_OFFERED = 0.15  # of the development messages that belong to nobody, at most this share may get an answer or suggestions
WRONG_SHARES = [share / 200 for share in range(4, 31)]  # what may be wrong in cross-validation: 2 % to 15 % of all
SUGGESTIONS = 3
FEWEST_EXAMPLES = 100  # a language with fewer uses the thresholds of all languages together
DEFAULT = "default"
HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What a model said to an example that it had not read."""

    intent: str
    also: list[str]
    language: str
    ranking: list[tuple[str, float]]
    questions: frozenset[str]  # the intents that are answered; the others steer the conversation, and offering one by mistake harms nobody

    @property
    def is_out_of_scope(self) -> bool:
        """Tell whether nothing should be answered."""
        return self.intent.startswith(OUT_OF_SCOPE)

    @property
    def confidence(self) -> float:
        """Return how sure the model is of an answer; 0 when it hears no question."""
        said, confidence = self.ranking[0]
        return confidence if said in self.questions else 0.0

    @property
    def certainty(self) -> float:
        """Return how sure the model is of anything but out of scope."""
        said, confidence = self.ranking[0]
        return 0.0 if said.startswith(OUT_OF_SCOPE) else confidence

    @property
    def is_right(self) -> bool:
        """Tell whether answering with the first intent would be right."""
        return self._accepts(self.ranking[0][0])

    @property
    def suggests_right(self) -> bool:
        """Tell whether a right intent is among the suggestions."""
        answerable = [intent for intent, _ in self.ranking if intent in self.questions]
        return any(self._accepts(intent) for intent in answerable[:SUGGESTIONS])

    def _accepts(self, said: str) -> bool:
        return not self.is_out_of_scope and said in [self.intent, *self.also]


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """From `answer` on the bot answers, from `suggest` on it suggests, below it does not know."""

    answer: float
    suggest: float


def main() -> None:
    """Read the examples, cross-validate and write both files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("examples", type=Path, help="JSON lines")
    parser.add_argument("development", type=Path, help="JSON lines")
    parser.add_argument("--out", type=Path, default=HERE, help="folder of thresholds.yml, .md and .json")
    options = parser.parse_args()
    examples = [example for example in read_lines(options.examples) if has_words(clean(example["text"]))]
    by_language = group_by_language(cross_validate(examples))
    development = ask_development(examples, read_lines(options.development))
    wrong_share = choose_wrong_share(by_language, development)
    thresholds = choose(by_language, wrong_share, lowest_for_suggestions(development))
    (options.out / "thresholds.yml").write_text(to_yaml(thresholds), encoding="utf-8")
    (options.out / "thresholds.md").write_text(to_markdown(thresholds, by_language, wrong_share), encoding="utf-8")
    (options.out / "thresholds.json").write_text(to_json(by_language, options.examples), encoding="utf-8")


def read_lines(file: Path) -> list[dict]:
    """Read JSON lines."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def cross_validate(examples: list[dict]) -> list[Guess]:
    """Ask every example of a model that was trained without its group."""
    guesses = []
    groups = [example["group"] for example in examples]
    questions = frozenset(example["intent"] for example in examples if example["is_question"])
    for fold, (read, asked) in enumerate(GroupKFold(FOLDS).split(examples, groups=groups), start=1):
        print(f"fold {fold} of {FOLDS}: {len(read)} examples read, {len(asked)} asked", flush=True)
        model = SentenceModel.learn([examples[i]["text"] for i in read], [examples[i]["intent"] for i in read])
        rankings = model.rank([examples[i]["text"] for i in asked], SUGGESTIONS + 2)
        guesses += [
            Guess(intent=own["intent"], also=own.get("also", []), language=own["language"], ranking=ranking, questions=questions)
            for own, ranking in zip((examples[i] for i in asked), rankings, strict=True)
        ]
    return guesses


def ask_development(examples: list[dict], messages: list[dict]) -> list[Guess]:
    """Ask every development message of the model that was trained on all examples."""
    print(f"{len(messages)} development messages", flush=True)
    model = SentenceModel.learn([example["text"] for example in examples], [example["intent"] for example in examples])
    weights, constant = fit_confidence(model, messages)
    print(f"Confidence fits best with WEIGHTS {np.round(weights, 1)}, CONSTANT {constant:.1f} (components/sentence_model.py)", flush=True)
    rankings = model.rank([message["text"] for message in messages], SUGGESTIONS + 2)
    questions = frozenset(example["intent"] for example in examples if example["is_question"])
    return [
        Guess(intent=own[0], also=own[1:], language=message["language"], ranking=ranking, questions=questions)
        for message, ranking in zip(messages, rankings, strict=True)
        for own in [message["intents"] or [OUT_OF_SCOPE]]
    ]


def fit_confidence(model: SentenceModel, messages: list[dict]) -> tuple[np.ndarray, float]:
    """Return what each kind of evidence should weigh, and the constant, so that confidence is the chance that the first intent is right."""
    firsts = [
        (intents[0], evidence[0], message["intents"]) for message in messages for intents, evidence in [model.weigh(message["text"], 1)]
    ]
    heard = [first for first in firsts if not first[0].startswith(OUT_OF_SCOPE)]
    fitted = LogisticRegression().fit([evidence for _, evidence, _ in heard], [intent in right for intent, _, right in heard])
    return fitted.coef_[0], float(fitted.intercept_[0])


def choose_wrong_share(by_language: dict[str, list[Guess]], development: list[Guess]) -> float:
    """Return how much may be wrong in cross-validation so that few enough of the development messages get a wrong answer."""
    questions = sum(guess.intent in guess.questions for guess in development)
    asked = [guess for guess in development if guess.intent in guess.questions or guess.is_out_of_scope]
    kept = WRONG_SHARES[0]
    for share in WRONG_SHARES:
        answers = {language: lowest_for_answers(guesses, share) for language, guesses in by_language.items()}
        mistakes = sum(guess.confidence >= answers.get(guess.language, answers[DEFAULT]) and not guess.is_right for guess in asked)
        if mistakes > WRONG_ANSWERS * questions:
            break
        kept = share
    return kept


def lowest_for_suggestions(development: list[Guess]) -> float:
    """Return the lowest confidence from which on few enough of the messages that belong to nobody are offered anything."""
    strays = [guess.certainty for guess in development if guess.is_out_of_scope]
    return _round_up(float(np.quantile(strays, 1 - STRAYS_OFFERED, method="higher")) + 0.001)


def choose(by_language: dict[str, list[Guess]], wrong_share: float, suggest: float) -> dict[str, Thresholds]:
    """Return the thresholds of every language."""
    answers = {language: lowest_for_answers(guesses, wrong_share) for language, guesses in by_language.items()}
    return {language: Thresholds(answer=answer, suggest=min(answer, suggest)) for language, answer in answers.items()}


def group_by_language(guesses: list[Guess]) -> dict[str, list[Guess]]:
    """Return all guesses as "default", and those of every language that has enough of them."""
    languages = sorted({guess.language for guess in guesses})
    by_language = {language: [guess for guess in guesses if guess.language == language] for language in languages}
    return {DEFAULT: guesses} | {name: own for name, own in by_language.items() if len(own) >= FEWEST_EXAMPLES}


def lowest_for_answers(guesses: list[Guess], wrong_share: float) -> float:
    """Return the lowest confidence from which on few enough of all messages get a wrong answer."""
    ordered = sorted((guess for guess in guesses if guess.confidence > 0), key=lambda guess: -guess.confidence)
    wrong = np.cumsum([not guess.is_right for guess in ordered]) / len(guesses)
    kept = np.flatnonzero(wrong <= wrong_share)
    return _round_up(ordered[kept[-1]].confidence) if kept.size else 1.0


def _round_up(confidence: float) -> float:
    return float(min(1.0, np.ceil(confidence * 1000) / 1000))


def to_yaml(thresholds: dict[str, Thresholds]) -> str:
    """Return the file that the bot reads."""
    lines = [f"{language}: {{ answer: {own.answer:.3f}, suggest: {own.suggest:.3f} }}" for language, own in thresholds.items()]
    return "# Written by calibrate.py; the curves are in thresholds.md.\n" + "\n".join(lines) + "\n"


def to_json(by_language: dict[str, list[Guess]], examples: Path) -> str:
    """Return per language how often the first intent and one of the first three is right, without any threshold."""
    figures = {}
    for language, guesses in by_language.items():
        inside = [guess for guess in guesses if not guess.is_out_of_scope]
        figures[language] = {
            "examples": len(guesses),
            "top_1": float(_percent(sum(guess.is_right for guess in inside), len(inside))),
            "top_3": float(_percent(sum(guess.suggests_right for guess in inside), len(inside))),
        }
    digest = hashlib.sha256(examples.read_bytes()).hexdigest()[:16]
    return json.dumps({"examples_sha256": digest, "languages": figures}, indent=2) + "\n"


def to_markdown(thresholds: dict[str, Thresholds], by_language: dict[str, list[Guess]], wrong_share: float) -> str:
    """Return the curve of every language, for people."""
    head = (
        "# Thresholds\n\n"
        f"Written by calibrate.py: {FOLDS}-fold cross-validation over the training examples, whole groups kept together.\n"
        f"`answer` is the lowest confidence from which at most {wrong_share:.1%} of all messages, out-of-scope ones included,\n"
        f"get a wrong answer there. That share is the largest with which, over all languages, there are at most\n"
        f"{WRONG_ANSWERS:.2%} wrong answers for each development question. `suggest` is the lowest confidence from which at most\n"
        f"{STRAYS_OFFERED:.0%} of the development messages that belong to nobody are offered anything. A language with fewer than\n"
        f"{FEWEST_EXAMPLES} examples uses `{DEFAULT}`.\n"
    )
    return head + "".join(_section(language, own, by_language[language]) for language, own in thresholds.items())


def _section(language: str, own: Thresholds, guesses: list[Guess]) -> str:
    rows = [_row(guesses, threshold, "") for threshold in np.arange(0.1, 1.0, 0.1)]
    rows += [_row(guesses, own.suggest, " (suggest)"), _row(guesses, own.answer, " (answer)")]
    return (
        f"\n## {language}: {len(guesses)} examples\n\n"
        "| confidence from | answered right, % of questions | wrong, % of answers | wrong, % of all | out-of-scope rejected, % |\n"
        "|---|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def _row(guesses: list[Guess], threshold: float, note: str) -> str:
    inside = [guess for guess in guesses if guess.intent in guess.questions]
    outside = [guess for guess in guesses if guess.is_out_of_scope]
    answered = [guess for guess in guesses if guess.confidence >= threshold]
    right = sum(guess.is_right for guess in answered)
    rejected = sum(guess.confidence < threshold for guess in outside)
    shares = [
        _percent(right, len(inside)),
        _percent(len(answered) - right, len(answered)),
        _percent(len(answered) - right, len(guesses)),
        _percent(rejected, len(outside)),
    ]
    return f"| {threshold:.3f}{note} | " + " | ".join(shares) + " |"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "–"


if __name__ == "__main__":
    main()
