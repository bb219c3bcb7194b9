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

/* The language of messages; that of a bundle's texts is another matter. */
typedef enum bt_lang { BT_LANG_EN, BT_LANG_VI } bt_lang;

/* One message. The strings are valid during the call of the message function only. */
typedef struct bt_message {
    bt_severity severity;
    const char *code;    /* "E0204"; stable across versions */
    const char *file;    /* "" where no file is concerned */
    uint32_t line;       /* from 1; 0: no place */
    uint32_t column;     /* from 1, in characters; 0: the whole line */
    const char *pointer; /* JSON Pointer of the value; "" where none */
    const char *text;    /* what is wrong, and the remedy; no newline */
} bt_message;

/* What the file is for. Line breaks and places within the trimmed page are the same in all three. */
typedef enum bt_rendition {
    BT_PRESS,  /* for the printer: bleed and marks; no links; pictures in the inks of the print profile */
    BT_SCREEN, /* for readers: links and outline; the trimmed page alone */
    BT_PROOF,  /* for editors: screen with grid, frames and marks of what went wrong; a missing picture is a grey frame
                */
} bt_rendition;

/* How pages stand on printed sheets. */
typedef enum bt_imposition {
    BT_IMPOSE_NONE,    /* one page a sheet side */
    BT_IMPOSE_BOOKLET, /* two pages a side, to be folded, nested and stapled */
    BT_IMPOSE_2UP,     /* the same page twice a side, to be cut apart */
    BT_IMPOSE_4UP,     /* the same page four times */
} bt_imposition;

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

/* The language of all messages from here on; English until it is called. */
void bt_ctx_speak(bt_ctx *ctx, bt_lang lang);

/* What {{name}} stands for in one edition, and where that is written. */
typedef struct bt_named_value {
    const char *name, *text; /* the text is literal: its characters are no markup */
    const char *file;        /* "": the caller's own */
    uint32_t line, column;   /* from 1; 0: none */
    const char *pointer;     /* JSON Pointer; NULL: none */
} bt_named_value;

/* SHA-256. */
typedef struct bt_digest {
    uint8_t bytes[32];
} bt_digest;

/* Told what a job stands on and what it makes. Each member may be NULL. The strings are valid during the call only. */
typedef struct bt_witness {
    void *user;
    /* A file that counts in what comes out, once each, with the contents that were read: also where the context holds
     * it already. contents all zero: it was looked for and is not there, and would count if it were. A job with a base
     * tells only what the base's own witness has not been told: bundle, layout, pictures and fonts that both use count
     * in an edition, but are told of the base alone. The name "-" stands for a text of the caller's. */
    void (*on_input)(void *user, const char *path, const bt_digest *contents);
    /* A side of a sheet, from 0, and what is drawn within its bleed: the same on all sides that one plate can print. */
    void (*on_sheet)(void *user, uint32_t sheet_i, const bt_digest *drawing);
    /* A file that is in its place (pdf_path, dump_path, report_path), and what was written into it. */
    void (*on_output)(void *user, const char *path, uint64_t n_bytes, const bt_digest *contents);
    /* The layout report, as report_path would have it, when all files are in their places. No string of it has a line
     * break in it. */
    void (*on_report)(void *user, const char *text, size_t n_bytes);
} bt_witness;

typedef struct bt_base bt_base; /* see bt_base_open */

