"""Find the nearest phrasings by shared letter triples: the understudy when the NLU server is down."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log, sqrt

from bot.domain.folding import fold
from bot.domain.knowledge import Intent
from bot.domain.understanding import Ranked


class LexicalIndex:
    """Phrasings by their letter triples, weighted by how rare each triple is (TF-IDF, cosine).

    >>> index = LexicalIndex([("where is the office", "office"), ("how much money", "money")])
    >>> index.search("where's the ofice")[0].intent
    'office'
    """

    def __init__(self, phrasings: Iterable[tuple[str, str]]) -> None:
        """Take (text, intent) pairs."""
        self._intents: list[str] = []
        self._lengths: list[float] = []
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        counted = [(triples(text), intent) for text, intent in phrasings]
        documents = Counter(triple for counts, _ in counted for triple in counts)
        self._weights = {triple: 1 + log(len(counted) / count) for triple, count in documents.items()}
        for number, (counts, intent) in enumerate(counted):
            self._intents.append(intent)
            weighted = {triple: count * self._weights[triple] for triple, count in counts.items()}
            self._lengths.append(sqrt(sum(weight * weight for weight in weighted.values())) or 1.0)
            for triple, weight in weighted.items():
                self._postings[triple].append((number, weight))

    def search(self, text: str, most: int = 10) -> tuple[Ranked, ...]:
        """The intents of the nearest phrasings, best first, with their similarity (0-1)."""
        wanted = {triple: count * self._weights[triple] for triple, count in triples(text).items() if triple in self._weights}
        length = sqrt(sum(weight * weight for weight in wanted.values())) or 1.0
        scores: dict[int, float] = defaultdict(float)
        for triple, weight in wanted.items():
            for number, other in self._postings[triple]:
                scores[number] += weight * other
        best: dict[str, float] = {}
        for number, score in scores.items():
            intent = self._intents[number]
            best[intent] = max(best.get(intent, 0.0), score / (length * self._lengths[number]))
        ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
        return tuple(Ranked(intent=Intent(intent), confidence=round(score, 4)) for intent, score in ranked)


def triples(text: str) -> Counter[str]:
    """The letter triples of each word, with its beginning and end marked."""
    return triples_of(fold(text))


def triples_of(folded: str) -> Counter[str]:
    """The same of a text that is folded already."""
    marked = f" {folded} "
    return Counter(marked[start : start + 3] for start in range(len(marked) - 2))
