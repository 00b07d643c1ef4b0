package io.weir.protocol.zabbix;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Monitoring by Zabbix. */
public final class Zabbix {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("zabbix", "Zabbix")
        .tcpPorts(10050, 10051)
        .firstBytes("Z")
        .tcp(Zabbix::detect)
        .build();

    private static final byte[] NAME = {'Z', 'B', 'X', 'D'};

    private Zabbix() {
    }

    /** Recognises a message by its name, its flags and its length. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Answer answer = now.beginsWith(NAME);
        if (answer != Answer.YES) {
            return answer;
        }
        final int flags = now.u8(4);
        if (flags == 0 || flags > 7) {
            return Answer.NO;
        }
        if (!now.has(0, 13)) {
            return Answer.MORE;
        }
        return now.u32le(5) < 1 << 30 && now.u32le(9) < 1 << 30 ? Answer.YES : Answer.NO;
    }
}
