import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest import decode as decoding
from kg.ingest.decode import decode, read_bytes
from kg.model.errors import InputError

ENGLISH = "The “dam” isn’t built – it costs £5m, said the café’s owner. Nothing more was said of it in June."
TEXT = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))
    | st.sampled_from("\r\n\t\xa0"),
    min_size=1,
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac_roman"])
def test_finds_the_encoding_of_english_text(encoding: str) -> None:
    text = ENGLISH.replace("£", "£")
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_reads_utf16_without_a_mark(encoding: str) -> None:
    assert decode("The dam is late, he said.".encode(encoding), "a.txt") == "The dam is late, he said."


def test_takes_the_declared_encoding_where_the_bytes_leave_it_open() -> None:
    text = "Президент заявил, что плотина не будет построена."
    assert decode(text.encode("koi8-r"), "a.html", declared="KOI8-R") == text


@pytest.mark.parametrize("declared", ["x-none", "hex", "rot13", "", "\x00"])
def test_passes_over_a_declared_encoding_that_is_none(declared: str) -> None:
    assert decode(b"caf\xe9 and d\xe9j\xe0 vu", "a.html", declared=declared) == "café and déjà vu"


def test_keeps_utf8_with_a_broken_byte() -> None:
    data = "“One” – “two” – “three” – “four”".encode() + b"\xe2\x80"
    assert decode(data, "a.txt").startswith("“One” – “two”")


@given(TEXT.filter(lambda t: t.strip("\ufeff \t\r\n\x00") and not t.startswith(("%PDF", "\ufeff"))))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text


@given(
    TEXT.filter(lambda t: t.strip("\ufeff \t\r\n\x00")), st.sampled_from(["utf-8-sig", "utf-16", "utf-32"])
)
def test_text_with_a_mark_comes_back_as_it_was(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert decode(data, "a.txt")
    except InputError as error:
        assert "a.txt" in str(error)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        ("\ufeff".encode(), "empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x10\x83\x00", "binary"),
        (b"%PDF-1.4 ...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\xff\xfea\x00b", "UTF-16"),
    ],
)
def test_refuses_what_is_no_text(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what):
        decode(data, "a.txt")


def test_refuses_missing_files_folders_and_files_above_the_limit(tmp_path, monkeypatch) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_bytes(tmp_path / "none.txt")
    with pytest.raises(InputError, match="folder"):
        read_bytes(tmp_path)
    large = tmp_path / "large.txt"
    with large.open("wb") as stream:
        stream.truncate(decoding.MAX_BYTES + 1)
    with pytest.raises(InputError, match="larger than 50 MB"):
        read_bytes(large)
