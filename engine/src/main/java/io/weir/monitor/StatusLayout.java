package io.weir.monitor;

import java.nio.charset.StandardCharsets;
import org.agrona.BitUtil;

/**
 * Layout of a status file, little-endian. A head of one page; two slots, of which the newest whole snapshot is in one
 * while the next is written to the other; the distinct-error log.
 *
 * <pre>
 *    0  magic "weirstat"             40  offset and length of the error log
 *    8  version of the layout        48  slot of the newest snapshot, -1 before the first (changes last)
 *   12  length of the head           56  when it was taken, ms since 1970
 *   16  process                      64  1 while the engine runs, 2 once it has ended
 *   24  start of the process, ms
 *   32  offset of slot 0 and length of a slot
 *
 *   slot:  0  sequence, odd while the slot is written    8  bytes of JSON    16  the JSON
 * </pre>
 */
final class StatusLayout {
    static final byte[] MAGIC = "weirstat".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;

    static final int AT_VERSION = 8;
    static final int AT_HEAD_LENGTH = 12;
    static final int AT_PID = 16;
    static final int AT_STARTED = 24;
    static final int AT_SLOTS = 32;
    static final int AT_SLOT_LENGTH = 36;
    static final int AT_FAULTS = 40;
    static final int AT_FAULTS_LENGTH = 44;
    static final int AT_CURRENT = 48;
    static final int AT_TAKEN = 56;
    static final int AT_STATE = 64;

    static final int RUNNING = 1;
    static final int ENDED = 2;

    static final int HEAD_LENGTH = 4096;
    static final int SLOT_LENGTH = 256 * 1024;
    static final int FAULTS_LENGTH = 64 * 1024;
    static final int FAULTS_OFFSET = HEAD_LENGTH + 2 * SLOT_LENGTH;
    static final int FILE_LENGTH = FAULTS_OFFSET + FAULTS_LENGTH;

    static final int SLOT_SEQUENCE = 0;
    static final int SLOT_TEXT_LENGTH = 8;
    static final int SLOT_HEAD = 2 * BitUtil.SIZE_OF_LONG;

    private StatusLayout() {
    }
}
