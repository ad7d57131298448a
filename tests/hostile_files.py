"""Files that mean harm or are broken, by name, each with what must come of it."""

# ruff: noqa: E501 - a case a line
from __future__ import annotations

import gzip
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import NamedTuple

import docx

SENTENCE = "Kenya and Uganda signed a protocol on transit in Nairobi."
FRENCH = (
    "Les ministres des affaires étrangères ont signé lundi un protocole sur le transit et décidé de se revoir. " * 3
)
RUSSIAN = "В понедельник министры подписали протокол о транзите и договорились снова встретиться в мае. " * 3
ENGLISH = "On Monday the ministers of the lake states signed a protocol on transit and agreed to meet in May. "
LIMIT = 20_000
"""Characters that the run of these cases allows."""
WORD = "word/document.xml"


class Case(NamedTuple):
    """A file and what must come of it: the text, or stage and part of the reason; None is anything but a crash."""

    name: str
    data: bytes
    text: str | None = None
    error: tuple[str, str] | None = None
    warning: str | None = None


def case(name: str, data: bytes | str, **more: object) -> Case:
    return Case(name, data.encode() if isinstance(data, str) else data, **more)  # type: ignore[arg-type]


def read(reason: str) -> tuple[str, str]:
    return "read", reason


EMPTY = read("empty")
BINARY = read("binary, not text")
LONG = read("too long (more than 20,000 characters)")


