/*
 * The struct layouts that Java reads and writes directly. The assertions hold the kernel's side still: its ABI cannot
 * change, but a port to another word size or a wrong header would. weir_layout() lets Java check its own side.
 */
#include "weir.h"

#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/if_xdp.h>
#include <stddef.h>

#define BLOCK(field) offsetof(struct tpacket_block_desc, hdr.bh1.field)

_Static_assert(sizeof(void *) == 8, "addresses travel as 64-bit integers");
_Static_assert(BLOCK(block_status) == 8, "block_status");
_Static_assert(BLOCK(num_pkts) == 12, "num_pkts");
_Static_assert(BLOCK(offset_to_first_pkt) == 16, "offset_to_first_pkt");
_Static_assert(BLOCK(blk_len) == 20, "blk_len");
_Static_assert(BLOCK(seq_num) == 24, "seq_num");
_Static_assert(sizeof(struct tpacket_block_desc) == 48, "tpacket_block_desc");
_Static_assert(offsetof(struct tpacket3_hdr, tp_next_offset) == 0, "tp_next_offset");
_Static_assert(offsetof(struct tpacket3_hdr, tp_sec) == 4, "tp_sec");
_Static_assert(offsetof(struct tpacket3_hdr, tp_nsec) == 8, "tp_nsec");
_Static_assert(offsetof(struct tpacket3_hdr, tp_snaplen) == 12, "tp_snaplen");
_Static_assert(offsetof(struct tpacket3_hdr, tp_len) == 16, "tp_len");
_Static_assert(offsetof(struct tpacket3_hdr, tp_status) == 20, "tp_status");
_Static_assert(offsetof(struct tpacket3_hdr, tp_mac) == 24, "tp_mac");
_Static_assert(offsetof(struct tpacket3_hdr, hv1.tp_vlan_tci) == 32, "tp_vlan_tci");
_Static_assert(offsetof(struct tpacket3_hdr, hv1.tp_vlan_tpid) == 36, "tp_vlan_tpid");
_Static_assert(TPACKET_ALIGN(sizeof(struct tpacket3_hdr)) == 48, "sockaddr_ll follows at 48");
_Static_assert(offsetof(struct sockaddr_ll, sll_pkttype) == 10, "sll_pkttype");
_Static_assert(sizeof(struct sock_filter) == 8, "sock_filter");
_Static_assert(sizeof(struct weir_ring_request) == 80, "weir_ring_request");
_Static_assert(sizeof(struct weir_filter_request) == 48, "weir_filter_request");
_Static_assert(sizeof(struct weir_pattern_literal) == 24, "weir_pattern_literal");
_Static_assert(sizeof(struct weir_pattern_request) == 48, "weir_pattern_request");
_Static_assert(sizeof(struct weir_pattern_job) == 40, "weir_pattern_job");
_Static_assert(sizeof(struct weir_pattern_match) == 16, "weir_pattern_match");
_Static_assert(sizeof(struct weir_pattern_answer) == 32, "weir_pattern_answer");
_Static_assert(sizeof(struct xdp_desc) == 16, "xdp_desc");
_Static_assert(offsetof(struct xdp_desc, len) == 8, "len");
_Static_assert(sizeof(struct weir_xdp_request) == 112, "weir_xdp_request");
_Static_assert(sizeof(struct weir_xdp_queue) == 128, "weir_xdp_queue");
_Static_assert(sizeof(struct weir_xdp_counters) == 64, "weir_xdp_counters");
_Static_assert(offsetof(struct weir_xdp_control, queues) == 0, "weir_xdp_control");
_Static_assert(sizeof(struct weir_pfring_request) == 72, "weir_pfring_request");
_Static_assert(sizeof(struct weir_pfring_frame) == 32, "weir_pfring_frame");
_Static_assert(sizeof(struct weir_pfring_batch) == 32, "weir_pfring_batch");
_Static_assert(sizeof(struct weir_interface) == 76, "weir_interface");
_Static_assert(sizeof(struct weir_address) == 28, "weir_address");

