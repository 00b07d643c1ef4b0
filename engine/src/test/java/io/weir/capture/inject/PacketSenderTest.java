package io.weir.capture.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.VethPair;
import org.junit.jupiter.api.Test;

class PacketSenderTest {
    @Test
    void shouldCountWhatTheKernelTookAndWhatItRefusedAndGoOn() {
        try (VethPair wire = VethPair.create()) {
            wire.run(() -> {
                final long inUse = NativeMemory.inUse(NativeMemory.Tag.OTHER);
                try (NativeMemory.Region frame = NativeMemory.allocate(NativeMemory.Tag.OTHER, 10_000, 64);
                    PacketSender sender = new PacketSender(VethPair.LEFT)) {
                    for (int i = 0; i < 100; i++) {
                        sender.add(frame.address(), i % 50 == 7 ? 10_000 : 60);
                    }
                    assertEquals(PacketSender.BATCH, sender.sent() + sender.refused(), "a full batch is sent at once");
                    sender.flush();
                    assertEquals(98, sender.sent());
                    assertEquals(2, sender.refused());
                    assertEquals("message too long (errno 90)", sender.lastError());
                    wire.ip("link", "set", VethPair.LEFT, "down");
                    sender.add(frame.address(), 60);
                    sender.flush();
                    assertEquals(3, sender.refused());
                    assertTrue(sender.lastError().startsWith("interface is down"), sender.lastError());
                }
                assertEquals(inUse, NativeMemory.inUse(NativeMemory.Tag.OTHER));
            });
        }
    }

    @Test
    void shouldSayThatTheInterfaceIsMissing() {
        try (VethPair wire = VethPair.create()) {
            wire.run(() -> {
                final CaptureException e = assertThrows(CaptureException.class, () -> new PacketSender("weir9"));
                assertEquals(CaptureException.Kind.DEVICE_MISSING, e.kind());
            });
        }
    }
}
