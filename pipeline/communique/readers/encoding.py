"""Bytes to characters: by a byte order mark, as UTF-8, as UTF-16 without a mark, else by a guess that is told."""

from __future__ import annotations

import codecs
import re

from communique.errors import InputError

# The longer mark first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
UNICODE = frozenset({"utf-8", "utf-16", "utf-32", "utf-16-le", "utf-16-be"})
"""Encodings that are told by the bytes; any other is a guess."""
# Control characters but for tab, line ends and form feed.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.01
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
# What press offices have used. Left out are the EBCDIC pages and UTF-7, to which short texts are guessed too easily.
_CANDIDATES = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "iso8859_5", "koi8_r",
    "koi8_u", "cp437", "cp850", "cp866", "mac_roman", "mac_cyrillic", "shift_jis", "euc_jp", "gb18030", "big5",
    "euc_kr",
)  # fmt: skip
# What English needs besides ASCII in Windows-1252: quotation marks, dashes, currency signs, letters of names.
_WESTERN = re.compile(rb"[\x20-\x7e\t\n\r\x0c\x80\x82-\x85\x8a\x8c\x8e\x91-\x97\x9a\x9c\x9e-\xff]*")
_ACCENTED = re.compile(r"[À-ÖØ-öø-ÿŠšŽžŒœŸ]")
_WESTERN_SHARE = 0.15


def decode(data: bytes, path: str) -> tuple[str, str]:
    """The text, its mark and line ends still in it, and the encoding; `InputError` says why it is no text."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _unmarked_utf_16(data)
    if encoding in (None, "utf-8") and _is_binary(data):
        raise InputError(path, "binary, not text")
    try:
        return data.decode(encoding or "utf-8"), encoding or "utf-8"
    except UnicodeDecodeError as e:
        if encoding is None and not _is_damaged_utf_8(data):
            return _guess(data, path, e)
        raise InputError(path, _not(encoding or "utf-8", data, e)) from None


def _not(encoding: str, data: bytes, error: UnicodeDecodeError) -> str:
    if (error.end >= len(data) and "end of data" in error.reason) or "truncated" in error.reason:
        return f"truncated: ends within a character of {encoding.upper()}"
    return f"not {encoding.upper()} (byte 0x{data[error.start]:02x} at offset {error.start:,})"


def _is_binary(data: bytes) -> bool:
    return b"\0" in data or len(_CONTROL.findall(data)) > _MAX_CONTROL_SHARE * len(data)


def _unmarked_utf_16(data: bytes) -> str | None:
    """UTF-16 by where its zero bytes are: in text of Latin letters every second byte is one."""
    sample = data[:4096]
    if len(data) % 2 or len(sample) < 8:
        return None
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and not even:
        return "utf-16-le"
    if even > 0.7 * half and not odd:
        return "utf-16-be"
    return None


def _is_damaged_utf_8(data: bytes) -> bool:
    """Whether a text that is not UTF-8 was: to guess another encoding would spoil every letter that is whole."""
    if _SURROGATE.search(data):
        return True
    whole = len(_MULTIBYTE.findall(data))
    broken = len(re.findall(rb"[\x80-\xff]+", _MULTIBYTE.sub(b"", data)))
    return whole >= 2 * broken > 0


def _guess(data: bytes, path: str, error: UnicodeDecodeError) -> tuple[str, str]:
    """What charset-normalizer takes the bytes for; Windows-1252 first where all of them make sense in it."""
    if _is_western(data):
        return data.decode("cp1252"), "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(_CANDIDATES)).best()
    if best is None:
        raise InputError(path, f"{_not('utf-8', data, error)}, nor in any encoding that could be told")
    return str(best), best.encoding


def _is_western(data: bytes) -> bool:
    """Whether the bytes read as English in Windows-1252: all of them printable, and few letters with accents."""
    if not _WESTERN.fullmatch(data):
        return False
    text = data.decode("cp1252")
    return len(_ACCENTED.findall(text)) <= _WESTERN_SHARE * sum(map(str.isalpha, text)) + 1
