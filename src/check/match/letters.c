/* letters.c - in what two words differ, where that is one letter: its tone mark, which the eye passes over, or more. */
#include "check/match/match_int.h"

#include <string.h>

/* The vowels of Vietnamese: of each row the vowel without a tone first, then its five tones, capitals after them. */
static const char *const rows[] = {
    "aáàảãạAÁÀẢÃẠ", "ăắằẳẵặĂẮẰẲẴẶ", "âấầẩẫậÂẤẦẨẪẬ", "eéèẻẽẹEÉÈẺẼẸ", "êếềểễệÊẾỀỂỄỆ", "iíìỉĩịIÍÌỈĨỊ",
    "oóòỏõọOÓÒỎÕỌ", "ôốồổỗộÔỐỒỔỖỘ", "ơớờởỡợƠỚỜỞỠỢ", "uúùủũụUÚÙỦŨỤ", "ưứừửữựƯỨỪỬỮỰ", "yýỳỷỹỵYÝỲỶỸỴ",
};
enum { N_ROWS = sizeof rows / sizeof *rows, N_TONES = 6, NO_ROW = -1 };

/* Row and tone of a letter; capitals are rows of their own. */
static int row_of(uint32_t letter, int *tone)
{
    for (int row = 0; row < N_ROWS; row++) {
        bt_str text = bt_str_of(rows[row]);
        int place = 0;
        for (size_t at = 0; at < text.len; place++) {
            uint32_t other;
            at += bt_utf8_decode(text, at, &other);
            if (other != letter) continue;
            *tone = place % N_TONES;
            return 2 * row + place / N_TONES;
        }
    }
    return NO_ROW;
}

static match_letters compare_letter(bt_str was, bt_str is)
{
    uint32_t old, new;
    bt_utf8_decode(was, 0, &old);
    bt_utf8_decode(is, 0, &new);
    int old_tone = 0, new_tone = 0, old_row = row_of(old, &old_tone), new_row = row_of(new, &new_tone);
    if (old_row == NO_ROW || old_row != new_row) return LETTERS_ONE;
    return !new_tone ? LETTERS_TONE_LOST : !old_tone ? LETTERS_TONE_NEW : LETTERS_TONE_OTHER;
}

match_letters match_compare_letters(bt_str sample, bt_str ours, bt_str *was, bt_str *is)
{
    size_t begin = 0, step, end_s = sample.len, end_o = ours.len;
    uint32_t a, b;
    while (begin < sample.len && begin < ours.len) {
        step = bt_utf8_decode(sample, begin, &a);
        bt_utf8_decode(ours, begin, &b);
        if (a != b) break;
        begin += step;
    }
    if (begin == sample.len || begin == ours.len) return LETTERS_OTHER;
    size_t was_size = bt_utf8_decode(sample, begin, &a), is_size = bt_utf8_decode(ours, begin, &b);
    bt_str rest = bt_str_slice(sample, begin + was_size, end_s), other = bt_str_slice(ours, begin + is_size, end_o);
    if (!bt_str_equal(rest, other)) return LETTERS_OTHER;
    *was = bt_str_slice(sample, begin, begin + was_size);
    *is = bt_str_slice(ours, begin, begin + is_size);
    return compare_letter(*was, *is);
}
