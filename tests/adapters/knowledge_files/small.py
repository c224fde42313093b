"""A small, faultless knowledge folder to break in one place at a time."""

from pathlib import Path

LANGUAGES = ("de", "en", "ar")
ENTRY = """\
id: halle.money
topic: wir-funding
municipality: halle
audience: public
title:
  de: "Geld"
  en: "Money"
  ar: "المال"
questions:
  de: [ de 1, de 2, de 3, de 4, de 5, de 6, de 7, de 8, de 9, de 10 ]
  en: [ en 1, en 2, en 3, en 4, en 5, en 6 ]
  ar: [ أين المال, كم المال, من يدفع المال ]
answers:
  de: |
    Es gibt 60.000 Euro bis zum 31. Dezember 2025 beim **Vielfaltszentrum**.
  en: |
    There are 60,000 euros until December 31, 2025 at the Vielfaltszentrum.
facts:
  - 60000
  - 2025-12-31
  - "Vielfaltszentrum"
source:
  - { id: paper, section: "1" }
as_of: 2020-12-10
checked_on: 2026-11-01
review_after: 2027-05-01
contacts: [ halle.office ]
programmes: [ wir ]
related: [ halle.money ]
state: published
"""
CONTACT = """\
id: halle.office
municipality: halle
office: "Büro"
role: { de: "hilft", en: "helps" }
address: ""
phone: "0345 2210"
email: ""
website: ""
hours: [ { days: [ mo, tu ], from: "09:00", to: "15:00" } ]
by_appointment: false
languages: []
topics: [ contacts ]
source: [ { id: paper, section: "2" } ]
as_of: 2020-12-10
checked_on: 2026-11-01
review_after: 2027-05-01
"""
PROGRAMME = """\
id: wir
name: "WIR"
municipality: none
funder: "Land"
who_may_apply: { de: "Vereine" }
amounts: [ { purpose: { de: "Zentrum", en: "centre" }, euros: 60000, per: year, from: 2021-01-01, until: 2025-12-31 } ]
conditions: { de: "keine" }
deadlines: [ { what: { de: "Schluss", en: "end" }, date: 2025-12-31 } ]
needed: {}
source: [ { id: paper, section: "3" } ]
as_of: 2020-12-10
checked_on: 2026-11-01
review_after: 2027-05-01
"""
SOURCES = """\
- { id: paper, kind: paper, title: "Papier", municipality: halle, date: 2020-12-10, link: "" }
"""
DEADLINES = """\
- id: claim
  frame: agg-work
  what: { de: "fordern" }
  period: { months: 2 }
  starts: incident
  valid_from: 2006-08-18
  source: [ { id: paper, section: "§ 15" } ]
  checked_on: 2026-11-01
  review_after: 2027-05-01
"""
CITIES = """\
covered:
  - { id: halle, name: { de: "Halle" }, aliases: [ Halle, Галле ] }
not_covered:
  - { name: Berlin, aliases: [ Берлин ] }
  - { name: Essen }
ambiguous: [ Essen ]
"""
FILES = {
    "entries/halle/halle.money.yml": ENTRY,
    "contacts/halle.office.yml": CONTACT,
    "programmes/wir.yml": PROGRAMME,
    "sources.yml": SOURCES,
    "deadlines.yml": DEADLINES,
    "municipalities.yml": CITIES,
}


def write(folder: Path, **changed: str) -> None:
    """Write the files; `changed` takes the place of one whose stem (with _ for . and -) it names, or adds an entry."""
    for name, content in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(changed.pop(file.stem.replace(".", "_"), content), encoding="utf-8")
    for name, content in changed.items():
        (folder / f"entries/halle/{name.replace('_', '.')}.yml").write_text(content, encoding="utf-8")
