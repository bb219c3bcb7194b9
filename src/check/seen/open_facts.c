/* open_facts.c - what a file says of itself and of its pages, beside what stands on them. */
#include "check/seen/open_int.h"

/* --- pages --- */

/* The space in which a group is blended; the page's, where the group names none. */
static seen_space group_space(seen_pdf *pdf, bt_arena *scratch, seen_obj space)
{
    bt_str name = seen_obj_name(pdf, scratch, seen_obj_is_array(pdf, space) ? seen_obj_item(pdf, space, 0) : space);
    double n = 0;
    if (bt_str_is(name, "ICCBased")) {
        seen_obj_number(pdf, seen_obj_key(pdf, seen_obj_item(pdf, space, 1), "/N"), &n);
        return n == 1 ? SEEN_ICC_GRAY : n == 3 ? SEEN_ICC_RGB : SEEN_ICC_CMYK;
    }
    if (bt_str_is(name, "DeviceRGB")) return SEEN_RGB;
    if (bt_str_is(name, "DeviceGray")) return SEEN_GRAY;
    if (bt_str_is(name, "CalRGB")) return SEEN_CAL_RGB;
    if (bt_str_is(name, "CalGray")) return SEEN_CAL_GRAY;
    return SEEN_CMYK;
}

void seen_read_group(seen_reader *r, seen_obj dict)
{
    seen_obj group = seen_obj_key(r->pdf, dict, "/Group");
    if (!bt_str_is(seen_obj_name(r->pdf, r->scratch, seen_obj_key(r->pdf, group, "/S")), "Transparency")) return;
    r->page->has_group = true;
    r->page->group_space = group_space(r->pdf, r->scratch, seen_obj_key(r->pdf, group, "/CS"));
}

void seen_read_annotations(seen_reader *r, seen_obj dict)
{
    enum { HIDDEN = 2, PRINTS = 4 };
    seen_obj all = seen_obj_key(r->pdf, dict, "/Annots");
    uint32_t n = seen_obj_n_items(r->pdf, all);
    for (uint32_t i = 0; i < n; i++) {
        seen_obj item = seen_obj_item(r->pdf, all, i);
        seen_box box;
        if (!seen_read_rectangle(r->pdf, seen_obj_key(r->pdf, item, "/Rect"), &r->page->to_trim, &box)) continue;
        double flags = 0;
        seen_obj_number(r->pdf, seen_obj_key(r->pdf, item, "/F"), &flags);
        unsigned bits = flags >= 0 && flags <= UINT16_MAX ? (unsigned)flags : 0;
        seen_annotation *annotation = BT_PUSH(r->arena, &r->page->annotations);
        if (!annotation) return;
        bt_str subtype = seen_obj_name(r->pdf, r->arena, seen_obj_key(r->pdf, item, "/Subtype"));
        *annotation = (seen_annotation){.subtype = subtype,
                                        .box = box,
                                        .is_hidden = bits & HIDDEN,
                                        .prints = bits & PRINTS && !(bits & HIDDEN) && !bt_str_is(subtype, "Popup")};
    }
}

void seen_read_facts(seen_reader *r) { (void)r; }
