/* profile.h - the printing condition of a job: its ICC profile, found, checked and opened once.
 *
 * What a layout names is either a condition by its identifier, as printers and the ICC's registry have it ("FOGRA39":
 * conditions.def says which files hold its profile), or a file.
 */
#ifndef BT_PDF_PROFILE_H
#define BT_PDF_PROFILE_H

#include "base/beside.h"
#include "base/diag.h"
#include "pdf/samples.h"

/* What is asked for. */
typedef struct bt_profile_wanted {
    bt_str name;                  /* a condition's identifier, or a file */
    bool is_file;                 /* the latter in any case; else where it has a '/', or ends in .icc or .icm */
    bt_str condition;             /* of a file: what its profile stands for; empty: what the file itself says */
    bt_str dir;                   /* of the layout's file that names it: looked at first */
    const bt_place *at;           /* where it is named; NULL: nowhere */
    const char *const *dirs;      /* looked at next (--font-dir), NULL-terminated; NULL: none */
    const char *const *installed; /* looked at last, NULL-terminated; NULL: the system's own */
    bt_beside *beside;            /* who helps; may be NULL */
} bt_profile_wanted;

/* A profile that a PDF can state: of a press, in CMYK, with tables both ways. Immutable; lives as long as its set. */
typedef struct bt_profile {
    bt_str bytes;     /* the file */
    bt_lean lean;     /* the same */
    bt_str condition; /* the identifier, ASCII: "FOGRA39"; "Custom" where nobody says which */
    bt_str words;     /* the condition in words; empty: not one of conditions.def */
    bt_str info;      /* what the profile calls itself */
    bt_str path;      /* of the file */
    uint64_t hash;    /* of bytes */
    void *lcms;       /* the cmsContext of its set, and the profile's cmsHPROFILE in it: for pdf/ alone */
    void *icc;
    struct bt_profile_work *work; /* profile.c only */
} bt_profile;

/* Profiles, each file read once and again when it changes. Lives across jobs. */
typedef struct bt_profiles bt_profiles;
bt_profiles *bt_profiles_new(const bt_allocator *allocator); /* NULL without memory */
void bt_profiles_drop(bt_profiles *profiles);

/* Finds, reads and checks. A condition that is known but has no profile here is given that of a substitute, which is
 * warned of and says so of itself. Reported: BT_INPUT (unknown condition; a file that is missing, or no profile of a
 * press), BT_LIMIT (a file larger than BT_LIMIT_PROFILE_BYTES), BT_IO (neither the condition's profile nor a substitute
 * is installed; a file that cannot be read). BT_NOMEM. */
bt_status bt_profile_find(bt_profiles *profiles, bt_diags *diags, const bt_profile_wanted *wanted,
                          const bt_profile **profile);

/* Notes the file of the profile (base/inputs.h): at the end of a job that found it, for until then a helper may be at
 * its digest. */
void bt_profile_note(bt_diags *diags, const bt_profile *profile);

/* The lean ones in zlib's format; they live as long as it does. False: no memory. */
bool bt_profile_deflated(const bt_profile *profile, bt_str *deflated);

/* The Debian package that installs a condition's profile; "": none, or no condition of conditions.def. */
const char *bt_profile_package(bt_str identifier);

/* The version of lcms2 that runs. Without memory: "". */
const char *bt_profile_library(bt_arena *arena);

#endif
