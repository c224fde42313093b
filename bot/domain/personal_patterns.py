"""What personal data look like, and what looks like them but is public: regular expressions, on texts with Latin digits."""

import re

from bot.domain import personal_words as words

STARTS, ENDS = r"(?<![^\W_])", r"(?![^\W_])"
SMALL_SIGNS = r"\s.\-/()–‑\u200e\u200f\u2066-\u2069\u202a-\u202c"
SPACES = r"[\s\u200c]{1,20}"
"""A bound to every run of blanks: a message of nothing but blanks shall not keep everybody waiting."""
LATIN_DAY = r"\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
DAY_MONTH_YEAR = r"\d{1,2}\.?(?:st|nd|rd|th|º)?\s+(?:de\s+|tháng\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+|năm\s+)?\d{4}"
WRITTEN_DAY = rf"{DAY_MONTH_YEAR}|[^\W\d_]{{3,12}}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
DAY = rf"(?<![\d./-])(?:{LATIN_DAY}|{WRITTEN_DAY})(?!\d)"
WORD = r"[^\W\d_](?:[^\W\d_]|['’\-\u0300-\u036f\u064b-\u0652\u200c](?=[^\W\d_]))*"
FEWEST_DIGITS = 7

PUBLIC = re.compile(
    rf"""(?<![\w+])(?:
        (?:110|112|115|116\s?\d{{3}}|08000?\s?116\s?016|0800[\s-]?546[\s-]?546[\s-]?5|0800[\s-]?111[\s-]?0[\s-]?(?:111|222))(?![\d])
        | 20-V-\d\d-\d+ | [VIX]+/\d{{4}}/\d+ | V\d{{4}}/\d\d | [1-9]\d{{3}}/(?:\d{{4,5}}|\d\d)(?!\d) | 1\.111\d\d(?:\.\d+)*
        | (?:19|20)\d\d(?:\s?(?:[-–—/,&]|bis|to|до|a|à|ile|تا|إلى|إلي|الى|–)\s?(?:19|20)\d\d)+
        | \d[\d.,\s']{{0,15}}\s?(?:
            €|eur\b|euros?\b|евро|євро|یورو|يورو|avro\b|mio\b|mln\b|tsd\b|million\w*|millones|тис|тыс|млн|triệu|ألف|مليون|هزار)
        | (?<!\d[\s.])(?:[1-9]\d{{0,2}}(?:[.,'٬]\d{{3}})+|[1-9]\d?(?:\s\d{{3}}){{1,2}}|[1-9]\d\d\s\d{{3}})(?![\d]|[\s-]\d) | {DAY}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
BORN = re.compile(
    rf"({STARTS}(?:{'|'.join(words.BIRTH)})(?![^\W\d_])[^.!?\n‹]{{0,30}}?)({DAY})|({DAY})(?=[^!?\n‹]{{0,15}}{STARTS}(?:{'|'.join(words.BIRTH)}){ENDS})",
    re.IGNORECASE,
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
LINK = re.compile(r"((?:https?://)?(?<![\w.@-])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10})(?::\d+)?[/?#](?=\S)[^\s‹]+", re.IGNORECASE)
LINK_WITH_USER = re.compile(r"https?://[^\s/@]+@\S+", re.IGNORECASE)
HANDLE = re.compile(r"(?<![\w.@])@[\w.]{2,}")
IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[\s-]?[A-Z0-9]{4}){2,7}(?:[\s-]?[A-Z0-9]{1,4})?(?!\w)", re.IGNORECASE)
CODE = re.compile(r"(?<!\w)(?:[0-9A-Z]{4}[-–—]){1,3}[0-9A-Z]{4}(?!\w)", re.IGNORECASE)
AFTER_FILE_WORD = re.compile(
    rf"({STARTS}(?:{'|'.join(words.FILE_NUMBERS)})(?:{SPACES}(?:ist|is|lautet|هو|est|es|to|este|là|است|nr\.?|no\.?))?[\s:#№]*)"
    r"(\d{1,3}\s[A-Z]{1,4}\s\d{1,5}/\d{2}|\d{2}(?:\s\d{3}){3}(?!\d)|(?=[^\s‹]*\d)[\w][\w./-]{2,}(?:\s\d[\w./-]+)*)",
    re.IGNORECASE,
)
COURT_FILE = re.compile(r"(?<![\w§.])\d{1,3}\s[A-Z][A-Za-z]{0,3}\s\d{1,5}[/.]\d{2}(?!\d)")
PHONE = re.compile(
    rf"(?<![\w.,])(?:8[\s-]?\(?9\d\d\)?[\s-]?\d{{3}}[\s-]?\d\d[\s-]?\d\d(?!\d)|\([+0](?:[\s./–-]{{0,3}}\d){{6,16}}\)"
    rf"|(?:\+|00?(?=[\s\-/(]*[1-9])|\(0)[{SMALL_SIGNS}]*(?:\d[{SMALL_SIGNS}]{{0,3}}){{5,16}}\d(?!\d))"
)
AFTER_PHONE_WORD = re.compile(
    rf"({STARTS}(?:{'|'.join(words.PHONE_WORDS)})(?:{SPACES}(?:ist|is|est|es|هو|است|to|este|là))?[\s:#№]*)(\d(?:[{SMALL_SIGNS}]{{0,2}}\d){{5,15}})",
    re.IGNORECASE,
)
LONG_NUMBER = re.compile(rf"(?<![\w.,/-])\d{{{FEWEST_DIGITS},}}(?![\w/])")
ADDRESSES = tuple(
    re.compile(pattern, re.VERBOSE)
    for pattern in (
        rf"""(?i:(?<![\w.-])[\w.-]{{0,40}}(?:{SPACES})?{words.STREETS_AFTER_NAME})\s+(?:(?i:nr\.?|hausnummer)\s*)?
            \d{{1,4}}(?:\s?[-–]\s?\d{{1,4}})?(?:\s?[a-zA-Z](?![\w'’]))?(?![\d./])""",
        r"""(?<!\w)(?:Am|An\sder|An\sden|Unter\sden|Zur|Zum|Auf\sdem|Auf\sder)\s+
            (?P<street>[A-ZÄÖÜ][\w-]+)\s+\d{1,3}[a-zA-Z]?(?![\w./%])(?!\s*(?:Uhr|Euro|€))""",
        r"(?<!\w)\d{1,4}[a-zA-Z]?\s+(?:[A-Z][\w'-]+\s+){1,3}(?:Street|St\.|Road|Rd|Avenue|Ave|Lane|Drive|Square)(?!\w)",
        r"""(?i:(?<!\w)\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|boulevard|chemin|impasse)\s+(?:(?:de|du|des|la|le|les|l')\s?)*)
            [\w'-]+(?:\s[A-ZÉ][\w'-]+){0,3}""",
        rf"""(?i:(?<!\w)(?:{"|".join(words.STREETS_BEFORE_NAME)})\s*(?:[^\W\d_][\w'’.-]*\s+){{1,4}}
            (?:(?:nº|n\.º|nr\.?|número|no\.?|дом|д\.|буд\.|будинок)\s*)?\d{{1,4}}[a-zа-яіїє]?(?!\w))""",
        r"(?i:(?:[^\W\d_][\w'’-]*\s+){1,2}(?:caddesi|caddesinde|cad\.|sokak|sokağı|sok\.|bulvarı)\s*(?:no\s*:?\s*)?\d{1,4})",
        r"(?i:(?<!\w)(?:số\s+)?\d{1,4}[a-z]?\s+(?:đường|phố)\s+)[^\W\d_]\w*(?:\s[A-ZĐ]\w*){0,3}",
        r"(?:شارع|خیابان|کوچه)\s+(?:[^\W\d_]\w*[\s،]+){1,3}(?:(?:رقم|بناية|پلاک|شماره)\s*)?\d{1,4}",
    )
)
BEGINNING = rf"(?:^|[.!?:;,،؟\n]\s{{0,20}}|{STARTS}(?:hallo|hi|hello|merhaba|selam|salut|salam|سلام|привет|привіт|ve|и|і|та|و)\s+)"
TO_NAME = rf"(?![^\W_])[\s\u200c:,—–-]{{0,20}}(?:«|\"|„|“)?(?={WORD})"
INTRODUCED = re.compile(
    rf"({STARTS}(?:{'|'.join(words.INTRODUCTIONS)}){TO_NAME}|{BEGINNING}(?:{'|'.join(words.BEGINNINGS)}){TO_NAME})", re.IGNORECASE
)
PRESENTED = re.compile(rf"({STARTS}(?:{'|'.join(words.PRESENTATIONS)}){SPACES})(?={WORD})", re.IGNORECASE)
TITLED = re.compile(rf"({STARTS}(?i:{'|'.join(words.TITLES)}){SPACES}(?:(?i:dr|prof)\.?\s+)*)(?={WORD})")
TITLED_ANYHOW = re.compile(rf"({STARTS}(?:{'|'.join(words.TITLES_IN_ANY_CASE)}){SPACES})(?={WORD})", re.IGNORECASE)
TITLED_AFTER = re.compile(rf"(?<!\w)([A-ZÇĞİÖŞÜ]\w+)(?=\s(?i:{'|'.join(words.TITLES_AFTER)})(?!\w))")
SIGNED = re.compile(rf"({STARTS}(?:{'|'.join(words.GREETINGS_AT_THE_END)})[\s,.!:]+)((?:{WORD}\.?[\s]*){{1,3}})$", re.IGNORECASE)
A_WORD = re.compile(rf"({WORD})")
NEXT_WORD = re.compile(rf"[ \u00a0]{{1,9}}({WORD})")
