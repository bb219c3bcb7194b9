/* source.h - what is known of a picture's stream: picture.c reads it, samples.c decodes it. */
#ifndef BT_CHECK_SEEN_SOURCE_H
#define BT_CHECK_SEEN_SOURCE_H

#include "check/seen/operators.h"

enum { SEEN_MOST_COMPONENTS = 32 };

typedef struct seen_source {
    seen_obj stream;
    uint32_t object; /* 0: inline */
    uint32_t n_columns, n_rows;
    uint8_t bits;
    bool is_stencil, has_soft_mask, interpolates;
    bool is_off;          /* in a layer that is */
    seen_ink_space space; /* not of a stencil */
    bt_str filter;        /* the last: what the samples themselves are in */
    bt_digest stored;
    const double *decode; /* two for each component as stored; NULL: as usual */
} seen_source;

/* Values of a pixel as stored. */
static inline uint32_t seen_source_stored(const seen_source *source)
{
    return source->is_stencil || source->space.table ? 1 : source->space.n_components;
}

#endif
