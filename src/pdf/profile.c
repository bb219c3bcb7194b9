/* profile.c - see profile.h. Every profile has an arena of its own, so that one that is refused leaves nothing behind.
 * A file that changed is read again; what was read before stays valid.
 */
#include "pdf/profile.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/inputs.h"
#include "base/limits.h"
#include "pdf/samples.h"

#include <errno.h>
#include <lcms2.h>
#include <sys/stat.h>

/* --- what is known of conditions --- */

enum { MOST_FILES = 4 };
typedef struct known {
    const char *identifier, *words, *package;
    const char *files[MOST_FILES + 1]; /* NULL-terminated */
} known;

#define BT_SUBSTITUTE(file, package)
#define BT_PROFILE_FOLDER(folder)
#define BT_CONDITION(identifier, words, package, ...) {identifier, words, package, {__VA_ARGS__}},
static const known conditions[] = {
#include "pdf/conditions.def"
};
#undef BT_CONDITION
#undef BT_SUBSTITUTE
#define BT_CONDITION(identifier, words, package, ...)
#define BT_SUBSTITUTE(file, package) {"", "", package, {file}},
static const known substitutes[] = {
#include "pdf/conditions.def"
};
#undef BT_SUBSTITUTE
#undef BT_PROFILE_FOLDER
#define BT_SUBSTITUTE(file, package)
#define BT_PROFILE_FOLDER(folder) folder,
static const char *const folders[] = {
#include "pdf/conditions.def"
    NULL};
#undef BT_PROFILE_FOLDER
#undef BT_SUBSTITUTE
#undef BT_CONDITION

enum {
    N_CONDITIONS = sizeof conditions / sizeof *conditions,
    N_SUBSTITUTES = sizeof substitutes / sizeof *substitutes
};

static const known *known_by_identifier(bt_str identifier)
{
    for (size_t i = 0; i < N_CONDITIONS; i++)
        if (bt_str_is(identifier, conditions[i].identifier)) return &conditions[i];
    return NULL;
}

static const known *known_by_file(bt_str path)
{
    size_t begin = path.len;
    while (begin && path.ptr[begin - 1] != '/') begin--;
    bt_str name = bt_str_slice(path, begin, path.len);
    for (size_t i = 0; i < N_CONDITIONS; i++)
        for (const char *const *file = conditions[i].files; *file; file++)
            if (bt_str_is(name, *file)) return &conditions[i];
    return NULL;
}

/* --- the set --- */

/* What a helper may do while the job goes on. */
typedef struct bt_profile_work {
    bt_digesting digesting; /* begun once somebody listens */
    bt_deflating deflating;
} bt_profile_work;

typedef struct entry entry;
struct entry {
    entry *next;
    bt_arena arena; /* holds this struct too */
    bt_profile profile;
    bt_str condition;                   /* as it was asked for */
    int64_t size, seconds, nanoseconds; /* of the file when it was read */
    bt_profile_work work;
};

struct bt_profiles {
    const bt_allocator *allocator;
    cmsContext lcms;
    entry *first; /* the newest */
};

bt_profiles *bt_profiles_new(const bt_allocator *allocator)
{
    if (!allocator) allocator = bt_alloc_system();
    bt_profiles *profiles = bt_alloc_new(allocator, sizeof *profiles);
    if (!profiles) return NULL;
    *profiles = (bt_profiles){.allocator = allocator, .lcms = cmsCreateContext(NULL, NULL)};
    if (profiles->lcms) return profiles;
    bt_profiles_drop(profiles);
    return NULL;
}

void bt_profiles_drop(bt_profiles *profiles)
{
    if (!profiles) return;
    for (entry *next, *one = profiles->first; one; one = next) {
        next = one->next;
        cmsCloseProfile(one->profile.icc);
        bt_arena arena = one->arena;
        bt_arena_drop(&arena);
    }
    if (profiles->lcms) cmsDeleteContext(profiles->lcms);
    bt_alloc_drop(profiles->allocator, profiles, sizeof *profiles);
}

/* --- checking one --- */

/* A search, and the memory of its messages. */
typedef struct search {
    bt_profiles *profiles;
    bt_diags *diags;
    const bt_profile_wanted *wanted;
    bt_arena words;
} search;

enum { HEADER = 128 };

