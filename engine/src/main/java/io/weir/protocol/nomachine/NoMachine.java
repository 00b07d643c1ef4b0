package io.weir.protocol.nomachine;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** NoMachine NX: version lines of client and server over TCP, numbered blocks over UDP. */
public final class NoMachine {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("nomachine", "NoMachine NX").tcpPorts(4000).udpPorts(4000)
        .firstBytes("N").firstBytes(1).tcp(NoMachine::detect).udp(NoMachine::detectDatagram)
        .streamParser(NoMachineParser::new).encrypted().build();

    private static final byte[] CLIENT = "NXSH-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SERVER = "NXD-".getBytes(StandardCharsets.US_ASCII);
    private static final long BLOCK = 0x01000100;
    private static final int BLOCK_LENGTH = 10;

    private NoMachine() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final boolean server = now.u8(2) == 'D';
        final byte[] magic = server ? SERVER : CLIENT;
        final Answer answer = now.beginsWith(magic);
        if (answer != Answer.YES || now.length() < magic.length + 2) {
            return answer == Answer.YES ? Answer.MORE : answer;
        }
        final int major = now.u8(magic.length);
        final int next = now.u8(magic.length + 1);
        final boolean version = major >= '0' && major <= '9' && (next == '.' || next >= '0' && next <= '9');
        return !version ? Answer.NO : server ? probe.yesFromServer() : probe.yesFromClient();
    }

    static Answer detectDatagram(final Probe probe) {
        final Bytes now = probe.now();
        return now.u32(0) == BLOCK && now.u16le(4) == probe.announced() && probe.announced() == BLOCK_LENGTH
            ? Answer.YES : Answer.NO;
    }
}