/* What to render. Unset members (NULL, 0) take the defaults named here. */
typedef struct bt_render_options {
    const char *bundle_path;  /* the bundle; "-" is the name for bundle_text */
    const char *bundle_text;  /* the bundle's bytes, when they do not come from bundle_path */
    size_t bundle_size;       /* of bundle_text, in bytes */
    const char *edition_path; /* an overlay that is laid on the bundle; NULL: none, unless the bundle's file is one, */
    const char *edition_text; /* its bytes, when they do not come from edition_path; */
    size_t edition_size;      /* which names its base: bundle_path may be NULL then */
    const bt_named_value
        *edition_named;           /* where edition_path is written, for messages; NULL: nowhere, it is the caller's */
    const bt_named_value *values; /* of an edition, besides its id and name; makes an edition of the bundle */
    uint32_t n_values;
    const bt_base *base;      /* the bundle, opened before: it is not read again. bundle_path and bundle_text NULL */
    const char *layout;       /* a layout's name or path; NULL: the bundle's own, else bulletin-19x27 */
    const char *palette;      /* one of the layout's palettes; NULL: its default */
    uint32_t n_pages;         /* exactly so many pages; 0: as many as the text takes, or */
    uint32_t pages_multiple;  /* a multiple of so many; 0: as the layout has it */
    bt_rendition rendition;   /* BT_PRESS by default */
    bt_imposition imposition; /* of a press file; of another rendition an error */
    bool has_paper;           /* paper_um is given; else the thickness is the layout's */
    uint32_t paper_um;        /* thickness of the paper that a booklet is folded from [micrometres], up to 1000 */
    const char *const *layout_dirs; /* where named layouts are looked for, NULL-terminated */
    const char *const *font_dirs;   /* where fonts are looked for before the installed ones, NULL-terminated */
    const char *font_list;          /* path of fonts.json; NULL: beside the first of layout_dirs, in ../fonts */
    const char *pdf_path;           /* where the PDF goes; NULL: none is written */
    const char *dump_path;          /* where the dump of the display list goes; NULL: none */
    const char *report_path;        /* where the layout report (JSON) goes; NULL: none */
    int64_t epoch;                  /* SOURCE_DATE_EPOCH, seconds; used when has_epoch */
    bool has_epoch;
    bool makes_shared; /* what PDFs share (fonts, pictures) is made for later jobs also without pdf_path */
    bool defers_sync;  /* files have their names from the beginning and are not flushed to the disk: the caller does
                          that, and until then counts none of them as written */
    const bt_witness *witness; /* NULL: none */
    bool may_have_helper;      /* a second thread may do a part of the work. It has ended when the call ends, takes no
                                * signals, and calls nothing of the caller's, not even the allocator */
    bool converts_legacy;      /* Vietnamese in TCVN3, VNI-Windows or Windows-1258 is converted; else only reported */
} bt_render_options;

/* How an edition's pages differ from its base's, counted in articles and in frames of other kinds (masthead,
 * highlights, contents, fillers, imprint, and what runs on each page). The edition's report tells them one by one. */
typedef struct bt_differences {
    bool is_known;         /* options.base was given */
    uint32_t n_pages_same; /* drawn as the base's page of that number */
    uint32_t n_same, n_moved;
    uint32_t n_jumped;  /* to another page */
    uint32_t n_changed; /* in words, pictures or lines */
    uint32_t n_reset;   /* of those: the same words and pictures, set in other lines */
    uint32_t n_new, n_gone;
} bt_differences;

/* What was made. */
typedef struct bt_render_result {
    uint32_t n_pages;
    uint32_t n_errors, n_warnings, n_notes; /* messages of this job */
    bt_differences differences;
} bt_render_result;

/* Renders one bundle. Files appear whole or not at all: on any failure none of the three is touched. */
bt_status bt_render(bt_ctx *ctx, const bt_render_options *options, bt_render_result *result);

/* Reads and checks a bundle and its layout; reports every error and writes nothing. */
bt_status bt_validate(bt_ctx *ctx, const bt_render_options *options, bt_render_result *result);

/* Opens a bundle that many editions are laid on, so that what they share is made once: reads it, sets it, and writes
 * what options ask for. Editions with options.base come out byte for byte as without; their report also tells what
 * differs from the base. values stand in for those of the editions, and a {{name}} without one for itself. The base and
 * its options' strings live until it is dropped; an edition may leave with it what makes the next one quick, and no
 * more, so a process may fork and go on with it in its children. *base NULL: failed, and reported. */
bt_status bt_base_open(bt_ctx *ctx, const bt_render_options *options, bt_base **base, bt_render_result *result);
void bt_base_drop(bt_base *base);

/* "0.1.0" */
const char *bt_version(void);

/* --- what there is ---
 *
 * For commands, dialogs and set-up checks. Each function calls `each` once for every thing found, in an order that does
 * not change; the strings are NUL-terminated, never NULL, and valid during that call only. What is wrong is reported as
 * messages, and does not keep the rest from being listed. Without memory: BT_NOMEM. */

/* A palette that bt_render_options.palette may name. */
typedef struct bt_palette_about {
    const char *name;
    const char *plates; /* what its colours print with, in words: "black, PANTONE 227 C" */
    bool is_default;
} bt_palette_about;

