"""Which passwords are good enough: long, not among the commonest, and not made of the person's own name (NIST SP 800-63B)."""

import re
from itertools import pairwise

SHORTEST, LONGEST = 12, 200
DIFFERENT_SIGNS = 5
JUST_ONE_AFTER = 0.75
"""Above this share of signs that follow their neighbour ("abcd", "7654", "aaaa") a password is a row, not a secret."""
WORD_CHARACTERS = 4
"""Parts of a name or address that are shorter may stand in a password: they turn up by chance."""
COMMON = frozenset(
    """
    admin administrator willkommen welcome passwort password passw0rd p@ssw0rd passwortpasswort passwordpassword kennwort geheim
    geheimnis sommer winter fruehling frühling herbst qwertz qwerty qwertzuiop qwertyuiop qwertzuiopü asdfghjkl asdfasdf yxcvbnm
    hallohallo hallo hallowelt ichliebedich iloveyou schatz schatzi letmein changeme change default dragon monkey sunshine princess
    football fussball fußball superman batman starwars computer internet berlin muenchen münchen deutschland stadtverwaltung
    ombudsstelle beratung wegweiser fallpult trustno trustnoone masterpassword master login testtest test musterpasswort abc abcd
    correcthorsebatterystaple correct-horse-battery-staple qweasdzxc qazwsxedc zaqxswcde michelle daniel alexander
    """.split()  # noqa: SIM905  # words are easier to read and to add to like this
)


def find_password_fault(password: str, *, name: str, email: str) -> str | None:
    """What is wrong with a new password, as a key of the desk's words; None when nothing is.

    >>> find_password_fault("Brot-und-Rosen", name="Zoe Beispiel", email="zoe@stadt.example")
    >>> find_password_fault("kurz", name="Zoe", email="zoe@stadt.example")
    'people.fault.password-short'
    >>> [find_password_fault(each, name="Zoe", email="z@stadt.example") for each in ("Passwort2026!", "123456789012", "aaaaaaaaaaaaa")]
    ['people.fault.password-common', 'people.fault.password-common', 'people.fault.password-common']
    >>> find_password_fault("ich bin Beispiel 7", name="Zoe Beispiel", email="zoe@stadt.example")
    'people.fault.password-own-name'
    """
    if len(password) < SHORTEST:
        return "people.fault.password-short"
    if len(password) > LONGEST:
        return "people.fault.password-long"
    folded = password.casefold()
    if is_common(folded):
        return "people.fault.password-common"
    own = re.split(r"[^\w]+", f"{name} {email}".casefold())
    return "people.fault.password-own-name" if any(len(part) >= WORD_CHARACTERS and part in folded for part in own) else None


def is_common(folded: str) -> bool:
    """Whether it is a common word with digits and signs around it, a row of neighbours, or hardly more than one sign.

    >>> is_common("!!sommer2026"), is_common("abcdefghijkl"), is_common("ein halber mond")
    (True, True, False)
    """
    word = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    follows = sum(abs(ord(second) - ord(first)) <= 1 for first, second in pairwise(folded))
    return word in COMMON or len(set(folded)) < DIFFERENT_SIGNS or follows / (len(folded) - 1) > JUST_ONE_AFTER
