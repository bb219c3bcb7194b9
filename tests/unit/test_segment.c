/* test_segment.c - where lines may break. No font is needed: text is normalised, then segmented. */
#include "check.h"

#include "text/text_int.h"

static bt_arena arena;

/* "|": a line may begin here; "^": it must. Both are taken out before the text is looked at. */
static const char *const break_cases[] = {
    "một",
    "Hội |Liên |hiệp |Phụ |nữ",
    "Hội, |tỉnh; |xã. |Huyện: |thôn! |Bản? |Làng",
    "“Xây |dựng |người |phụ |nữ” |Thanh |Hóa",
    "(tỉnh |Thanh |Hóa) |và |[xã]",
    /* before what closes, after what opens */
    "Hội ... |và",
    "Hội … |và",
    "Hội , |tỉnh ; |xã .",
    "từ |( đây ) |đến",
    "nói |“ Hội |viên ” |rồi",
    "« Hội »",
    "‘ Hội ’",
    "nói |\" Hội \" |rồi",
    "nói |\"Hội |viên\" |rồi",
    "Hội |.NET |và",
    "50 °C",
    "50 % |số |hộ",
    "41,3% |số |hộ",
    "5 ‰ |dân |số",
    /* numbers and units */
    "487,5 tỷ đồng",
    "487,5 tỷ đồng |cho |vay",
    "(487,5 tỷ đồng)",
    "487,5 tỷ |lẻ",
    "5 triệu |hội |viên",
    "12 nghìn |lượt",
    "3 trăm |lượt",
    "2 triệu USD |vốn",
    "1,2 TỶ ĐỒNG",
    "5.000 đồng/kg",
    "10.000 đ |một |suất",
    "1.000 |hội |viên",
    "12,5 ha |rừng",
    "30 km |đường",
    "100 m2 |đất",
    "100 m² |đất",
    "20 tấn |thóc",
    "5 kg, |7 tạ",
    "≥3 ha",
    "+12 kg",
    "5 lít |nước",
    "5 mm |mưa",
    "3 |mẹ",
    "3 |đồng |chí",
    "3 đồng",
    "10 |người",
    "hai |tỷ |đồng",
    "tỷ |đồng",
    "1 000 000 đồng",
    "1 000 |người",
    "năm |2023 |120 |người",
    "năm |2023. |Tấn |công",
    /* inside numbers, dates and codes */
    "ngày |31/12/2023 |tại",
    "Nghị |quyết |số 57-NQ/TW |của",
    "Số 12/2024/QĐ-UBND |ngày",
    "0,4%/tổng |số",
    "Covid-19 |và |COVID-19",
    "số 5 |Lê |Lợi",
    "SỐ 5 |LÊ |LỢI",
    "số |điện |thoại",
    "No. 5 |ở",
    "tỷ |lệ |1:10.000",
    "UBND-VP",
    "NQ/TW",
    /* dashes */
    "năm |2022 - |2023",
    "năm |2022 – |2023",
    "2022-2023",
    "2022–2023",
    "2022 -2023",
    "nhiệt |độ |-5 |độ",
    "Hà |Nội — |thủ |đô",
    "Hà |Nội—|thủ |đô",
    "từ –|đến",
    "- Mục |một",
    "– Mục |một",
    "–Mục |một",
    "Mục |một\n^- Mục |hai",
    "kinh |tế - |xã |hội",
    "kinh |tế-|xã |hội",
    "kinh |tế -xã |hội",
    "Thanh |Hóa-|Nghệ |An",
    "e-mail |và |Wi-|Fi",
    "A-B",
    "không\xE2\x80\x91ngắt |dòng",
    /* slashes */
    "xã/|phường/|thị |trấn",
    "và/|hoặc",
    "UBND/HĐND",
    "LHPN/|chi |hội",
    "km/h |và |tấn/ha",
    "triệu |đồng/|người/|năm",
    "a/b",
    /* abbreviations */
    "TP. Thanh |Hóa",
    "(TP. Vinh)",
    "TP.HCM |và",
    "TX. Nghi |Sơn",
    "PGS. TS. Nguyễn |Văn",
    "PGS.TS. Nguyễn |Văn",
    "GS.TS Nguyễn |Văn",
    "ThS. Lê |An",
    "Đ/c Lê |Thị |Hoa",
    "các |đ/c Lê |Thị |Hoa",
    "Hội |LHPN. |Hội",
    /* no-break spaces */
    "Thanh\xC2\xA0Hóa |và",
    "5\xE2\x80\xAFngười |và",
    /* URLs */
    "xem |https://|phunu.|thanhhoa.|gov.|vn/|tin-|tuc/|bai?|id=|12&|trang=2",
    "www.|hoilhpn.|org.vn",
    "(https://|abc.vn) |và",
    "hoilhpn.|thanhhoa.|gov.|vn/tin |và",
    "hoa@gmail.com |và",
    /* ideographs */
    "中|文|字",
    "中|文。|字",
    "「中|文」",
    "bản |A|中|B",
    /* lines */
    "Hội\n^viên",
    "Hội |một\n^hai |ba\n^bốn",
};

/* The text with its breaks marked. */
static bt_str marked(bt_str text, const uint8_t *breaks)
{
    bt_buf found = bt_buf_in(&arena);
    for (size_t at = 0; at < text.len; at++) {
        if (breaks[at] == BT_BREAK_ALLOWED) bt_buf_add_char(&found, '|');
        if (breaks[at] == BT_BREAK_FORCED) bt_buf_add_char(&found, '^');
        bt_buf_add_char(&found, text.ptr[at]);
    }
    return bt_buf_str(&found);
}

static void test_breaks(void)
{
    for (size_t i = 0; i < sizeof break_cases / sizeof *break_cases; i++) {
        bt_buf source = bt_buf_in(&arena);
        for (const char *c = break_cases[i]; *c; c++) {
            if (*c != '|' && *c != '^') bt_buf_add_char(&source, *c);
        }
        bt_normal normal;
        CHECK_INT(bt_normalise(&arena, bt_buf_str(&source), NULL, 0, &normal), BT_OK);
        uint8_t *breaks = BT_NEW_ARRAY(&arena, normal.text.len + 1, uint8_t);
        bt_segment(normal.text, NULL, 0, breaks);
        CHECK_STR(marked(normal.text, breaks), break_cases[i]);
        CHECK_INT(breaks[0], BT_BREAK_NONE);
        CHECK_INT(breaks[normal.text.len], BT_BREAK_NONE);
    }
}

/* Codes marked as verbatim break like URLs, by themselves: what stands beside them keeps the rules of words. */
static void test_verbatim(void)
{
    bt_str text = BT_STR("mã kinh/te-2023=abcd/NQ-TW nhé, xã/phường, (57-NQ/TW-UBND)");
    static const bt_range verbatim[] = {{4, 27}, {50, 63}};
    uint8_t *breaks = BT_NEW_ARRAY(&arena, text.len + 1, uint8_t);
    bt_segment(text, verbatim, 2, breaks);
    CHECK_STR(marked(text, breaks), "mã |kinh/|te-|2023=|abcd/|NQ-TW |nhé, |xã/|phường, |(57-|NQ/|TW-|UBND)");
}

int main(void)
{
    test_breaks();
    test_verbatim();
    bt_arena_drop(&arena);
    return check_report();
}
