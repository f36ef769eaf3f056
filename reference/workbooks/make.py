"""Workbooks as people have them, for src/io/readWorkbook.test.ts: python3 make.py (openpyxl 3.0 or later), in this folder."""
import datetime
import os
import re
import shutil
import zipfile

from openpyxl import Workbook


def save(name, sheets, formats=(), merged=()):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    first = book.worksheets[0]
    for cell, code in formats:
        first[cell].number_format = code
    for cells in merged:
        first.merge_cells(cells)
    book.save(name)


def store_formula_values(name, value_of):
    """openpyxl writes formulas without their values, which Excel stores beside them, and asks for them to be calculated."""
    shutil.move(name, name + ".old")
    with zipfile.ZipFile(name + ".old") as old, zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                text = data.decode()
                data = re.sub(r"(<f>([^<]*)</f>)<v ?/>|(<f>([^<]*)</f>)<v></v>", lambda m: f"{m[1] or m[3]}<v>{value_of[m[2] or m[4]]}</v>", text).encode()
            if entry.filename == "xl/workbook.xml":
                data = data.replace(b' fullCalcOnLoad="1"', b"")
            new.writestr(entry.filename, data)
    os.remove(name + ".old")


header = ["id", "volume", "share", "scanned", "at", "time", "smoker", "code", "twice", "number", "dose"]
rows = [
    [7, 0.1 + 0.2, 0.125, datetime.date(2021, 3, 4), datetime.datetime(2021, 3, 4, 15, 6, 7), datetime.time(8, 30), True, 12, "=B2*2", 12345, 2000],
    ["010", 1234567.891, 0.5, datetime.date(1999, 12, 31), datetime.datetime(2020, 2, 29, 0, 0, 1), datetime.time(23, 59, 59), False, 3, "=B3*2", 6, 3000.5],
    [11, None, None, None, None, None, None, None, None, None, None],
]
formats = [("A2", "000"), ("A4", "000"), ("B2", "0.00"), ("B3", "#,##0"), ("C2", "0%"), ("D2", "dd/mm/yyyy"), ("D3", "d. mmm yy"), ("H2", '"P"000'), ("H3", '"P"000'), ("J2", "000-00"), ("J3", "000-00"), ("K2", "0,"), ("K3", "0000.0")]
save("study.xlsx", {"Features": [header, *rows], "Clinical": [["id", "outcome"], ["007", 1], ["010", 0]]}, formats)
store_formula_values("study.xlsx", {"B2*2": repr(2 * (0.1 + 0.2)), "B3*2": repr(2 * 1234567.891)})
save("errors.xlsx", {"Sheet1": [["id", "a", "b"], ["p1", 1, "#N/A"], ["p2", "#DIV/0!", 2]]})
save("formula.xlsx", {"Sheet1": [["id", "a"], ["p1", "=1+1"]]})
save("merged.xlsx", {"Sheet1": [["id", "tumour", None], ["p1", 1, 2]]}, merged=["B1:C1"])
save("below.xlsx", {"Sheet1": [[], [None, "id", "a"], [], [None, "p1", 1.5]]})
save("empty.xlsx", {"Sheet1": []})
save("formatted.xlsx", {"Sheet1": [["id", "a"], [], ["p1", 1.5], ["p2", None]]}, formats=[("XFD1048576", "0.00"), ("C2", "0.00")])
