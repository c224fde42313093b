"""Our understanding pipeline beside Rasa's default one on CLINC150: `python -m tests.bench.understanding`."""

import argparse
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.clinc150 import OUT_OF_SCOPE, Example, find_clinc150, read_clinc150, to_rasa_yaml
from tests.bench.rasa_server import NLU_DATA, RasaServer, rasa_server
from tests.bench.report import write_report

MISSING = (
    "CLINC150 is not here: put data_full.json (Larson et al. 2019, data_full.json of CLINC150, CC BY 3.0) into "
    "../shared/data/clinc150 or name its place in WEGWEISER_CLINC150."
)
POINTS_GIVEN_UP = 0.02  # the threshold may cost this share of the in-scope questions their right answer


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What a pipeline said to one question, and what would have been right."""

    right: str
    said: str
    confidence: float
    milliseconds: float

    def answered(self, threshold: float) -> bool:
        """Tell whether the bot would have answered."""
        return self.said != OUT_OF_SCOPE and self.confidence >= threshold


@dataclass(frozen=True, kw_only=True)
class Result:
    """One line of the table; shares are percentages of the test split."""

    pipeline: str
    training_examples: int
    accuracy: float
    threshold: float
    answered_right: float
    answered_wrong: float
    out_of_scope_rejected: float
    train_seconds: float
    parse_p50_ms: float
    parse_p99_ms: float


def main() -> int:
    """Measure both pipelines, print the table and write docs/benchmarks.*; 2 when the data is missing."""
    options = _read_options()
    file = find_clinc150()
    if file is None:
        print(MISSING, file=sys.stderr)
        return 2
    splits = read_clinc150(file)
    ours = (NLU_DATA / "config.yml").read_text(encoding="utf-8")
    diet = (Path(__file__).parent / "diet.yml").read_text(encoding="utf-8").replace("epochs: 100", f"epochs: {options.epochs}")
    pipelines = {"ours": ours, f"Rasa default (DIET, {options.epochs} epochs)": diet}
    results = [measure(name, config, splits) for name, config in pipelines.items()]
    print(write_report([asdict(result) for result in results], epochs=options.epochs))
    return 0


def measure(name: str, config: str, splits: dict[str, list[Example]]) -> Result:
    """Train one pipeline, choose its threshold on the validation split and measure it on the test split."""
    print(f"{name}: training on {len(splits['train']):,} examples …", flush=True)
    with rasa_server() as server, tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        model = server.train(to_rasa_yaml(config, splits["train"]))
        train_seconds = time.monotonic() - started
        archive = Path(folder) / "model.tar.gz"
        archive.write_bytes(model)
        server.load(archive)
        print(f"{name}: {train_seconds:.0f} s; now {len(splits['val']) + len(splits['test']):,} questions …", flush=True)
        threshold = choose_threshold(ask_all(server, splits["val"]))
        guesses = ask_all(server, splits["test"])
    return Result(
        pipeline=name,
        training_examples=len(splits["train"]),
        threshold=round(threshold, 4),
        train_seconds=round(train_seconds, 1),
        **shares(guesses, threshold),
        **times(guesses),
    )


def ask_all(server: RasaServer, examples: list[Example]) -> list[Guess]:
    """Ask every question over HTTP, one after the other."""
    server.parse("warm up")
    return [_ask(server, text, right) for text, right in examples]


def _ask(server: RasaServer, text: str, right: str) -> Guess:
    started = time.perf_counter()
    intent = server.parse(text)["intent"]
    took = (time.perf_counter() - started) * 1000
    return Guess(right=right, said=intent["name"] or OUT_OF_SCOPE, confidence=intent["confidence"], milliseconds=took)


def choose_threshold(guesses: list[Guess]) -> float:
    """Return the highest threshold that costs at most two of a hundred in-scope questions their right answer."""
    in_scope = sum(guess.right != OUT_OF_SCOPE for guess in guesses)
    right = sorted(guess.confidence for guess in guesses if guess.right == guess.said != OUT_OF_SCOPE)
    return right[int(POINTS_GIVEN_UP * in_scope)]


def shares(guesses: list[Guess], threshold: float) -> dict[str, float]:
    """Return accuracy without a threshold, and what happens at this one."""
    inside = [guess for guess in guesses if guess.right != OUT_OF_SCOPE]
    outside = [guess for guess in guesses if guess.right == OUT_OF_SCOPE]
    answered = [guess for guess in inside if guess.answered(threshold)]
    right = sum(guess.said == guess.right for guess in answered)
    return {
        "accuracy": _percent(sum(guess.said == guess.right for guess in inside), inside),
        "answered_right": _percent(right, inside),
        "answered_wrong": _percent(len(answered) - right, inside),
        "out_of_scope_rejected": _percent(sum(not guess.answered(threshold) for guess in outside), outside),
    }


def times(guesses: list[Guess]) -> dict[str, float]:
    """Return how long a parse took over HTTP."""
    cuts = statistics.quantiles((guess.milliseconds for guess in guesses), n=100)
    return {"parse_p50_ms": round(cuts[49], 2), "parse_p99_ms": round(cuts[98], 2)}


def _percent(part: int, whole: list[Guess]) -> float:
    return round(100 * part / len(whole), 1)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=5, help="training rounds of DIET (Rasa's own default is 100)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
