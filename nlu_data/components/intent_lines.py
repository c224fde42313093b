"""One straight line per intent through the features: a support vector machine each, half of them in each of two processes.

Only few examples matter to a line: those within its margin (support vectors), one of twenty. So each line is first fitted on a few, or
taken from the former model; then it is compared with all examples and fitted on those that matter by then, until none that matters was
left out. The line is the same as if it had been fitted on all examples, in about half of the time, and with a former model in half of that.

Not in threads: scikit-learn draws from one row of random numbers per process, so that threads disturb each other's results.
"""

import pickle
import subprocess
import sys
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from scipy.sparse import load_npz, save_npz
from sklearn.svm import LinearSVC

from components.former_lines import Lines
from components.sentence_features import Rows

REGULARISATION = 0.5  # C of the support vector machine; chosen on the validation split of CLINC150
TOLERANCE = 1e-3  # decision values are this exact; scikit-learn's 1e-4 takes longer and changes no answer
PROCESSES = 2

SAMPLE = 15  # at first, one example of so many others stands for all of them
FEWEST, MOST, MOST_PER_OWN = 10, 2500, 4  # others that a line is fitted on again; the last for each example of its own
MARGIN = 1.0  # others below minus this decision value do not matter to a line
RESERVE, SLACK = 0.1, 0.02  # what nearly matters is read, too; what matters less than this may be left out
ROUGH_TOLERANCE, ROUGH_ROUNDS = 0.1, 4


def fit_lines(rows: Rows, labels: np.ndarray, former: Lines | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Return weights (intent x feature) and offsets. Labels are the numbers from 0 to one below the number of intents."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        save_npz(folder / "terms.npz", rows.terms, compressed=False)
        np.save(folder / "vectors.npy", rows.vectors)
        np.save(folder / "labels.npy", labels)
        (folder / "former.pickle").write_bytes(pickle.dumps(former))
        running = [_start(folder, first) for first in range(PROCESSES)]
        failures = [process.wait() for process in running]
        if any(failures):
            message = "A process that fits half of the intents failed; what it printed is above."
            raise RuntimeError(message)
        return _collect(folder, int(labels.max()) + 1)


def _start(folder: Path, first: int) -> subprocess.Popen:
    command = [sys.executable, "-m", __name__, str(folder), str(first)]
    return subprocess.Popen(command, cwd=Path(__file__).parents[1])  # noqa: S603  # this very file


def _collect(folder: Path, intents: int) -> tuple[np.ndarray, np.ndarray]:
    shares = [np.load(folder / f"{first}.npz", allow_pickle=False) for first in range(PROCESSES)]
    weights = np.empty((intents, shares[0]["weights"].shape[1]), dtype=np.float32)
    offsets = np.empty(intents, dtype=np.float32)
    for first, share in enumerate(shares):
        weights[first::PROCESSES], offsets[first::PROCESSES] = share["weights"], share["offsets"]
    return weights, offsets


def _fit_share(folder: Path, first: int) -> None:
    """Fit every other intent against all others."""
    rows = Rows(load_npz(folder / "terms.npz"), np.load(folder / "vectors.npy", allow_pickle=False))
    labels = np.load(folder / "labels.npy", allow_pickle=False)
    former = pickle.loads((folder / "former.pickle").read_bytes())  # noqa: S301  # written by fit_lines
    lines = [fit_line(rows, labels == intent, former and former.line(intent)) for intent in range(first, labels.max() + 1, PROCESSES)]
    np.savez(folder / f"{first}.npz", weights=[weights for weights, _ in lines], offsets=[offset for _, offset in lines])


def fit_line(rows: Rows, own: np.ndarray, former: tuple[np.ndarray, np.float32] | None = None) -> tuple[np.ndarray, np.float32]:
    """Return weights (one per feature) and offset of the line between an intent's own examples (true) and all others (false)."""
    read = own.copy()
    read[np.flatnonzero(~own)[::SAMPLE]] = True
    weights, offset = former or fit_what_is_read(rows, own, read, ROUGH_TOLERANCE, counting=SAMPLE)
    split, size = rows.terms.shape[1], int(own.sum())
    fewest, most = (min(number, len(own) - 1) for number in (size + FEWEST, size + MOST + MOST_PER_OWN * size))
    for attempt in count(1):
        decisions = np.where(own, np.inf, rows.terms @ weights[:split] + rows.vectors @ weights[split:] + offset)
        left_out = (decisions > SLACK - MARGIN) & ~read
        if attempt > 1 and not left_out.any():
            break
        descending = -np.sort(-decisions)
        lowest = np.clip(-MARGIN - RESERVE, descending[most], descending[fewest])
        read = decisions >= lowest if attempt < ROUGH_ROUNDS else read | left_out  # ever more, so that this ends
        weights, offset = fit_what_is_read(rows, own, read, TOLERANCE)
    return weights, offset


def fit_what_is_read(rows: Rows, own: np.ndarray, read: np.ndarray, tolerance: float, counting: int = 1) -> tuple[np.ndarray, np.float32]:
    """Fit on the rows that are to be read; each of the others counts so many times."""
    places = np.flatnonzero(read)
    svm = LinearSVC(C=REGULARISATION, tol=tolerance, random_state=0)
    svm.fit(rows.part(places).joined(), own[places], sample_weight=np.where(own[places], 1, counting))
    return svm.coef_[0].astype(np.float32), np.float32(svm.intercept_[0])


if __name__ == "__main__":
    _fit_share(Path(sys.argv[1]), int(sys.argv[2]))
