/* bantin.h - the public interface of libbantin: a JSON bundle of articles in, a newsletter PDF out.
 *
 * A context (bt_ctx) lives across jobs and keeps what is costly to make: faces, shaped words, decoded pictures.
 * A context is used by one thread at a time. The library never prints, exits, aborts, or reads the clock, the
 * environment or the locale: what happened reaches the caller as messages, and the date is an input.
 */
#ifndef BANTIN_H
#define BANTIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How a call ended. The messages tell why. */
typedef enum bt_status {
    BT_OK,
    BT_INPUT,    /* the bundle, the layout or a file that they name is wrong; a retry won't help */
    BT_LIMIT,    /* a documented limit was passed; a retry won't help */
    BT_NOMEM,    /* no memory */
    BT_IO,       /* the system refused: disk, permission, a font that is not installed */
    BT_INTERNAL, /* a fault of ours */
} bt_status;

typedef enum bt_severity { BT_NOTE, BT_WARNING, BT_ERROR } bt_severity;

/* One message. The strings are valid during the call of the message function only. */
typedef struct bt_message {
    bt_severity severity;
    const char *code;    /* "E0204"; stable across versions */
    const char *file;    /* "" where no file is concerned */
    uint32_t line;       /* from 1; 0: no place */
    uint32_t column;     /* from 1, in characters */
    const char *pointer; /* JSON Pointer of the value; "" where none */
    const char *text;    /* what is wrong, and the remedy; no newline */
} bt_message;

typedef void (*bt_message_fn)(void *user, const bt_message *message);

/* Grows, shrinks or frees (new_size 0) a block, as realloc does. old_size is what was asked for last. */
typedef struct bt_allocator {
    void *(*resize)(void *user, void *block, size_t old_size, size_t new_size);
    void *user;
} bt_allocator;

typedef struct bt_ctx bt_ctx;

/* allocator NULL: malloc. Returns NULL without memory. The caller drops the context. */
bt_ctx *bt_ctx_new(const bt_allocator *allocator, bt_message_fn on_message, void *user);
void bt_ctx_drop(bt_ctx *ctx);

/* What to render. Unset members (NULL, 0) take the defaults named here. */
typedef struct bt_render_options {
    const char *bundle_path;        /* the bundle; "-" is the name for bundle_text */
    const char *bundle_text;        /* the bundle's bytes, when they do not come from bundle_path */
    size_t bundle_size;             /* of bundle_text, in bytes */
    const char *layout;             /* a layout's name or path; NULL: the bundle's own, else bulletin-19x27 */
    const char *const *layout_dirs; /* where named layouts are looked for, NULL-terminated */
    const char *const *font_dirs;   /* where fonts are looked for before the installed ones, NULL-terminated */
    const char *font_list;          /* path of fonts.json; NULL: beside the first of layout_dirs, in ../fonts */
    const char *pdf_path;           /* where the PDF goes; NULL: none is written */
    const char *dump_path;          /* where the dump of the display list goes; NULL: none */
    const char *report_path;        /* where the layout report (JSON) goes; NULL: none */
    int64_t epoch;                  /* SOURCE_DATE_EPOCH, seconds; used when has_epoch */
    bool has_epoch;
} bt_render_options;

/* What was made. */
typedef struct bt_render_result {
    uint32_t n_pages;
    uint32_t n_errors, n_warnings, n_notes; /* messages of this job */
} bt_render_result;

/* Renders one bundle. Files appear whole or not at all: on any failure none of the three is touched. */
bt_status bt_render(bt_ctx *ctx, const bt_render_options *options, bt_render_result *result);

/* Reads and checks a bundle and its layout; reports every error and writes nothing. */
bt_status bt_validate(bt_ctx *ctx, const bt_render_options *options, bt_render_result *result);

/* "0.1.0" */
const char *bt_version(void);

#ifdef __cplusplus
}
#endif
#endif
