/* weight.c - what a reader would notice first: the one table by which findings are ranked.
 *
 * A finding weighs `least` of its kind, and up to `spread` more the larger it is: least + spread * e / (1 + e), where
 * its extent e is 1 for what is plainly seen. So kinds overlap a little, a headline before a footnote, and nothing that
 * only the pixels show comes before a word that reads otherwise, however many pixels they are.
 *
 *     kinds                     the extent counts
 *     pages                     pages
 *     words changed, new, gone  letters times the size of type, 400 pt (40 letters of 10 pt) as 1
 *     type, inks of words       the same, 4000 pt as 1
 *     words moved               distance in pt, 10 as 1, and letters times size as above
 *     pictures, areas, rules    their area, a tenth of a page as 1; where they moved, distance in pt, 10 as 1
 *     pixels, plates            the area that differs, a tenth of a page as 1
 */
#include "check/finding.h"

typedef struct weight {
    double least, spread;
} weight;

static const weight weights[FINDING_N_KINDS] = {
    [FINDING_PAGES] = {1000, 50},
    [FINDING_PAGE_ORDER] = {950, 40},
    [FINDING_PAGE_BOX] = {900, 40},
    [FINDING_PICTURE_GONE] = {700, 100},
    [FINDING_PICTURE_NEW] = {690, 100},
    [FINDING_PICTURE_CONTENT] = {680, 100},
    [FINDING_TEXT_CHANGED] = {620, 150},
    [FINDING_TEXT_GONE] = {610, 150},
    [FINDING_TEXT_NEW] = {600, 150},
    [FINDING_FONT_EMBEDDED] = {590, 5}, /* not seen on the page, but the press may set another face */
    [FINDING_TEXT_FACE] = {500, 80},
    [FINDING_TEXT_COLOR] = {490, 80},
    [FINDING_TEXT_SIZE] = {480, 80},
    [FINDING_PICTURE_CROP] = {470, 60},
    [FINDING_PICTURE_SIZE] = {460, 60},
    [FINDING_PICTURE_PPI] = {450, 20},
    [FINDING_PICTURE_COLOR] = {440, 40},
    /* the space; another colour is another content */[FINDING_AREA_GONE] = {400, 60},
    [FINDING_AREA_NEW] = {395, 60},
    [FINDING_AREA_COLOR] = {390, 60},
    [FINDING_RULE_GONE] = {380, 40},
    [FINDING_RULE_NEW] = {375, 40},
    [FINDING_RULE_COLOR] = {370, 40},
    [FINDING_PICTURE_MOVED] = {320, 80},
    [FINDING_TEXT_MOVED] = {300, 100},
    [FINDING_AREA_SIZE] = {280, 60},
    [FINDING_RULE_THICKNESS] = {275, 40},
    [FINDING_RULE_LENGTH] = {270, 40},
    [FINDING_AREA_MOVED] = {260, 60},
    [FINDING_RULE_MOVED] = {250, 60},
    [FINDING_DESIGN] = {500, 200},
    [FINDING_PREFLIGHT] = {500, 200},
    [FINDING_ANNOTATION] = {150, 20},
    [FINDING_PLATE] = {60, 40},
    [FINDING_PIXELS] = {10, 40},
};

double finding_weight(finding_kind kind, double extent)
{
    double e = extent > 0 ? extent : 0;
    double share = e < 1e9 ? e / (1 + e) : 1;
    return weights[kind].least + weights[kind].spread * share;
}
