/* dates.c - when a document was made, as Info and XMP write it. No clock: the moment comes from the facts, or nobody
 * knows it.
 */
#include "pdf/pdf_int.h"

typedef struct moment {
    bool is_known, is_utc; /* else Vietnam's time, seven hours ahead */
    int64_t year;
    int month, day, hour, minute, second;
} moment;

/* The civil date of a day counted from 1970-01-01, by eras of 400 years that begin on 1 March. */
static void civil_from_days(int64_t days, moment *out)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153; /* from March */
    out->day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    out->month = (int)(month < 10 ? month + 3 : month - 9);
    out->year = year_of_era + era * 400 + (out->month <= 2);
}

static moment moment_of(const bt_doc_facts *facts)
{
    moment made = {0};
    if (facts->has_epoch) {
        int64_t second = facts->epoch % 86400;
        if (second < 0) second += 86400;
        civil_from_days((facts->epoch - second) / 86400, &made);
        made.hour = (int)(second / 3600);
        made.minute = (int)(second / 60 % 60);
        made.second = (int)(second % 60);
        made.is_utc = true;
    } else if (facts->has_date) {
        made.year = facts->year;
        made.month = facts->month;
        made.day = facts->day;
    }
    made.is_known = made.year >= 1 && made.year <= 9999 && made.month >= 1;
    return made;
}

bt_pdf_dates bt_pdf_dates_of(bt_arena *arena, const bt_doc_facts *facts)
{
    moment m = moment_of(facts);
    if (!m.is_known) return (bt_pdf_dates){{"", 0}, {"", 0}};
    return (bt_pdf_dates){.info = bt_str_format(arena, "D:%04d%02d%02d%02d%02d%02d%s", (int)m.year, m.month, m.day,
                                                m.hour, m.minute, m.second, m.is_utc ? "Z" : "+07'00'"),
                          .xmp = bt_str_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d%s", (int)m.year, m.month, m.day,
                                               m.hour, m.minute, m.second, m.is_utc ? "Z" : "+07:00")};
}
