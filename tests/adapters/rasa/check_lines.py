"""Run by nlu_data's own Python: how far lines that are fitted on what matters are from lines that are fitted on everything, as JSON."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "nlu_data"))

import numpy as np
from components import intent_lines
from components.former_lines import Lines
from components.sentence_features import Rows
from scipy.sparse import csc_matrix
from scipy.sparse import random as random_matrix
from sklearn.svm import LinearSVC

INTENTS, TERMS, MEANING = 12, 300, 16


def make_rows(examples: int) -> tuple[Rows, np.ndarray]:
    """Random examples of intents that overlap."""
    draw = np.random.default_rng(0)
    labels = draw.integers(INTENTS, size=examples)
    terms = random_matrix(examples, TERMS, density=0.05, format="csr", dtype=np.float32, random_state=0)
    vectors = (draw.normal(size=(INTENTS, MEANING))[labels] + draw.normal(size=(examples, MEANING))) / 2
    return Rows(terms, vectors.astype(np.float32)), labels


def difference(rows: Rows, labels: np.ndarray, weights: np.ndarray, offsets: np.ndarray) -> float:
    """The largest difference between decisions about these examples by these lines, and by lines fitted on all of them."""
    svm = LinearSVC(C=intent_lines.REGULARISATION, tol=1e-6, random_state=0, max_iter=100_000).fit(rows.joined(), labels)
    return float(np.abs(rows.joined() @ weights.T + offsets - svm.decision_function(rows.joined())).max())


def fit_few_at_a_time(rows: Rows, own: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
    """A line for which few others may be read at once, and how often it was fitted."""
    intent_lines.MOST, intent_lines.MOST_PER_OWN = 20, 0
    rounds, fit = [], intent_lines.fit_what_is_read
    intent_lines.fit_what_is_read = lambda *args, **options: rounds.append(fit(*args, **options)) or rounds[-1]
    weights, offset = intent_lines.fit_line(rows, own)
    return weights, offset, len(rounds)


def main() -> None:
    """Print the differences on many examples and on very few, and the number of rounds."""
    said = {name: difference(*made, *intent_lines.fit_lines(*made)) for name, made in (("many", make_rows(2000)), ("few", make_rows(40)))}
    rows, labels = make_rows(2000)
    former = Lines(csc_matrix((TERMS, INTENTS)), np.ones((MEANING, INTENTS), np.float32), np.where(np.arange(INTENTS) % 2, 3, np.nan))
    said["after another model"] = difference(rows, labels, *intent_lines.fit_lines(rows, labels, former))
    weights, offset, rounds = fit_few_at_a_time(rows, labels == 0)
    print(json.dumps({**said, "few at a time": difference(rows, labels == 0, weights, offset), "rounds": rounds}))


if __name__ == "__main__":
    main()
