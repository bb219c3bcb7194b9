/* hashes.c - see hashes.h. */
#include "batch/hashes.h"

#include "base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_all(int fd, bt_digester *digester)
{
    char chunk[64 * 1024];
    for (;;) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return n == 0;
        bt_digest_add(digester, chunk, (size_t)n);
    }
}

bt_digest bt_hash_file(const char *path)
{
    bt_digester digester;
    struct stat about;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return (bt_digest){{0}};
    bt_digest_begin(&digester);
    bool is_read = fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && read_all(fd, &digester);
    close(fd);
    bt_digest contents = bt_digest_end(&digester);
    return is_read ? contents : (bt_digest){{0}};
}

static uint32_t *slot_of(const bt_hashes *hashes, bt_str path)
{
    uint32_t i = (uint32_t)bt_str_hash(path) & (hashes->n_slots - 1);
    while (hashes->slots[i] && !bt_str_equal(hashes->all.v[hashes->slots[i] - 1].path, path))
        i = (i + 1) & (hashes->n_slots - 1);
    return &hashes->slots[i];
}

static bool make_room(bt_hashes *hashes)
{
    enum { FIRST = 64 };
    if (hashes->all.n < hashes->n_slots / 2) return true;
    uint32_t n = hashes->n_slots ? 2 * hashes->n_slots : FIRST;
    uint32_t *slots = BT_NEW_ARRAY(hashes->arena, n, uint32_t);
    if (!slots) return false;
    hashes->slots = slots;
    hashes->n_slots = n;
    for (uint32_t i = 0; i < hashes->all.n; i++) *slot_of(hashes, hashes->all.v[i].path) = i + 1;
    return true;
}

bt_digest bt_hashes_of(bt_hashes *hashes, bt_str path)
{
    static const bt_digest none = {{0}};
    if (!make_room(hashes)) return none;
    uint32_t *slot = slot_of(hashes, path);
    if (*slot) return hashes->all.v[*slot - 1].contents;
    bt_hash_entry *one = BT_PUSH(hashes->arena, &hashes->all);
    const char *name = bt_str_z(hashes->arena, path);
    if (!one || hashes->arena->failed) return none;
    *one = (bt_hash_entry){{name, path.len}, bt_hash_file(name)};
    *slot = hashes->all.n;
    return one->contents;
}
