/* standard.c - the fonts that a file may use without bringing them: their advances, for the letters of plain text.
 *
 * Files that stand on these fonts mostly leave their widths out. The numbers are those of the metrics that the fonts
 * have had since PostScript; Arial and its like were drawn to the same.
 */
#include "check/seen/font_int.h"

#include <utf8proc.h>

enum { N_PLAIN = 95, N_OTHERS = 8, N_WIDTHS = N_PLAIN + N_OTHERS };

/* After ASCII's. */
static const uint16_t others[N_OTHERS] = {0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026};

enum { HELVETICA, HELVETICA_BOLD, TIMES, TIMES_BOLD, TIMES_ITALIC, TIMES_BOLD_ITALIC, N_TABLES };
static const uint16_t widths[N_TABLES][N_WIDTHS] = {
    [HELVETICA] = {278, 278, 355, 556, 556, 889, 667,  191, 333, 333, 389, 584, 278, 333, 278,  278, 556, 556,
                   556, 556, 556, 556, 556, 556, 556,  556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722,
                   722, 667, 611, 778, 722, 278, 500,  667, 556, 833, 722, 778, 667, 778, 722,  667, 611, 722,
                   667, 944, 667, 667, 611, 278, 278,  278, 469, 556, 333, 556, 556, 500, 556,  556, 278, 556,
                   556, 222, 222, 500, 222, 833, 556,  556, 556, 556, 333, 500, 278, 556, 500,  722, 500, 500,
                   500, 334, 260, 334, 584, 556, 1000, 222, 222, 333, 333, 350, 1000},
    [HELVETICA_BOLD] = {278, 333, 474, 556, 556, 889, 722,  238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556,
                        556, 556, 556, 556, 556, 556, 556,  556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722,
                        722, 667, 611, 778, 722, 278, 556,  722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722,
                        667, 944, 667, 667, 611, 333, 278,  333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611,
                        611, 278, 278, 556, 278, 889, 611,  611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556,
                        500, 389, 280, 389, 584, 556, 1000, 278, 278, 500, 500, 350, 1000},
    [TIMES] = {250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250,  333, 250, 278, 500, 500, 500, 500, 500,
               500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722,  667, 667, 722, 611, 556, 722, 722, 333,
               389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722,  944, 722, 722, 611, 333, 278, 333, 469,
               500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,  278, 778, 500, 500, 500, 500, 333, 389,
               278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541, 500, 1000, 333, 333, 444, 444, 350, 1000},
    [TIMES_BOLD] = {250, 333,  555, 500, 500, 1000, 833,  278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500,
                    500, 500,  500, 500, 500, 500,  500,  500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722,
                    722, 667,  611, 778, 778, 389,  500,  778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722,
                    722, 1000, 722, 722, 667, 333,  278,  333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500,
                    556, 278,  333, 556, 278, 833,  556,  500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500,
                    444, 394,  220, 394, 520, 500,  1000, 333, 333, 500, 500, 350, 1000},
    [TIMES_ITALIC] = {250, 333, 420, 500, 500, 833, 778, 214, 333, 333, 500, 675, 250, 333, 250, 278, 500, 500,
                      500, 500, 500, 500, 500, 500, 500, 500, 333, 333, 675, 675, 675, 500, 920, 611, 611, 667,
                      722, 611, 611, 722, 722, 333, 444, 667, 556, 833, 667, 722, 611, 722, 611, 500, 556, 722,
                      611, 833, 611, 556, 556, 389, 278, 389, 422, 500, 333, 500, 500, 444, 500, 444, 278, 500,
                      500, 278, 278, 444, 278, 722, 500, 500, 500, 500, 389, 389, 278, 500, 444, 667, 444, 444,
                      389, 400, 275, 400, 541, 500, 889, 333, 333, 556, 556, 350, 889},
    [TIMES_BOLD_ITALIC] = {250, 389, 555, 500, 500, 833, 778,  278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500,
                           500, 500, 500, 500, 500, 500, 500,  500, 333, 333, 570, 570, 570, 500, 832, 667, 667, 667,
                           722, 667, 667, 722, 778, 389, 500,  667, 611, 889, 722, 722, 611, 722, 667, 556, 611, 722,
                           667, 889, 667, 611, 611, 333, 278,  333, 570, 500, 333, 500, 500, 444, 500, 444, 333, 500,
                           556, 278, 278, 500, 278, 778, 556,  500, 500, 500, 389, 389, 278, 556, 444, 667, 500, 444,
                           389, 348, 220, 348, 570, 500, 1000, 333, 333, 500, 500, 350, 1000},
};

