package io.weir.base;

import java.util.Arrays;

/**
 * Sizes and offsets of the structs that Java shares with libweir and the kernel, checked against the library at load.
 *
 * <p>{@code TPACKET_} and {@code XDP_DESCRIPTOR_} ones are the kernel's (linux/if_packet.h, linux/if_xdp.h), the others
 * those of native/src/weir.h.
 */
public final class NativeLayout {
    public static final int TPACKET_BLOCK_STATUS = 8;
    public static final int TPACKET_BLOCK_PACKETS = 12;
    public static final int TPACKET_BLOCK_FIRST = 16;
    public static final int TPACKET_BLOCK_LENGTH = 20;
    public static final int TPACKET_BLOCK_BYTES = 48;
    public static final int TPACKET_NEXT = 0;
    public static final int TPACKET_SECONDS = 4;
    public static final int TPACKET_NANOSECONDS = 8;
    public static final int TPACKET_CAPTURED = 12;
    public static final int TPACKET_LENGTH = 16;
    public static final int TPACKET_STATUS = 20;
    public static final int TPACKET_MAC = 24;
    public static final int TPACKET_VLAN_TCI = 32;
    public static final int TPACKET_VLAN_TPID = 36;
    public static final int TPACKET_PACKET_TYPE = 58;
    public static final int TPACKET_HEADER_BYTES = 48;

    public static final int FILTER_INSTRUCTION_BYTES = 8;

    public static final int RING_NAME = 0;
    public static final int RING_BLOCK_BYTES = 16;
    public static final int RING_BLOCK_COUNT = 20;
    public static final int RING_BLOCK_TIMEOUT = 24;
    public static final int RING_FLAGS = 28;
    public static final int RING_FILTER = 32;
    public static final int RING_FILTER_COUNT = 40;
    public static final int RING_HARDWARE = 44;
    public static final int RING_MAP = 48;
    public static final int RING_MTU = 56;
    public static final int RING_STEP = 60;
    public static final int RING_WORDS = 64;
    public static final int RING_GROUP = 72;
    public static final int RING_BYTES = 80;

    public static final int COMPILE_EXPRESSION = 0;
    public static final int COMPILE_DEVICE = 8;
    public static final int COMPILE_PROGRAM = 16;
    public static final int COMPILE_ERROR = 24;
    public static final int COMPILE_CAPACITY = 32;
    public static final int COMPILE_ERROR_BYTES = 36;
    public static final int COMPILE_SNAP_LENGTH = 40;
    public static final int COMPILE_LINK_TYPE = 44;
    public static final int COMPILE_BYTES = 48;

    public static final int INTERFACE_NAME = 0;
    public static final int INTERFACE_DRIVER = 16;
    public static final int INTERFACE_INDEX = 48;
    public static final int INTERFACE_FLAGS = 52;
    public static final int INTERFACE_MTU = 56;
    public static final int INTERFACE_HARDWARE = 60;
    public static final int INTERFACE_OFFLOADS = 64;
    public static final int INTERFACE_MAC = 68;
    public static final int INTERFACE_BYTES = 76;

    public static final int ADDRESS_INDEX = 0;
    public static final int ADDRESS_FAMILY = 4;
    public static final int ADDRESS_ADDRESS = 8;
    public static final int ADDRESS_PREFIX = 24;
    public static final int ADDRESS_BYTES = 28;

    public static final int LITERAL_ADDRESS = 0;
    public static final int LITERAL_LENGTH = 8;
    public static final int LITERAL_FLAGS = 12;
    public static final int LITERAL_EARLIEST_START = 16;
    public static final int LITERAL_LATEST_END = 20;
    public static final int LITERAL_BYTES = 24;

    public static final int PATTERNS_LIBRARY = 0;
    public static final int PATTERNS_LITERALS = 8;
    public static final int PATTERNS_ERROR = 16;
    public static final int PATTERNS_DATABASE_BYTES = 24;
    public static final int PATTERNS_COUNT = 32;
    public static final int PATTERNS_ERROR_BYTES = 36;
    public static final int PATTERNS_STREAM = 40;
    public static final int PATTERNS_STREAM_BYTES = 44;
    public static final int PATTERNS_BYTES = 48;

    public static final int JOB_DATABASE = 0;
    public static final int JOB_STREAM = 8;
    public static final int JOB_ADDRESS = 16;
    public static final int JOB_BASE = 24;
    public static final int JOB_LENGTH = 32;
    public static final int JOB_BYTES = 40;

    public static final int MATCH_PATTERN = 0;
    public static final int MATCH_JOB = 4;
    public static final int MATCH_END = 8;
    public static final int MATCH_BYTES = 16;

    public static final int ANSWER_MATCHES = 0;
    public static final int ANSWER_MARKS = 8;
    public static final int ANSWER_CAPACITY = 16;
    public static final int ANSWER_GENERATION = 20;
    public static final int ANSWER_FIRST_JOB = 24;
    public static final int ANSWER_COUNT = 28;
    public static final int ANSWER_BYTES = 32;