static uint32_t big32(bt_str bytes, size_t at)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr + at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* What is wrong with the file before it is opened, as a phrase; empty: nothing. */
static bt_str fault_of_header(search *s, bt_str bytes)
{
    if (bytes.len < HEADER || !bt_str_is(bt_str_slice(bytes, 36, 40), "acsp"))
        return BT_SAY(s->diags, "it is no ICC profile");
    bt_str has = bt_str_format(&s->words, "%zu", bytes.len);
    bt_str says = bt_str_format(&s->words, "%lu", (unsigned long)big32(bytes, 0));
    if (big32(bytes, 0) != bytes.len)
        return bt_say_with(s->diags, &s->words, BT_STR("it is damaged: it has {1} bytes, where its header says {2}"),
                           BT_ARGS(has, says));
    int major = (unsigned char)bytes.ptr[8], minor = (unsigned char)bytes.ptr[9] >> 4;
    if (major != 2 && major != 4)
        return bt_say_with(s->diags, &s->words, BT_STR("its ICC version is {1}, and a PDF takes 2 and 4"),
                           BT_ARGS(bt_str_format(&s->words, "%d.%d", major, minor)));
    return BT_STR("");
}

/* A profile of anything but a press. */
static bt_str fault_of_class(search *s, cmsHPROFILE icc, bt_str bytes)
{
    bt_str space = bt_str_trim(bt_str_slice(bytes, 16, 20));
    switch (cmsGetDeviceClass(icc)) {
    case cmsSigOutputClass:
        break;
    case cmsSigDisplayClass:
        return BT_SAY(s->diags, "it describes a screen, not a press");
    case cmsSigInputClass:
        return BT_SAY(s->diags, "it describes a camera or scanner, not a press");
    default:
        return BT_SAY(s->diags, "it describes no device, let alone a press");
    }
    if (cmsGetColorSpace(icc) != cmsSigCmykData)
        return bt_say_with(s->diags, &s->words, BT_STR("its colours are {1}, not CMYK"), BT_ARGS(space));
    return BT_STR("");
}

static bool makes_transform(cmsContext lcms, cmsHPROFILE from, cmsUInt32Number from_type, cmsHPROFILE to,
                            cmsUInt32Number to_type)
{
    cmsHTRANSFORM made =
        cmsCreateTransformTHR(lcms, from, from_type, to, to_type, INTENT_PERCEPTUAL, cmsFLAGS_NOOPTIMIZE);
    if (made) cmsDeleteTransform(made);
    return made != NULL;
}

/* The tables that turn light into inks and back: there, and sound. */
static bt_str fault_of_tables(search *s, cmsHPROFILE icc)
{
    static const struct {
        const char *name;
        cmsTagSignature tag;
        bool is_needed;
    } tables[] = {{"A2B0", cmsSigAToB0Tag, true},  {"B2A0", cmsSigBToA0Tag, true},  {"A2B1", cmsSigAToB1Tag, false},
                  {"B2A1", cmsSigBToA1Tag, false}, {"A2B2", cmsSigAToB2Tag, false}, {"B2A2", cmsSigBToA2Tag, false}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        bt_str name = bt_str_of(tables[i].name);
        bool is_there = cmsIsTag(icc, tables[i].tag);
        if (!is_there && tables[i].is_needed)
            return bt_say_with(s->diags, &s->words, BT_STR("it lacks the table {1}"), BT_ARGS(name));
        if (is_there && !cmsReadTag(icc, tables[i].tag))
            return bt_say_with(s->diags, &s->words, BT_STR("its table {1} is damaged"), BT_ARGS(name));
    }
    cmsContext lcms = s->profiles->lcms;
    cmsHPROFILE lab = cmsCreateLab4ProfileTHR(lcms, NULL);
    bool is_sound = lab && makes_transform(lcms, lab, TYPE_Lab_DBL, icc, TYPE_CMYK_8) &&
                    makes_transform(lcms, icc, TYPE_CMYK_8, lab, TYPE_Lab_DBL);
    if (lab) cmsCloseProfile(lab);
    return is_sound ? BT_STR("") : BT_SAY(s->diags, "it is damaged");
}

/* --- what it says of itself --- */

static bool is_identifier(bt_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < ' ' || text.ptr[i] > '~') return false;
    return text.len > 0;
}

