/*
 * BPF expressions to programs, by libpcap. libpcap is looked up when it is needed, so that the library loads, and
 * captures without a filter, on machines that do not have it.
 */
#include "weir.h"

#include <dlfcn.h>
#include <errno.h>
#include <linux/filter.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <string.h>

_Static_assert(sizeof(struct bpf_insn) == sizeof(struct sock_filter), "libpcap and the kernel agree");

struct libpcap {
    void *library;
    __typeof__(pcap_create) *create;
    __typeof__(pcap_set_snaplen) *set_snaplen;
    __typeof__(pcap_activate) *activate;
    __typeof__(pcap_open_dead) *open_dead;
    __typeof__(pcap_datalink) *datalink;
    __typeof__(pcap_compile) *compile;
    __typeof__(pcap_freecode) *freecode;
    __typeof__(pcap_geterr) *geterr;
    __typeof__(pcap_close) *close;
};

static void say(const struct weir_filter_request *request, const char *text)
{
    if (request->error_bytes > 0) {
        snprintf((char *)(uintptr_t)request->error, (size_t)request->error_bytes, "%s", text);
    }
}

static int load(struct libpcap *pcap)
{
    pcap->library = dlopen("libpcap.so.0.8", RTLD_NOW | RTLD_LOCAL);
    if (!pcap->library) {
        pcap->library = dlopen("libpcap.so.1", RTLD_NOW | RTLD_LOCAL);
    }
    if (!pcap->library) {
        return -ELIBACC;
    }
    pcap->create = (__typeof__(pcap->create))dlsym(pcap->library, "pcap_create");
    pcap->set_snaplen = (__typeof__(pcap->set_snaplen))dlsym(pcap->library, "pcap_set_snaplen");
    pcap->activate = (__typeof__(pcap->activate))dlsym(pcap->library, "pcap_activate");
    pcap->open_dead = (__typeof__(pcap->open_dead))dlsym(pcap->library, "pcap_open_dead");
    pcap->datalink = (__typeof__(pcap->datalink))dlsym(pcap->library, "pcap_datalink");
    pcap->compile = (__typeof__(pcap->compile))dlsym(pcap->library, "pcap_compile");
    pcap->freecode = (__typeof__(pcap->freecode))dlsym(pcap->library, "pcap_freecode");
    pcap->geterr = (__typeof__(pcap->geterr))dlsym(pcap->library, "pcap_geterr");
    pcap->close = (__typeof__(pcap->close))dlsym(pcap->library, "pcap_close");
    if (pcap->create && pcap->set_snaplen && pcap->activate && pcap->open_dead && pcap->datalink && pcap->compile
        && pcap->freecode && pcap->geterr && pcap->close) {
        return 0;
    }
    dlclose(pcap->library);
    return -ELIBACC;
}

/*
 * A handle on a live device, for compiling only. The kernel takes the outer VLAN tag out of a frame before a filter
 * sees it; libpcap generates code that asks the kernel for the tag only for a handle on a live Linux device. There is
 * no public call that asks a dead handle for the same.
 */
static int open_live(const struct libpcap *pcap, struct weir_filter_request *request, pcap_t **handle)
{
    char text[PCAP_ERRBUF_SIZE] = "";
    *handle = pcap->create((const char *)(uintptr_t)request->device, text);
    if (!*handle) {
        say(request, text);
        return -ENODEV;
    }
    pcap->set_snaplen(*handle, request->snap_length);
    const int status = pcap->activate(*handle);
    if (status >= 0) {
        request->link_type = pcap->datalink(*handle);
        return 0;
    }
    say(request, pcap->geterr(*handle));
    pcap->close(*handle);
    *handle = NULL;
    switch (status) {
    case PCAP_ERROR_PERM_DENIED:
    case PCAP_ERROR_PROMISC_PERM_DENIED:
        return -EPERM;
    case PCAP_ERROR_IFACE_NOT_UP:
        return -ENETDOWN;
    default:
        return -ENODEV;
    }
}

static int copy(struct weir_filter_request *request, const struct bpf_program *program)
{
    if (program->bf_len > (unsigned)request->capacity) {
        return -E2BIG;
    }
    memcpy((void *)(uintptr_t)request->program, program->bf_insns, program->bf_len * sizeof(struct bpf_insn));
    return (int)program->bf_len;
}

/*
 * libpcap's optimizer can take minutes on long lists (1000 hosts: 160 s measured), and cannot be interrupted. The size
 * of the plain program tells beforehand: up to WEIR_FILTER_OPTIMIZE_MAX instructions (200 hosts) it stays below half a
 * second. Beyond that the plain program is the answer; it accepts the same frames.
 */
static int compile(const struct libpcap *pcap, pcap_t *handle, struct weir_filter_request *request)
{
    const char *expression = (const char *)(uintptr_t)request->expression;
    struct bpf_program plain;
    struct bpf_program optimized;
    if (pcap->compile(handle, &plain, expression, 0, PCAP_NETMASK_UNKNOWN) != 0) {
        say(request, pcap->geterr(handle));
        return -EINVAL;
    }
    int count;
    if (plain.bf_len > WEIR_FILTER_OPTIMIZE_MAX) {
        count = copy(request, &plain);
    } else if (pcap->compile(handle, &optimized, expression, 1, PCAP_NETMASK_UNKNOWN) == 0) {
        count = copy(request, &optimized);
        pcap->freecode(&optimized);
    } else {
        /* Only the optimizer notices an expression that no frame can match. */
        say(request, pcap->geterr(handle));
        count = -EINVAL;
    }
    pcap->freecode(&plain);
    return count;
}

int32_t weir_filter_compile(struct weir_filter_request *request)
{
    if (request->error_bytes > 0) {
        *(char *)(uintptr_t)request->error = 0;
    }
    if (strlen((const char *)(uintptr_t)request->expression) > WEIR_FILTER_TEXT_MAX) {
        return -ENAMETOOLONG;
    }
    struct libpcap pcap;
    int result = load(&pcap);
    if (result < 0) {
        say(request, "libpcap.so.0.8 was not found");
        return result;
    }
    pcap_t *handle = NULL;
    if (request->device) {
        result = open_live(&pcap, request, &handle);
    } else {
        handle = pcap.open_dead(request->link_type, request->snap_length);
        result = handle ? 0 : -ENOMEM;
    }
    if (result == 0) {
        result = compile(&pcap, handle, request);
        pcap.close(handle);
    }
    dlclose(pcap.library);
    return result;
}