    public static final int XDP_NAME = 0;
    public static final int XDP_FLAGS = 16;
    public static final int XDP_MODES = 20;
    public static final int XDP_QUEUE_COUNT = 24;
    public static final int XDP_FRAMES = 28;
    public static final int XDP_CHUNK_BYTES = 32;
    public static final int XDP_LONGEST = 36;
    public static final int XDP_BUSY_POLL = 40;
    public static final int XDP_HARDWARE = 44;
    public static final int XDP_MTU = 48;
    public static final int XDP_STEP = 52;
    public static final int XDP_ZERO_COPY_ERROR = 56;
    public static final int XDP_NATIVE_ERROR = 60;
    public static final int XDP_QUEUES = 64;
    public static final int XDP_MEMORY = 72;
    public static final int XDP_CONTROL = 80;
    public static final int XDP_MEMORY_BYTES = 88;
    public static final int XDP_LEADER = 96;
    public static final int XDP_FIRST_QUEUE = 104;
    public static final int XDP_BYTES = 112;

    public static final int XDP_QUEUE_RX = 0;
    public static final int XDP_QUEUE_TX = 32;
    public static final int XDP_QUEUE_FILL = 64;
    public static final int XDP_QUEUE_COMPLETION = 96;
    public static final int XDP_RING_PRODUCER = 0;
    public static final int XDP_RING_CONSUMER = 8;
    public static final int XDP_RING_FLAGS = 16;
    public static final int XDP_RING_ENTRIES = 24;
    public static final int XDP_QUEUE_BYTES = 128;
    public static final int XDP_DESCRIPTOR_LENGTH = 8;
    public static final int XDP_DESCRIPTOR_BYTES = 16;
    public static final int XDP_COUNTERS_TOO_LONG = 8;
    public static final int XDP_COUNTERS_UNSTAMPED = 16;
    public static final int XDP_COUNTERS_CLOSED = 24;
    public static final int XDP_COUNTERS_BYTES = 64;
    public static final int XDP_CONTROL_COUNTERS = 0;

    public static final int PFRING_NAME = 0;
    public static final int PFRING_LIBRARY = 16;
    public static final int PFRING_TEXT = 24;
    public static final int PFRING_TEXT_BYTES = 32;
    public static final int PFRING_FLAGS = 36;
    public static final int PFRING_LONGEST = 40;
    public static final int PFRING_CLUSTER = 44;
    public static final int PFRING_WATERMARK = 48;
    public static final int PFRING_HARDWARE = 52;
    public static final int PFRING_MTU = 56;
    public static final int PFRING_VERSION = 60;
    public static final int PFRING_STEP = 64;
    public static final int PFRING_BYTES = 72;
    public static final int PFRING_FRAME_NANOSECONDS = 8;
    public static final int PFRING_FRAME_CAPTURED = 16;
    public static final int PFRING_FRAME_LENGTH = 20;
    public static final int PFRING_FRAME_HASH = 24;
    public static final int PFRING_FRAME_FLAGS = 28;
    public static final int PFRING_FRAME_BYTES = 32;
    public static final int PFRING_BATCH_MEMORY = 8;
    public static final int PFRING_BATCH_MEMORY_BYTES = 16;
    public static final int PFRING_BATCH_USED = 20;
    public static final int PFRING_BATCH_CAPACITY = 24;
    public static final int PFRING_BATCH_COUNT = 28;
    public static final int PFRING_BATCH_BYTES = 32;

    public static final int SEGMENT_IP = 0;
    public static final int SEGMENT_HEADER = 8;
    public static final int SEGMENT_LENGTH = 12;
    public static final int SEGMENT_RIGHT = 16;
    public static final int SEGMENT_BYTES = 24;

    /** Names that the library finds have places of so many bits. */
    public static final int NAME_BITS = 6;
    /** What their hash is multiplied with. */
    public static final int NAME_FACTOR = 0xdcf4_bb99;
    public static final int NAME_FIRST = 0;
    public static final int NAME_SECOND = 8;
    public static final int NAME_LAST = 16;
    public static final int NAME_LENGTH = 24;
    public static final int NAME_NUMBER = 28;
    public static final int NAME_BYTES = 32;
    public static final int HEADER_NUMBER = 0;
    public static final int HEADER_FROM = 4;
    public static final int HEADER_TO = 8;
    public static final int HEADER_BYTES = 12;
    public static final int HEADER_LINES_LENGTH = 0;
    public static final int HEADER_LINES_COUNT = 4;
    public static final int HEADER_LINES_LAST = 8;
    public static final int HEADER_LINES_FIRST = 12;
    public static final int HEADER_LINES_FOUND = 16;
    public static final int HEADER_LINES_BYTES = 400;

