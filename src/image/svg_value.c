/* svg_value.c - numbers, lengths and transforms of SVG.
 *
 * Numbers are read here and not by strtod, whose decimal sign follows the locale.
 */
#include "image/svg_int.h"

#include <math.h>

enum { MOST_ARGUMENTS = 6, MOST_DIGITS = 18, LARGEST_EXPONENT = 400 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static char char_at(bt_str text, size_t at) { return at < text.len ? text.ptr[at] : '\0'; }

static double times_power_of_ten(double number, int exponent)
{
    double power = 1, base = 10;
    for (int n = exponent < 0 ? -exponent : exponent; n; n >>= 1, base *= base) {
        if (n & 1) power *= base;
    }
    return exponent < 0 ? number / power : number * power;
}

/* "e5" is an exponent, the "e" of "1em" is not. Returns 0 when there is none. */
static int read_exponent(bt_str text, size_t *at)
{
    size_t next = *at;
    if (char_at(text, next) != 'e' && char_at(text, next) != 'E') return 0;
    bool is_negative = char_at(text, ++next) == '-';
    if (is_negative || char_at(text, next) == '+') next++;
    if (!is_digit(char_at(text, next))) return 0;
    int exponent = 0;
    for (; is_digit(char_at(text, next)); next++) {
        if (exponent < LARGEST_EXPONENT) exponent = exponent * 10 + (text.ptr[next] - '0');
    }
    if (exponent > LARGEST_EXPONENT) exponent = LARGEST_EXPONENT;
    *at = next;
    return is_negative ? -exponent : exponent;
}

bool bt_svg_number(bt_str text, size_t *at, double *number)
{
    size_t next = *at;
    bool is_negative = char_at(text, next) == '-';
    if (is_negative || char_at(text, next) == '+') next++;
    uint64_t digits = 0;
    int exponent = 0, n_kept = 0;
    bool has_digits = false, has_point = false;
    for (;; next++) {
        char c = char_at(text, next);
        if (c == '.' && !has_point) {
            has_point = true;
        } else if (is_digit(c)) {
            has_digits = true;
            if (n_kept < MOST_DIGITS) {
                digits = digits * 10 + (uint64_t)(c - '0');
                if (digits) n_kept++;
                if (has_point && exponent > -LARGEST_EXPONENT) exponent--;
            } else if (!has_point && exponent < LARGEST_EXPONENT) {
                exponent++;
            }
        } else {
            break;
        }
    }
    if (!has_digits) return false;
    exponent += read_exponent(text, &next);
    double value = digits ? times_power_of_ten((double)digits, exponent) : 0;
    if (!isfinite(value)) return false;
    *number = is_negative ? -value : value;
    *at = next;
    return true;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

void bt_svg_skip_space(bt_str text, size_t *at)
{
    while (is_blank(char_at(text, *at))) ++*at;
}

void bt_svg_skip_comma(bt_str text, size_t *at)
{
    bt_svg_skip_space(text, at);
    if (char_at(text, *at) != ',') return;
    ++*at;
    bt_svg_skip_space(text, at);
}

bool bt_svg_number_whole(bt_str text, double *number)
{
    text = bt_str_trim(text);
    size_t at = 0;
    return bt_svg_number(text, &at, number) && at == text.len;
}

bool bt_svg_length(bt_str text, double *length)
{
    /* CSS: a user unit is a px, 96 to the inch. */
    static const struct {
        const char *name;
        double size;
    } units[] = {{"", 1}, {"px", 1}, {"pt", 96 / 72.0}, {"mm", 96 / 25.4}, {"cm", 960 / 25.4}, {"in", 96}};
    text = bt_str_trim(text);
    size_t at = 0;
    double number;
    if (!bt_svg_number(text, &at, &number)) return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!bt_svg_is_word(bt_str_slice(text, at, text.len), units[i].name)) continue;
        *length = number * units[i].size;
        return true;
    }
    return false;
}

bool bt_svg_fraction(bt_str text, double *fraction)
{
    text = bt_str_trim(text);
    bool is_percent = bt_str_ends(text, BT_STR("%"));
    if (!bt_svg_number_whole(bt_str_slice(text, 0, is_percent ? text.len - 1 : text.len), fraction)) return false;
    if (is_percent) *fraction /= 100;
    return true;
}

