package io.weir.protocol.telegram;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Calls over Telegram's reflectors: a tag of 16 bytes that both peers got from the server, then exactly twelve times
 * 0xff. (In silence that is sent as RTP, 0xff begins before and ends later.)
 */
public final class TelegramCall {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("telegram-call", "Telegram call")
        .udp(TelegramCall::detect)
        .udpByte(16, 0xff)
        .encrypted()
        .build();

    private static final int TAG = 16;

    private TelegramCall() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        return now.u64(TAG) == -1 && now.u32(TAG + 8) == 0xffff_ffffL && now.has(0, TAG + 16)
            && now.u8(TAG - 1) != 0xff && now.u32(TAG + 12) != 0xffff_ffffL ? Answer.YES : Answer.NO;
    }
}
