package io.weir.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

/**
 * One protocol: its name, usual ports, how it is recognised, how it is parsed and its fields. Made once by its package
 * and listed in the catalogue; immutable but for its number, which the catalogue gives.
 */
public final class Protocol {
    /** Most events that the parser of one may report: {@link Transaction#report} has a bit for each. */
    public static final int MOST_EVENTS = Long.SIZE;

    private final String name;
    private final byte[] nameBytes;
    private final String title;
    private final int[] tcpPorts;
    private final int[] udpPorts;
    private final int[] sctpPorts;
    private final int[] sctpPayloads;
    /** A bit for each of 256 values, or null if any is possible. */
    private final long[] firstBytes;
    private final Detector tcpDetector;
    private final Detector udpDetector;
    private final Detector sctpDetector;
    private final Supplier<StreamParser> streamParser;
    private final Supplier<DatagramParser> datagramParser;
    private final List<Field> fields;
    private final List<RecordType> records;
    private final List<ProtocolEvent> events;
    private final boolean encrypted;
    private final boolean ofOwnFields;
    private final boolean onlyOnUdpPorts;
    private final boolean provenByAnswers;
    private final int udpByteFrom;
    private final int udpByteAt;
    private final BitSet udpByte;
    private int id = -1;

    private Protocol(final Builder builder) {
        name = builder.name;
        nameBytes = name.getBytes(StandardCharsets.US_ASCII);
        title = builder.title;
        tcpPorts = builder.tcpPorts;
        udpPorts = builder.udpPorts;
        sctpPorts = builder.sctpPorts;
        sctpPayloads = builder.sctpPayloads;
        firstBytes = builder.firstBytes == null ? null : Arrays.copyOf(builder.firstBytes.toLongArray(), 4);
        tcpDetector = builder.tcpDetector;
        udpDetector = builder.udpDetector;
        sctpDetector = builder.sctpDetector;
        streamParser = builder.streamParser;
        datagramParser = builder.datagramParser;
        fields = List.copyOf(builder.fields);
        records = List.copyOf(builder.records);
        events = List.copyOf(builder.events);
        encrypted = builder.encrypted;
        ofOwnFields = builder.ofOwnFields;
        onlyOnUdpPorts = builder.onlyOnUdpPorts;
        provenByAnswers = builder.provenByAnswers;
        udpByteFrom = builder.udpByteFrom;
        udpByteAt = builder.udpByteAt;
        udpByte = (BitSet) builder.udpByte.clone();
    }

    /**
     * Begins a definition.
     *
     * @param name  lower case; Suricata's {@code app_proto} where it has the protocol
     * @param title its full name, for people
     */
    public static Builder named(final String name, final String title) {
        return new Builder(name, title);
    }

    /** Name in records. */
    public String name() {
        return name;
    }

    /** The same as bytes, which must not be changed. */
    public byte[] nameBytes() {
        return nameBytes;
    }

    /** Full name. */
    public String title() {
        return title;
    }

    /** Usual ports of servers. */
    public int[] ports(final boolean udp) {
        return (udp ? udpPorts : tcpPorts).clone();
    }

    /** Usual SCTP ports of servers. */
    public int[] sctpPorts() {
        return sctpPorts.clone();
    }

    /** Payload protocol identifiers by which chunks of SCTP say that they carry it (IANA's list). */
    public int[] sctpPayloads() {
        return sctpPayloads.clone();
    }

    /** How its messages over SCTP are recognised, or null if not by more than its streams of TCP. */
    public Detector sctpDetector() {
        return sctpDetector;
    }

    /** True if a first byte of this value is possible, from either side. */
    public boolean mayBeginWith(final int value) {
        return firstBytes == null || (firstBytes[value >>> 6] & 1L << value) != 0;
    }

    /**
     * Place of a byte of which all of its datagrams that begin with a byte from {@link #udpByteFrom} on have one of a
     * few values; -1 if there is none.
     */
    public int udpByteAt() {
        return udpByteAt;
    }

