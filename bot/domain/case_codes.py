"""Code lists for cases, two levels each, after ADS/DeZIM minimum standards (2022) and advd practice.

A code is never reused or renamed; a new list gets a new version. Every list has "other" and "not-stated": missing is not "no".
"""

from collections.abc import Mapping

CODE_LIST_VERSION = "2026-11"

OTHER = "other"
NOT_STATED = "not-stated"

GROUNDS: tuple[str, ...] = (
    # AGG § 1
    "agg.ethnic-origin",
    "agg.religion",
    "agg.gender",
    "agg.disability",
    "agg.age",
    "agg.sexual-identity",
    # beyond AGG § 1
    "beyond.antisemitism",
    "beyond.language",
    "beyond.nationality",
    "beyond.residence-status",
    "beyond.social-status",
    "beyond.appearance",
    OTHER,
    NOT_STATED,
)

AREAS: Mapping[str, tuple[str, ...]] = {
    "work": ("application", "at-work", "dismissal", "pay", OTHER),
    "housing": ("search", "rental", "neighbours", "shelter", OTHER),
    "authorities": ("immigration-office", "job-centre", "social-office", "registry-office", "youth-office", OTHER),
    "education": ("nursery", "school", "university", "training", "language-course", OTHER),
    "health": ("practice", "hospital", "insurance", "care", OTHER),
    "goods-services": ("shop", "gastronomy", "club", "bank-insurance", "transport", "sport-leisure", OTHER),
    "police-justice": ("police", "court", "security-staff", OTHER),
    "public-space": ("street", "public-transport", OTHER),
    "media": ("internet", "press", OTHER),
    OTHER: (),
    NOT_STATED: (),
}

FORMS: tuple[str, ...] = (
    "access-refused",
    "worse-treatment",
    "harassment",
    "sexual-harassment",
    "instruction",
    "victimisation",
    "crime",
    "everyday",
    OTHER,
    NOT_STATED,
)

WISHES: tuple[str, ...] = ("be-heard", "advice", "conversation", "complaint", "compensation", "documentation-only", OTHER, NOT_STATED)

REPORTERS: tuple[str, ...] = ("affected", "relative", "witness", "professional", NOT_STATED)

YES_NO: tuple[str, ...] = ("yes", "no", NOT_STATED)
"""For evidence, witnesses, and whether the body belongs to the city's own administration."""

BODIES: tuple[str, ...] = (
    "authority", "company", "landlord", "school", "health-provider", "police", "private-person", "association", OTHER, NOT_STATED,
)  # fmt: skip
"""Type of the responsible body. Never a name: accused persons are not recorded."""

PRECISIONS: tuple[str, ...] = ("day", "month", "year", "unknown", NOT_STATED)
"""How exactly the time of the incident is known."""

GENDERS: tuple[str, ...] = ("female", "male", "diverse", OTHER, NOT_STATED)

AGE_BANDS: tuple[str, ...] = ("under-18", "18-26", "27-40", "41-64", "65-plus", NOT_STATED)

KINDS: tuple[str, ...] = ("report", "advice", "accompaniment")

INTERVENTIONS: tuple[str, ...] = (
    "conversation", "statement-requested", "letter", "mediation", "complaint-supported", "accompaniment", "legal-advice-arranged", OTHER,
)  # fmt: skip

REFERRALS: tuple[str, ...] = (
    "anti-discrimination-office", "victim-counselling", "lawyer", "migration-counselling", "federal-anti-discrimination-agency",
    "works-council", "equality-officer", "police", OTHER,
)  # fmt: skip

OUTCOMES: tuple[str, ...] = (
    "apology", "decision-changed", "compensation", "agreement", "measure-taken", "no-change", "unknown", OTHER, NOT_STATED,
)  # fmt: skip

CLOSE_REASONS: tuple[str, ...] = ("resolved", "referred", "withdrawn", "documentation-only", "no-contact", "not-responsible", OTHER)

LEGAL_FRAMES: tuple[str, ...] = ("agg-work", "agg-civil", "state-law", "none", "unclear")

FRAMES: Mapping[str, str] = {
    "work": "agg-work",
    "housing": "agg-civil",
    "goods-services": "agg-civil",
    "authorities": "state-law",
    "police-justice": "state-law",
    "education": "unclear",
    "health": "unclear",
    "public-space": "none",
    "media": "none",
}
"""Which law first comes into question for an area of life; a caseworker corrects it. AGG does not bind authorities."""


def frame_of(area: str) -> str:
    """The legal frame an area of life points to: agg-work, agg-civil, state-law, none or unclear.

    >>> frame_of("work"), frame_of("not-stated")
    ('agg-work', 'unclear')
    """
    return FRAMES.get(area, "unclear")
