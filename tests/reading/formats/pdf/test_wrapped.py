"""Figures that the typesetter broke within narrow cells."""

from mingsuan.reading.formats.pdf.listing import grids
from tests.reading.formats.pdf.build import Sheet, pdf, ruled

XS = [50.0, 150.0, 205.0, 260.0, 360.0]
YS = [700.0, 680.0, 650.0, 620.0]
HEADER = ["项目", "合计", "本年", "其中"]


def found(below: str, whole: str) -> list[list[str]]:
    """The table of two rows, in each of which figures are printed over what stands under them in their cells."""
    sheet = ruled(Sheet(), XS, YS, [HEADER])
    for top, name in zip(YS[1:3], ("合计", "检查经费"), strict=True):
        for x, text in ((53, name), (153, "1431.6749"), (208, "1431.6749"), (263, whole)):
            sheet.text(x, top - 11, text)
        sheet.text(153, top - 22, below).text(208, top - 22, below)
    (table,) = grids(pdf(sheet), "例.pdf")
    rows: list[list[str]] = table["grid"]
    return rows


def test_what_lacks_only_the_decimals_of_the_figure_over_it_goes_on_with_it() -> None:
    rows = [[name, "1431.674955", "1431.674955", "0.000000"] for name in ("合计", "检查经费")]
    assert found("55", "0.000000") == [HEADER, *rows]


def test_figures_that_have_all_their_decimals_are_two_rows() -> None:
    assert [row[1] for row in found("55", "0.0000")] == ["合计", "1431.6749", "55", "1431.6749", "55"]
