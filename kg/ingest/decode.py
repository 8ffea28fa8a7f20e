"""Bytes to text: reads a file within limits and finds out its encoding.

Nothing but the byte order mark is taken away: line ends, no-break spaces and typographic quotation marks stay
as they stand, because the offsets of the whole project count the code points of this text.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from charset_normalizer import from_bytes

from kg.model.errors import InputError

MAX_BYTES = 50_000_000
"""Files above this size (50 MB) are refused: no article is that long, and reading takes several times it."""

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP or office file"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"{\\rtf", "an RTF file"),
)
_SAMPLE = 200_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# What typography looks like where it belongs: an apostrophe within a word, quotation marks at the edge of
# one, dashes between words, a letter with an accent among letters.
_IN_PLACE = re.compile(
    r"(?<=[a-z])[’‘](?=[a-z\s])|(?<![a-z])[“‘£€](?=\w)|(?<=[\w.,?!…])[”’](?!\w)|(?<=[\s\w])[–—](?=[\s\w])"
    r"|(?<=[a-zA-Z])[à-öø-ÿ](?![A-Z])|…|•|©|®|\xa0|\b[À-ÖØ-Þ](?=[a-z])"
)


def read_bytes(path: Path) -> bytes:
    """The whole content of a file.

    Raises:
        InputError: The file is missing, is no plain file, cannot be read, or is above `MAX_BYTES`.
    """
    try:
        if path.is_dir():
            raise InputError("this is a folder, not a file", where=path)
        if not path.exists():
            raise InputError("no such file", where=path)
        if not path.is_file():
            # A named pipe or a device would block or never end.
            raise InputError("this is no plain file", where=path)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot be read: {reason}", where=path) from error
    check_size(data, path)
    return data


def check_size(data: bytes, where: str | Path) -> None:
    """Refuse what is above `MAX_BYTES`.

    Raises:
        InputError: There is too much of it.
    """
    if len(data) > MAX_BYTES:
        raise InputError(
            f"larger than {MAX_BYTES // 1_000_000} MB", where=where, hint="split it into articles"
        )


def read_text(path: Path) -> str:
    """The text of a file, in whatever encoding.

    Raises:
        InputError: As of `read_bytes` and `decode`.
    """
    return decode(read_bytes(path), path)


def decode(data: bytes, where: str | Path, *, declared: str | None = None) -> str:
    r"""Decode bytes by their byte order mark, as UTF-8, by the declared encoding, or by a guess.

    Args:
        data: The bytes.
        where: The file, for messages.
        declared: An encoding that the page claims; a name that nobody knows is ignored.

    Raises:
        InputError: There is nothing in it, it is not text, or its encoding cannot be found out.

    >>> decode("Žižek".encode("utf-16"), "a.txt"), decode(b"it\x92s \xa35", "a.txt")
    ('Žižek', 'it’s £5')
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise InputError("the file is empty", where=where)
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"this is {name}, not text", where=where, hint="save it as plain text or HTML")
    text = _by_mark(data, where)
    if text is None:
        text = _without_mark(data, where, declared)
    if not text.strip("\ufeff \t\r\n"):
        raise InputError("the file is empty", where=where)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) // 100 or "\x00" in text:
        raise InputError("this is a binary file, not text", where=where)
    return text


def _by_mark(data: bytes, where: str | Path) -> str | None:
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name)
            except UnicodeDecodeError as error:
                if name == "utf-8":
                    return None
                raise InputError(
                    f"starts as {name.upper()} but is not", where=where, hint="save it as UTF-8"
                ) from error
    return None


def _without_mark(data: bytes, where: str | Path, declared: str | None) -> str:
    if b"\x00" in data[:_SAMPLE]:
        return _wide(data, where)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = _declared(data, declared) or _damaged_utf8(data) or _single_byte(data) or _guess(data)
    if text is None:
        raise InputError("the encoding of its text is unknown", where=where, hint="save it as UTF-8")
    return text


def _wide(data: bytes, where: str | Path) -> str:
    """UTF-16 without a mark: in Latin script every other byte is zero."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) >= 2 and max(even, odd) > 0.6 * (len(sample) // 2) and min(even, odd) < 0.1 * len(sample):
        try:
            return data.decode("utf-16-be" if even > odd else "utf-16-le")
        except UnicodeDecodeError:
            pass
    raise InputError("this is a binary file, not text", where=where)


def _declared(data: bytes, declared: str | None) -> str | None:
    if not declared:
        return None
    name = declared.strip().lower()
    # Browsers read Latin-1 and ASCII as Windows-1252, because that is what pages mean by them.
    if name in {"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"}:
        name = "cp1252"
    try:
        info = codecs.lookup(name)
        if not info._is_text_encoding:
            return None
        return data.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError, AttributeError):
        return None


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a broken byte here and there, as cut-off or pasted files have it."""
    whole = len(_UTF8_SEQUENCE.findall(data))
    text = data.decode("utf-8", "replace")
    return text if whole >= 4 * text.count("\ufffd") else None


def _single_byte(data: bytes) -> str | None:
    """The single-byte encoding in which an English text's few odd characters stand where they should.

    Guessers by statistics are at a loss with a dozen odd characters in a page; their places tell more.
    """
    odd = sum(byte >= 0x80 for byte in data)
    if odd > max(8, len(data) * 0.12):
        return None
    best: tuple[int, str] | None = None
    for name in ("cp1252", "mac_roman"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        score = len(_IN_PLACE.findall(text))
        if best is None or score > best[0]:
            best = (score, text)
    return best[1] if best and best[0] * 2 >= odd else None


def _guess(data: bytes) -> str | None:
    match = from_bytes(data[:_SAMPLE]).best()
    names = [match.encoding, "cp1252", "latin-1"] if match else ["cp1252"]
    for name in names:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def encodable(text: str) -> str:
    r"""The text with each lone half of a surrogate pair, which cannot be encoded, replaced by one character.

    JSON can hold such halves, as can text from Python; no file and no tokenizer takes them. Offsets hold.

    >>> encodable("half a \ud83d character") == "half a \ufffd character"
    True
    """
    return _SURROGATE.sub("\ufffd", text)


__all__ = ["MAX_BYTES", "check_size", "decode", "encodable", "read_bytes", "read_text"]
