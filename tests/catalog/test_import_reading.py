import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importing import shopify
from catalog.importing.encoding import decode
from catalog.importing.products import drafts, stable_code
from catalog.importing.reasons import REASONS, FileRefused, worded
from catalog.importing.report import guarded
from tests.catalog.import_files import POT, pot, text_of


def read(*rows):
    return drafts(shopify.read(text_of(*rows)))


def errors(draft):
    return [(error["line"], error["column"], error["code"]) for error in draft.errors]


def notes(draft):
    return [note["code"] for note in draft.notes]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_a_file_is_read_in_every_encoding_that_spreadsheets_write(encoding):
    text = text_of(POT)
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "file_empty"),
        (b"  \n", "file_empty"),
        (b"\xd0\xcf\x11\xe0rest", "file_is_workbook"),
        (b"Handle\n\x80\xff\xff", "file_encoding"),
    ],
)
def test_what_is_no_csv_file_is_refused_with_the_reason(raw, code):
    with pytest.raises(FileRefused) as refusal:
        decode(raw)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Title\nA\n", "columns_missing"),
        ("Handle,Title,handle\na,b,c\n", "columns_twice"),
        ("Handle,Title\n", "no_products"),
        ('Handle,Title\na,"b\n', "quotes_broken"),
        ('Handle,Title\na,"b"c\n', "quotes_broken"),
        ("Handle,Title\n" + "a,b\n" * 50_001, "too_many_lines"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_whole(text, code):
    with pytest.raises(FileRefused) as refusal:
        shopify.read(text)
    assert refusal.value.code == code
    assert worded(refusal.value.as_json())


def test_lines_are_numbered_as_an_editor_counts_them():
    body = "<p>一\n二\n三</p>"
    [first, second] = read(pot(**{"Body (HTML)": body}), pot(Handle="cup", Variant_SKU="C", Variant_Price="x"))
    assert (first.first_line, first.last_line) == (2, 4)
    assert errors(second) == [(5, "Variant Price", "price_wrong")]


def test_lines_of_one_handle_are_one_product():
    [draft] = read(
        POT,
        {"Handle": "pot", "Option1 Value": "月白", "Variant SKU": "POT-2", "Variant Price": "288"},
        {"Handle": "pot", "Image Src": "https://pictures.example/2.jpg"},
    )
    assert not draft.errors
    assert [sku["options"][0] for sku in draft.content["skus"]] == ["霁青", "月白"]
    assert [sku["price_fen"] for sku in draft.content["skus"]] == [26800, 28800]
    assert len(draft.content["pictures"]) == 2
    assert draft.content["specifications"] == [["材质", "瓷"]]
    assert draft.content["category"] == ["茶器", "茶壶"]


def test_a_product_without_options_has_no_axes():
    [draft] = read(pot(**{"Option1 Name": "Title", "Option1 Value": "Default Title"}))
    assert draft.content["axes"] == []
    assert draft.content["skus"][0]["options"] == ["", "", ""]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("Variant Price", "0", "price_not_positive"),
        ("Variant Price", "-5", "price_not_positive"),
        ("Variant Price", "", "required"),
        ("Variant Price", "12,5", "price_wrong"),
        ("Variant Price", "1.005", "price_wrong"),
        ("Variant Price", "NaN", "price_wrong"),
        ("Variant Price", "99999999", "price_too_high"),
        ("Variant Inventory Qty", "-1", "number_wrong"),
        ("Variant Inventory Qty", "1.5", "number_wrong"),
        ("Variant Inventory Qty", "٣", "number_wrong"),
        ("Variant Inventory Qty", "99999999999", "number_too_high"),
        ("Title", "长" * 121, "too_long"),
        ("Image Src", "javascript:alert(1)", "address_wrong"),
        ("Image Src", "file:///etc/passwd", "address_wrong"),
        ("Published", "maybe", "yes_or_no"),
        ("Status", "gone", "status_unknown"),
        ("Type", "a > b > c > d > e", "category_too_deep"),
        ("Option1 Value", "", "option_missing"),
        ("Title", "a\0b", "nul"),
    ],
)
def test_a_wrong_cell_refuses_its_product_and_names_line_column_and_reason(column, value, code):
    [draft] = read(pot(**{column: value}))
    assert (2, column, code) in errors(draft)


@pytest.mark.parametrize(
    ("value", "fen"),
    [("1,299.00", 129900), ("¥12.5", 1250), ("￥12", 1200), ("99元", 9900), ("１２.３", 1230), ("0.01", 1)],
)
def test_prices_are_understood_as_people_write_them(value, fen):
    [draft] = read(pot(Variant_Price=value))
    assert draft.content["skus"][0]["price_fen"] == fen


def test_the_same_code_or_combination_twice_is_refused_with_the_first_line():
    second = {"Handle": "pot", "Option1 Value": "霁青", "Variant SKU": "POT-9", "Variant Price": "1"}
    [draft] = read(POT, second)
    assert errors(draft) == [(3, "Option1 Value", "combination_twice")]
    first, other = read(POT, pot(Handle="cup"))
    assert not first.errors
    assert errors(other) == [(3, "Variant SKU", "code_twice")]
    assert "2" in worded(other.errors[0])


def test_a_line_without_a_handle_is_told_and_hurts_nobody_else():
    fine, homeless = read(POT, pot(Handle=""))
    assert not fine.errors
    assert errors(homeless) == [(3, "Handle", "handle_missing")]


def test_too_many_cells_are_told():
    text = text_of(POT).rstrip("\n") + ",,extra\n"
    [draft] = drafts(shopify.read(text))
    assert [error["code"] for error in draft.errors] == ["too_many_cells"]


def test_what_is_odd_but_harmless_becomes_a_note():
    [draft] = read(
        pot(
            Title="=1+1",
            Vendor="<b>山影</b>",
            **{"Variant Compare At Price": "200", "Body (HTML)": "a<script>x</script>"},
        )
    )
    assert not draft.errors
    assert set(notes(draft)) == {"formula", "html_removed", "reference_ignored", "body_cleaned"}
    assert draft.content["title"] == "=1+1"
    assert draft.content["brand"] == "山影"
    assert draft.content["skus"][0]["reference_fen"] is None
    assert "script" not in draft.content["description"]


def test_more_than_2000_variants_are_refused():
    rows = [{"Handle": "pot", "Option1 Value": f"v{n}", "Variant Price": "1"} for n in range(2000)]
    [draft] = read(POT, *rows)
    assert [error["code"] for error in draft.errors] == ["too_many_variants"]


def test_a_missing_code_is_made_the_same_every_time():
    assert stable_code("pot", ["霁青", "", ""]) == stable_code("pot", ["霁青", "", ""])
    assert stable_code("pot", ["霁青", "", ""]) != stable_code("pot", ["月白", "", ""])
    assert len(stable_code("x" * 120, ["a"])) <= 64


def test_cells_that_a_spreadsheet_would_run_are_guarded():
    assert [guarded(text) for text in ("=1", "+1", "-1", "@a", "\tx", "a")] == ["'=1", "'+1", "'-1", "'@a", "'\tx", "a"]


def test_every_reason_has_a_sentence():
    assert all(str(sentence) for sentence in REASONS.values())


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    refused = None
    try:
        sheet = shopify.read("Handle,Title,Variant Price\n" + text)
    except FileRefused as refusal:
        refused = refusal.code
    assert refused in REASONS if refused else drafts(sheet)
