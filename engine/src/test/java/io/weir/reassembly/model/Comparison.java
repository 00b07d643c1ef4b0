package io.weir.reassembly.model;

import io.weir.capture.CaptureInterface;
import io.weir.capture.file.PcapngWriter;
import io.weir.packet.LinkType;
import io.weir.reassembly.StreamContext;
import io.weir.reassembly.StreamEnd;
import io.weir.reassembly.model.Tap.Extent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Lets weir look at what passed over a wire, from several places, and compares what it delivers with what the
 * applications have read. Faults are gathered; the frames of a place with a fault are written to a file.
 */
final class Comparison {
    private static final Delivered NOTHING = new Delivered();
    private static final int TELLING_BYTES = 16;
    private static final int LEAKS_PER_THOUSAND = 30;

    private final Traffic traffic;
    private final List<Passage> log;
    private final Supplier<StreamContext> settings;
    private final String name;
    private final List<String> faults = new ArrayList<>();
    private Map<Integer, List<Delivered>> streams;
    private String place;

    /** Judges one direction of a connection. */
    private interface Judge {
        /** Answers what is wrong with a stream, or null. */
        String judge(Conversation conversation, Side sender, Side receiver, Delivered got);
    }

    /** For {@code traffic} that has run; {@code name} begins the names of files. */
    Comparison(final Traffic traffic, final List<Passage> log, final Supplier<StreamContext> settings,
        final String name) {
        this.traffic = traffic;
        this.log = log;
        this.settings = settings;
        this.name = name;
    }

    /** Both directions, seen from every place. */
    Comparison everywhere() {
        for (final Tap tap : Tap.values()) {
            look(tap.name(), tap.seen(log), () -> {
                judge(false, (conversation, sender, receiver, got) ->
                    whole(conversation, sender, receiver, got, tap.ofReset(sender.host == 0)));
                nothingElse();
            });
        }
        return this;
    }

    /** One direction alone: what the left host sends. */
    Comparison oneSided() {
        for (final Passage.Place one : List.of(Passage.Place.FROM_LEFT, Passage.Place.TO_RIGHT)) {
            final List<Passage> seen = log.stream().filter(passage -> passage.place() == one).toList();
            look("ONE-SIDED-" + one, seen, () -> judge(true, (conversation, sender, receiver, got) ->
                sender.host == 0 && conversation.isOrderly()
                    ? whole(conversation, sender, receiver, got, Extent.WHAT_WAS_READ) : null));
        }
        return this;
    }

    /** A place that misses frames, but none with a SYN: what it does not know must be a gap. */
    Comparison leaky(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        for (final Tap tap : Tap.values()) {
            final List<Passage> seen = tap.seen(log).stream()
                .filter(passage -> TcpFrame.has(passage.bytes(), TcpFrame.SYN)
                    || random.nextInt(1000) >= LEAKS_PER_THOUSAND)
                .toList();
            look("LEAKY-" + tap, seen, () -> judge(true, (conversation, sender, receiver, got) ->
                conversation.isOrderly() ? part(sent(conversation, sender), got, 0) : null));
        }
        return this;
    }

    /** A place where somebody begins to look on late. */
    Comparison late(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        for (final Tap tap : Tap.values()) {
            final List<Passage> all = tap.seen(log);
            final List<Passage> seen = all.subList(random.nextInt(all.size()), all.size());
            look("LATE-" + tap, seen, () -> judge(true, (conversation, sender, receiver, got) ->
                conversation.isOrderly() ? latePart(sent(conversation, sender), got) : null));
        }
        return this;
    }

    /** What is wrong, one line each; empty if nothing is. */
    List<String> faults() {
        return faults;
    }

    private void look(final String at, final List<Passage> seen, final Runnable check) {
        final int before = faults.size();
        place = at;
        try {
            streams = Replay.of(seen, settings.get());
            check.run();
        } catch (final AssertionError | RuntimeException e) {
            faults.add(at + ": " + e);
        }
        if (faults.size() > before) {
            faults.add(at + ": the frames are in " + write(at, seen));
        }
    }

