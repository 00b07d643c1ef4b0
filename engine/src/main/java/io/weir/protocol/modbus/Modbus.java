package io.weir.protocol.modbus;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;

/** Modbus over TCP (Modbus Messaging on TCP/IP, 2006): requests and responses, each behind a header of 7 bytes. */
public final class Modbus {
    static final RecordType RECORD = RecordType.of("modbus");

    static final Field ID = Field.of("modbus.id", FieldType.NUMBER, "Number of the exchange in its flow, from 1.");
    static final Field REQUEST = Field.of("modbus.request", FieldType.GROUP, "What the client asked.");
    static final Field RESPONSE = Field.of("modbus.response", FieldType.GROUP, "What the server answered.");
    static final Field TRANSACTION = Field.of("modbus.transaction_id", FieldType.NUMBER,
        "What pairs a response with its request.").upTo(0xffff);
    static final Field PROTOCOL_ID = Field.of("modbus.protocol_id", FieldType.NUMBER, "0 for Modbus.").upTo(0xffff);
    static final Field UNIT = Field.of("modbus.unit_id", FieldType.NUMBER, "Device behind the server.").upTo(0xff);
    static final Field FUNCTION = Field.of("modbus.function_raw", FieldType.NUMBER,
        "Function, 128 more in an exception.").upTo(0xff);
    static final Field FUNCTION_CODE = Field.of("modbus.function_code", FieldType.TEXT, "Name of the function.");
    static final Field ACCESS = Field.of("modbus.access_type", FieldType.TEXT, "What the function reads or writes.");
    static final Field CATEGORY = Field.of("modbus.category", FieldType.TEXT,
        "Who assigns the function's number.");
    static final Field ERRORS = Field.of("modbus.error_flags", FieldType.TEXT,
        "What of the message is not as it has to be.");
    static final Field DATA = Field.of("modbus.data", FieldType.HEX, "Bytes that are not told otherwise.");
    static final Field READ = Field.of("modbus.read", FieldType.GROUP, "What is read.");
    static final Field WRITE = Field.of("modbus.write", FieldType.GROUP, "What is written.");
    static final Field ADDRESS = Field.of("modbus.address", FieldType.NUMBER, "First coil or register, from 0.");
    static final Field QUANTITY = Field.of("modbus.quantity", FieldType.NUMBER, "How many coils or registers.");
    static final Field VALUE = Field.of("modbus.value", FieldType.NUMBER, "Value of one coil or register.").as("data");
    static final Field EXCEPTION = Field.of("modbus.exception", FieldType.GROUP, "Why the server refused.");
    static final Field DIAGNOSTIC = Field.of("modbus.diagnostic", FieldType.GROUP, "Diagnosis of the serial line.");
    static final Field MEI = Field.of("modbus.mei", FieldType.GROUP, "Encapsulated interface.");
    static final Field CODE = Field.of("modbus.code", FieldType.TEXT, "Name of the number.");
    static final Field RAW = Field.of("modbus.raw", FieldType.NUMBER, "The number.");

    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("modbus", "Modbus")
        .tcpPorts(502)
        .tcp(Modbus::detect)
        .streamParser(ModbusParser::new)
        .fields(ID, REQUEST, RESPONSE, TRANSACTION, PROTOCOL_ID, UNIT, FUNCTION, FUNCTION_CODE, ACCESS, CATEGORY,
            ERRORS, DATA, READ, WRITE, ADDRESS, QUANTITY, VALUE, EXCEPTION, DIAGNOSTIC, MEI, CODE, RAW)
        .records(RECORD)
        .build();

    /** Transaction, protocol, length, unit. */
    static final int HEADER = 7;
    static final int LONGEST = 254;

    private Modbus() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(2) > 0 || b.u8(3) > 0 || b.u8(4) > 0 || b.u8(5) >= 0 && (b.u8(5) < 3 || b.u8(5) > LONGEST)) {
            return Answer.NO;
        }
        if (b.length() < HEADER + 1) {
            return Answer.MORE;
        }
        final int length = b.u16(4);
        final boolean request = isRequest(b, length);
        if (!request && !isResponse(b, length)) {
            return Answer.NO;
        }
        if (b.length() < 6 + Math.min(length, 6)) {
            return Answer.MORE;
        }
        // Behind a message the next one begins, or nothing. A lone one needs its port, or the other side's header.
        final int next = 6 + length;
        if (b.length() > next && (b.u8(next + 2) > 0 || b.u8(next + 3) > 0 || b.u8(next + 4) > 0)) {
            return Answer.NO;
        }
        final Bytes other = probe.other();
        final boolean answered = other.length() >= 8 && other.u16(0) == b.u16(0) && other.u16(2) == 0
            && (other.u8(7) & 0x7f) == (b.u8(7) & 0x7f);
        if (!answered && !probe.onPort(502)) {
            return other.isEmpty() ? Answer.MORE : Answer.NO;
        }
        if (probe.onPort(502) && probe.serverPort() != 502) {
            return Answer.YES_TURNED;
        }
        return request || probe.serverPort() == 502 ? Answer.YES : probe.yesFromServer();
    }

    /** Functions whose requests have one length, and those that count their values. */
    private static boolean isRequest(final Bytes b, final int length) {
        switch (b.u8(7)) {
            case 1, 2, 3, 4 -> {
                // At most 2000 coils or 125 registers.
                return length == 6 && (b.length() < 12 || b.u16(10) >= 1 && b.u16(10) <= 2000);
            }
            case 5, 6, 8 -> {
                return length == 6;
            }
            case 15, 16 -> {
                return length >= 8 && (b.length() < 13 || b.u8(12) == length - 7);
            }
            case 7, 11, 12, 17 -> {
                return length == 2;
            }
            case 22 -> {
                return length == 8;
            }
            case 23 -> {
                return length >= 13 && (b.length() < 17 || b.u8(16) == length - 11);
            }
            case 43 -> {
                return length >= 4 && (b.length() < 9 || b.u8(8) == 14 || b.u8(8) == 13);
            }
            case 90 -> {
                return length >= 4;
            }
            default -> {
                return false;
            }
        }
    }

    private static boolean isResponse(final Bytes b, final int length) {
        final int function = b.u8(7);
        if (function >= 0x80) {
            return length == 3 && function <= 0x80 + 43 && (b.length() < 9 || b.u8(8) >= 1 && b.u8(8) <= 11);
        }
        return function >= 1 && function <= 4 && (b.length() < 9 || b.u8(8) == length - 3)
            || (function == 15 || function == 16) && length == 6 || function == 23 && b.u8(8) == length - 3
            || function == 17;
    }
}
