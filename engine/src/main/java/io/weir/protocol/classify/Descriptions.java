package io.weir.protocol.classify;

import io.weir.event.FlowEvent;
import io.weir.flow.FlowProtocol;
import io.weir.flow.FlowTable;
import io.weir.protocol.ApplicationMatcher;
import io.weir.protocol.Confidence;
import io.weir.protocol.Protocol;
import io.weir.protocol.ip.IpProtocols;

/** What the records of flows say of protocol and application, also of those without content. One worker's. */
final class Descriptions {
    private final FlowTable flows;
    private final Labels labels;
    private final ApplicationMatcher applications;
    private final Candidates candidates;

    Descriptions(final FlowTable flows, final Labels labels, final ApplicationMatcher applications,
        final Candidates candidates) {
        this.flows = flows;
        this.labels = labels;
        this.applications = applications;
        this.candidates = candidates;
    }

    /** Writes what is known of a flow that ends into its record. */
    void describe(final long handle, final FlowEvent event) {
        final int transport = flows.protocol(handle);
        if (labels.protocol(handle, 0) == 0) {
            nameWithoutContent(handle, transport, event);
        }
        final int flags = labels.flags(handle);
        if ((flags & FlowEvent.UNRECOGNISED) != 0 && labels.protocol(handle, 0) != 0) {
            labels.clearFlags(handle, FlowEvent.UNRECOGNISED);
        }
        int application = labels.application(handle);
        if (application == 0) {
            application = applications.findAddress(event.ipVersion(), event.responderHi(), event.responderLo());
            if (application != 0) {
                labels.addFlags(handle, FlowEvent.APPLICATION_INFERRED);
            }
        }
        labels.describe(handle, event);
        event.application(application);
    }

    /** The number in the IP header, or the port if nobody sent content. */
    private void nameWithoutContent(final long handle, final int transport, final FlowEvent event) {
        if (transport != FlowProtocol.IP_TCP && transport != FlowProtocol.IP_UDP) {
            final Protocol overIp = IpProtocols.of(transport);
            if (overIp != null) {
                labels.add(handle, overIp, false);
                labels.confidence(handle, Confidence.CONTENT);
            }
        } else if ((labels.flags(handle) & FlowEvent.UNRECOGNISED) == 0) {
            final Protocol[] usual =
                candidates.byPort(transport == FlowProtocol.IP_UDP, event.responderPort()).protocols;
            if (usual.length > 0) {
                labels.add(handle, usual[0], false);
                labels.confidence(handle, Confidence.PORT);
            }
        }
    }
}