/* The registered condition that the profile was made from: "ICCHDAT FOGRA39L". */
static bt_str target_of(bt_arena *arena, cmsHPROFILE icc)
{
    enum { LONGEST = 100 };
    static const bt_str mark = BT_STR_INIT("ICCHDAT ");
    char text[LONGEST] = "";
    const cmsMLU *target = cmsReadTag(icc, cmsSigCharTargetTag);
    if (target) cmsMLUgetASCII(target, cmsNoLanguage, cmsNoCountry, text, sizeof text);
    bt_str whole = bt_str_trim(bt_str_of(text));
    if (!bt_str_starts(whole, mark) || !is_identifier(whole)) return BT_STR("");
    return bt_str_copy(arena, bt_str_trim(bt_str_slice(whole, mark.len, whole.len)));
}

/* lcms gives UTF-16 units, each in a wchar_t. */
static bt_str description_of(bt_arena *arena, cmsHPROFILE icc)
{
    enum { LONGEST = 200 };
    wchar_t units[LONGEST] = {0};
    cmsGetProfileInfo(icc, cmsInfoDescription, "en", "US", units, sizeof units);
    bt_buf out = bt_buf_in(arena);
    for (size_t i = 0; i < LONGEST && units[i]; i++) {
        uint32_t c = (uint32_t)units[i];
        bool is_text = c >= ' ' && c != 0x7F && (c < 0xD800 || c > 0xDFFF) && c < 0xFFFE;
        if (is_text)
            bt_buf_add_codepoint(&out, c);
        else
            bt_buf_add_char(&out, ' ');
    }
    return bt_str_trim(bt_buf_str(&out));
}

static void describe(search *s, entry *one)
{
    bt_arena *arena = &one->arena;
    bt_profile *profile = &one->profile;
    const known *by_file = known_by_file(profile->path);
    profile->info = description_of(arena, profile->icc);
    if (!profile->info.len) profile->info = profile->path;
    profile->condition = bt_str_copy(arena, s->wanted->condition);
    if (!profile->condition.len && by_file) profile->condition = bt_str_of(by_file->identifier);
    if (!profile->condition.len) profile->condition = target_of(arena, profile->icc);
    if (!profile->condition.len) profile->condition = BT_STR("Custom");
    const known *condition = known_by_identifier(profile->condition);
    profile->words = condition ? bt_str_of(condition->words) : BT_STR("");
}

/* --- reading --- */

static bt_status refuse(search *s, bt_str path, bt_str fault)
{
    if (s->words.failed) return BT_NOMEM;
    bt_diag(s->diags, BT_E_PROFILE_UNFIT, s->wanted->at, BT_ARGS(path, fault));
    return BT_INPUT;
}

/* Opens what was read; what is refused is closed again. */
static bt_status open_profile(search *s, entry *one)
{
    bt_profile *profile = &one->profile;
    bt_str fault = fault_of_header(s, profile->bytes);
    if (!fault.len && !s->words.failed) {
        profile->icc =
            cmsOpenProfileFromMemTHR(s->profiles->lcms, profile->bytes.ptr, (cmsUInt32Number)profile->bytes.len);
        if (!profile->icc) fault = BT_SAY(s->diags, "it is damaged");
    }
    if (!fault.len && profile->icc) fault = fault_of_class(s, profile->icc, profile->bytes);
    if (!fault.len && profile->icc) fault = fault_of_tables(s, profile->icc);
    if (!fault.len && profile->icc) describe(s, one);
    bt_status status = fault.len || !profile->icc ? refuse(s, profile->path, fault) : BT_OK;
    if (status == BT_OK && one->arena.failed) status = BT_NOMEM;
    if (status == BT_OK) profile->lean = bt_samples_lean(&one->arena, profile->bytes);
    /* Deflating takes longer than all that is read. At level 9 it would take four times as long, and save 44 bytes in
     * 140,000. */
    if (status == BT_OK &&
        !bt_deflating_begin(&one->work.deflating, s->wanted->beside, &one->arena, profile->lean.bytes))
        status = BT_NOMEM;
    if (status != BT_OK && profile->icc) cmsCloseProfile(profile->icc);
    return status;
}

static bt_status report_unread(search *s, bt_str path, bt_status status, int error)
{
    enum { MEGABYTE = 1024 * 1024 };
    bt_str most = bt_str_format(&s->words, "%d", BT_LIMIT_PROFILE_BYTES / MEGABYTE);
    bt_str reason = status == BT_IO ? bt_file_error(s->diags, &s->words, error) : BT_STR("");
    if (status == BT_NOMEM || s->words.failed) return BT_NOMEM;
    if (status == BT_LIMIT)
        bt_diag(s->diags, BT_E_TOO_LARGE, s->wanted->at, BT_ARGS(path, most));
    else
        bt_diag(s->diags, BT_E_READ, s->wanted->at, BT_ARGS(path, reason));
    return status;
}

