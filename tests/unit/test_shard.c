/* test_shard.c - which shard an id belongs to, and what options and engines say of a machine's own. */
#include "batch/shard.h"
#include "check.h"

typedef struct shard_case {
    bt_shard_sources sources;
    bt_shard shard;
    const char *code; /* of the error; NULL: none */
} shard_case;

static const shard_case cases[] = {
    {{0}, {0, 0}, NULL},
    {{.option = "2/4"}, {2, 4}, NULL},
    {{.option = "1/1"}, {1, 1}, NULL},
    {{.option = "10000/10000"}, {10000, 10000}, NULL},
    {{.option = "1/10001"}, {0, 0}, "E1190"}, /* the limit */
    {{.option = "0/4"}, {0, 0}, "E1190"},
    {{.option = "5/4"}, {0, 0}, "E1190"},
    {{.option = "4"}, {0, 0}, "E1190"},
    {{.option = "/4"}, {0, 0}, "E1190"},
    {{.option = "4/"}, {0, 0}, "E1190"},
    {{.option = "-1/4"}, {0, 0}, "E1190"},
    {{.option = "1/4/2"}, {0, 0}, "E1190"},
    {{.option = ""}, {0, 0}, "E1190"},
    {{.option = "2/4", .n_shards = "4"}, {2, 4}, NULL},
    {{.option = "2/4", .n_shards = "5"}, {0, 0}, "E1196"},
    {{.n_shards = "0", .option = "1/2"}, {0, 0}, "E1191"},
    {{.n_shards = "10001", .option = "1/2"}, {0, 0}, "E1191"},
    {{.n_shards = "many"}, {0, 0}, "E1191"},
    {{.n_shards = "4"}, {0, 0}, "E1197"},
    /* Slurm: the first task need not be 1, and steps count */
    {{.slurm_id = "3", .slurm_min = "1", .slurm_max = "4", .slurm_count = "4", .slurm_step = "1"}, {3, 4}, NULL},
    {{.slurm_id = "0", .slurm_min = "0", .slurm_max = "3", .slurm_count = "4"}, {1, 4}, NULL},
    {{.slurm_id = "30", .slurm_min = "10", .slurm_max = "40", .slurm_count = "4", .slurm_step = "10"}, {3, 4}, NULL},
    {{.slurm_id = "4", .slurm_min = "4", .slurm_count = "1"}, {1, 1}, NULL},
    {{.slurm_id = "5", .slurm_min = "1", .slurm_max = "9", .slurm_count = "3", .slurm_step = "1"}, {0, 0}, "E1194"},
    {{.slurm_id = "2", .slurm_min = "1", .slurm_max = "9", .slurm_count = "3", .slurm_step = "1"}, {0, 0}, "E1194"},
    {{.slurm_id = "1", .slurm_min = "2", .slurm_max = "4", .slurm_count = "3"}, {0, 0}, "E1194"},
    {{.slurm_id = "1", .slurm_min = "1", .slurm_max = "1", .slurm_count = "0"}, {0, 0}, "E1194"},
    {{.slurm_id = "1", .slurm_min = "1", .slurm_max = "1", .slurm_count = "1", .slurm_step = "0"}, {0, 0}, "E1194"},
    {{.slurm_id = "1"}, {0, 0}, "E1193"},
    {{.slurm_id = "1", .slurm_min = "1"}, {0, 0}, "E1193"},
    {{.slurm_id = "one", .slurm_min = "1", .slurm_count = "1"}, {0, 0}, "E1192"},
    {{.slurm_id = "1", .slurm_min = "1", .slurm_count = "99999999999"}, {0, 0}, "E1192"},
    {{.slurm_id = "3", .slurm_min = "1", .slurm_count = "4", .option = "3/4"}, {3, 4}, NULL},
    {{.slurm_id = "3", .slurm_min = "1", .slurm_count = "4", .option = "2/4"}, {0, 0}, "E1195"},
    {{.slurm_id = "3", .slurm_min = "1", .slurm_count = "4", .option = "3/5"}, {0, 0}, "E1195"},
    {{.slurm_id = "3", .slurm_min = "1", .slurm_count = "4", .n_shards = "8"}, {0, 0}, "E1196"},
    /* Kubernetes counts from 0 and does not say how many */
    {{.kubernetes_index = "0", .n_shards = "4"}, {1, 4}, NULL},
    {{.kubernetes_index = "3", .n_shards = "4"}, {4, 4}, NULL},
    {{.kubernetes_index = "4", .n_shards = "4"}, {0, 0}, "E1199"},
    {{.kubernetes_index = "3"}, {0, 0}, "E1198"},
    {{.kubernetes_index = "3", .option = "4/4"}, {4, 4}, NULL},
    {{.kubernetes_index = "3", .option = "3/4"}, {0, 0}, "E1195"},
    {{.kubernetes_index = "x", .n_shards = "4"}, {0, 0}, "E1192"},
    {{.kubernetes_index = "1", .slurm_id = "2", .slurm_min = "1", .slurm_count = "3"}, {2, 3}, NULL},
    {{.kubernetes_index = "0", .slurm_id = "2", .slurm_min = "1", .slurm_count = "3"}, {0, 0}, "E1195"},
};

static void hear(void *user, const bt_message *message) { snprintf(user, 8, "%s", message->code); }

static void test_sources(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const shard_case *c = &cases[i];
        bt_arena arena = bt_arena_over(NULL);
        char heard[8] = "";
        bt_diags diags = {.on_message = hear, .user = heard, .arena = &arena};
        bt_shard shard;
        bt_status status = bt_shard_find(&arena, &diags, &c->sources, &shard);
        CHECK_INT(status, c->code ? BT_INPUT : BT_OK);
        CHECK_STR(bt_str_of(heard), c->code ? c->code : "");
        CHECK_INT(diags.n[BT_ERROR], c->code ? 1 : 0);
        if (!c->code) CHECK(shard.k == c->shard.k && shard.n == c->shard.n);
        if (check_failures) {
            printf("    in case %zu\n", i);
            break;
        }
        bt_arena_drop(&arena);
    }
}

static void test_ids(void)
{
    CHECK_INT(bt_shard_of(BT_STR("hau-loc"), 1), 1);
    /* What these are may never change: machines with different versions share a batch. SHA-256("abc") = ba7816bf... */
    CHECK_INT(bt_shard_of(BT_STR("abc"), 4), 0xba7816bf8f01cfeaU % 4 + 1);
    CHECK_INT(bt_shard_of(BT_STR("abc"), 27), 0xba7816bf8f01cfeaU % 27 + 1);
    uint32_t n[5] = {0};
    for (int i = 0; i < 4000; i++) {
        char id[16];
        snprintf(id, sizeof id, "xa-%d", i);
        uint32_t k = bt_shard_of(bt_str_of(id), 4);
        CHECK(k >= 1 && k <= 4);
        n[k]++;
    }
    for (int k = 1; k <= 4; k++) CHECK(n[k] > 900 && n[k] < 1100);
}

int main(void)
{
    test_sources();
    test_ids();
    return check_report();
}
