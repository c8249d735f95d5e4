"""Paper: Chinese that is really in the file, lines that fit, tables that go on."""

from orders.paper import A5, A6, LABEL, Paper, width_of, wrapped


def test_every_character_of_a_name_is_embedded_and_the_file_stays_small():
    paper = Paper(A5, title="发票")
    paper.text(10, 10, "囍堃喆 Zhanggui ¥1,299.00 — 掌柜", size=12, bold=True)
    file = paper.pdf()
    assert file.startswith(b"%PDF-")
    assert b"/FontFile2" in file
    assert len(file) < 60_000


def test_the_same_facts_give_the_same_bytes():
    def made():
        paper = Paper(A6, title="x")
        paper.table(10, [("名称", 50, "left"), ("金额", 30, "right")], [["霁青提梁壶", "268.00"]] * 3)
        return paper.pdf()

    assert made() == made()


def test_lines_fit_and_lose_no_letter():
    for words in (
        "一只手工拉坯的霁青提梁壶，配六只品茗杯和一块竹茶盘",
        "A very long handmade celadon teapot",
        "x" * 90,
    ):
        lines = wrapped(words, 9, 30)
        assert len(lines) > 1
        assert all(width_of(line, 9) <= 30 for line in lines)
        assert "".join(lines).replace(" ", "") == words.replace(" ", "")


def test_a_long_table_goes_on_on_another_sheet():
    paper = Paper(A6, title="x")
    paper.table(10, [("SKU", 60, "left")], [[f"row {n}"] for n in range(80)])
    assert paper.pdf().count(b"/Type /Page\n") > 1


def test_a_waybill_number_becomes_bars_of_the_width_asked_for():
    paper = Paper(LABEL, title="x")
    assert paper.barcode(10, 10, "SF1234567890123", width=80) == 24
    assert len(paper.pdf()) > 1_500


def test_only_what_is_meant_to_be_bold_is_bold():
    paper = Paper(A6, title="x")
    paper.text(10, 10, "掌柜", bold=True)
    paper.text(10, 20, "装箱单")
    drawn = "\n".join(paper._canvas._code)
    assert drawn.rindex(" 2 Tr") < drawn.rindex(" 0 Tr") < drawn.rindex("ET", 0, drawn.rindex("BT"))
