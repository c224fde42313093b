"""The whole knowledge as a ZIP, and a changed one back as drafts."""

import io
import zipfile

import pytest

from bot.adapters.knowledge_files.read_items import read_items
from bot.domain.staff import Role
from tests.adapters.translations.samples import repack, zip_of
from tests.console.conftest import Browser, Desk
from tests.console.knowledge.files.sending import confirm, send
from tests.console.knowledge.steps import ENTRY, accepted, draft_of, edit
from tests.fakes.world import real_items

ARCHIVE = "/knowledge/files/archive"
NAME = f"knowledge/entries/dresden/{ENTRY}.yml"


async def fetch(browser: Browser) -> bytes:
    """The ZIP as it is fetched."""
    response = await browser.get("/knowledge/files/knowledge.zip")
    assert response.headers["Content-Disposition"] == 'attachment; filename="knowledge-2026-11-20.zip"'
    return await response.read()


def changed(content: bytes, name: str, old: str, new: str) -> bytes:
    """The same ZIP with something replaced in a file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(name).decode()
    assert old in text
    return repack(content, **{name.replace("/", "__").replace(".", "_"): text.replace(old, new).encode()})


async def test_the_archive_is_the_whole_knowledge_and_the_same_each_time(knowledge_desk: Desk, tmp_path) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    content = await fetch(editor)
    assert await fetch(editor) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    items = {(item.kind, item.id): item.content for item in read_items(tmp_path / "knowledge")}
    assert items == {(item.kind, item.id): item.content for item in real_items()}
    page = await (await send(editor, ARCHIVE, content)).text()
    assert f"{len(real_items())} sind unverändert" in page
    assert "Als Entwürfe übernehmen" not in page


async def test_what_differs_becomes_a_draft_and_nothing_else_changes(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    content = changed(await fetch(editor), "knowledge/sources.yml", 'title: "Dresden', 'title: "<b>Dresden')
    source = next(item for item in real_items() if item.kind == "source" and item.content["title"].startswith("Dresden"))
    page = await (await send(editor, ARCHIVE, content, "k.zip")).text()
    assert "&lt;b&gt;Dresden" in page
    response = await confirm(editor, page)
    assert (response.status, response.headers["Location"]) == (303, "/console/knowledge/review?done=items-saved")
    async with knowledge_desk.database.unit_of_work() as work:
        (draft,) = await work.drafts.all()
    assert (draft.kind, draft.id, draft.content["title"]) == ("source", source.id, "<b>" + source.content["title"])
    assert (await accepted(knowledge_desk, source.id, "source")).content == source.content


async def test_a_part_is_enough_and_what_somebody_is_changing_is_left_alone(knowledge_desk: Desk) -> None:
    editor, other = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    before = await edit(knowledge_desk, other, title={"de": "Anders"})
    text = zipfile.ZipFile(io.BytesIO(await fetch(editor))).read(NAME).decode()
    only = zip_of(
        **{
            NAME.removeprefix("knowledge/").replace("/", "__").replace(".", "_"): text.replace(
                "state: published", "state: retired"
            ).encode()
        }
    )
    page = await (await send(editor, ARCHIVE, only)).text()
    assert "schon einen Entwurf" in page
    assert "Als Entwürfe übernehmen" not in page
    assert await draft_of(knowledge_desk) == before


async def test_a_draft_begun_since_the_preview_keeps_everything_from_being_saved(knowledge_desk: Desk) -> None:
    editor, other = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    content = changed(await fetch(editor), NAME, "state: published", "state: retired")
    content = changed(content, "knowledge/sources.yml", 'title: "Dresden', 'title: "Dresden:')
    page = await (await send(editor, ARCHIVE, content)).text()
    before = await edit(knowledge_desk, other, title={"de": "Anders"})
    response = await confirm(editor, page)
    assert response.status == 409
    assert "Es wurde nichts gespeichert" in await response.text()
    async with knowledge_desk.database.unit_of_work() as work:
        assert await work.drafts.all() == [before]


LAUGHS = "a: &a [x, x, x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "ist leer"),
        (b"no zip", "kann hier nicht gelesen werden"),
        (zip_of(readme_txt=b"hello"), "nichts, was hierher gehört"),
        (zip_of(entries__a__a_b_yml=b"id: [1\n"), "entries/a/a.b.yml:2"),
        (zip_of(entries__a__a_b_yml=b"- a list\n"), "entries/a/a.b.yml:1"),
        (zip_of(entries__a__a_b_yml=LAUGHS.encode()), "schaden"),
        (zip_of(entries__a__a_b_yml=b"a: " + b"[" * 3000), "schaden"),
        (zip_of(entries__a__a_b_yml=b"id: !!python/object/apply:os.system [id]\n"), "entries/a/a.b.yml"),
        (zip_of(entries__a__a_b_yml=b"\xff\xfe\x00"), "entries/a/a.b.yml"),
        (zip_of(sources_yml=b"just text"), "sources.yml"),
        (zip_of(entries__a__a_b_yml=b"id: a.b\nx: !!binary aGVsbG8=\n"), "im ZIP"),
        (zip_of(entries__a__a_b_yml=b"id: a.b\nx: !!set {a, b}\n"), "im ZIP"),
        (zip_of(entries__a__a_b_yml=b"id: a.b\nx: 0x" + b"f" * 5000), "im ZIP"),
        (zip_of(**{f"entries__{'a' * 300}_yml": b"id: a.b\n"}), "im ZIP"),
        (zip_of(sources_yml=b"[]", sources_yml__a_yml=b"id: a.b\n"), "im ZIP"),
    ],
)
async def test_what_is_no_archive_of_ours_is_refused_with_its_place(knowledge_desk: Desk, content: bytes, sentence: str) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    response = await send(editor, ARCHIVE, content)
    assert response.status == 422
    assert sentence in await response.text()


@pytest.mark.parametrize(
    "text",
    [
        "id: x.y\ntitle: 5\n",
        "id: ../../etc/passwd\n",
        'id: "x\\0y"\n',
        "id: x.y\nquestions: {de: [1, {a: b}]}\n",
        "id: x.y\nfacts: 5\n",
    ],
)
async def test_an_item_that_no_page_could_show_becomes_no_draft(knowledge_desk: Desk, text: str) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    response = await send(editor, ARCHIVE, zip_of(entries__x__x_y_yml=text.encode()))
    page = await response.text()
    assert response.status == 200
    assert "Das geht so nicht" in page
    assert "Als Entwürfe übernehmen" not in page


async def test_a_name_that_leads_out_of_the_archive_is_not_followed(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("knowledge/../../entries/../../../out.yml", "id: out\n")
    response = await send(editor, ARCHIVE, packed.getvalue())
    assert response.status == 422
    assert "nichts, was hierher gehört" in await response.text()
