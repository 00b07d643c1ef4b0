package io.weir.stats;

import io.weir.event.AlertEvent;
import io.weir.event.ExpectationEvent;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Shows in alerts on flows that others have announced what they are, and what the announcement says of them, such as
 * the file that a data connection of FTP carries. Owned by the aggregator; allocates for an alert that is longer than
 * all before.
 */
public final class AnnouncedAlerts {
    private final ExpectedFlows expected;
    private final AlertEvent told = new AlertEvent();
    private UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

    /** Makes one. */
    public AnnouncedAlerts(final ExpectedFlows expected) {
        this.expected = expected;
    }

    /**
     * Labels an alert's flow as what it was announced to be; content that says what it is prevails.
     *
     * @return the alert with what the announcement says, valid until the next call; or as it is, if it has a record
     *         already, or its flow was not announced with one
     */
    public AlertEvent with(final AlertEvent alert) {
        final ExpectationEvent announcement = expected.announcement(alert.flow());
        if (announcement == null || announcement.fieldsLength() == 0 || alert.recordType() != AlertEvent.NO_RECORD
            || alert.flow().protocolNumber(0) != announcement.protocol()) {
            return alert;
        }
        final int fields = announcement.fieldsLength();
        final int rest = alert.packetOffset() + alert.packetLength() - alert.filesOffset();
        if (buffer.capacity() < AlertEvent.HEAD_LENGTH + fields + rest) {
            buffer = new UnsafeBuffer(new byte[AlertEvent.HEAD_LENGTH + fields + rest]);
        }
        buffer.putBytes(0, alert.buffer(), 0, AlertEvent.HEAD_LENGTH);
        buffer.putBytes(AlertEvent.HEAD_LENGTH, announcement.buffer(), ExpectationEvent.HEAD_LENGTH, fields);
        buffer.putBytes(AlertEvent.HEAD_LENGTH + fields, alert.buffer(), alert.filesOffset(), rest);
        told.wrap(buffer, 0, fields, alert.filesLength(), alert.bitsLength(), alert.payloadLength(),
            alert.packetLength());
        told.transaction(alert.transaction(), announcement.recordType() - 1, announcement.protocol());
        if (announcement.isCut()) {
            told.flags(told.flags() | AlertEvent.CUT);
        }
        return told;
    }
}
