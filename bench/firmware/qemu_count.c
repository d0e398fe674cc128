/* SPDX-License-Identifier: MIT */
/*
 * A plugin for QEMU's translator that counts the instructions of the firmware in
 * examples/firmware: those of turns in which a frame came, and those of turns in which none did.
 * A turn ends where the processor goes to sleep.
 *
 *   -plugin FILE,sleep=ADDRESS,frame=ADDRESS,report=ADDRESS,log=FILE
 *
 * ADDRESS are those of functions, 0x80001234: that which sleeps, that which takes a frame, and that
 * at which a line with both numbers is written to the log. What QEMU has of the interface (QEMU's
 * documentation, "TCG Plugins") is declared here, as Debian has no header for it.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t qemu_plugin_id_t;
typedef struct qemu_info_t qemu_info_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum qemu_plugin_op { QEMU_PLUGIN_INLINE_ADD_U64 };
enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS };

typedef void (*translated_t)(qemu_plugin_id_t id, struct qemu_plugin_tb *block);
typedef void (*executed_t)(unsigned cpu, void *data);

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, translated_t callback);
void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *block, enum qemu_plugin_op op,
                                              void *number, uint64_t more);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, executed_t callback,
                                            enum qemu_plugin_cb_flags flags, void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t index);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);

extern __attribute__((visibility("default"))) int qemu_plugin_version;
__attribute__((visibility("default"))) int qemu_plugin_install(qemu_plugin_id_t id,
                                                               const qemu_info_t *info, int argc,
                                                               char **argv);

int qemu_plugin_version = 1;

static struct {
    uint64_t all;
    uint64_t turn; /* `all` when this one began */
    uint64_t busy;
    uint64_t idle;
    bool frame; /* one came in this turn */
    FILE *log;
} counts;

static void sleeps(unsigned cpu, void *data)
{
    (void)cpu, (void)data;
    *(counts.frame ? &counts.busy : &counts.idle) += counts.all - counts.turn;
    counts.turn = counts.all;
    counts.frame = false;
}

static void takes_frame(unsigned cpu, void *data)
{
    (void)cpu, (void)data;
    counts.frame = true;
}

static void reports(unsigned cpu, void *data)
{
    (void)cpu, (void)data;
    fprintf(counts.log, "%" PRIu64 " %" PRIu64 "\n", counts.busy, counts.idle);
    fflush(counts.log);
}

static struct {
    const char *name;
    executed_t callback;
    uint64_t address;
} places[] = {{"sleep=", sleeps, 0}, {"frame=", takes_frame, 0}, {"report=", reports, 0}};

enum { PLACES = sizeof places / sizeof places[0] };

static void watch(struct qemu_plugin_insn *insn)
{
    for (size_t i = 0; i < PLACES; i++)
        if (qemu_plugin_insn_vaddr(insn) == places[i].address)
            qemu_plugin_register_vcpu_insn_exec_cb(insn, places[i].callback, QEMU_PLUGIN_CB_NO_REGS,
                                                   NULL);
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *block)
{
    const size_t length = qemu_plugin_tb_n_insns(block);

    (void)id;
    qemu_plugin_register_vcpu_tb_exec_inline(block, QEMU_PLUGIN_INLINE_ADD_U64, &counts.all,
                                             length);
    for (size_t i = 0; i < length; i++)
        watch(qemu_plugin_tb_get_insn(block, i));
}

static bool take(const char *argument)
{
    if (strncmp(argument, "log=", 4) == 0) {
        counts.log = fopen(argument + 4, "w");
        return counts.log != NULL;
    }
    for (size_t i = 0; i < PLACES; i++) {
        const size_t length = strlen(places[i].name);
        if (strncmp(argument, places[i].name, length) != 0)
            continue;
        places[i].address = strtoull(argument + length, NULL, 16);
        return true;
    }
    return false;
}

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
    (void)info;
    for (int i = 0; i < argc; i++)
        if (!take(argv[i])) {
            fprintf(stderr, "qemu_count: %s\n", argv[i]);
            return -1;
        }
    if (counts.log == NULL)
        return -1;
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    return 0;
}