static bt_status read_profile(search *s, bt_str path, const struct stat *about, entry **fresh)
{
    bt_arena arena = bt_arena_over(s->profiles->allocator);
    entry *one = BT_NEW(&arena, entry);
    bt_str name = bt_str_copy(&arena, path), condition = bt_str_copy(&arena, s->wanted->condition), bytes = {"", 0};
    int error = 0;
    bt_status status =
        arena.failed ? BT_NOMEM : bt_file_read(&arena, bt_str_z(&arena, name), BT_LIMIT_PROFILE_BYTES, &bytes, &error);
    if (status != BT_OK) {
        status = report_unread(s, path, status, error);
    } else {
        one->arena = arena;
        one->condition = condition;
        one->profile = (bt_profile){
            .bytes = bytes, .path = name, .hash = bt_str_hash(bytes), .lcms = s->profiles->lcms, .work = &one->work};
        status = open_profile(s, one);
        arena = one->arena;
    }
    if (status != BT_OK) {
        bt_arena_drop(&arena);
        return status;
    }
    one->size = about->st_size;
    one->seconds = about->st_mtim.tv_sec;
    one->nanoseconds = about->st_mtim.tv_nsec;
    *fresh = one;
    return BT_OK;
}

static void begin_digest(const bt_diags *diags, const bt_profile *profile, bt_beside *beside)
{
    if (!bt_inputs_are_heard(diags)) return;
    bt_digesting_begin(&profile->work->digesting, beside, profile->bytes.ptr, profile->bytes.len);
}

void bt_profile_note(bt_diags *diags, const bt_profile *profile)
{
    if (!bt_inputs_are_heard(diags)) return;
    begin_digest(diags, profile, NULL);
    bt_inputs_note_digest(diags, profile->path, bt_digesting_end(&profile->work->digesting));
}

bool bt_profile_deflated(const bt_profile *profile, bt_str *deflated)
{
    return bt_deflating_end(&profile->work->deflating, deflated);
}

static bt_status load(search *s, bt_str path, const bt_profile **profile)
{
    struct stat about = {0}; /* a file that cannot be looked at cannot be read either, which is reported then */
    bool is_seen = stat(path.ptr, &about) == 0;
    for (entry *one = s->profiles->first; one && is_seen; one = one->next) {
        bool is_same = one->size == about.st_size && one->seconds == about.st_mtim.tv_sec &&
                       one->nanoseconds == about.st_mtim.tv_nsec && bt_str_equal(one->profile.path, path) &&
                       bt_str_equal(one->condition, s->wanted->condition);
        if (!is_same) continue;
        begin_digest(s->diags, &one->profile, s->wanted->beside);
        *profile = &one->profile;
        return BT_OK;
    }
    entry *fresh;
    bt_status status = read_profile(s, path, &about, &fresh);
    if (status != BT_OK) return status;
    fresh->next = s->profiles->first;
    s->profiles->first = fresh;
    begin_digest(s->diags, &fresh->profile, s->wanted->beside);
    *profile = &fresh->profile;
    return BT_OK;
}

/* --- finding --- */

/* The folders to look in, one after another; NULL: no more. */
static const char *folder_at(search *s, size_t i)
{
    const bt_profile_wanted *wanted = s->wanted;
    if (wanted->dir.len && i-- == 0) return bt_str_z(&s->words, wanted->dir);
    const char *const *dir = wanted->dirs;
    for (; dir && *dir; dir++)
        if (i-- == 0) return *dir;
    for (dir = wanted->installed ? wanted->installed : folders; *dir; dir++)
        if (i-- == 0) return *dir;
    return NULL;
}

/* The path of the first of the files that is there; empty: none. */
static bt_str find_file(search *s, const char *const *files)
{
    const char *folder;
    for (size_t i = 0; (folder = folder_at(s, i)) != NULL; i++) {
        for (const char *const *file = files; *file; file++) {
            bt_str path = bt_path_join(&s->words, bt_str_of(folder), bt_str_of(*file));
            if (path.len && bt_file_exists(path.ptr)) return path;
            bt_inputs_note_absent(s->diags, path);
        }
    }
    return BT_STR("");
}

