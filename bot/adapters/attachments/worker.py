"""Runs alone: reads a file from stdin, writes its media type (or why it is refused), a line feed, and the cleaned file.

Imports nothing of ours, so that it can be started without anything but this file: what a hostile file may do to it ends here.
"""

import resource
import sys
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from PIL import Image, ImageOps

MEMORY_BYTES = 2 * 1024**3
CPU_SECONDS = 25
PIXELS = 40_000_000
CLEANED_BYTES = 15 * 1024**2
"""A picture may grow a little when it is written anew; not more than this."""
MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "PNG", "image/png"),
    (b"\xff\xd8\xff", "JPEG", "image/jpeg"),
    (b"RIFF", "WEBP", "image/webp"),
    (b"%PDF-", "PDF", "application/pdf"),
)
UNWANTED_KEYS = frozenset(
    (
        "/AA", "/OpenAction", "/JS", "/JavaScript", "/Next", "/EmbeddedFiles", "/EmbeddedFile", "/EF", "/AF", "/XFA", "/RichMediaContent",
        "/Metadata", "/PieceInfo", "/LastModified", "/Thumb",
    )
)  # fmt: skip
"""Actions that start by themselves, scripts, files within the file, metadata, and small pictures of pages as they once were."""
KEPT_ACTIONS = ("/GoTo", "/URI")
UNWANTED_NOTES = frozenset(("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"))
PICTURE_BEGINS = 0xDA
TELLING_SEGMENTS = {*range(0xE1, 0xEE), 0xEF, 0xFE}
"""Application segments and comments of a JPEG, which tell about camera, place and author; not JFIF and Adobe's colour transform."""


class RefusedError(Exception):
    """The file is not kept; the message is one of cleaner.REASONS."""


def clean(content: bytes) -> tuple[str, bytes]:
    """The media type by the first bytes, and the cleaned file."""
    for magic, kind, media_type in MAGIC:
        if content.startswith(magic) and (kind != "WEBP" or content[8:12] == b"WEBP"):
            return media_type, clean_pdf(content) if kind == "PDF" else clean_image(content, kind)
    raise RefusedError("type")


def clean_image(content: bytes, kind: str) -> bytes:
    """The picture alone, upright, written anew."""
    Image.MAX_IMAGE_PIXELS = None  # the size is looked at here, before anything is unpacked
    with Image.open(BytesIO(content), formats=(kind,)) as image:
        if image.width * image.height > PIXELS:
            raise RefusedError("too-large")
        upright = ImageOps.exif_transpose(image)
        bare = upright.convert("RGBA" if kind != "JPEG" and upright.has_transparency_data else "RGB")
    bare.info.clear()
    written = BytesIO()
    bare.save(written, kind, quality=90)
    return written.getvalue()


def clean_pdf(content: bytes) -> bytes:
    """The pages without anything that runs, is hidden, or tells who made them."""
    try:
        pdf = pikepdf.open(BytesIO(content))
    except pikepdf.PasswordError as error:
        raise RefusedError("encrypted") from error
    with pdf:
        if pdf.is_encrypted:
            raise RefusedError("encrypted")
        if not len(pdf.pages):
            raise RefusedError("broken")
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for each in every_object(pdf):
            take_out(each)
        written = BytesIO()
        levels = pikepdf.StreamDecodeLevel
        pdf.save(written, compress_streams=False, stream_decode_level=levels.none, deterministic_id=True)
        return written.getvalue()


def every_object(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """All dictionaries and streams, wherever they lie; each is given out before what is within it."""
    waiting = [pdf.trailer, *pdf.objects]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            yield each
            inside = [each[key] for key in each.keys()]  # noqa: SIM118  # a stream cannot be iterated
        elif isinstance(each, pikepdf.Array):
            inside = list(each)
        else:
            continue
        waiting += [child for child in inside if isinstance(child, pikepdf.Object) and not child.is_indirect]


def take_out(each: pikepdf.Object) -> None:
    """Take what is unwanted out of one dictionary or stream."""
    for key in UNWANTED_KEYS & set(each.keys()):
        del each[key]
    for key in ("/A", "/PA"):
        action = each.get(key)
        if isinstance(action, pikepdf.Dictionary) and "/S" in action and str(action["/S"]) not in KEPT_ACTIONS:
            del each[key]
    notes = each.get("/Annots")
    if isinstance(notes, pikepdf.Array):
        each["/Annots"] = pikepdf.Array([note for note in notes if not is_unwanted(note)])
    if isinstance(each, pikepdf.Stream) and each.get("/Filter") in ("/DCTDecode", pikepdf.Array([pikepdf.Name.DCTDecode])):
        parameters = each.get("/DecodeParms")
        known = parameters if isinstance(parameters, pikepdf.Dictionary | pikepdf.Array) else None
        each.write(strip_jpeg(each.read_raw_bytes()), filter=pikepdf.Name.DCTDecode, decode_parms=known)


def is_unwanted(note: object) -> bool:
    """Whether something on a page carries a file or plays."""
    return isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype")) in UNWANTED_NOTES


def strip_jpeg(data: bytes) -> bytes:
    """A JPEG without the segments that tell about camera, place and author; its picture is not touched."""
    kept, at = bytearray(data[:2]), 2
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data) and data[at + 1] != PICTURE_BEGINS:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if data[at + 1] not in TELLING_SEGMENTS:
            kept += data[at:end]
        at = end
    return bytes(kept) + data[at:]


def main() -> None:
    """Clean what comes in."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        verdict, cleaned = clean(sys.stdin.buffer.read())
        if len(cleaned) > CLEANED_BYTES:
            raise RefusedError("too-large")  # noqa: TRY301  # told in the same way as every other refusal
    except RefusedError as refused:
        verdict, cleaned = str(refused), b""
    except Exception:  # noqa: BLE001  # whatever a broken file makes the libraries raise
        verdict, cleaned = "broken", b""
    sys.stdout.buffer.write(verdict.encode() + b"\n" + cleaned)


if __name__ == "__main__":
    main()
