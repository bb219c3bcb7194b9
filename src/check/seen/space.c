/* space.c - colour spaces as the resources have them. What cannot be read counts as gray, as viewers take it. */
#include "check/seen/operators.h"

#include <math.h>

enum { MOST_NESTED_SPACES = 4, MOST_ENTRIES = 256 };

struct seen_ink_table {
    seen_ink_space base;
    uint32_t n; /* entries */
    bt_str bytes;
};

static seen_ink_space plain(seen_space space, uint32_t n)
{
    return (seen_ink_space){.space = space, .n_components = n, .name = BT_STR(""), .base = space};
}

static seen_ink_space read_space(seen_reader *r, seen_obj object, uint32_t depth);

/* Device spaces stand for the resources' default ones where there are such: 8.6.5.6. */
seen_ink_space seen_space_device(seen_reader *r, seen_space space)
{
    static const char *const defaults[] = {"DefaultGray", "DefaultRGB", "DefaultCMYK"};
    static const uint32_t n_components[] = {1, 3, 4};
    seen_resource *found = seen_find(r, "/ColorSpace", bt_str_of(defaults[space]));
    if (!found) return plain(space, n_components[space]);
    if (!found->made) {
        seen_ink_space *made = BT_NEW(r->scratch, seen_ink_space);
        if (!made) return plain(space, n_components[space]);
        found->made = made;
        *made = plain(space, n_components[space]); /* one that is defined by itself ends here */
        seen_ink_space other = read_space(r, found->object, 1);
        if (other.n_components == made->n_components && !other.table) *made = other;
    }
    return *(const seen_ink_space *)found->made;
}

