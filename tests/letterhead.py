"""Makes templates/letterhead.docx: `python tests/letterhead.py`. A clinic makes its own with Word."""

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

LETTERHEAD = Path(__file__).resolve().parents[1] / "templates" / "letterhead.docx"
GREY = RGBColor(0x55, 0x55, 0x55)
WIDTH = Cm(17.0)


def make() -> Any:
    """The letterhead as a python-docx document."""
    document = Document()
    _page(document)
    _styles(document)
    _edges(document)
    _body(document)
    core = document.core_properties
    core.title, core.author, core.comments = "Occupational therapy note", "{{ leader }}", ""
    return document


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.59), Cm(27.94)
    section.left_margin = section.right_margin = (section.page_width - WIDTH) // 2
    section.top_margin = section.bottom_margin = Cm(2.2)


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)
    for name, size, before in (("Title", 18, 6), ("Heading 1", 12, 12), ("Heading 2", 11, 14)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = "Calibri", Pt(size), True
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.rPr.rFonts.attrib.clear()
        style.element.rPr.rFonts.set(qn("w:ascii"), "Calibri")
        style.element.rPr.rFonts.set(qn("w:hAnsi"), "Calibri")
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(3)
        style.paragraph_format.keep_with_next = True
    for border in document.styles["Title"].element.pPr.findall(qn("w:pBdr")):
        document.styles["Title"].element.pPr.remove(border)


def _edges(document: Any) -> None:
    section = document.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for line in (head, foot):
        line.style.paragraph_format.tab_stops.clear_all()
        line.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    _grey(head, "Occupational Therapy\t{{ date }}")
    _grey(foot, "{{ name }}{% if record_number %}, record number {{ record_number }}{% endif %}\tPage ")
    _field(foot, "PAGE")
    _grey(foot, " of ")
    _field(foot, "NUMPAGES")


def _grey(paragraph: Any, text: str) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), GREY
    return run


def _field(paragraph: Any, code: str) -> None:
    for kind in ("begin", code, "separate", "1", "end"):
        part = OxmlElement({code: "w:instrText", "1": "w:t"}.get(kind, "w:fldChar"))
        if kind in (code, "1"):
            part.text = kind
        else:
            part.set(qn("w:fldCharType"), kind)
        _grey(paragraph, "")._r.append(part)


def _body(document: Any) -> None:
    _lines(document, "{%p if status %}")
    status = document.add_paragraph()
    status.add_run("{{ status }}").bold = True
    _boxed(status)
    _lines(document, "{%p endif %}")
    document.add_paragraph("{{ title }}", style="Title")
    _header(document)
    _titled(document, "sections", "Heading 1")
    rule = document.add_paragraph()
    _ruled(rule)
    _lines(document, "{%p for line in signatures %}", "{{ line }}", "{%p endfor %}")
    _titled(document, "additions", "Heading 2")


def _lines(document: Any, *lines: str) -> None:
    for line in lines:
        document.add_paragraph(line)


def _titled(document: Any, parts: str, style: str) -> None:
    _lines(document, "{%p for section in " + parts + " %}")
    document.add_paragraph("{{ section.title }}", style=style)
    _lines(
        document, "{%p for paragraph in section.paragraphs %}", "{{ paragraph }}", "{%p endfor %}", "{%p endfor %}"
    )


def _header(document: Any) -> None:
    table = document.add_table(rows=3, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    rows = (("{%tr for line in header %}", ""), ("{{ line.label }}", "{{ line.text }}"), ("{%tr endfor %}", ""))
    for column, width in zip(table.columns, (Cm(5.4), Cm(11.6)), strict=True):
        column.width = width
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text, bold in zip(row.cells, texts, (True, False), strict=True):
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            cell.paragraphs[0].add_run(text).bold = bold


def _boxed(paragraph: Any) -> None:
    _border(paragraph, "top", "left", "bottom", "right")


def _ruled(paragraph: Any) -> None:
    paragraph.paragraph_format.space_before = Pt(14)
    paragraph.paragraph_format.keep_with_next = True
    _border(paragraph, "bottom")


def _border(paragraph: Any, *edges: str) -> None:
    borders = OxmlElement("w:pBdr")
    for edge in edges:
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "8"), ("space", "4"), ("color", "555555")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


if __name__ == "__main__":
    make().save(str(LETTERHEAD))
