"""Keep numbers and Latin names in one piece inside text that is written from right to left."""

import re

LEFT_TO_RIGHT_ISOLATE, FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2066", "\u2068", "\u2069"
RIGHT_TO_LEFT_LETTER = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
RUN = r"[A-Za-zÀ-ɏ0-9/+§€](?:[A-Za-zÀ-ɏ0-9 .,:;/+@§€%&'’–-]*[A-Za-zÀ-ɏ0-9%€])?"  # Latin or numeric
GERMAN_QUOTE = rf"„{RUN}[!?.]?[“”]"
KEPT = re.compile(
    r"\u2068[^\u2069]*\u2069"  # what is isolated already
    r"|\]\([^)\s]*\)"  # the address of a link
    rf"|(?:{GERMAN_QUOTE}|{RUN})(?: (?:{GERMAN_QUOTE}|{RUN}))*"
)


def isolate_latin(text: str) -> str:
    """Markdown with every Latin or numeric run isolated, on each line that holds right-to-left letters.

    Without it "0800 546 546 5" or "/report" is torn apart on an Arabic line (Unicode Standard Annex 9).

    >>> isolate_latin("اتصل 0800 546 546 5 الآن") == "اتصل \u20660800 546 546 5\u2069 الآن"
    True
    >>> isolate_latin("(Projektgruppe „Integration“) هنا") == "(\u2066Projektgruppe „Integration“\u2069) هنا"
    True
    >>> isolate_latin("Call 110")
    'Call 110'
    """
    return "\n".join(KEPT.sub(_isolate, line) if RIGHT_TO_LEFT_LETTER.search(line) else line for line in text.split("\n"))


def _isolate(found: re.Match[str]) -> str:
    run = found.group()
    return run if run.startswith((FIRST_STRONG_ISOLATE, "](")) else f"{LEFT_TO_RIGHT_ISOLATE}{run}{POP_ISOLATE}"
