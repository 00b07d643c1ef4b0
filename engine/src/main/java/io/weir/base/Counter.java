package io.weir.base;

/**
 * Everything weir counts, one line each. A drop has a counter here or it does not happen.
 *
 * <p>{@link Kind#DROP} counters are the reasons of the ledger {@code received = processed + dropped(by reason)}.
 */
public enum Counter {
    /** Frames. */
    FRAMES_RECEIVED("frames_received", Kind.TOTAL, "frames the sources offered, dropped ones included"),
    /** Frames. */
    FRAMES_DISPATCHED("frames_dispatched", Kind.TOTAL, "frames taken from the sources and numbered"),
    /** Frames. */
    FRAMES_HANDED_OVER("frames_handed_over", Kind.TOTAL,
        "times a frame was handed to the member of a fan-out that its flow or its datagram belongs to"),
    /** Frames. */
    FRAMES_PROCESSED("frames_processed", Kind.TOTAL, "frames a worker looked at"),
    /** Frames. */
    FRAMES_BEFORE_RULES("frames_before_rules", Kind.TOTAL,
        "of these, frames that came while rules were still being loaded, and were not asked about"),
    /** Bytes. */
    BYTES_PROCESSED("bytes_processed", Kind.TOTAL, "wire bytes of the frames a worker looked at"),
    /** Frames. */
    TEE_DROPPED("tee_dropped", Kind.TOTAL, "frames inspected but missing in the tee file because it could not keep up"),
    /** Drop. */
    DROP_KERNEL("kernel", Kind.DROP, "frames the kernel dropped because its ring was full"),
    /** Drop. */
    DROP_FILTERED("filtered", Kind.DROP, "frames a filter in user space rejected"),
    /** Drop. */
    DROP_OVERSIZED("oversized", Kind.DROP, "frames longer than the chunk an AF_XDP socket has for one"),
    /** Drop. */
    DROP_DISCARDED("discarded", Kind.DROP, "frames discarded while a source was set up, reopened or closed"),
    /** Drop. */
    DROP_RING_FULL("ring_full", Kind.DROP, "frames a worker's full ring could not take"),
    /** Drop. */
    DROP_WORKER_LATE("worker_late", Kind.DROP, "frames passed unread because a slow worker held the oldest blocks"),
    /** Drop. */
    DROP_HAND_OVER_FULL("hand_over_full", Kind.DROP,
        "frames of another member's flow that its hand-over ring could not take"),
    /** Drop. */
    DROP_OVERLOAD_SETTLED("overload_settled", Kind.DROP,
        "frames with payload nobody looks at any more, left out because a worker's ring was three quarters full"),
    /** Drop. */
    DROP_OVERLOAD_NEW("overload_new", Kind.DROP,
        "frames of new flows, left out because a worker's ring was seven eighths full"),
    /** Interfaces. */
    INTERFACE_RESTARTS("interface_restarts", Kind.TOTAL,
        "times an interface came back after it was down or removed"),
    /** Flows. */
    FLOWS_STARTED("flows_started", Kind.TOTAL, "flows the flow tables took up"),
    /** Flows. */
    FLOWS_LIVE("flows_live", Kind.GAUGE, "flows in the flow tables, as of the last tick"),
    /** Flows. */
    FLOWS_EVICTED_UNESTABLISHED("flows_evicted_unestablished", Kind.TOTAL,
        "flows without an answer that a full flow table gave up"),
    /** Flows. */
    FLOWS_EVICTED_ONE_SIDED("flows_evicted_one_sided", Kind.TOTAL,
        "flows seen in one direction that a full flow table gave up"),
    /** Flows. */
    FLOWS_EVICTED_ESTABLISHED("flows_evicted_established", Kind.TOTAL,
        "established flows that a full flow table gave up"),
    /** Flows. */
    FLOWS_ELEPHANT("flows_elephant", Kind.TOTAL, "flows that had a large share of a worker's bytes for a while"),
    /** Flows. */
    FLOWS_CUT_OFF("flows_cut_off", Kind.TOTAL, "of these, flows whose payload was not looked at any more"),
    /** Flows. */
    TUNNEL_ENDPOINTS_LEFT_OUT("tunnel_endpoints_left_out", Kind.TOTAL,
        "tunnelled flows whose outer addresses found no room or were cut off"),
    /** Fragments. */
    IP_FRAGMENTS("ip_fragments", Kind.TOTAL, "IP fragments seen, those in tunnels and in other fragments included"),
    /** Fragments. */
    IP_FRAGMENTS_DUPLICATE("ip_fragments_duplicate", Kind.TOTAL,
        "fragments that held no new byte and none that differed"),
    /** Fragments. */
    IP_FRAGMENTS_OVERLAPPING("ip_fragments_overlapping", Kind.TOTAL,
        "fragments that overlapped others and were no duplicates"),
    /** Fragments. */
    IP_FRAGMENTS_DIFFERING("ip_fragments_differing", Kind.TOTAL,
        "fragments that repeated bytes with another content"),
    /** Fragments. */
    IP_FRAGMENTS_TINY("ip_fragments_tiny", Kind.TOTAL, "first fragments without a whole transport header"),
    /** Fragments. */
    IP_FRAGMENTS_TOO_LARGE("ip_fragments_too_large", Kind.TOTAL,
        "fragments not taken because they reach beyond the longest datagram there can be"),
    /** Fragments. */
    IP_FRAGMENTS_IGNORED("ip_fragments_ignored", Kind.TOTAL, "fragments not taken for any other reason: without data,"
        + " with a length that cannot be, behind the end, of a datagram refused or with too many fragments"),
    /** Fragments. */
    IP_FRAGMENTS_WITHOUT_FLOW("ip_fragments_without_flow", Kind.TOTAL,
        "fragments counted in no flow because what tells their flow did not come"),
    /** Datagrams. */
    IP_DATAGRAMS_REBUILT("ip_datagrams_rebuilt", Kind.TOTAL, "datagrams put together from their fragments"),
    /** Datagrams. */
    IP_DATAGRAMS_TIMED_OUT("ip_datagrams_timed_out", Kind.TOTAL,
        "datagrams given up because their fragments did not all come in time"),
    /** Datagrams. */
    IP_DATAGRAMS_UNFINISHED("ip_datagrams_unfinished", Kind.TOTAL, "datagrams that lacked fragments at the end"),
    /** Datagrams. */
    IP_DATAGRAMS_REFUSED("ip_datagrams_refused", Kind.TOTAL,
        "datagrams dropped as their receiver would: IPv6 fragments that overlap, or longer than there can be"),
    /** Cap. */
    IP_DATAGRAMS_GIVEN_UP("ip_datagrams_given_up", Kind.TOTAL,
        "incomplete datagrams, the oldest first, given up because memory for fragments was used up"),
    /** Cap. */
    IP_DATAGRAMS_BUFFER_FULL("ip_datagrams_buffer_full", Kind.TOTAL,
        "complete datagrams not put together because workers had not left enough room for them"),
    /** Connections. */
    TCP_CONNECTIONS("tcp_connections", Kind.TOTAL, "TCP connections whose streams were followed"),
    /** Connections. */
    TCP_MIDSTREAM("tcp_midstream", Kind.TOTAL, "TCP connections taken up without having seen their start"),
    /** Streams. */
    TCP_STREAMS_CLOSED("tcp_streams_closed", Kind.TOTAL, "streams that ended with their sender's FIN"),
    /** Streams. */
    TCP_STREAMS_RESET("tcp_streams_reset", Kind.TOTAL, "streams that a reset ended"),
    /** Streams. */
    TCP_STREAMS_UNFINISHED("tcp_streams_unfinished", Kind.TOTAL,
        "streams that ended without FIN or reset: timed out, evicted, replaced by a new connection or cut by the end"),
    /** Segments. */
    TCP_SEGMENTS_IN_ORDER("tcp_segments_in_order", Kind.TOTAL, "segments with data that came in their turn"),
    /** Segments. */
    TCP_SEGMENTS_OUT_OF_ORDER("tcp_segments_out_of_order", Kind.TOTAL,
        "segments that came before what precedes them"),
    /** Segments. */
    TCP_SEGMENTS_RETRANSMITTED("tcp_segments_retransmitted", Kind.TOTAL, "segments that held no new byte"),
    /** Segments. */
    TCP_SEGMENTS_OVERLAPPING("tcp_segments_overlapping", Kind.TOTAL,
        "segments of which a part, but not all, had come before"),
    /** Segments. */
    TCP_SEGMENTS_DIFFERING("tcp_segments_differing", Kind.TOTAL,
        "segments that repeated bytes with another content"),
    /** Segments. */
    TCP_OVERLAPS_UNVERIFIED("tcp_overlaps_unverified", Kind.TOTAL,
        "segments whose repeated bytes could not be compared with the first copy any more"),
    /** Gaps. */
    TCP_GAPS("tcp_gaps", Kind.TOTAL, "places of streams at which bytes are missing"),
    /** Bytes. */
    TCP_GAP_BYTES("tcp_gap_bytes", Kind.TOTAL, "bytes of streams that are missing"),
    /** Bytes. */
    TCP_BYTES_DELIVERED("tcp_bytes_delivered", Kind.TOTAL, "bytes of streams that were put in order and handed on"),
    /** Bytes. */
    TCP_BYTES_NOT_TAKEN("tcp_bytes_not_taken", Kind.TOTAL,
        "bytes that waited for missing ones when their stream ended, and that their receiver never took"),
    /** Bytes. */
    TCP_BYTES_BUFFERED("tcp_bytes_buffered", Kind.GAUGE, "memory of segments that wait for missing ones, in bytes"),
    /** Cap. */
    TCP_STREAM_LIMIT_REACHED("tcp_stream_limit_reached", Kind.TOTAL,
        "times a stream had more bytes waiting than one stream may"),
    /** Cap. */
    TCP_MEMORY_LIMIT_REACHED("tcp_memory_limit_reached", Kind.TOTAL,
        "times the memory for waiting segments was used up"),
    /** Bytes. */
    TCP_BYTES_GIVEN_UP("tcp_bytes_given_up", Kind.TOTAL, "bytes of segments that found no memory to wait in"),
    /** Cap. */
    TCP_DEPTH_REACHED("tcp_depth_reached", Kind.TOTAL, "streams that were followed to their configured depth only"),
    /** Segments. */
    TCP_CHECKSUMS_WRONG("tcp_checksums_wrong", Kind.TOTAL, "segments with a wrong checksum"),
    /** TCP. */
    TCP_LENGTHS_WRONG("tcp_lengths_wrong", Kind.TOTAL,
        "TCP segments that were shorter on the wire than IP announced; no data"),
    /** Segments. */
    TCP_HEADERS_CUT("tcp_headers_cut", Kind.TOTAL, "segments whose header is cut off or says what cannot be"),
    /** Segments. */
    TCP_KEEPALIVES("tcp_keepalives", Kind.TOTAL, "keep-alive probes"),
    /** Segments. */
    TCP_WINDOW_PROBES("tcp_window_probes", Kind.TOTAL, "probes of a closed window"),
    /** Segments. */
    TCP_OLD_TIMESTAMPS("tcp_old_timestamps", Kind.TOTAL,
        "segments whose time stamp is older than their receiver takes (PAWS)"),
    /** Segments. */
    TCP_OUT_OF_WINDOW("tcp_out_of_window", Kind.TOTAL, "segments outside of their receiver's window"),
    /** Segments. */
    TCP_RESETS_REFUSED("tcp_resets_refused", Kind.TOTAL, "resets that their receiver does not accept"),
    /** Segments. */
    TCP_DATA_AFTER_END("tcp_data_after_end", Kind.TOTAL, "segments with data behind the end of their stream"),
    /** Segments. */
    TCP_DATA_WITHOUT_ACK("tcp_data_without_ack", Kind.TOTAL, "segments with data and without the ACK flag"),
    /** Bytes. */
    TCP_URGENT_BYTES("tcp_urgent_bytes", Kind.TOTAL, "urgent bytes"),
    /** Files. */
    STREAM_FILES("stream_files", Kind.TOTAL, "streams written to files of their own"),
    /** Files. */
    STREAM_FILES_LEFT_OUT("stream_files_left_out", Kind.TOTAL,
        "streams written to no file because there were as many as there may be"),
    /** Files. */
    STREAM_FILES_DAMAGED("stream_files_damaged", Kind.TOTAL, "stream files that could not be written whole"),
    /** Anomalies. */
    ANOMALIES_SUMMED_UP("anomalies_summed_up", Kind.TOTAL,
        "anomalies of frames without a flow that are in a record with others of their kind"),
    /** Flows. */
    FLOWS_RECOGNISED("flows_recognised", Kind.TOTAL, "flows whose protocol was recognised by content"),
    /** Flows. */
    FLOWS_UNRECOGNISED("flows_unrecognised", Kind.TOTAL, "flows with content that nobody recognised"),
    /** Flows. */
    FLOWS_NOT_INSPECTED("flows_not_inspected", Kind.TOTAL,
        "flows whose content was not looked at because the memory for inspection was full"),
    /** Transactions. */
    TRANSACTIONS("transactions", Kind.TOTAL, "transactions that parsers told"),
    /** Transactions. */
    TRANSACTIONS_CUT("transactions_cut", Kind.TOTAL, "transactions that lack fields because they were too long"),
    /** Bytes. */
    PARSER_BYTES_SKIPPED("parser_bytes_skipped", Kind.TOTAL,
        "bytes that parsers skipped: of messages and lines too long, cut by a stream's end, or not to be understood"),
    /** Alerts. */
    ALERTS("alerts", Kind.TOTAL, "alerts that rules made"),
    /** Alerts. */
    ALERTS_WITHHELD("alerts_withheld", Kind.TOTAL,
        "matches that made no alert because a threshold or another condition across flows did not hold"),
    /** Alerts. */
    ALERTS_REFUSED("alerts_refused", Kind.TOTAL, "matches that a full event ring could not take"),
    /** Rules. */
    RULE_STATES_FORGOTTEN("rule_states_forgotten", Kind.TOTAL,
        "counts, thresholds and host bits of rules that made room for others before their time"),
    /** Records. */
    EXPECTATIONS_CUT("expectations_cut", Kind.TOTAL,
        "announcements of flows whose fields were too long to be kept, so that the flow has no record of its own"),
    /** Announcements. */
    EXPECTATIONS_DISPLACED("expectations_displaced", Kind.TOTAL,
        "announcements of flows that gave way to newer ones before a flow followed them"),
    /** Gaps. */
    PARSER_GAPS("parser_gaps", Kind.TOTAL, "gaps after which a parser had to look for the next message"),
    /** Buffers. */
    PARSER_BUFFERS_REFUSED("parser_buffers_refused", Kind.TOTAL,
        "requests of parsers for memory that was not there, each with a loss of detail"),
    /** Bodies. */
    BODIES_NOT_UNPACKED("bodies_not_unpacked", Kind.TOTAL,
        "compressed bodies that rules saw as transmitted, because all decoders of the worker were in use"),
    /** Steps. */
    PARSER_OVER_BUDGET("parser_over_budget", Kind.TOTAL,
        "steps of parsers left out because a second's budget was used up: decryptions of QUIC's first packets"),
    /** Faults. */
    PARSER_FAULTS("parser_faults", Kind.TOTAL, "flows whose parsing ended by a fault of the parser"),
    /** Rules. */
    RULE_MATCHES("rule_matches", Kind.TOTAL, "matches of rules, those without an alert included"),
    /** Rules. */
    RULE_ALERTS_OVER_LIMIT("rule_alerts_over_limit", Kind.TOTAL,
        "matches not told because a frame had more than is told of one"),
    /** Rules. */
    RULE_STEPS_EXCEEDED("rule_steps_exceeded", Kind.TOTAL,
        "times a rule was given up because asking it took too many steps"),
    /** Rules. */
    RULE_FLOWS_REFUSED("rule_flows_refused", Kind.TOTAL,
        "flows of which rules keep nothing because there is no room, each with a loss of matches"),
    /** Rules. */
    RULE_VARIABLES_REFUSED("rule_variables_refused", Kind.TOTAL,
        "flow bits, counters and matches that were not kept because their flow has as many as may be"),
    /** Rules. */
    RULE_WINDOWS_REFUSED("rule_windows_refused", Kind.TOTAL,
        "pieces of streams that rules saw alone because the memory for streams was full"),
    /** Rules. */
    RULE_CANDIDATES_FORGOTTEN("rule_candidates_forgotten", Kind.TOTAL,
        "rules not asked again with later pieces of a stream because too many waited for them"),
    /** Rules. */
    RULE_MESSAGES_PASSED_OVER("rule_messages_passed_over", Kind.TOTAL,
        "messages of HTTP whose fields rules did not look at, since the stream held nothing they look for there"),
    /** Rules. */
    RULE_MESSAGES_UNDER_WAY("rule_messages_under_way", Kind.TOTAL,
        "messages that rules were not asked of, since they had begun before rules came that look at more of them"),
    /** Rules. */
    RULE_ACTIONS_REFUSED("rule_actions_refused", Kind.TOTAL,
        "captures, tags and labels left undone: of frames without a flow, or because there were as many as may be"),
    /** Packets. */
    PACKETS_REFUSED("packets_refused", Kind.TOTAL, "captured or tagged packets that a full event ring could not take"),
    /** Packets. */
    CAPTURED_FRAMES_LEFT_OUT("captured_frames_left_out", Kind.TOTAL,
        "frames of captured flows left out because as much of their flow was captured as may be"),
    /** Packets. */
    CAPTURED_FRAMES_WITHHELD("captured_frames_withheld", Kind.TOTAL,
        "frames not captured because a condition across flows did not hold"),
    /** Files. */
    CAPTURE_FILES("capture_files", Kind.TOTAL, "flows whose packets were written to files of their own"),
    /** Files. */
    CAPTURE_FILES_LEFT_OUT("capture_files_left_out", Kind.TOTAL,
        "flows captured in no file because there were as many as there may be"),
    /** Files. */
    CAPTURE_FILES_DAMAGED("capture_files_damaged", Kind.TOTAL, "capture files of flows that lack frames"),
    /** Records. */
    RECORDS_REFUSED("records_refused", Kind.TOTAL, "records a full event ring could not take"),
    /** Records. */
    RECORDS_NOT_WRITTEN("records_not_written", Kind.TOTAL,
        "records lost because eve.json could not be written, or not fast enough");

    private final String label;
    private final Kind kind;
    private final String sentence;

    Counter(final String label, final Kind kind, final String sentence) {
        this.label = label;
        this.kind = kind;
        this.sentence = sentence;
    }

    /** What a counter is. */
    public enum Kind {
        /** A running total. */
        TOTAL,
        /** A reason for which a frame was not processed. */
        DROP,
        /** A current value. */
        GAUGE
    }

    /** Name in records and metrics. */
    public String label() {
        return label;
    }

    /** Total, drop reason or gauge. */
    public Kind kind() {
        return kind;
    }

    /** What it counts, in one sentence. */
    public String sentence() {
        return sentence;
    }
}