static const seen_standard standards[] = {
    {"Helvetica", widths[HELVETICA], .ascent = 0.718, .descent = -0.207, .x_height = 0.523},
    {"Helvetica-Bold", widths[HELVETICA_BOLD], .is_bold = true, .ascent = 0.718, .descent = -0.207, .x_height = 0.532},
    {"Helvetica-Oblique", widths[HELVETICA], .is_italic = true, .ascent = 0.718, .descent = -0.207, .x_height = 0.523},
    {"Helvetica-BoldOblique", widths[HELVETICA_BOLD], true, true, .ascent = 0.718, .descent = -0.207,
     .x_height = 0.532},
    {"Times-Roman", widths[TIMES], .is_serif = true, .ascent = 0.683, .descent = -0.217, .x_height = 0.450},
    {"Times-Bold", widths[TIMES_BOLD], true, .is_serif = true, .ascent = 0.683, .descent = -0.217, .x_height = 0.461},
    {"Times-Italic", widths[TIMES_ITALIC], .is_italic = true, .is_serif = true, .ascent = 0.683, .descent = -0.217,
     .x_height = 0.441},
    {"Times-BoldItalic", widths[TIMES_BOLD_ITALIC], true, true, true, .ascent = 0.683, .descent = -0.217,
     .x_height = 0.462},
    {"Courier", NULL, .is_fixed = true, .ascent = 0.629, .descent = -0.157, .x_height = 0.426},
    {"Courier-Bold", NULL, true, .is_fixed = true, .ascent = 0.629, .descent = -0.157, .x_height = 0.439},
    {"Courier-Oblique", NULL, .is_italic = true, .is_fixed = true, .ascent = 0.629, .descent = -0.157,
     .x_height = 0.426},
    {"Courier-BoldOblique", NULL, true, true, .is_fixed = true, .ascent = 0.629, .descent = -0.157, .x_height = 0.439},
};

/* Names that stand for them since the first viewers. */
static const char *const families[][2] = {
    {"Arial", "Helvetica"},         {"ArialMT", "Helvetica"},     {"CourierNew", "Courier"},
    {"CourierNewPSMT", "Courier"},  {"CourierNewPS", "Courier"},  {"TimesNewRoman", "Times"},
    {"TimesNewRomanPSMT", "Times"}, {"TimesNewRomanPS", "Times"}, {"Helvetica", "Helvetica"},
    {"Courier", "Courier"},         {"Times", "Times"},
};

/* "-BoldItalicMT", ",Bold": the style that a name ends in. false: it is none. */
static bool read_style(bt_str rest, bool *is_bold, bool *is_italic)
{
    static const char *const parts[] = {"-", ",", "Bold", "Italic", "Oblique", "Roman", "Regular", "MT"};
    while (rest.len) {
        size_t i = 0;
        while (i < sizeof parts / sizeof *parts && !bt_str_starts(rest, bt_str_of(parts[i]))) i++;
        if (i == sizeof parts / sizeof *parts) return false;
        *is_bold |= i == 2;
        *is_italic |= i == 3 || i == 4;
        rest = bt_str_slice(rest, strlen(parts[i]), rest.len);
    }
    return true;
}

const seen_standard *seen_standard_find(bt_str name)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        bt_str family = bt_str_of(families[i][0]);
        bool is_bold = false, is_italic = false;
        if (!bt_str_starts(name, family) || !read_style(bt_str_slice(name, family.len, name.len), &is_bold, &is_italic))
            continue;
        for (size_t k = 0; k < sizeof standards / sizeof *standards; k++)
            if (bt_str_starts(bt_str_of(standards[k].name), bt_str_of(families[i][1])) &&
                standards[k].is_bold == is_bold && standards[k].is_italic == is_italic)
                return &standards[k];
    }
    return NULL;
}

double seen_standard_width(const seen_standard *font, uint32_t character)
{
    enum { COURIER = 600 };
    if (!font->widths) return COURIER / 1000.0;
    int32_t parts[4];
    int last_class = 0;
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)character, parts, 4, UTF8PROC_DECOMPOSE, &last_class);
    uint32_t letter = n > 0 && n <= 4 ? (uint32_t)parts[0] : character;
    for (uint32_t i = 0; i < N_OTHERS; i++)
        if (others[i] == letter) return font->widths[N_PLAIN + i] / 1000.0;
    bool is_plain = letter >= 32 && letter < 32 + N_PLAIN;
    return font->widths[is_plain ? letter - 32 : 'n' - 32] / 1000.0;
}