    private void judge(final boolean singlesOnly, final Judge judge) {
        for (final List<Conversation> chain : traffic.chains()) {
            if (singlesOnly && chain.size() > 1) {
                continue;
            }
            for (final Conversation conversation : chain) {
                judge(conversation, conversation.client, conversation.server, chain.size() == 1, judge);
                judge(conversation, conversation.server, conversation.client, chain.size() == 1, judge);
            }
        }
    }

    private void judge(final Conversation conversation, final Side sender, final Side receiver, final boolean single,
        final Judge judge) {
        final Delivered got = take(sent(conversation, sender), sender.port, single);
        final String wrong = judge.judge(conversation, sender, receiver, got);
        if (wrong != null) {
            faults.add(place + ": from port " + sender.port + ": " + wrong + "; delivered " + got + "; sent "
                + sender.sends.length + ", read " + receiver.read().length
                + (receiver.hasReadToEnd() ? " to the end; " : "; ") + conversation);
        }
    }

    /** The stream of a connection. Of several between the same ports it is told by its first bytes. */
    private Delivered take(final byte[] sent, final int port, final boolean single) {
        final List<Delivered> ofPort = streams.getOrDefault(port, List.of());
        if (ofPort.isEmpty() || !single && !ofPort.get(0).beginsLike(sent)) {
            return NOTHING;
        }
        return ofPort.remove(0);
    }

    private void nothingElse() {
        streams.forEach((port, left) -> {
            if (!left.isEmpty()) {
                faults.add(place + ": from port " + port + ": streams that nobody sent: " + left);
            }
        });
    }

    private static byte[] sent(final Conversation conversation, final Side sender) {
        return conversation.urgentInline ? sender.sends : sender.sendsBesideUrgent();
    }

    private static String whole(final Conversation conversation, final Side sender, final Side receiver,
        final Delivered got, final Extent ofReset) {
        final byte[] read = receiver.read();
        final byte[] sent = sent(conversation, sender);
        if (Arrays.mismatch(read, 0, read.length, sent, 0, Math.min(read.length, sent.length)) >= 0
            || conversation.isOrderly() && read.length != sent.length) {
            return "what was read is not what was sent: this test is wrong";
        }
        final boolean exact =
            conversation.isOrderly() || receiver.hasReadToEnd() && ofReset == Extent.WHAT_WAS_READ;
        final long mismatch = got.mismatch(exact ? read : sent, 0);
        if (mismatch >= 0) {
            return "differs at " + mismatch;
        }
        if (got.gapBytes() > 0) {
            return "has a gap";
        }
        if (exact ? got.length() != read.length : ofReset != Extent.BEGINNING && got.length() < read.length) {
            return "is too short or too long";
        }
        return conversation.isOrderly() && got.end() != StreamEnd.FIN ? "has not ended by FIN" : null;
    }

    private static String part(final byte[] sent, final Delivered got, final int shift) {
        final long mismatch = got.mismatch(sent, shift);
        if (mismatch >= 0) {
            return "differs at " + mismatch;
        }
        // An acknowledgement of what nobody saw may be one of a FIN: the gap at the end is then longer by one.
        final long end = shift + got.length();
        final boolean fin = got.end() == StreamEnd.FIN;
        return end > sent.length + (fin ? 0 : 1) || fin && end != sent.length ? "has a wrong length" : null;
    }

    private static String latePart(final byte[] sent, final Delivered got) {
        final int shift = got.findIn(sent, TELLING_BYTES);
        return switch (shift) {
            case Delivered.TOO_SHORT -> null;
            case Delivered.NOT_FOUND -> "is not what was sent";
            default -> part(sent, got, shift);
        };
    }

    private Path write(final String at, final List<Passage> frames) {
        final Path file = Path.of("target", name + "-" + at.toLowerCase(Locale.ROOT) + ".pcapng");
        try (PcapngWriter writer = PcapngWriter.create(file,
            List.of(new CaptureInterface("wire", LinkType.ETHERNET, 0)))) {
            Replay.each(frames, writer::write);
        } catch (final RuntimeException e) {
            return Path.of(e.toString());
        }
        return file.toAbsolutePath();
    }
}