static bt_status find_named_file(search *s, const bt_profile **profile)
{
    const bt_profile_wanted *wanted = s->wanted;
    const char *const files[] = {bt_str_z(&s->words, wanted->name), NULL};
    bt_str path = find_file(s, files);
    if (s->words.failed) return BT_NOMEM;
    if (path.len) return load(s, path, profile);
    bt_diag(s->diags, BT_E_PROFILE_NO_FILE, wanted->at, BT_ARGS(wanted->name));
    return BT_INPUT;
}

static bt_status report_unknown(search *s)
{
    bt_str names[N_CONDITIONS];
    bt_buf all = bt_buf_in(&s->words);
    for (size_t i = 0; i < N_CONDITIONS; i++) {
        names[i] = bt_str_of(conditions[i].identifier);
        bt_buf_format(&all, "%s%s", i ? ", " : "", conditions[i].identifier);
    }
    bt_str near = bt_str_nearest(s->wanted->name, names, N_CONDITIONS), list = bt_buf_str(&all);
    if (s->words.failed) return BT_NOMEM;
    if (near.len)
        bt_diag(s->diags, BT_E_PROFILE_UNKNOWN_NEAR, s->wanted->at, BT_ARGS(s->wanted->name, near));
    else
        bt_diag(s->diags, BT_E_PROFILE_UNKNOWN, s->wanted->at, BT_ARGS(s->wanted->name, list));
    return BT_INPUT;
}

/* The first substitute that is there. It speaks for itself, and not for the condition. */
static bt_status find_substitute(search *s, const known *condition, const bt_profile **profile)
{
    bt_str identifier = bt_str_of(condition->identifier), package = bt_str_of(condition->package);
    bt_str file = bt_str_of(condition->files[0]);
    for (size_t i = 0; i < N_SUBSTITUTES; i++) {
        bt_str path = find_file(s, substitutes[i].files);
        if (!path.len) continue;
        bt_status status = load(s, path, profile);
        if (status != BT_OK) return status;
        bt_str stands_in = (*profile)->info;
        if (package.len)
            bt_diag(s->diags, BT_W_PROFILE_SUBSTITUTE_PACKAGE, s->wanted->at, BT_ARGS(identifier, stands_in, package));
        else
            bt_diag(s->diags, BT_W_PROFILE_SUBSTITUTE, s->wanted->at, BT_ARGS(identifier, stands_in, file));
        return BT_OK;
    }
    if (s->words.failed) return BT_NOMEM;
    if (!package.len) package = bt_str_of(substitutes[0].package);
    bt_diag(s->diags, BT_E_PROFILE_NONE, s->wanted->at, BT_ARGS(identifier, file, package));
    return BT_IO;
}

static bt_status find_condition(search *s, const bt_profile **profile)
{
    const known *condition = known_by_identifier(s->wanted->name);
    if (!condition) return report_unknown(s);
    bt_str path = find_file(s, condition->files);
    if (s->words.failed) return BT_NOMEM;
    return path.len ? load(s, path, profile) : find_substitute(s, condition, profile);
}

static bool is_file_name(bt_str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] == '/') return true;
    return bt_str_ends(name, BT_STR(".icc")) || bt_str_ends(name, BT_STR(".icm")) ||
           bt_str_ends(name, BT_STR(".ICC")) || bt_str_ends(name, BT_STR(".ICM"));
}

bt_status bt_profile_find(bt_profiles *profiles, bt_diags *diags, const bt_profile_wanted *wanted,
                          const bt_profile **profile)
{
    *profile = NULL;
    search s = {.profiles = profiles, .diags = diags, .wanted = wanted, .words = bt_arena_over(profiles->allocator)};
    bt_status status =
        wanted->is_file || is_file_name(wanted->name) ? find_named_file(&s, profile) : find_condition(&s, profile);
    bt_arena_drop(&s.words);
    return status;
}

const char *bt_profile_package(bt_str identifier)
{
    const known *condition = known_by_identifier(identifier);
    return condition ? condition->package : "";
}

const char *bt_profile_library(bt_arena *arena)
{
    int version = cmsGetEncodedCMMversion(); /* 2140: 2.14 */
    return bt_str_z(arena, bt_str_format(arena, "%d.%d", version / 1000, version % 1000 / 10));
}