    /** Least first byte of datagrams that {@link #udpByteAt} is about. */
    public int udpByteFrom() {
        return udpByteFrom;
    }

    /** True if a datagram of its own may have this value at {@link #udpByteAt}; -1 stands for none. */
    public boolean mayHaveUdpByte(final int value) {
        return value >= 0 && udpByte.get(value);
    }

    /** True if it is recognised on its {@link #ports} alone. */
    public boolean isOnlyOnPorts(final boolean udp) {
        return udp && onlyOnUdpPorts;
    }

    /** True if an answer may prove it, so that its parser gets the datagram that was answered first. */
    public boolean isProvenByAnswers() {
        return provenByAnswers;
    }

    /** How it is recognised, or null if not on this transport. */
    public Detector detector(final boolean udp) {
        return udp ? udpDetector : tcpDetector;
    }

    /** True if its streams or datagrams are parsed. */
    public boolean isParsed(final boolean udp) {
        return (udp ? datagramParser : streamParser) != null;
    }

    /** Makes a parser; one is used for one flow at a time, and for many flows one after the other. */
    public Parser newParser(final boolean udp) {
        return udp ? datagramParser.get() : streamParser.get();
    }

    /** Its words of the vocabulary. */
    public List<Field> fields() {
        return fields;
    }

    /** The records its parser makes. */
    public List<RecordType> records() {
        return records;
    }

    /** The odd things its parser reports. */
    public List<ProtocolEvent> events() {
        return events;
    }

    /**
     * True if its flows' transactions have one kind of record, the first of {@link #records}, and tell {@link #fields}
     * of its own alone: then rules about the fields of others need not be asked of them.
     */
    public boolean isOfOwnFields() {
        return ofOwnFields;
    }

    /** True if what it carries is hidden from the engine. */
    public boolean isEncrypted() {
        return encrypted;
    }

    /** Number in this process, from 1, without holes; 0 stands for no protocol. */
    public int id() {
        return id;
    }

