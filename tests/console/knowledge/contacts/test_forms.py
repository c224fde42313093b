"""Contacts, programmes and sources are edited on forms: as drafts, with their faults named, and nothing typed is lost."""

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from bot.domain.knowledge_drafts import DraftState
from bot.domain.staff import Role
from bot.services.desk.knowledge.accept_draft import accept_draft
from tests.console.conftest import Browser, Desk
from tests.fakes.world import real_items

CONTACT, PROGRAMME, SOURCE = "/knowledge/contact/ads", "/knowledge/programme/wir.vielfaltszentrum", "/knowledge/source/agg"


class Form(HTMLParser):
    """What a browser would post of the form "item-form"."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.errors: list[str] = []
        self._inside, self._area, self._select, self._error = False, "", "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        here = {name: value or "" for name, value in attrs}
        self._inside = self._inside or here.get("id") == "item-form"
        if "error" in here.get("class", "").split():
            self._error = True
        if not self._inside:
            return
        if tag == "input" and (here.get("type") != "checkbox" or "checked" in here):
            self.fields.setdefault(here["name"], []).append(here.get("value", ""))
        elif tag == "textarea":
            self._area = here["name"]
            self.fields[self._area] = [""]
        elif tag == "select":
            self._select = here["name"]
        elif tag == "option" and (self._select not in self.fields or "selected" in here):
            self.fields[self._select] = [here["value"]]

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"
        self._area = "" if tag == "textarea" else self._area
        self._error = self._error and tag != "p"

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area][0] += data
        if self._error and data.strip():
            self.errors.append(data.strip())


async def fill(browser: Browser, path: str, **changes: Any) -> dict[str, Any]:
    """The form of a page as it would be posted, with changes; names have dots, so they are given as a dictionary under `fields`."""
    fields: dict[str, Any] = {**Form(await browser.read(path)).fields, **changes.pop("fields", {}), **changes}
    fields.pop("csrf", None)
    return {name: value for name, value in fields.items() if value is not None}


async def find_draft(desk: Desk, kind: str, id_: str):
    async with desk.database.unit_of_work() as work:
        return await work.drafts.find(kind, id_)


async def test_a_form_that_is_saved_as_it_is_changes_nothing(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    items = [item for item in real_items() if item.kind in ("contact", "programme", "source")]
    assert len(items) > 20
    for item in items:
        path = f"/knowledge/{item.kind}/{item.id}"
        page = await editor.read(path)
        assert Form(page).errors == [], item.id
        fields = {**Form(page).fields}
        fields.pop("csrf")
        assert (await editor.post(path, **fields)).status == 303
        assert await find_draft(knowledge_desk, item.kind, item.id) is None, item.id


async def test_a_change_is_saved_as_a_draft_and_reviewed(knowledge_desk: Desk) -> None:
    editor, reviewer = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    hours = {"hours.0.days": ["mo", "tu"], "hours.0.from": "9", "hours.0.to": "15.30 Uhr", "phone": "030 18555 1855"}
    response = await editor.post(CONTACT, **await fill(editor, CONTACT, fields=hours), step="submit")
    assert response.headers["Location"].startswith("/console/knowledge/review/contact/ads")
    draft = await find_draft(knowledge_desk, "contact", "ads")
    assert draft.state is DraftState.IN_REVIEW
    assert draft.content["hours"] == [{"days": ["mo", "tu"], "from": "09:00", "to": "15:30"}]
    await accept_draft("contact", "ads", draft.version, reviewer.member, knowledge_desk.ports)
    async with knowledge_desk.database.unit_of_work() as work:
        item = await work.knowledge_items.find("contact", "ads")
    assert item.content["phone"] == "030 18555 1855"
    assert "In Prüfung" not in await editor.read(CONTACT)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"phone": "0800 CALL ME"}, "enthält Buchstaben"),
        ({"phone": "546 546 5"}, "hat keine Vorwahl"),
        ({"website": "www.antidiskriminierungsstelle.de"}, "ist keine Internetadresse"),
        ({"email": "post(at)ads.example"}, "keine E-Mail-Adresse"),
        ({"hours.0.days": ["mo"], "hours.0.from": "15:00", "hours.0.to": "09:00"}, "liegt nicht nach dem Beginn"),
        ({"hours.0.days": ["mo"], "hours.0.from": "early", "hours.0.to": "24:30"}, "sind keine Uhrzeiten"),
        ({"hours.0.from": "09:00", "hours.0.to": "12:00"}, "mindestens einen Tag"),
        ({"role.de": ""}, "Das fehlt noch"),
        ({"office": ""}, "Das fehlt noch"),
        ({"source.0.id": ""}, "Es fehlt eine Quelle"),
        ({"checked_on": "bald"}, "Das ist kein Datum"),
    ],
)
async def test_what_is_wrong_with_a_contact_is_said_and_kept(knowledge_desk: Desk, changes: dict[str, Any], said: str) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    if "source.0.id" in changes:
        changes = {**changes, "source.0.section": ""}
    response = await editor.post(CONTACT, **await fill(editor, CONTACT, fields=changes), step="submit")
    assert response.status == 422
    assert any(said in error for error in Form(await response.text()).errors)
    assert (await find_draft(knowledge_desk, "contact", "ads")).state is DraftState.DRAFT
    again = await fill(editor, CONTACT)
    for name in ("phone", "website", "email", "checked_on", "hours.0.from"):
        assert again[name] == [changes.get(name, again[name][0])]


async def test_hours_that_overlap_are_told_at_their_row(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    rows = {
        "hours.0.days": ["mo"],
        "hours.0.from": "9",
        "hours.0.to": "12",
        "hours.1.days": ["mo"],
        "hours.1.from": "11",
        "hours.1.to": "15",
    }
    response = await editor.post(CONTACT, **await fill(editor, CONTACT, fields=rows), step="submit")
    page = await response.text()
    assert "überschneidet sich mit Zeile 1" in page
    row = page.partition('id="hours.1"')[2].partition("</fieldset>")[0]
    assert "überschneidet" in row


async def test_rows_come_and_go_without_script(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    more = await editor.post(PROGRAMME, **await fill(editor, PROGRAMME), step="more:amounts")
    assert "amounts.5.purpose.de" in Form(await more.text()).fields
    assert await find_draft(knowledge_desk, "programme", "wir.vielfaltszentrum") is None
    added = {
        "amounts.4.purpose.de": "Dolmetschen", "amounts.4.purpose.en": "Interpreting", "amounts.4.euros": "1.500", "amounts.4.per": "once",
        "amounts.4.from": "1.1.2027", "amounts.0.gone": "yes", "deadlines.0.what.de": "Antrag", "deadlines.0.what.en": "Application",
        "deadlines.0.date": "2027-03-31",
    }  # fmt: skip
    await editor.post(PROGRAMME, **await fill(editor, PROGRAMME, fields=added))
    content = (await find_draft(knowledge_desk, "programme", "wir.vielfaltszentrum")).content
    assert len(content["amounts"]) == 4
    last = {"purpose": {"de": "Dolmetschen", "en": "Interpreting"}, "euros": 1500, "per": "once", "from": "2027-01-01", "until": None}
    assert content["amounts"][-1] == last
    assert content["amounts"][0]["purpose"]["vi"]
    assert content["deadlines"] == [{"what": {"de": "Antrag", "en": "Application"}, "date": "2027-03-31"}]


async def test_amounts_that_cannot_be_are_named(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    response = await editor.post(PROGRAMME, **await fill(editor, PROGRAMME, fields={"amounts.0.euros": "viel"}), step="submit")
    assert any("keine ganze Zahl" in error for error in Form(await response.text()).errors)
    response = await editor.post(
        PROGRAMME, **await fill(editor, PROGRAMME, fields={"amounts.0.euros": "0", "amounts.1.until": "2020-01-01"}), step="submit"
    )
    errors = Form(await response.text()).errors
    assert any("größer als 0" in error for error in errors)
    assert any("liegt vor dem Beginn" in error for error in errors)


async def test_two_editors_lose_nothing(knowledge_desk: Desk) -> None:
    zoe, yan = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    mine, theirs = await fill(zoe, CONTACT, phone="0800 111"), await fill(yan, CONTACT, phone="0800 222", address="Neue Straße 1")
    assert (await yan.post(CONTACT, **theirs)).status == 303
    response = await zoe.post(CONTACT, **mine)
    assert response.status == 409
    page = await response.text()
    assert "222</del>" in page
    assert "111</ins>" in page
    assert "Neue Straße 1" in page
    assert yan.member.name in page
    assert (await find_draft(knowledge_desk, "contact", "ads")).content["phone"] == "0800 222"
    again = Form(page).fields
    again.pop("csrf")
    assert again["phone"] == ["0800 111"]
    assert (await zoe.post(CONTACT, **again)).status == 303
    assert (await find_draft(knowledge_desk, "contact", "ads")).content["phone"] == "0800 111"


async def test_an_open_page_saves_by_itself_and_says_when_it_cannot(knowledge_desk: Desk) -> None:
    zoe, yan = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    fields = await fill(zoe, CONTACT, phone="0800 CALL", step="auto")
    saved = await zoe.post(CONTACT, **fields)
    told = await saved.text()
    number = (await find_draft(knowledge_desk, "contact", "ads")).version
    assert f'id="version" name="version" value="{number}"' in told
    assert "enthält Buchstaben" in told
    assert (await find_draft(knowledge_desk, "contact", "ads")).content["phone"] == "0800 CALL"
    await zoe.post(CONTACT, **fields)  # the same once more, on its way twice: no conflict with oneself
    assert (await find_draft(knowledge_desk, "contact", "ads")).version == number
    late = await yan.post(CONTACT, **{**fields, "phone": ["0800 333"], "version": ["0"]})
    assert "inzwischen gespeichert" in await late.text()
    assert (await find_draft(knowledge_desk, "contact", "ads")).content["phone"] == "0800 CALL"


async def test_new_items_get_an_id_of_their_own(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    form = await fill(
        editor, "/knowledge/contact/new", fields={"office": "Büro für Gleichstellung", "municipality": "halle", "role.de": "Berät"}
    )
    made = await editor.post("/knowledge/contact/new", **form)
    assert made.headers["Location"].startswith("/console/knowledge/contact/halle.buero-fuer-gleichstellung?")
    again = await editor.post("/knowledge/contact/new", **form)
    assert "halle.buero-fuer-gleichstellung-2" in again.headers["Location"]
    for typed, said in (("ads", "gibt es schon"), ("new", "Höchstens 48"), ("../x", "Höchstens 48")):
        refused = await editor.post("/knowledge/contact/new", **{**form, "id": typed})
        assert refused.status == 422
        page = await refused.text()
        assert said in page
        assert "Büro für Gleichstellung" in page
    for kind, name in (("programme", "name"), ("source", "title")):
        form = await fill(editor, f"/knowledge/{kind}/new", **{name: "Etwas Neues"})
        assert "etwas-neues" in (await editor.post(f"/knowledge/{kind}/new", **form)).headers["Location"]
        assert (await find_draft(knowledge_desk, kind, "etwas-neues")).base_hash == ""
    source = await editor.read("/knowledge/source/etwas-neues")
    assert "Das ist kein Datum" in source


async def test_checked_today_sets_both_dates(knowledge_desk: Desk) -> None:
    knowledge_desk.world.clock.pass_time(hours=5)
    editor = await knowledge_desk.meet(Role.EDITOR)
    await editor.post(CONTACT, **await fill(editor, CONTACT, fields={"checked_today": "yes", "checked_on": "2020-01-01"}))
    content = (await find_draft(knowledge_desk, "contact", "ads")).content
    assert (content["checked_on"], content["review_after"]) == ("2026-11-20", "2027-05-21")


async def test_the_card_is_shown_as_people_will_see_it(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    hours = {"hours.0.days": ["fr"], "hours.0.from": "9", "hours.0.to": "12", "phone": "030 1855", "by_appointment": "yes"}
    form = await fill(editor, CONTACT, fields=hours)
    page = await (await editor.post(CONTACT, **form, preview="ar", step="preview")).text()
    card = page.partition('class="bubble"')[2].partition("</section>")[0]
    assert 'dir="rtl"' in card
    assert "tel:0301855" in card
    assert "jetzt geöffnet" in card  # a Friday, 10:30 in Germany
    knowledge_desk.world.clock.pass_time(hours=3)
    editor = await knowledge_desk.meet(Role.EDITOR)
    page = await (await editor.post(CONTACT, **form, preview="de", step="preview")).text()
    assert "Nur mit Termin" in page.partition('class="bubble"')[2]
    assert "jetzt geschlossen" in page
    assert await find_draft(knowledge_desk, "contact", "ads") is None


async def test_what_is_used_is_not_retired(knowledge_desk: Desk) -> None:
    editor, reviewer = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    refused = await editor.post(f"{CONTACT}/retire")
    assert refused.status == 409
    page = await refused.text()
    assert "wird noch verwendet" in page
    assert "/console/knowledge/entry/" in page
    assert await find_draft(knowledge_desk, "contact", "ads") is None
    form = await fill(
        editor, "/knowledge/contact/new", fields={"office": "Altes Büro", "role.de": "Alt", "role.en": "Old", "source.0.id": "agg"}
    )
    await editor.post("/knowledge/contact/new", **form)
    await pass_review(knowledge_desk, editor, reviewer, "altes-buero")
    assert (await editor.post("/knowledge/contact/altes-buero/retire")).status == 303
    await pass_review(knowledge_desk, editor, reviewer, "altes-buero")
    assert "zurückgezogen" in await editor.read("/knowledge/contact/altes-buero")
    async with knowledge_desk.database.unit_of_work() as work:
        knowledge = knowledge_desk.ports.knowledge.build(await work.knowledge_items.all())
    assert "altes-buero" not in knowledge.contacts
    assert "ads" in knowledge.contacts
    assert (await editor.post("/knowledge/contact/altes-buero/bring-back")).status == 303
    assert "state" not in (await find_draft(knowledge_desk, "contact", "altes-buero")).content


async def test_nothing_refers_to_a_contact_that_is_retired(knowledge_desk: Desk) -> None:
    async with knowledge_desk.database.unit_of_work() as work:
        items = await work.knowledge_items.all()
    entry = next(item for item in items if item.kind == "entry" and "ads" in item.content.get("contacts", []))
    ads = next(item for item in items if (item.kind, item.id) == ("contact", "ads"))
    rest = [item for item in items if item is not ads]
    find_faults = knowledge_desk.ports.knowledge.checker.find_faults
    assert find_faults(entry.content, "entry", [*rest, ads]) == ()
    faults = find_faults(entry.content, "entry", [*rest, replace(ads, content={**ads.content, "state": "retired"})])
    assert [fault.code for fault in faults] == ["unknown-reference"]


async def pass_review(desk: Desk, author: Browser, reviewer: Browser, id_: str) -> None:
    """Have a draft accepted by a second person."""
    draft = await find_draft(desk, "contact", id_)
    submitted = await author.post(f"/knowledge/review/contact/{id_}/submit", version=str(draft.version))
    assert submitted.status == 303, await submitted.text()
    draft = await find_draft(desk, "contact", id_)
    accepted = await reviewer.post(f"/knowledge/review/contact/{id_}/accept", version=str(draft.version))
    assert accepted.status == 303


async def test_a_draft_that_is_open_is_finished_before_retiring(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    await editor.post("/knowledge/contact/new", **await fill(editor, "/knowledge/contact/new", office="Halb fertig"))
    assert (await editor.post("/knowledge/contact/halb-fertig/retire")).status == 404
    assert (await editor.post("/knowledge/source/agg/retire")).status == 404


async def test_nothing_unknown_and_nothing_too_big(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    for kind in ("contact", "programme", "source"):
        assert (await editor.get(f"/knowledge/{kind}/nothing")).status == 404
        assert (await editor.post(f"/knowledge/{kind}/nothing")).status == 404
    assert (await editor.post(CONTACT, **await fill(editor, CONTACT, address="x" * 1_000_000))).status == 413
    assert await find_draft(knowledge_desk, "contact", "ads") is None
    script = "<script>alert(1)</script>"
    await editor.post(CONTACT, **await fill(editor, CONTACT, office=script))
    assert script not in await editor.read(CONTACT)


async def test_the_list_names_uses_drafts_and_what_is_overdue(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    await editor.post(CONTACT, **await fill(editor, CONTACT, phone="0800 1", review_after="2026-01-01"))
    page = await editor.read("/knowledge/contacts")
    for path in ("contact/ads", "programme/wir.vielfaltszentrum", "source/agg", "contact/new", "programme/new", "source/new"):
        assert f"/console/knowledge/{path}" in page
    assert "Entwurf" in page
    assert "wieder zu prüfen" not in page  # what counts is what was accepted
    knowledge_desk.world.clock.pass_time(days=400)
    assert "wieder zu prüfen" in await (await knowledge_desk.meet(Role.EDITOR)).read("/knowledge/contacts")
    only = await (await knowledge_desk.meet(Role.EDITOR)).read("/knowledge/contacts?city=wiesbaden")
    assert "contact/wiesbaden.department-vi" in only
    assert "contact/ads" not in only