static bool named_device(bt_str name, seen_space *space)
{
    static const struct {
        const char *name;
        seen_space space;
    } names[] = {{"DeviceGray", SEEN_GRAY}, {"DeviceRGB", SEEN_RGB}, {"DeviceCMYK", SEEN_CMYK}, {"G", SEEN_GRAY},
                 {"RGB", SEEN_RGB},         {"CMYK", SEEN_CMYK},     {"CalGray", SEEN_GRAY},    {"CalRGB", SEEN_RGB}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (bt_str_is(name, names[i].name)) {
            *space = names[i].space;
            return true;
        }
    return false;
}

/* --- spaces with parameters --- */

static seen_ink_space read_icc(seen_reader *r, seen_obj stream, uint32_t depth)
{
    static const seen_space by_n[] = {[1] = SEEN_ICC_GRAY, [3] = SEEN_ICC_RGB, [4] = SEEN_ICC_CMYK};
    double n = 0;
    seen_obj_number(r->pdf, seen_obj_key(r->pdf, stream, "/N"), &n);
    seen_obj alternate = seen_obj_key(r->pdf, stream, "/Alternate");
    if (n != 1 && n != 3 && n != 4) return alternate ? read_space(r, alternate, depth + 1) : plain(SEEN_GRAY, 1);
    seen_ink_space space = plain(by_n[(int)n], (uint32_t)n);
    if (n == 3 && alternate) { /* a profile of Lab */
        seen_ink_space other = read_space(r, alternate, depth + 1);
        if (other.space == SEEN_LAB) space = other;
    }
    return space;
}

static seen_ink_space read_separation(seen_reader *r, seen_obj array)
{
    seen_ink_space space = plain(SEEN_SPOT, 1);
    space.name = seen_obj_name(r->pdf, r->arena, seen_obj_item(r->pdf, array, 1));
    return space;
}

static seen_ink_space read_device_n(seen_reader *r, seen_obj array)
{
    enum { MOST_COLORANTS = 32 };
    seen_obj names = seen_obj_item(r->pdf, array, 1);
    uint32_t n = seen_obj_n_items(r->pdf, names);
    bt_buf joined = bt_buf_in(r->arena);
    seen_ink_space space = plain(SEEN_DEVICE_N, n < MOST_COLORANTS ? n : MOST_COLORANTS);
    for (uint32_t i = 0; i < space.n_components; i++) {
        if (i) bt_buf_add_char(&joined, '+');
        bt_buf_add(&joined, seen_obj_name(r->pdf, r->scratch, seen_obj_item(r->pdf, names, i)));
    }
    space.name = bt_buf_str(&joined);
    return space.n_components ? space : plain(SEEN_GRAY, 1);
}

static seen_ink_space read_indexed(seen_reader *r, seen_obj array, uint32_t depth)
{
    struct seen_ink_table *table = BT_NEW(r->arena, struct seen_ink_table);
    if (!table) return plain(SEEN_GRAY, 1);
    table->base = read_space(r, seen_obj_item(r->pdf, array, 1), depth + 1);
    double last = 0;
    seen_obj_number(r->pdf, seen_obj_item(r->pdf, array, 2), &last);
    seen_obj bytes = seen_obj_item(r->pdf, array, 3);
    table->n = last >= 0 && last < MOST_ENTRIES ? (uint32_t)last + 1 : MOST_ENTRIES;
    if (seen_obj_is_stream(r->pdf, bytes))
        seen_obj_stream(r->pdf, r->arena, bytes, SEEN_DECODED, &table->bytes);
    else
        table->bytes = seen_obj_string(r->pdf, r->arena, bytes);
    if (table->base.table || table->base.space == SEEN_PATTERN) table->base = plain(SEEN_GRAY, 1);
    seen_ink_space space = plain(SEEN_INDEXED, 1);
    space.name = table->base.name.len ? table->base.name : bt_str_of(seen_space_word(table->base.space));
    space.table = table;
    space.base = table->base.space;
    return space;
}

static seen_ink_space read_array(seen_reader *r, seen_obj array, uint32_t depth)
{
    bt_str family = seen_obj_name(r->pdf, r->scratch, seen_obj_item(r->pdf, array, 0));
    seen_space device;
    if (bt_str_is(family, "ICCBased")) return read_icc(r, seen_obj_item(r->pdf, array, 1), depth);
    if (bt_str_is(family, "CalGray")) return plain(SEEN_CAL_GRAY, 1);
    if (bt_str_is(family, "CalRGB")) return plain(SEEN_CAL_RGB, 3);
    if (bt_str_is(family, "Lab")) return plain(SEEN_LAB, 3);
    if (bt_str_is(family, "Separation")) return read_separation(r, array);
    if (bt_str_is(family, "DeviceN")) return read_device_n(r, array);
    if (bt_str_is(family, "Indexed") || bt_str_is(family, "I")) return read_indexed(r, array, depth);
    if (bt_str_is(family, "Pattern")) {
        seen_ink_space space = plain(SEEN_PATTERN, 0);
        seen_obj under = seen_obj_item(r->pdf, array, 1);
        if (under) {
            seen_ink_space base = read_space(r, under, depth + 1);
            space.base = base.space;
            space.n_components = base.n_components;
        }
        return space;
    }
    return named_device(family, &device) ? seen_space_device(r, device) : plain(SEEN_GRAY, 1);
}

static seen_ink_space read_space(seen_reader *r, seen_obj object, uint32_t depth)
{
    seen_space device;
    if (depth > MOST_NESTED_SPACES) return plain(SEEN_GRAY, 1);
    if (seen_obj_is_array(r->pdf, object)) return read_array(r, object, depth);
    bt_str name = seen_obj_name(r->pdf, r->scratch, object);
    if (bt_str_is(name, "Pattern")) return plain(SEEN_PATTERN, 0);
    if (named_device(name, &device)) return seen_space_device(r, device);
    const seen_resource *found = name.len ? seen_find(r, "/ColorSpace", name) : NULL; /* not in the standard; met */
    return found ? read_space(r, found->object, depth + 1) : plain(SEEN_GRAY, 1);
}

seen_ink_space seen_space_read(seen_reader *r, seen_obj object) { return read_space(r, object, 0); }

seen_ink_space seen_space_named(seen_reader *r, bt_str name)
{
    seen_space device;
    if (bt_str_is(name, "Pattern")) return plain(SEEN_PATTERN, 0);
    if (named_device(name, &device)) return seen_space_device(r, device);
    seen_resource *found = seen_find(r, "/ColorSpace", name);
    if (!found) return plain(SEEN_GRAY, 1);
    if (!found->made) {
        seen_ink_space *made = BT_NEW(r->scratch, seen_ink_space);
        if (!made) return plain(SEEN_GRAY, 1);
        *made = read_space(r, found->object, 0);
        found->made = made;
    }
    return *(const seen_ink_space *)found->made;
}

/* --- tables --- */

seen_color seen_table_color(const struct seen_ink_table *table, double index)
{
    const seen_ink_space *base = &table->base;
    uint32_t n = base->n_components;
    uint32_t i = index > 0 ? (uint32_t)fmin(index, table->n - 1) : 0;
    seen_color color = {.space = base->space, .n = n < SEEN_MOST_INKS ? n : SEEN_MOST_INKS, .name = base->name};
    for (uint32_t k = 0; k < color.n; k++) {
        size_t at = (size_t)i * n + k;
        double v = at < table->bytes.len ? (unsigned char)table->bytes.ptr[at] / 255.0 : 0;
        if (base->space == SEEN_LAB) v = k ? v * 200 - 100 : v * 100;
        color.v[k] = v;
    }
    return color;
}

bt_str seen_table_bytes(const struct seen_ink_table *table, seen_ink_space *base, uint32_t *n)
{
    *base = table->base;
    *n = table->n;
    return table->bytes;
}