    /**
     * Gives numbers to protocols, from 1, to their fields and to their record types, from 0. Called once, by the list
     * of all.
     *
     * @param fields  takes all fields, by number
     * @param records takes all record types, by number
     */
    public static void number(final List<Protocol> protocols, final List<Field> fields,
        final List<RecordType> records) {
        for (int i = 0; i < protocols.size(); i++) {
            final Protocol protocol = protocols.get(i);
            if (protocol.id >= 0) {
                throw new IllegalStateException("protocol " + protocol.name + " is listed twice");
            }
            protocol.id = i + 1;
            for (final Field field : protocol.fields) {
                if (field.number(fields.size())) {
                    fields.add(field);
                }
            }
            for (final RecordType record : protocol.records) {
                if (record.number(records.size())) {
                    records.add(record);
                }
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** A definition in the making; one thread. */
    public static final class Builder {
        private final String name;
        private final String title;
        private int[] tcpPorts = {};
        private int[] udpPorts = {};
        private int[] sctpPorts = {};
        private int[] sctpPayloads = {};
        private BitSet firstBytes;
        private Detector tcpDetector;
        private Detector udpDetector;
        private Detector sctpDetector;
        private Supplier<StreamParser> streamParser;
        private Supplier<DatagramParser> datagramParser;
        private final List<Field> fields = new ArrayList<>();
        private final List<RecordType> records = new ArrayList<>();
        private final List<ProtocolEvent> events = new ArrayList<>();
        private boolean encrypted;
        private boolean ofOwnFields;
        private boolean onlyOnUdpPorts;
        private boolean provenByAnswers;
        private int udpByteFrom;
        private int udpByteAt = -1;
        private final BitSet udpByte = new BitSet(256);

        private Builder(final String name, final String title) {
            this.name = name;
            this.title = title;
        }

        /** Usual TCP ports of servers: they order the questions, and name flows without content. */
        public Builder tcpPorts(final int... value) {
            tcpPorts = value.clone();
            return this;
        }

        /** Usual UDP ports of servers. */
        public Builder udpPorts(final int... value) {
            udpPorts = value.clone();
            return this;
        }

        /** Usual SCTP ports of servers. */
        public Builder sctpPorts(final int... value) {
            sctpPorts = value.clone();
            return this;
        }

        /** How its messages over SCTP are recognised, and by which identifiers chunks say that they carry it. */
        public Builder sctp(final Detector detector, final int... payloads) {
            sctpDetector = detector;
            sctpPayloads = payloads.clone();
            return this;
        }

        /**
         * Says which first bytes are possible, of a direction or datagram, so that the detector is asked for these
         * alone. Adds up over calls; never called means any.
         */
        public Builder firstBytes(final int... values) {
            for (final int value : values) {
                firstByteRange(value, value);
            }
            return this;
        }

        /** The same for each of these characters. */
        public Builder firstBytes(final String characters) {
            characters.chars().forEach(value -> firstByteRange(value, value));
            return this;
        }

        /** The same for a range, both ends included. */
        public Builder firstByteRange(final int from, final int to) {
            if (firstBytes == null) {
                firstBytes = new BitSet(256);
            }
            firstBytes.set(from, to + 1);
            return this;
        }

        /** How its TCP streams are recognised. */
        public Builder tcp(final Detector detector) {
            tcpDetector = detector;
            return this;
        }

        /** How its UDP datagrams are recognised. */
        public Builder udp(final Detector detector) {
            udpDetector = detector;
            return this;
        }

        /**
         * Says which values the byte at a place of a datagram may have, so that the detector is not asked about others,
         * or about datagrams that end before it: it must say no to them.
         */
        public Builder udpByte(final int at, final int... values) {
            udpByteAt = at;
            for (final int value : values) {
                udpByte.set(value);
            }
            return this;
        }

        /** The same of datagrams that begin with this byte or a greater one; of others it says nothing. */
        public Builder udpByteFrom(final int first, final int at, final int... values) {
            udpByteFrom = first;
            return udpByte(at, values);
        }

        /** Says that its datagrams are recognised only where one side has one of its UDP ports. */
        public Builder onlyOnUdpPorts() {
            onlyOnUdpPorts = true;
            return this;
        }

        /**
         * Says that a datagram may leave its detector wanting {@link Answer#MORE} until one from the other side proves
         * it: then its parser gets the one before first, if that was kept.
         */
        public Builder provenByAnswers() {
            provenByAnswers = true;
            return this;
        }

        /** What parses its TCP streams. */
        public Builder streamParser(final Supplier<StreamParser> parser) {
            streamParser = parser;
            return this;
        }

        /** What parses its UDP datagrams. */
        public Builder datagramParser(final Supplier<DatagramParser> parser) {
            datagramParser = parser;
            return this;
        }

        /** Its words of the vocabulary. */
        public Builder fields(final Field... words) {
            fields.addAll(List.of(words));
            return this;
        }

        /** The records its parser makes. */
        public Builder records(final RecordType... types) {
            records.addAll(List.of(types));
            return this;
        }

        /** The odd things its parser reports; at most {@link #MOST_EVENTS}. */
        public Builder events(final ProtocolEvent... reported) {
            events.addAll(List.of(reported));
            return this;
        }

        /** Says that it is one that {@link Protocol#isOfOwnFields}. */
        public Builder ofOwnFields() {
            ofOwnFields = true;
            return this;
        }

        /** Says that what it carries is hidden from the engine. */
        public Builder encrypted() {
            encrypted = true;
            return this;
        }

        /**
         * Ends the definition.
         *
         * @throws IllegalArgumentException if it has more events than a transaction has bits for
         */
        public Protocol build() {
            if (events.size() > MOST_EVENTS) {
                throw new IllegalArgumentException(name + " has " + events.size() + " events; at most " + MOST_EVENTS
                    + " can be noted of a transaction");
            }
            return new Protocol(this);
        }
    }
}