int32_t weir_layout(int32_t *values, int32_t capacity)
{
    const int32_t layout[] = {
        BLOCK(block_status),
        BLOCK(num_pkts),
        BLOCK(offset_to_first_pkt),
        BLOCK(blk_len),
        sizeof(struct tpacket_block_desc),
        offsetof(struct tpacket3_hdr, tp_next_offset),
        offsetof(struct tpacket3_hdr, tp_sec),
        offsetof(struct tpacket3_hdr, tp_nsec),
        offsetof(struct tpacket3_hdr, tp_snaplen),
        offsetof(struct tpacket3_hdr, tp_len),
        offsetof(struct tpacket3_hdr, tp_status),
        offsetof(struct tpacket3_hdr, tp_mac),
        offsetof(struct tpacket3_hdr, hv1.tp_vlan_tci),
        offsetof(struct tpacket3_hdr, hv1.tp_vlan_tpid),
        TPACKET_ALIGN(sizeof(struct tpacket3_hdr)) + offsetof(struct sockaddr_ll, sll_pkttype),
        sizeof(struct tpacket3_hdr),
        sizeof(struct sock_filter),
        offsetof(struct weir_ring_request, block_bytes),
        offsetof(struct weir_ring_request, block_count),
        offsetof(struct weir_ring_request, block_timeout_ms),
        offsetof(struct weir_ring_request, flags),
        offsetof(struct weir_ring_request, filter),
        offsetof(struct weir_ring_request, filter_count),
        offsetof(struct weir_ring_request, hardware),
        offsetof(struct weir_ring_request, map),
        offsetof(struct weir_ring_request, mtu),
        offsetof(struct weir_ring_request, step),
        offsetof(struct weir_ring_request, words),
        offsetof(struct weir_ring_request, group),
        sizeof(struct weir_ring_request),
        offsetof(struct weir_filter_request, expression),
        offsetof(struct weir_filter_request, device),
        offsetof(struct weir_filter_request, program),
        offsetof(struct weir_filter_request, error),
        offsetof(struct weir_filter_request, capacity),
        offsetof(struct weir_filter_request, error_bytes),
        offsetof(struct weir_filter_request, snap_length),
        offsetof(struct weir_filter_request, link_type),
        sizeof(struct weir_filter_request),
        offsetof(struct weir_interface, driver),
        offsetof(struct weir_interface, index),
        offsetof(struct weir_interface, flags),
        offsetof(struct weir_interface, mtu),
        offsetof(struct weir_interface, hardware),
        offsetof(struct weir_interface, offloads),
        offsetof(struct weir_interface, mac),
        sizeof(struct weir_interface),
        offsetof(struct weir_address, family),
        offsetof(struct weir_address, bytes),
        offsetof(struct weir_address, prefix),
        sizeof(struct weir_address),
        offsetof(struct weir_pattern_literal, length),
        offsetof(struct weir_pattern_literal, flags),
        offsetof(struct weir_pattern_literal, earliest_start),
        offsetof(struct weir_pattern_literal, latest_end),
        sizeof(struct weir_pattern_literal),
        offsetof(struct weir_pattern_request, literals),
        offsetof(struct weir_pattern_request, error),
        offsetof(struct weir_pattern_request, bytes),
        offsetof(struct weir_pattern_request, count),
        offsetof(struct weir_pattern_request, error_bytes),
        offsetof(struct weir_pattern_request, stream),
        offsetof(struct weir_pattern_request, stream_bytes),
        sizeof(struct weir_pattern_request),
        offsetof(struct weir_pattern_job, stream),
        offsetof(struct weir_pattern_job, address),
        offsetof(struct weir_pattern_job, base),
        offsetof(struct weir_pattern_job, length),
        sizeof(struct weir_pattern_job),
        offsetof(struct weir_pattern_match, job),
        offsetof(struct weir_pattern_match, end),
        sizeof(struct weir_pattern_match),
        offsetof(struct weir_pattern_answer, marks),
        offsetof(struct weir_pattern_answer, capacity),
        offsetof(struct weir_pattern_answer, generation),
        offsetof(struct weir_pattern_answer, first_job),
        offsetof(struct weir_pattern_answer, count),
        sizeof(struct weir_pattern_answer),
        offsetof(struct weir_xdp_request, flags),
        offsetof(struct weir_xdp_request, modes),
        offsetof(struct weir_xdp_request, queue_count),
        offsetof(struct weir_xdp_request, frames),
        offsetof(struct weir_xdp_request, chunk_bytes),
        offsetof(struct weir_xdp_request, longest),
        offsetof(struct weir_xdp_request, busy_poll_us),
        offsetof(struct weir_xdp_request, hardware),
        offsetof(struct weir_xdp_request, mtu),
        offsetof(struct weir_xdp_request, step),
        offsetof(struct weir_xdp_request, zero_copy_error),
        offsetof(struct weir_xdp_request, native_error),
        offsetof(struct weir_xdp_request, queues),
        offsetof(struct weir_xdp_request, memory),
        offsetof(struct weir_xdp_request, control),
        offsetof(struct weir_xdp_request, memory_bytes),
        offsetof(struct weir_xdp_request, leader),
        offsetof(struct weir_xdp_request, first_queue),
        sizeof(struct weir_xdp_request),
        offsetof(struct weir_xdp_queue, rx),
        offsetof(struct weir_xdp_queue, tx),
        offsetof(struct weir_xdp_queue, fill),
        offsetof(struct weir_xdp_queue, completion),
        offsetof(struct weir_xdp_ring, producer),
        offsetof(struct weir_xdp_ring, consumer),
        offsetof(struct weir_xdp_ring, flags),
        offsetof(struct weir_xdp_ring, entries),
        sizeof(struct weir_xdp_queue),
        offsetof(struct xdp_desc, len),
        sizeof(struct xdp_desc),
        offsetof(struct weir_xdp_counters, too_long),
        offsetof(struct weir_xdp_counters, unstamped),
        offsetof(struct weir_xdp_counters, closed),
        sizeof(struct weir_xdp_counters),
        offsetof(struct weir_xdp_control, queues),
        offsetof(struct weir_pfring_request, library),
        offsetof(struct weir_pfring_request, text),
        offsetof(struct weir_pfring_request, text_bytes),
        offsetof(struct weir_pfring_request, flags),
        offsetof(struct weir_pfring_request, longest),
        offsetof(struct weir_pfring_request, cluster),
        offsetof(struct weir_pfring_request, watermark),
        offsetof(struct weir_pfring_request, hardware),
        offsetof(struct weir_pfring_request, mtu),
        offsetof(struct weir_pfring_request, version),
        offsetof(struct weir_pfring_request, step),
        sizeof(struct weir_pfring_request),
        offsetof(struct weir_pfring_frame, nanoseconds),
        offsetof(struct weir_pfring_frame, captured),
        offsetof(struct weir_pfring_frame, length),
        offsetof(struct weir_pfring_frame, hash),
        offsetof(struct weir_pfring_frame, flags),
        sizeof(struct weir_pfring_frame),
        offsetof(struct weir_pfring_batch, memory),
        offsetof(struct weir_pfring_batch, memory_bytes),
        offsetof(struct weir_pfring_batch, used),
        offsetof(struct weir_pfring_batch, capacity),
        offsetof(struct weir_pfring_batch, count),
        sizeof(struct weir_pfring_batch),
        offsetof(struct weir_segment, header),
        offsetof(struct weir_segment, bytes),
        offsetof(struct weir_segment, right),
        sizeof(struct weir_segment),
        offsetof(struct weir_name, second),
        offsetof(struct weir_name, last),
        offsetof(struct weir_name, bytes),
        offsetof(struct weir_name, number),
        sizeof(struct weir_name),
        offsetof(struct weir_header, from),
        offsetof(struct weir_header, to),
        sizeof(struct weir_header),
        offsetof(struct weir_header_lines, lines),
        offsetof(struct weir_header_lines, last),
        offsetof(struct weir_header_lines, first),
        offsetof(struct weir_header_lines, found),
        sizeof(struct weir_header_lines),
    };
    const int32_t count = sizeof(layout) / sizeof(layout[0]);
    for (int32_t i = 0; i < count && i < capacity; i++) {
        values[i] = layout[i];
    }
    return count;
}
