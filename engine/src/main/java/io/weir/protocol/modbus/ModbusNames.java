package io.weir.protocol.modbus;

import java.nio.charset.StandardCharsets;

/** Names of functions and codes, as EVE spells them. */
final class ModbusNames {
    static final byte[] NONE = ascii("NONE");
    static final byte[] DATA_VALUE = ascii("DATA_VALUE");
    static final byte[] DATA_LENGTH = ascii("DATA_LENGTH");
    static final byte[] PROTOCOL_ID = ascii("PROTO_ID");

    private static final byte[] UNKNOWN = ascii("Unknown");
    private static final byte[] PUBLIC = ascii("PUBLIC_ASSIGNED");
    private static final byte[] UNASSIGNED = ascii("PUBLIC_UNASSIGNED");
    private static final byte[] USER = ascii("USER_DEFINED");
    private static final byte[] RESERVED = ascii("RESERVED");

    private static final byte[][] FUNCTIONS = table(44, 1, "RdCoils", 2, "RdDiscreteInputs", 3, "RdHoldRegs",
        4, "RdInputRegs", 5, "WrSingleCoil", 6, "WrSingleReg", 7, "RdExcStatus", 8, "Diagnostic", 9, "Program484",
        10, "Poll484", 11, "GetCommEventCtr", 12, "GetCommEventLog", 13, "ProgramController", 14, "PollController",
        15, "WrMultCoils", 16, "WrMultRegs", 17, "ReportServerID", 18, "Program884", 19, "ResetCommLink",
        20, "RdFileRec", 21, "WrFileRec", 22, "MaskWrReg", 23, "RdWrMultRegs", 24, "RdFIFOQueue", 43, "MEI");
    private static final byte[][] ACCESSES = table(44, 1, "READ | COILS", 2, "READ | DISCRETES", 3, "READ | HOLDING",
        4, "READ | INPUT", 5, "WRITE | COILS | SINGLE", 6, "WRITE | HOLDING | SINGLE",
        15, "WRITE | COILS | MULTIPLE", 16, "WRITE | HOLDING | MULTIPLE", 22, "WRITE | HOLDING",
        23, "READ | WRITE | HOLDING | MULTIPLE");
    private static final byte[][] EXCEPTIONS = table(12, 1, "IllegalFunction", 2, "IllegalDataAddr",
        3, "IllegalDataValue", 4, "ServerDeviceFail", 5, "Ack", 6, "ServerDeviceBusy", 7, "NegAck",
        8, "MemParityErr", 10, "GatewayPathUnavailable", 11, "GatewayTargetFailToResp");
    private static final byte[][] DIAGNOSTICS = table(22, 0, "RetQueryData", 1, "RestartCommOpt", 2, "RetDiagReg",
        3, "ChangeInputDelimiter", 4, "ForceListenOnlyMode", 10, "ClearCtrDiagReg", 11, "RetBusMsgCount",
        12, "RetBusCommErrCount", 13, "RetBusExcErrCount", 14, "RetServerMsgCount", 15, "RetServerNoRespCount",
        16, "RetServerNAKCount", 17, "RetServerBusyCount", 18, "RetBusCharOverrunCount",
        19, "RetOverrunErrCount", 20, "ClearOverrunCounterFlag", 21, "GetClearPlusStats");
    private static final byte[][] INTERFACES = table(15, 13, "CANOpenGenRefReqResp", 14, "RdDevId");

    private ModbusNames() {
    }

    static byte[] function(final int code) {
        return of(FUNCTIONS, code);
    }

    static byte[] exception(final int code) {
        return of(EXCEPTIONS, code);
    }

    static byte[] diagnostic(final int code) {
        return of(DIAGNOSTICS, code);
    }

    static byte[] meiType(final int code) {
        return of(INTERFACES, code);
    }

    /** What a function reads or writes, or null. */
    static byte[] access(final int code) {
        return code < ACCESSES.length ? ACCESSES[code] : null;
    }

    static byte[] category(final int code) {
        if (code >= 65 && code <= 72 || code >= 100 && code <= 110) {
            return USER;
        }
        if (code == 9 || code == 10 || code == 13 || code == 14 || code == 18 || code == 19 || code >= 90) {
            return RESERVED;
        }
        return code < FUNCTIONS.length && FUNCTIONS[code] != null ? PUBLIC : UNASSIGNED;
    }

    private static byte[] of(final byte[][] names, final int code) {
        return code >= 0 && code < names.length && names[code] != null ? names[code] : UNKNOWN;
    }

    private static byte[][] table(final int size, final Object... numbersAndNames) {
        final byte[][] table = new byte[size][];
        for (int i = 0; i < numbersAndNames.length; i += 2) {
            table[(Integer) numbersAndNames[i]] = ascii((String) numbersAndNames[i + 1]);
        }
        return table;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