    /** In the order of native/src/layout.c. */
    private static final int[] EXPECTED = {
        TPACKET_BLOCK_STATUS, TPACKET_BLOCK_PACKETS, TPACKET_BLOCK_FIRST, TPACKET_BLOCK_LENGTH, TPACKET_BLOCK_BYTES,
        TPACKET_NEXT, TPACKET_SECONDS, TPACKET_NANOSECONDS, TPACKET_CAPTURED, TPACKET_LENGTH, TPACKET_STATUS,
        TPACKET_MAC, TPACKET_VLAN_TCI, TPACKET_VLAN_TPID, TPACKET_PACKET_TYPE, TPACKET_HEADER_BYTES,
        FILTER_INSTRUCTION_BYTES,
        RING_BLOCK_BYTES, RING_BLOCK_COUNT, RING_BLOCK_TIMEOUT, RING_FLAGS, RING_FILTER, RING_FILTER_COUNT,
        RING_HARDWARE, RING_MAP, RING_MTU, RING_STEP, RING_WORDS, RING_GROUP, RING_BYTES,
        COMPILE_EXPRESSION, COMPILE_DEVICE, COMPILE_PROGRAM, COMPILE_ERROR, COMPILE_CAPACITY, COMPILE_ERROR_BYTES,
        COMPILE_SNAP_LENGTH, COMPILE_LINK_TYPE, COMPILE_BYTES,
        INTERFACE_DRIVER, INTERFACE_INDEX, INTERFACE_FLAGS, INTERFACE_MTU, INTERFACE_HARDWARE, INTERFACE_OFFLOADS,
        INTERFACE_MAC, INTERFACE_BYTES,
        ADDRESS_FAMILY, ADDRESS_ADDRESS, ADDRESS_PREFIX, ADDRESS_BYTES,
        LITERAL_LENGTH, LITERAL_FLAGS, LITERAL_EARLIEST_START, LITERAL_LATEST_END, LITERAL_BYTES,
        PATTERNS_LITERALS, PATTERNS_ERROR, PATTERNS_DATABASE_BYTES, PATTERNS_COUNT, PATTERNS_ERROR_BYTES,
        PATTERNS_STREAM, PATTERNS_STREAM_BYTES, PATTERNS_BYTES,
        JOB_STREAM, JOB_ADDRESS, JOB_BASE, JOB_LENGTH, JOB_BYTES,
        MATCH_JOB, MATCH_END, MATCH_BYTES,
        ANSWER_MARKS, ANSWER_CAPACITY, ANSWER_GENERATION, ANSWER_FIRST_JOB, ANSWER_COUNT, ANSWER_BYTES,
        XDP_FLAGS, XDP_MODES, XDP_QUEUE_COUNT, XDP_FRAMES, XDP_CHUNK_BYTES, XDP_LONGEST, XDP_BUSY_POLL, XDP_HARDWARE,
        XDP_MTU, XDP_STEP, XDP_ZERO_COPY_ERROR, XDP_NATIVE_ERROR, XDP_QUEUES, XDP_MEMORY, XDP_CONTROL,
        XDP_MEMORY_BYTES, XDP_LEADER, XDP_FIRST_QUEUE, XDP_BYTES,
        XDP_QUEUE_RX, XDP_QUEUE_TX, XDP_QUEUE_FILL, XDP_QUEUE_COMPLETION,
        XDP_RING_PRODUCER, XDP_RING_CONSUMER, XDP_RING_FLAGS, XDP_RING_ENTRIES, XDP_QUEUE_BYTES,
        XDP_DESCRIPTOR_LENGTH, XDP_DESCRIPTOR_BYTES,
        XDP_COUNTERS_TOO_LONG, XDP_COUNTERS_UNSTAMPED, XDP_COUNTERS_CLOSED, XDP_COUNTERS_BYTES, XDP_CONTROL_COUNTERS,
        PFRING_LIBRARY, PFRING_TEXT, PFRING_TEXT_BYTES, PFRING_FLAGS, PFRING_LONGEST, PFRING_CLUSTER, PFRING_WATERMARK,
        PFRING_HARDWARE, PFRING_MTU, PFRING_VERSION, PFRING_STEP, PFRING_BYTES,
        PFRING_FRAME_NANOSECONDS, PFRING_FRAME_CAPTURED, PFRING_FRAME_LENGTH, PFRING_FRAME_HASH, PFRING_FRAME_FLAGS,
        PFRING_FRAME_BYTES,
        PFRING_BATCH_MEMORY, PFRING_BATCH_MEMORY_BYTES, PFRING_BATCH_USED, PFRING_BATCH_CAPACITY, PFRING_BATCH_COUNT,
        PFRING_BATCH_BYTES,
        SEGMENT_HEADER, SEGMENT_LENGTH, SEGMENT_RIGHT, SEGMENT_BYTES,
        NAME_SECOND, NAME_LAST, NAME_LENGTH, NAME_NUMBER, NAME_BYTES, HEADER_FROM, HEADER_TO, HEADER_BYTES,
        HEADER_LINES_COUNT, HEADER_LINES_LAST, HEADER_LINES_FIRST, HEADER_LINES_FOUND,
        HEADER_LINES_BYTES,
    };

    private NativeLayout() {
    }

    /** What the library says, in the order of native/src/layout.c, compared with the constants above. */
    static boolean agrees(final int[] answered) {
        return Arrays.equals(EXPECTED, answered);
    }

    /** Number of values. */
    static int count() {
        return EXPECTED.length;
    }
}