bool bt_svg_is_word(bt_str text, const char *word)
{
    size_t i = 0;
    for (; i < text.len && word[i]; i++) {
        char a = text.ptr[i], b = word[i];
        if (a >= 'A' && a <= 'Z') a = (char)(a - 'A' + 'a');
        if (b >= 'A' && b <= 'Z') b = (char)(b - 'A' + 'a');
        if (a != b) return false;
    }
    return i == text.len && !word[i];
}

bt_svg_matrix bt_svg_multiply(bt_svg_matrix outer, bt_svg_matrix inner)
{
    return (bt_svg_matrix){
        .a = outer.a * inner.a + outer.c * inner.b,
        .b = outer.b * inner.a + outer.d * inner.b,
        .c = outer.a * inner.c + outer.c * inner.d,
        .d = outer.b * inner.c + outer.d * inner.d,
        .e = outer.a * inner.e + outer.c * inner.f + outer.e,
        .f = outer.b * inner.e + outer.d * inner.f + outer.f,
    };
}

static double radians(double degrees) { return degrees * (3.14159265358979323846 / 180); }

/* Quarter turns are exact, so that what stood upright still does. */
static bt_svg_matrix rotation(double degrees)
{
    double quarters = fmod(degrees, 360) / 90;
    double sine = sin(radians(degrees)), cosine = cos(radians(degrees));
    if (quarters == floor(quarters)) {
        int quarter = ((int)quarters + 4) % 4;
        sine = quarter == 1 ? 1 : quarter == 3 ? -1 : 0;
        cosine = quarter == 0 ? 1 : quarter == 2 ? -1 : 0;
    }
    return (bt_svg_matrix){cosine, sine, -sine, cosine, 0, 0};
}

static bt_svg_matrix translation(double x, double y) { return (bt_svg_matrix){1, 0, 0, 1, x, y}; }

static bool one_transform(bt_str name, const double *v, uint32_t n, bt_svg_matrix *one)
{
    if (bt_str_is(name, "matrix") && n == 6) {
        *one = (bt_svg_matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
    } else if (bt_str_is(name, "translate") && (n == 1 || n == 2)) {
        *one = translation(v[0], n == 2 ? v[1] : 0);
    } else if (bt_str_is(name, "scale") && (n == 1 || n == 2)) {
        *one = (bt_svg_matrix){v[0], 0, 0, n == 2 ? v[1] : v[0], 0, 0};
    } else if (bt_str_is(name, "rotate") && n == 1) {
        *one = rotation(v[0]);
    } else if (bt_str_is(name, "rotate") && n == 3) {
        *one = bt_svg_multiply(translation(v[1], v[2]), bt_svg_multiply(rotation(v[0]), translation(-v[1], -v[2])));
    } else if (bt_str_is(name, "skewX") && n == 1) {
        *one = (bt_svg_matrix){1, 0, tan(radians(v[0])), 1, 0, 0};
    } else if (bt_str_is(name, "skewY") && n == 1) {
        *one = (bt_svg_matrix){1, tan(radians(v[0])), 0, 1, 0, 0};
    } else {
        return false;
    }
    return true;
}

bool bt_svg_transform(bt_str text, bt_svg_matrix *matrix)
{
    if (bt_svg_is_word(bt_str_trim(text), "none")) return true;
    size_t at = 0;
    for (bt_svg_skip_space(text, &at); at < text.len; bt_svg_skip_comma(text, &at)) {
        size_t begin = at;
        while (at < text.len && text.ptr[at] != '(') at++;
        bt_str name = bt_str_trim(bt_str_slice(text, begin, at));
        double v[MOST_ARGUMENTS];
        uint32_t n = 0;
        at++;
        for (bt_svg_skip_space(text, &at); n < MOST_ARGUMENTS && bt_svg_number(text, &at, &v[n]); n++) {
            bt_svg_skip_comma(text, &at);
        }
        bt_svg_matrix one;
        if (char_at(text, at) != ')' || !one_transform(name, v, n, &one)) return false;
        at++;
        *matrix = bt_svg_multiply(*matrix, one);
    }
    return true;
}
