package io.weir.protocol.modbus;

import io.weir.protocol.Bytes;
import io.weir.protocol.Transaction;

/** Tells the fields of one message. */
final class ModbusTeller {
    private static final int EXCEPTION = 0x80;

    private ModbusTeller() {
    }

    /**
     * Tells a message.
     *
     * @param message with its header
     * @param body    a view to use
     */
    static void tell(final Transaction t, final Bytes message, final Bytes body, final boolean request) {
        final int raw = message.u8(7);
        final int function = raw & 0x7f;
        t.put(Modbus.TRANSACTION, message.u16(0)).put(Modbus.PROTOCOL_ID, message.u16(2))
            .put(Modbus.UNIT, message.u8(6)).put(Modbus.FUNCTION, raw)
            .put(Modbus.FUNCTION_CODE, ModbusNames.function(function));
        final byte[] access = ModbusNames.access(function);
        if (access != null) {
            t.put(Modbus.ACCESS, access);
        }
        t.put(Modbus.CATEGORY, ModbusNames.category(function));
        body.wrap(message, 8, message.length() - 8);
        final byte[] errors;
        if (request) {
            errors = request(t, raw, body);
        } else {
            errors = raw >= EXCEPTION ? exception(t, body) : response(t, function, body);
        }
        t.put(Modbus.ERRORS, errors);
    }

    private static byte[] exception(final Transaction t, final Bytes body) {
        if (body.length() != 1) {
            return ModbusNames.DATA_LENGTH;
        }
        t.begin(Modbus.EXCEPTION).put(Modbus.RAW, body.u8(0))
            .put(Modbus.CODE, ModbusNames.exception(body.u8(0))).end();
        return ModbusNames.NONE;
    }

    private static byte[] request(final Transaction t, final int function, final Bytes body) {
        switch (function) {
            case 1, 2, 3, 4 -> {
                return readRequest(t, function, body);
            }
            case 5, 6 -> {
                return single(t, body);
            }
            case 15, 16 -> {
                return multiple(t, body);
            }
            default -> {
                return other(t, function, body, true);
            }
        }
    }

    private static byte[] readRequest(final Transaction t, final int function, final Bytes body) {
        if (body.length() != 4) {
            return ModbusNames.DATA_LENGTH;
        }
        final int quantity = body.u16(2);
        t.begin(Modbus.READ).put(Modbus.ADDRESS, body.u16(0)).put(Modbus.QUANTITY, quantity).end();
        // As many as fit into a response: 2000 coils, 125 registers.
        return quantity >= 1 && quantity <= (function <= 2 ? 2000 : 125) ? ModbusNames.NONE : ModbusNames.DATA_VALUE;
    }

    private static byte[] single(final Transaction t, final Bytes body) {
        if (body.length() != 4) {
            return ModbusNames.DATA_LENGTH;
        }
        t.begin(Modbus.WRITE).put(Modbus.ADDRESS, body.u16(0)).put(Modbus.VALUE, body.u16(2)).end();
        return ModbusNames.NONE;
    }

    /** Address, quantity, number of bytes, and these. */
    private static byte[] multiple(final Transaction t, final Bytes body) {
        if (body.length() < 5 || body.u8(4) != body.length() - 5) {
            return ModbusNames.DATA_LENGTH;
        }
        t.begin(Modbus.WRITE).put(Modbus.ADDRESS, body.u16(0)).end();
        t.put(Modbus.DATA, body, 5, body.length() - 5);
        return body.u16(2) >= 1 && body.u16(2) <= 1968 ? ModbusNames.NONE : ModbusNames.DATA_VALUE;
    }

    private static byte[] response(final Transaction t, final int function, final Bytes body) {
        switch (function) {
            case 1, 2, 3, 4, 23 -> {
                if (body.u8(0) != body.length() - 1) {
                    return ModbusNames.DATA_VALUE;
                }
                t.begin(Modbus.READ).put(Modbus.DATA, body, 1, body.length() - 1).end();
                return ModbusNames.NONE;
            }
            case 5, 6 -> {
                return single(t, body);
            }
            case 15, 16 -> {
                if (body.length() != 4) {
                    return ModbusNames.DATA_LENGTH;
                }
                t.begin(Modbus.WRITE).put(Modbus.ADDRESS, body.u16(0)).put(Modbus.VALUE, body.u16(2)).end();
                return ModbusNames.NONE;
            }
            default -> {
                return other(t, function, body, false);
            }
        }
    }

    private static byte[] other(final Transaction t, final int function, final Bytes body,
        final boolean isRequest) {
        if (function == 8) {
            t.begin(Modbus.DIAGNOSTIC).put(Modbus.RAW, body.u16(0))
                .put(Modbus.CODE, ModbusNames.diagnostic(body.u16(0)))
                .put(Modbus.DATA, body, 2, body.length()).end();
        } else if (function == 43 && isRequest) {
            // EVE has the object in requests alone; of a response its bytes are told.
            t.begin(Modbus.MEI).put(Modbus.RAW, body.u8(0)).put(Modbus.CODE, ModbusNames.meiType(body.u8(0)))
                .put(Modbus.DATA, body, 1, body.length()).end();
        } else if (!body.isEmpty()) {
            t.put(Modbus.DATA, body);
        }
        return ModbusNames.NONE;
    }
}