def texts() -> Iterator[Case]:
    s = SENTENCE
    yield case("ordinary.txt", s, text=s)
    yield case("no-bytes.txt", b"", error=EMPTY)
    yield case("blanks.txt", " \t\r\n\x0c\n", error=EMPTY)
    yield case("bom-only.txt", b"\xef\xbb\xbf", error=EMPTY)
    yield case("bom-and-blanks.txt", b"\xef\xbb\xbf \n", error=EMPTY)
    yield case("ideographic-blanks.txt", "\u3000\u2003\u00a0\n", error=EMPTY)
    yield case("nul.txt", f"{s}\0{s}", error=BINARY)
    yield case("nul-only.txt", b"\0" * 100, error=BINARY)
    yield case("png.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), error=BINARY)
    yield case("zip.txt", zipped({"a": b"x"}), error=BINARY)
    yield case("elf.txt", b"\x7fELF\x02\x01\x01" + b"\0" * 9, error=BINARY)
    yield case("pdf.txt", pdf(s), text=None)
    yield case("random.txt", zlib.compress(s.encode() * 50) * 3, error=BINARY)
    yield case("escape-codes.txt", f"\x1b[31m{s * 4}\x1b[0m", text=f"\x1b[31m{s * 4}\x1b[0m")
    yield case("bells.txt", "\x07" * 50 + s, error=BINARY)
    yield case("bidi.txt", f"\u202e{s}\u202c \u2066x\u2069", text=f"\u202e{s}\u202c \u2066x\u2069")
    yield case("zero-width.txt", "\u200b".join(s), text="\u200b".join(s))
    yield case("soft-hyphens.txt", s.replace("e", "e\u00ad"), text=s.replace("e", "e\u00ad"))
    yield case("combining.txt", "e" + "\u0301" * 500 + s, text="e" + "\u0301" * 500 + s)
    yield case("bom-inside.txt", f"{s}\ufeff{s}", text=f"{s}\ufeff{s}")
    yield case("two-boms.txt", f"\ufeff\ufeff{s}", text=f"\ufeff{s}")
    yield case("mixed-line-ends.txt", "Kenya\r\nUganda\rNauru\nPalau\n\r", text="Kenya\nUganda\nNauru\nPalau\n\n")
    yield case(
        "separators.txt",
        "Kenya\u2028Uganda\u2029Nauru\x85Palau\x0cFiji",
        text="Kenya\u2028Uganda\u2029Nauru\x85Palau\x0cFiji",
    )
    yield case("private-use.txt", f"\ue000{s}\U0010fffd", text=f"\ue000{s}\U0010fffd")
    yield case("noncharacters.txt", f"\ufffe{s}\uffff", text=f"\ufffe{s}\uffff")
    yield case("replacement.txt", f"\ufffd{s}", text=f"\ufffd{s}")
    yield case("emoji.txt", f"👩‍👩‍👧‍👦🏳️‍🌈 {s}", text=f"👩‍👩‍👧‍👦🏳️‍🌈 {s}")
    yield case("math-letters.txt", "𝐊𝐞𝐧𝐲𝐚 𝐦𝐞𝐭 𝐔𝐠𝐚𝐧𝐝𝐚", text="𝐊𝐞𝐧𝐲𝐚 𝐦𝐞𝐭 𝐔𝐠𝐚𝐧𝐝𝐚")
    half = "Kenya and Uganda signed the Protocol on Transit \\ud800 in Nairobi."
    yield case("escaped-surrogate.txt", half, text=half)
    yield case("one-letter.txt", "K", text="K")
    yield case("at-the-limit.txt", "a" * LIMIT, text="a" * LIMIT)
    yield case("over-the-limit.txt", "a" * (LIMIT + 1), error=LONG)
    yield case("far-over-the-limit.txt", "a" * (LIMIT * 5), error=LONG)
    yield case("wide-at-the-limit.txt", "🏳" * LIMIT, text="🏳" * LIMIT)
    yield case("wide-over-the-limit.txt", "🏳" * (LIMIT + 1), error=LONG)
    yield case(
        "markdown.md",
        f"# Talks\n\n**{s}** [x](javascript:alert(1))",
        text=f"# Talks\n\n**{s}** [x](javascript:alert(1))",
    )
    yield case("upper-case-suffix.TXT", s, text=s)
    for name, text in endless().items():
        yield case(f"{name}.txt", text[:LIMIT], text=text[:LIMIT])


def endless() -> dict[str, str]:
    """Texts that make a careless program slow, without end."""
    n = LIMIT
    return {
        "one-line": "Kenya and Uganda signed a protocol " * n,
        "one-word": "a" * n,
        "one-capital-word": "A" * n,
        "brackets": "(" * n,
        "closing-brackets": ")" * n,
        "nested-quotes": "“‘" * n,
        "straight-quotes": '"' * n,
        "ands": "and " * n,
        "capital-ands": "Kenya and " * n,
        "commas": "," * n,
        "kenya-commas": "Kenya, " * n,
        "digits": "1234567890" * n,
        "numbers": "12 " * n,
        "dates": "12 May 2024 " * n,
        "years": "2024-2025-" * n,
        "dashes": "-" * n,
        "points": "." * n,
        "initials": "A. B. " * n,
        "spaces-inside": "a" + " " * n + "b",
        "newlines": "a" + "\n" * n + "b",
        "tabs": "\t\tKenya" * n,
        "headings": "THE LAKE STATES COUNCIL\n\n" * n,
        "bullets": "- Kenya\n" * n,
        "ofs": "Minister of " * n,
        "ministers": "Minister of Water of Kenya Miriam Okello, " * n,
        "signed": "signed " * n,
        "agreed-to": "Kenya agreed to " * n,
        "agreements": "Agreement on the Agreement on " * n,
        "dollars": "$" * n,
        "money": "$5 million " * n,
        "percents": "5% " * n,
        "slashes": "a/b/" * n,
        "underscores": "_" * n,
        "stars": "*" * n,
        "hashes": "#" * n,
        "urls": "https://lake.example/" * n,
        "surnames": "Okello Okello " * n,
        "semicolons": "to sign; " * n,
        "colons": "Kenya: " * n,
        "apostrophes": "Kenya's " * n,
    }


def encodings() -> Iterator[Case]:
    s = "Côte d’Ivoire and Kenya met – “well”."
    yield case("utf-8-bom.txt", b"\xef\xbb\xbf" + s.encode(), text=s)
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        yield case(f"{encoding}-bom.txt", f"\ufeff{s}".encode(encoding), text=s)
    for encoding in ("utf-16-le", "utf-16-be"):
        yield case(f"{encoding}-unmarked.txt", s.encode(encoding), text=s)
        yield case(f"{encoding}-cut.txt", f"\ufeff{s}".encode(encoding)[:-1], error=read("truncated"))
        lone = f"\ufeff{s}\ud800.".encode(encoding, "surrogatepass")
        yield case(f"{encoding}-lone-surrogate.txt", lone, error=read("not UTF-16"))
    yield case("utf-32-beyond.txt", b"\xff\xfe\0\0\0\0\x11\0", error=read("not UTF-32"))
    yield case("utf-16-mark-only.txt", b"\xff\xfe", error=EMPTY)
    yield case("windows-1252.txt", s.encode("cp1252"), text=s, warning="read as cp1252, which is a guess")
    yield case(
        "latin-1.txt",
        "Señor Muñoz met José Peña.".encode("latin-1"),
        text="Señor Muñoz met José Peña.",
        warning="cp1252",
    )
    yield case("cut-utf-8.txt", f"{s}é".encode()[:-1], error=read("truncated: ends within a character of UTF-8"))
    yield case("one-bad-byte.txt", s.encode() + b"\xff.", error=read("not UTF-8 (byte 0xff at offset"))
    yield case("surrogate.txt", b"Kenya \xed\xa0\x80 met", error=read("not UTF-8 (byte 0xed at offset 6)"))
    yield case("overlong.txt", b"Kenya \xc0\xaf\xc0\xaf met", text=None)
    yield case("beyond-unicode.txt", b"Kenya \xf5\x80\x80\x80 met", text=None)
    yield case("continuations.txt", b"\x80\x80\x80\x80" * 20, text=None)
    yield case("all-high-bytes.txt", bytes(range(128, 256)) * 4, text=None)
    yield case("ebcdic.txt", SENTENCE.encode("cp500") * 5, text=None)
    yield case("koi8-r.txt", RUSSIAN.encode("koi8-r"), error=("language", "not in English (but ru"))
    yield case(
        "gb18030.txt",
        ("部长们星期一签署了关于过境运输的议定书，并同意明年五月再次举行会议。" * 5).encode("gb18030"),
        text=None,
    )
    yield case("shift-jis.txt", ("大臣は議定書に署名した。会議は東京で開かれた。" * 5).encode("shift_jis"), text=None)


def languages() -> Iterator[Case]:
    yield case("french.txt", FRENCH, error=("language", "not in English (but fr"))
    yield case("russian.txt", RUSSIAN, error=("language", "not in English (but ru"))
    yield case(
        "chinese.txt",
        "部长们星期一签署了关于过境运输的议定书，并同意明年五月再次举行会议审查工作。" * 4,
        error=("language", "(but zh"),
    )
    yield case(
        "arabic.txt",
        "وقع الوزراء يوم الاثنين على بروتوكول بشأن العبور واتفقوا على الاجتماع مجددا في مايو. " * 4,
        error=("language", "(but ar"),
    )
    yield case(
        "spanish-capitals.txt",
        ("Los ministros firmaron el lunes un protocolo sobre el tránsito. " * 4).upper(),
        error=("language", "(but es"),
    )
    mixed = ENGLISH * 30 + FRENCH * 4
    yield case("mixed.txt", mixed, text=mixed, warning="is not in English (fr")
    yield case("few-words.txt", "Protocole de transit", text="Protocole de transit")


def packed() -> Iterator[Case]:
    s = SENTENCE.encode()
    whole = gzip.compress(s, mtime=0)
    yield case("packed.txt.gz", whole, text=SENTENCE)
    yield case("packed.md.GZ", whole, text=SENTENCE)
    yield case("packed-in-parts.txt.gz", whole + whole, text=SENTENCE * 2)
    yield case("packed-padded.txt.gz", whole + b"\0" * 100, text=SENTENCE)
    yield case("packed-rubbish-behind.txt.gz", whole + b"rubbish", error=read("damaged"))
    yield case("packed-nothing.txt.gz", gzip.compress(b"", mtime=0), error=EMPTY)
    yield case("packed-no-bytes.txt.gz", b"", error=EMPTY)
    yield case("packed-not.txt.gz", s, error=read("damaged, or not packed by gzip"))
    yield case("packed-head.txt.gz", whole[:10], error=read("truncated"))
    yield case("packed-half.txt.gz", whole[: len(whole) // 2], error=read("truncated"))
    yield case("packed-wrong-sum.txt.gz", whole[:-8] + b"\0" * 8, error=read("damaged"))
    yield case("packed-flipped.txt.gz", whole[:15] + bytes([whole[15] ^ 255]) + whole[16:], error=read(""))
    yield case("packed-bomb.txt.gz", gzip.compress(b"a" * 30_000_000, mtime=0), error=LONG)
    yield case(
        "packed-bomb.html.gz",
        gzip.compress(b" " * 30_000_000, mtime=0),
        error=read("unpacks to more than 200 times its size"),
    )
    yield case("packed-twice.txt.gz", gzip.compress(whole, mtime=0), error=BINARY)
    yield case(
        "packed-bomb-in-bomb.html.gz", gzip.compress(gzip.compress(b" " * 9_000_000, mtime=0), mtime=0), error=BINARY
    )


def pages() -> Iterator[Case]:
    p = f"<p>{SENTENCE}</p>"
    yield case("page.html", f"<html><head><title>T</title></head><body>{p}</body></html>", text=SENTENCE)
    yield case("page.htm", f"<html><body>{p}</body></html>", text=SENTENCE)
    yield case("fragment.html", p, text=SENTENCE)
    yield case("no-tags.html", SENTENCE, text=SENTENCE)
    yield case("no-bytes.html", "", error=EMPTY)
    yield case("no-text.html", "<html><body><img src=x></body></html>", error=read("holds no text"))
    yield case(
        "script-only.html",
        "<html><body><script>" + "render();" * 500 + "</script></body></html>",
        error=read("holds no text"),
    )
    yield case("style-only.html", "<style>p{color:red}</style>", error=read("holds no text"))
    yield case("comment-only.html", f"<!-- {SENTENCE} -->", error=read("holds no text"))
    yield case("deep.html", f"<html><body>{'<div>' * 150}{SENTENCE}{'</div>' * 150}</body></html>", text=SENTENCE)
    yield case("very-deep.html", f"<html>{'<div>' * 30_000}{SENTENCE}", error=read("nested too deeply"))
    yield case("deep-tables.html", "<table><tr><td>" * 120 + SENTENCE, text=SENTENCE)
    yield case("deep-bold.html", "<b>" * 50_000 + SENTENCE, error=read("nested too deeply"))
    yield case("unclosed.html", f"<html><body><p>{SENTENCE}", text=SENTENCE)
    yield case("cut-in-a-tag.html", f"<html><body>{p}<div clas", text=SENTENCE)
    yield case("many-attributes.html", f"<p {'x=1 ' * 20_000}>{SENTENCE}</p>", text=SENTENCE)
    yield case("many-less-than.html", "<" * 20_000, text=None)
    yield case("many-ampersands.html", f"<p>{SENTENCE} {'&' * 5000}</p>", text=None)
    yield case(
        "entities.html",
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>{SENTENCE} &x;</p></body></html>',
        text=f"{SENTENCE} &x;",
    )
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    yield case(
        "billion-laughs.html",
        f'<!DOCTYPE html [<!ENTITY l0 "ha">{laughs}]><html><body><p>{SENTENCE} &l11;</p></body></html>',
        text=f"{SENTENCE} &l11;",
    )
    yield case("character-references.html", f"<p>{SENTENCE} &#0;&#xd800;&#x110000;&#8364;</p>", text=None)
    yield case(
        "xhtml.html",
        f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{p}</body></html>',
        text=SENTENCE,
    )
    yield case(
        "latin-1.html",
        f'<meta charset="iso-8859-1"><p>Côte met. {SENTENCE}</p>'.encode("latin-1"),
        text=f"Côte met. {SENTENCE}",
    )
    yield case("wrong-charset.html", f'<meta charset="utf-16"><p>{SENTENCE}</p>', text=SENTENCE)
    yield case("unknown-charset.html", f'<meta charset="klingon"><p>{SENTENCE}</p>', text=SENTENCE)
    yield case("rot13-charset.html", f'<meta charset="rot13"><p>{SENTENCE}</p>', text=SENTENCE)
    yield case("utf-16.html", f"\ufeff<p>{SENTENCE}</p>".encode("utf-16-le"), text=SENTENCE)
    yield case("nul.html", f"<p>{SENTENCE}\0</p>", error=BINARY)
    yield case(
        "remote.html",
        f'<html><head><base href="http://127.0.0.1:9/"><link rel=stylesheet href=x.css></head><body>{p}<img src="http://127.0.0.1:9/x.png"><iframe src="http://127.0.0.1:9/"></iframe></body></html>',
        text=SENTENCE,
    )
    yield case("refresh.html", f'<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">{p}', text=SENTENCE)
    yield case("too-long.html", f"<html><body><p>{SENTENCE * 500}</p></body></html>", error=LONG)
    yield case("french.html", f"<html><body><p>{FRENCH}</p></body></html>", error=("language", "fr"))
    yield case("binary.html", b"\x89PNG\r\n\x1a\n\0\0" + bytes(range(256)), error=BINARY)


def portable() -> Iterator[Case]:
    whole = pdf(SENTENCE)
    yield case("ordinary.pdf", whole, text=SENTENCE)
    yield case("two-pages.pdf", pdf("Kenya met.", "Uganda met."), text="Kenya met.\n\x0c\nUganda met.")
    yield case("without-text.pdf", pdf(""), error=read("a PDF without text (scanned?)"))
    yield case("without-pages.pdf", pdf(), error=read("a PDF without text (scanned?)"))
    yield case("no-bytes.pdf", b"", error=EMPTY)
    yield case("not-a-pdf.pdf", SENTENCE, error=read("not a PDF"))
    yield case("head-only.pdf", b"%PDF-1.4\n", error=read("damaged or truncated PDF"))
    yield case("cut.pdf", whole[: len(whole) // 2], error=read(""))
    yield case("cut-short.pdf", whole[:-40], error=read("damaged or truncated PDF"))
    yield case("no-table.pdf", whole[: whole.index(b"xref")], text=None)
    yield case("wrong-offsets.pdf", whole.replace(b"0000000", b"0000099"), text=None)
    yield case("encrypted.pdf", encrypted("secret"), error=read("an encrypted PDF"))
    unknown = encrypted("").replace(b"/V 5", b"/V 9")
    yield case("encrypted-unknown.pdf", unknown, error=read("encrypted in a way that can't be read"))
    yield case("encrypted-openly.pdf", encrypted(""), text=SENTENCE)
    yield case("page-loop.pdf", whole.replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), error=read(""))
    yield case("reference-loop.pdf", whole.replace(b"/Contents 4 0 R", b"/Contents 3 0 R"), text=None)
    yield case("bomb.pdf", pdf_of(zlib.compress(b"(x) Tj " * 30_000_000), b"/Filter /FlateDecode "), error=read(""))
    yield case("bad-filter.pdf", pdf_of(b"rubbish", b"/Filter /FlateDecode "), error=read(""))
    yield case(
        "action.pdf",
        whole.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /URI /URI (http://127.0.0.1:9/) >>"),
        text=SENTENCE,
    )
    yield case("rubbish-inside.pdf", whole.replace(b"obj", b"ojb"), text=None)
    yield case(
        "french.pdf",
        pdf(
            "Les ministres ont signe lundi un protocole sur le transit et ont decide de se revoir au mois de mai prochain."
        ),
        error=("language", "fr"),
    )


def office() -> Iterator[Case]:
    whole = document(SENTENCE)
    yield case("ordinary.docx", whole, text=SENTENCE)
    yield case("empty.docx", document(), error=read("holds no text"))
    yield case("no-bytes.docx", b"", error=EMPTY)
    yield case("not-a-zip.docx", SENTENCE, error=read("a damaged or truncated DOCX"))
    yield case("cut.docx", whole[:-300], error=read("a damaged or truncated DOCX"))
    yield case(
        "old-word.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        error=read("encrypted, or of a version of Word before 2007"),
    )
    yield case("other-zip.docx", zipped({"a.txt": b"Kenya"}), error=read("a damaged or truncated DOCX"))
    yield case(
        "entities.docx",
        changed(whole, lambda xml: xml.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY e "Nauru">]>', 1)),
        error=read("declares entities"),
    )
    yield case(
        "external.docx",
        changed(whole, lambda xml: xml.replace(b"?>", b'?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/">', 1)),
        error=read("declares entities"),
    )
    yield case(
        "bomb.docx",
        changed(whole, lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b" " * 30_000_000)),
        error=read("unpacks to more than"),
    )
    yield case(
        "many-entries.docx", zipped({f"{n}": b"" for n in range(5_001)}), error=read("holds more than 5,000 files")
    )
    yield case(
        "broken-xml.docx", changed(whole, lambda xml: xml[: len(xml) // 2]), error=read("a damaged or truncated DOCX")
    )
    yield case("lying-size.docx", lying(whole), error=read("damaged or truncated"))
    yield case("encrypted-entry.docx", flagged(whole), error=read("encrypted"))
    yield case(
        "deep-xml.docx",
        changed(whole, lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:p>" * 5_000)),
        error=read(""),
    )
    yield case("french.docx", document(FRENCH), error=("language", "fr"))


def rows() -> Iterator[Case]:
    def line(**row: object) -> str:
        return json.dumps(row) + "\n"

    good = line(text=SENTENCE)
    yield case("row.jsonl", good, text=SENTENCE)
    yield case("row-packed.jsonl.gz", gzip.compress(good.encode(), mtime=0), text=SENTENCE)
    yield case("row-without-end.jsonl", good.rstrip(), text=SENTENCE)
    yield case("row-windows.jsonl", good.replace("\n", "\r\n"), text=SENTENCE)
    yield case("row-bom.jsonl", "\ufeff" + good, text=SENTENCE)
    yield case("row-empty-lines.jsonl", f"\n\n{good}\n", text=SENTENCE)
    yield case("row-cut.jsonl", good[:-10], error=read("not JSON"))
    yield case("row-list.jsonl", "[1]", error=read("not a JSON object"))
    yield case("row-number.jsonl", "5", error=read("not a JSON object"))
    yield case("row-no-text.jsonl", line(id="x"), error=read("has no text"))
    yield case("row-null-text.jsonl", line(text=None), error=read("text: not a string"))
    yield case("row-empty-text.jsonl", line(text=""), error=EMPTY)
    yield case("row-nul.jsonl", line(text="Kenya\0"), error=BINARY)
    yield case("row-surrogate.jsonl", line(text="Kenya \ud800"), error=read("half of a surrogate pair"))
    yield case("row-id-surrogate.jsonl", line(text=SENTENCE, id="\udc80"), error=read("half of a surrogate pair"))
    yield case("row-id-list.jsonl", line(text=SENTENCE, id=[1]), error=read("id: neither"))
    yield case("row-id-true.jsonl", line(text=SENTENCE, id=True), error=read("id: neither"))
    yield case("row-bad-date.jsonl", line(text=SENTENCE, published="yesterday"), error=("metadata", "is no EDTF"))
    yield case("row-bad-title.jsonl", line(text=SENTENCE, title=5), error=("metadata", "title"))
    yield case("row-deep.jsonl", "[" * 100_000, error=read("nested too deeply"))
    yield case("row-huge-number.jsonl", '{"text": ' + "9" * 10_000 + "}", error=read("not JSON that can be read"))
    yield case("row-latin-1.jsonl", '{"text": "Côte"}'.encode("latin-1"), error=read("not UTF-8"))
    yield case("row-utf-16.jsonl", f"\ufeff{good}".encode("utf-16-le"), error=read("not UTF-8"))
    yield case("row-too-long.jsonl", line(text="a" * (LIMIT + 1)), error=LONG)
    yield case("row-line-too-long.jsonl", line(text="a" * 500_000), error=LONG)
    yield case("row-two-texts.jsonl", '{"text": "Nauru", "text": "Kenya"}', text="Kenya")
    yield case(
        "row-packed-cut.jsonl.gz", gzip.compress(good.encode(), mtime=0)[:-4], text=SENTENCE, error=read("truncated")
    )


def cases() -> list[Case]:
    return [
        *texts(), *encodings(), *languages(), *packed(), *pages(), *portable(), *office(), *rows(),
    ]  # fmt: skip


# What the formats need


def pdf(*pages: str) -> bytes:
    return pdf_of(*(f"BT /F1 12 Tf 72 720 Td ({page}) Tj ET".encode() for page in pages), b"")


def pdf_of(*contents_and_filter: bytes) -> bytes:
    *contents, filter_ = contents_and_filter
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(contents)))
    font = 3 + 2 * len(contents)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
    ]
    for n, content in enumerate(contents):
        resources = f"<< /Font << /F1 {font} 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources {resources} /Contents {4 + 2 * n} 0 R >>".encode()
        )
        objects.append(b"<< " + filter_ + f"/Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    out, offsets = BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets))
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def encrypted(password: str) -> bytes:
    import pypdf

    writer = pypdf.PdfWriter(BytesIO(pdf(SENTENCE)))
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def document(*paragraphs: str) -> bytes:
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def zipped(entries: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def changed(whole: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The document with other XML for its text."""
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    return zipped({name: change(data) if name == WORD else data for name, data in entries.items()})


def lying(whole: bytes) -> bytes:
    """The document, its archive saying that the text unpacks to ten bytes."""
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        size = archive.getinfo(WORD).file_size
    return whole.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))


def flagged(whole: bytes) -> bytes:
    """The document, its archive saying that entries are encrypted."""
    at = whole.index(b"PK\x01\x02")
    return whole[: at + 8] + bytes([whole[at + 8] | 1]) + whole[at + 9 :]
