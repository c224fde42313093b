"""Files lose what nobody sees, keep what everybody sees, and hostile ones are refused."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from bot.adapters.attachments.cleaner import AttachmentCleaner
from bot.services.desk.cases.stored_case_file import FileNotAcceptedError

SECRET = b"Canary-51.4829N-11.9697E"


def picture(kind: str, **options: object) -> bytes:
    """A small red and blue picture."""
    image = Image.new("RGB", (40, 20), "red")
    image.paste("blue", (0, 0, 20, 20))
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def telling_picture(kind: str) -> bytes:
    """A picture that says where it was taken, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6
    options: dict[str, object] = {"exif": exif, "xmp": SECRET} if kind != "PNG" else {"exif": exif}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", SECRET.decode())
        options["pnginfo"] = text
    if kind == "JPEG":
        options["comment"] = SECRET
    return picture(kind, **options)


def telling_pdf(**options: object) -> bytes:
    """A page that runs scripts, carries a file and a photo with metadata, and says who wrote it."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    page = pdf.pages[0]
    script = {"/S": pikepdf.Name.JavaScript, "/JS": SECRET.decode()}
    pdf.docinfo["/Author"] = SECRET.decode()
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = [SECRET.decode()]
    pdf.Root.OpenAction = pikepdf.Dictionary(script)
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", pikepdf.Dictionary(script)])))
    pdf.attachments["notes.txt"] = SECRET
    page.obj["/Thumb"] = pdf.make_stream(SECRET, Width=25, Height=1, BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceGray)
    page.obj["/AA"] = pikepdf.Dictionary(O=pikepdf.Dictionary(script))
    link = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Link, "/Rect": [0, 0, 9, 9]}
    page.obj["/Annots"] = pikepdf.Array(
        [
            pikepdf.Dictionary({**link, "/A": pikepdf.Dictionary(script)}),
            pdf.make_indirect(pikepdf.Dictionary({**link, "/A": pdf.make_indirect(pikepdf.Dictionary(script))})),
            pikepdf.Dictionary({**link, "/A": {"/S": pikepdf.Name.URI, "/URI": "https://stadt.example"}}),
            pikepdf.Dictionary({**link, "/Subtype": pikepdf.Name.FileAttachment}),
        ]
    )
    photo = pdf.make_stream(telling_picture("JPEG"))
    photo.update(
        {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 40, "/Height": 20,
         "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": pikepdf.Name.DCTDecode}
    )  # fmt: skip
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=photo))
    written = BytesIO()
    pdf.save(written, **options)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
async def test_pictures_lose_their_metadata(kind: str) -> None:
    content = telling_picture(kind)
    assert SECRET in content
    media_type, cleaned = await AttachmentCleaner().clean(content)
    assert media_type == f"image/{kind.lower()}"
    assert SECRET not in cleaned
    with Image.open(BytesIO(cleaned)) as image:
        assert image.size == (20, 40), "shown upright"
        assert not image.getexif()
        assert image.convert("RGB").getpixel((10, 35))[0] > 200


async def test_transparency_is_kept() -> None:
    image = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    written = BytesIO()
    image.save(written, "PNG")
    _, cleaned = await AttachmentCleaner().clean(written.getvalue())
    with Image.open(BytesIO(cleaned)) as kept:
        assert kept.getpixel((0, 0)) == (0, 0, 0, 0)


async def test_a_pdf_loses_everything_but_its_pages() -> None:
    content = telling_pdf()
    media_type, cleaned = await AttachmentCleaner().clean(content)
    assert media_type == "application/pdf"
    with pikepdf.open(BytesIO(cleaned)) as pdf:
        levels = pikepdf.StreamDecodeLevel
        pdf.save(plain := BytesIO(), qdf=True, compress_streams=False, stream_decode_level=levels.generalized)
        assert len(pdf.pages) == 1
        notes = pdf.pages[0].obj["/Annots"]
        assert [str(note["/A"]["/S"]) for note in notes if "/A" in note] == ["/URI"]
        assert not pdf.attachments
        photo = pdf.pages[0].obj["/Resources"]["/XObject"]["/Photo"]
        with Image.open(BytesIO(photo.read_raw_bytes())) as image:
            assert image.convert("RGB").getpixel((5, 10))[2] > 200
    for telling in (SECRET, b"JavaScript", b"OpenAction", b"EmbeddedFile", b"/AA", b"/Author", b"/Metadata", b"FileAttachment"):
        assert telling not in plain.getvalue(), telling


def encrypted(password: str) -> bytes:
    """A PDF that only opens with a password, or that anybody opens but not everybody may print."""
    return telling_pdf(encryption=pikepdf.Encryption(owner="owner", user=password))


def bomb() -> bytes:
    """A small file that becomes a very large picture."""
    written = BytesIO()
    Image.new("1", (9000, 9000)).save(written, "PNG")
    return written.getvalue()


REFUSED = [
    ("empty", b""),
    ("type", b"MZ\x90\x00 an executable"),
    ("type", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ("type", b"GIF89a..."),
    ("type", b"RIFF....AVI "),
    ("broken", picture("PNG")[:60]),
    ("broken", b"\x89PNG\r\n\x1a\n<html>"),
    ("broken", b"%PDF-1.7 and nothing more"),
    ("encrypted", encrypted("user")),
    ("encrypted", encrypted("")),
    ("too-large", bomb()),
]


@pytest.mark.parametrize(("reason", "content"), REFUSED, ids=[f"{reason}-{number}" for number, (reason, _) in enumerate(REFUSED)])
async def test_what_cannot_be_kept_is_refused_with_its_reason(reason: str, content: bytes) -> None:
    with pytest.raises(FileNotAcceptedError) as refused:
        await AttachmentCleaner().clean(content)
    assert refused.value.reason == reason
