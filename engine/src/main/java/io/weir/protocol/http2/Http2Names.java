package io.weir.protocol.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Names of numbers in frames, as Suricata writes them; RFC 9113, sections 6.5.2 and 7. */
final class Http2Names {
    private static final byte[][] ERRORS = names("NOERROR", "PROTOCOLERROR", "INTERNALERROR", "FLOWCONTROLERROR",
        "SETTINGSTIMEOUT", "STREAMCLOSED", "FRAMESIZEERROR", "REFUSEDSTREAM", "CANCEL", "COMPRESSIONERROR",
        "CONNECTERROR", "ENHANCEYOURCALM", "INADEQUATESECURITY", "HTTP11REQUIRED");
    private static final byte[][] SETTINGS = names("UNKNOWN", "SETTINGSHEADERTABLESIZE", "SETTINGSENABLEPUSH",
        "SETTINGSMAXCONCURRENTSTREAMS", "SETTINGSINITIALWINDOWSIZE", "SETTINGSMAXFRAMESIZE",
        "SETTINGSMAXHEADERLISTSIZE");
    private static final byte[] UNKNOWN_ERROR = "UNKNOWN".getBytes(US_ASCII);

    private Http2Names() {
    }

    private static byte[][] names(final String... texts) {
        return Arrays.stream(texts).map(text -> text.getBytes(US_ASCII)).toArray(byte[][]::new);
    }

    /** Name of an error code. */
    static byte[] error(final long code) {
        return code >= 0 && code < ERRORS.length ? ERRORS[(int) code] : UNKNOWN_ERROR;
    }

    /** Name of a setting. */
    static byte[] setting(final int number) {
        return number > 0 && number < SETTINGS.length ? SETTINGS[number] : SETTINGS[0];
    }
}