/* A layout that a bundle or bt_render_options.layout may name. */
typedef struct bt_layout_about {
    const char *name;
    const char *folder;      /* the one of layout_dirs that it was found in */
    const char *description; /* the layout's own words, in the language of messages where it has them; or "" */
    int32_t width_mm100, height_mm100; /* of the trimmed page [hundredths of a millimetre] */
    uint32_t n_columns;
    const bt_palette_about *palettes;
    uint32_t n_palettes;
} bt_layout_about;
typedef void (*bt_layout_fn)(void *user, const bt_layout_about *layout);

/* Lists the layouts of the folders (NULL-terminated), folder by folder, sorted within each. A layout hides those of its
 * name in later folders. One without a page serves as a parent only and is left out; one with errors is left out, and
 * the result is BT_INPUT. */
bt_status bt_list_layouts(bt_ctx *ctx, const char *const *layout_dirs, bt_layout_fn each, void *user);

/* A face of fonts.json. */
typedef struct bt_font_about {
    const char *family;  /* as layouts name it */
    const char *roles;   /* what it is good for; "" where the list does not say */
    const char *package; /* the Debian package that installs it; "": a family of the layout's own */
    const char *style;   /* "regular", "bold", "italic" or "bold_italic" */
    const char *path;    /* the file in use; "": there is none */
    const char *trouble; /* why there is none, and the remedy; "" otherwise */
    uint32_t n_letters;  /* the toned and special letters of Vietnamese: 134 */
    uint32_t n_drawn;    /* those that the face draws: what it maps is not enough */
    const char *lacks;   /* the others, one after another; "" where there is no file */
} bt_font_about;
typedef void (*bt_font_fn)(void *user, const bt_font_about *font);

/* Lists the faces that layouts may name, family by family; those that the layout brings come first, where one is named.
 * Of the options, layout (NULL: none), font_list, font_dirs and layout_dirs count. A face that is missing is no failure
 * of the call. */
bt_status bt_list_fonts(bt_ctx *ctx, const bt_render_options *options, bt_font_fn each, void *user);

/* A stretch of a text that one face draws. */
typedef struct bt_stretch {
    const char *role;   /* the layout's name for the font: "text" */
    const char *text;   /* as it is set: NFC, each space once */
    const char *family; /* of the face that draws it; "": no face of this font does, a visible sign would stand there */
    bool is_fallback;   /* not the font's first family */
} bt_stretch;
typedef void (*bt_stretch_fn)(void *user, const bt_stretch *stretch);

/* Tells for each font of a layout (regular faces) which family draws which part of a text (UTF-8). Of the options,
 * layout (NULL: bulletin-19x27), layout_dirs, font_list and font_dirs count. */
bt_status bt_list_stretches(bt_ctx *ctx, const bt_render_options *options, const char *text, bt_stretch_fn each,
                            void *user);

/* The ICC profile of a printing condition that layouts name. */
typedef struct bt_profile_about {
    const char *condition; /* as the layout names it: "FOGRA39", or a file */
    const char *package;   /* the Debian package that installs its profile; "": none does, or none is known */
    const char *path;      /* the file in use; "": there is none */
    const char *trouble;   /* why there is none, or another stands in for it, and the remedy; "" otherwise */
} bt_profile_about;
typedef void (*bt_profile_fn)(void *user, const bt_profile_about *profile);

/* Tells of the profile of each layout's printing condition, each condition once. Of the options, layout_dirs and
 * font_dirs count; layouts with errors are left out. A profile that is missing is no failure of the call. */
bt_status bt_list_profiles(bt_ctx *ctx, const bt_render_options *options, bt_profile_fn each, void *user);

/* Tells which values the texts of a bundle, or of an edition, call for: each name of a {{name}} once, in the order of
 * their first calls; those that have no value are no errors. Reads the bundle, the edition and their Markdown files
 * only; of the options, what names these and the values count. What is wrong is reported, and does not keep names from
 * being told. */
typedef void (*bt_value_fn)(void *user, const char *name);
bt_status bt_list_values(bt_ctx *ctx, const bt_render_options *options, bt_value_fn each, void *user);

/* A library that libbantin stands on. The version is that of the library which runs; libjpeg and libdeflate tell only
 * what was compiled against. */
typedef struct bt_library {
    const char *name, *version;
} bt_library;
typedef void (*bt_library_fn)(void *user, const bt_library *library);
bt_status bt_list_libraries(bt_ctx *ctx, bt_library_fn each, void *user);

#ifdef __cplusplus
}
#endif
#endif
