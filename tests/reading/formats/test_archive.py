import io
import struct
import zipfile

import pytest

from mingsuan.places import Place
from mingsuan.reading.document import Document, Paragraph, UnreadableFile
from mingsuan.reading.formats.archive import MAX_MEMBERS, members, read_archive, safe_path
from mingsuan.reading.formats.zipped import MAX_DIRECTORY
from tests.reading.office_files import docx, p, xlsx, zipped
from tests.reading.shown import texts


def read(data: bytes, name: str) -> Document:
    if data.startswith(b"bad"):
        raise UnreadableFile(name, "坏了", "请换一份")
    return Document(name, (Paragraph(data[:4].hex(), Place(name, line=1)),), ("有话",) if data.startswith(b"note") else ())


def names(data: bytes) -> list[str]:
    return [path for path, _ in members(data, "包.zip")]


def test_text_comes_before_tables_and_numbers_count_as_numbers() -> None:
    parts: dict[str, str | bytes] = {
        "1预算表.xlsx": xlsx({"页": ""}),
        "附件10 说明.txt": b"10",
        "附件2 说明.txt": b"2",
        "附件1 部门预算公开表.pdf": b"%PDF-1.7",
        "预算公开.docx": docx(p("甲")),
    }
    assert names(zipped(parts)) == ["附件2 说明.txt", "附件10 说明.txt", "预算公开.docx", "附件1 部门预算公开表.pdf", "1预算表.xlsx"]


def gbk_archive(name: str) -> bytes:
    """An archive as Chinese Windows writes it: the name in GBK, without the mark of UTF-8."""
    raw = name.encode("gbk")
    placeholder = "x" * len(raw)
    return zipped({placeholder: b"text"}).replace(placeholder.encode(), raw)


def test_names_in_gbk_and_utf_8_are_read() -> None:
    assert names(gbk_archive("二〇二三年部门预算.txt")) == ["二〇二三年部门预算.txt"]
    assert names(zipped({"二〇二三年部门预算.txt": b"text"})) == ["二〇二三年部门预算.txt"]


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "/etc/passwd", "C:\\etc\\passwd", "..\\etc\\passwd", "./etc//passwd", "etc/\x00passwd"]
)
def test_a_path_leads_nowhere(path: str) -> None:
    assert safe_path(path) == "etc/passwd"


def test_furniture_and_repetitions_are_left_out() -> None:
    parts: dict[str, str | bytes] = {
        "甲.txt": b"1",
        "乙/甲.txt": b"1",
        "__MACOSX/._甲.txt": b"2",
        "乙/~$甲.docx": b"3",
        "Thumbs.db": b"4",
        ".DS_Store": b"5",
    }
    assert names(zipped(parts)) == ["甲.txt"]


def test_archives_in_archives_are_opened_to_a_depth() -> None:
    inner = zipped({"丙.txt": b"3"})
    assert names(zipped({"甲.txt": b"1", "乙.zip": inner})) == ["乙.zip/丙.txt", "甲.txt"]
    deep = inner
    for _ in range(5):
        deep = zipped({"内.zip": deep, "数.txt": bytes([len(deep) % 250])})
    document = read_archive(deep, "包.zip", read)
    assert any("压缩包套压缩包超过2层" in problem for problem in document.problems)


def test_members_join_into_one_document_and_failures_are_named() -> None:
    document = read_archive(zipped({"甲.txt": b"note", "乙.txt": b"bad", "丙.txt": b"text"}), "包.zip", read)
    assert [block.place.file for block in document.blocks] == ["丙.txt", "甲.txt"]
    assert texts(document) == [b"text".hex(), b"note".hex()]
    assert document.problems == ("甲.txt：有话", "没有读取乙.txt：坏了。请换一份")


def test_an_archive_of_unreadable_files_is_unreadable() -> None:
    with pytest.raises(UnreadableFile, match="都不能读取"):
        read_archive(zipped({"乙.txt": b"bad"}), "包.zip", read)


def bomb(size: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("大.txt", "w") as member:
        for _ in range(size // 1_000_000):
            member.write(bytes(1_000_000))
    return buffer.getvalue()


def lying(data: bytes) -> bytes:
    """The archive with its members' declared sizes set to one."""
    at = data.rfind(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", 1) + data[at + 28 :]


def encrypted(data: bytes) -> bytes:
    at = data.rfind(b"PK\x01\x02")
    return data[: at + 8] + b"\x01" + data[at + 9 :]


def other_method(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("甲.txt", data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        bomb(60_000_000),
        encrypted(zipped({"甲.txt": b"1"})),
        other_method(b"1"),
        zipped({}),
        zipped({"甲.txt": b"1"})[:-30],
        b"PK\x05\x06" + bytes(8) + struct.pack("<II", MAX_DIRECTORY + 1, 0) + bytes(2),
    ],
    ids=["bomb", "encrypted", "lzma", "empty", "cut", "directory"],
)
def test_hostile_archives_are_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        members(data, "包.zip")
    assert str(caught.value).startswith("包.zip：")


def test_declared_sizes_are_not_believed() -> None:
    with pytest.raises(UnreadableFile):
        members(lying(bomb(60_000_000)), "包.zip")


def test_more_members_than_are_read_are_noted() -> None:
    document = read_archive(zipped({f"{n}.txt": str(n).encode() for n in range(MAX_MEMBERS + 5)}), "包.zip", read)
    assert len(document.blocks) == MAX_MEMBERS
    assert document.problems == (f"压缩包里的文件超过{MAX_MEMBERS}个，其余没有读取",)
