"""Texts for translators as XLIFF 1.2, which their programs read.

Its meaning: https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html
"""

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree
from translate.storage.xliff import xlifffile

from bot.domain.languages import GERMAN
from bot.domain.translation_texts import ReturnedText, TranslationText, hash_text
from bot.services.desk.knowledge.exchanged_files import UPLOAD_BYTES, FileRefusedError

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
HASH = "extradata"
"""The attribute that names the German text as it was at the export. Programs that drop it leave us the source itself."""
STATES = {
    "missing": "needs-translation",
    "outdated": "needs-adaptation",
    "machine-made-unreviewed": "needs-review-translation",
    "in-review": "translated",
    "current": "final",
}
FACTS = "Must appear in the translation: "
FILE = "wegweiser-knowledge"
MOST_UNITS = 5_000


class Xliff:
    """Implements desk.knowledge.exchanged_files.TranslationFormat."""

    media_type = "application/xliff+xml"

    def write(self, texts: Sequence[TranslationText]) -> bytes:
        """One <file> for the pair of languages; a unit's id is the entry's, a slash, and the field."""
        root = etree.Element(_tag("xliff"), version="1.2", nsmap={None: NAMESPACE})
        pair = {"source-language": GERMAN, "target-language": texts[0].language if texts else GERMAN}
        file = etree.SubElement(root, _tag("file"), {"original": FILE, "datatype": "plaintext", **pair})
        body = etree.SubElement(file, _tag("body"))
        for text in texts:
            unit = etree.SubElement(
                body, _tag("trans-unit"), {"id": f"{text.entry}/{text.field}", HASH: text.german_hash, SPACE: "preserve"}
            )
            etree.SubElement(unit, _tag("source")).text = text.german
            target = etree.SubElement(unit, _tag("target"), state=STATES.get(text.state, "needs-translation"))
            target.text = text.text
            if text.english:
                etree.SubElement(unit, _tag("note")).text = f"English: {text.english}"
            if text.facts:
                etree.SubElement(unit, _tag("note")).text = FACTS + " · ".join(text.facts)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))

    def read(self, content: bytes) -> list[ReturnedText]:
        """The units that are to be translated. Raises FileRefusedError."""
        check_document(content)
        try:
            store = xlifffile.parsestring(content)  # type: ignore[no-untyped-call]
            texts = list(_read_units(store))
        except FileRefusedError:
            raise
        except Exception as error:  # the library has no error of its own
            raise FileRefusedError("broken") from error
        if not texts:
            raise FileRefusedError("nothing")
        return texts


def check_document(content: bytes) -> None:
    """Refuse what is no plain XLIFF 1 before the library sees it: nothing is expanded, nothing is fetched."""
    if not content.strip():
        raise FileRefusedError("empty")
    if len(content) > UPLOAD_BYTES:
        raise FileRefusedError("too-large")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        is_xml = content.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<")
        is_bomb = is_xml and b"<!ENTITY" in content.replace(b"\0", b"")
        raise FileRefusedError("unsafe" if is_bomb else "broken" if is_xml else "format") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise FileRefusedError("unsafe")
    if etree.QName(root).localname != "xliff":
        raise FileRefusedError("format")
    if not root.get("version", "1.2").startswith("1."):
        raise FileRefusedError("version", root.get("version", ""))


def _read_units(store: Any) -> Iterator[ReturnedText]:  # noqa: ANN401
    if len(store.units) > MOST_UNITS:
        raise FileRefusedError("too-large")
    for number, unit in enumerate(store.units, start=1):
        file = next(unit.xmlelement.iterancestors("{*}file"), None)
        entry, _, field = str(unit.xmlelement.get("id", "")).partition("/")
        yield ReturnedText(
            row=number,
            entry=entry,
            field=field,
            language="" if file is None else str(file.get("target-language", "")),
            text=str(unit.target or ""),
            german_hash=str(unit.xmlelement.get(HASH) or hash_text(str(unit.source or ""))),
        )


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
