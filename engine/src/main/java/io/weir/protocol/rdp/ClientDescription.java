package io.weir.protocol.rdp;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** The blocks of a connect request that describe the client and its channels ([MS-RDPBCGR] 2.2.1.3). */
final class ClientDescription {
    private static final int CORE = 0xc001;
    private static final int NETWORK = 0xc003;
    /** The conference's key, behind which the blocks begin with their length: "Duca". */
    private static final byte[] KEY = ascii("Duca");
    private static final int MOST_CHANNELS = 31;
    private static final int MOST_BLOCKS = 16;
    private static final int NAME = 32;
    private static final int ID = 64;

    private static final byte[][] VERSIONS = names("v4", "", "", "v5", "v10.0", "v10.1", "v10.2", "v10.3", "v10.4",
        "v10.5", "v10.6", "v10.7", "v10.8", "v10.9", "v10.10", "v10.11", "v10.12");
    private static final byte[][] KEYBOARDS = names("xt", "ico", "at", "enhanced", "1050", "9140", "jp");
    private static final byte[][] CAPABILITIES = names("support_errinfo_pdf", "want_32bpp_session",
        "support_statusinfo_pdu", "strong_asymmetric_keys", "", "valid_connection_type",
        "support_monitor_layout_pdu", "support_netchar_autodetect", "support_dynvc_gfx_protocol",
        "support_dynamic_time_zone", "support_heartbeat_pdu");
    private static final int[] BUILDS = {2600, 3790, 6000, 6001, 6002, 7600, 7601, 9200, 9600};
    private static final byte[][] SYSTEMS = names("Windows XP", "Windows Server 2003", "Windows Vista",
        "Windows Vista SP1", "Windows Vista SP2", "Windows 7", "Windows 7 SP1", "Windows 8", "Windows 8.1",
        "Windows 10");
    private static final int WINDOWS_10 = 10240;
    private static final int[] LANGUAGES = {0x404, 0x405, 0x406, 0x407, 0x408, 0x409, 0x40a, 0x40b, 0x40c, 0x40d,
        0x40e, 0x410, 0x411, 0x412, 0x413, 0x414, 0x415, 0x416, 0x418, 0x419, 0x41d, 0x41f, 0x422, 0x804, 0x807,
        0x809, 0x80a, 0x80c, 0x816, 0xc0a, 0xc0c, 0x1009};
    private static final byte[][] LANGUAGE_NAMES = names("zh-TW", "cs-CZ", "da-DK", "de-DE", "el-GR", "en-US", "es-ES",
        "fi-FI", "fr-FR", "he-IL", "hu-HU", "it-IT", "ja-JP", "ko-KR", "nl-NL", "nb-NO", "pl-PL", "pt-BR", "ro-RO",
        "ru-RU", "sv-SE", "tr-TR", "uk-UA", "zh-CN", "de-CH", "en-GB", "es-MX", "fr-BE", "pt-PT", "es-ES", "fr-CA",
        "en-CA");

    private final byte[] text = new byte[ID];

    private static byte[] ascii(final String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[][] names(final String... names) {
        return Stream.of(names).map(ClientDescription::ascii).toArray(byte[][]::new);
    }

    /** Tells what a connect request says of the client. */
    void tell(final Transaction t, final Bytes b) {
        final int key = b.indexOf(KEY, 0);
        if (key < 0) {
            return;
        }
        // A length of one byte, or of two with the highest bit set.
        int at = key + KEY.length + (b.u8(key + KEY.length) >= 0x80 ? 2 : 1);
        for (int i = 0; b.has(at, 4); i++) {
            if (i == MOST_BLOCKS) {
                t.leftOut();
                return;
            }
            final int type = b.u16le(at);
            final int length = b.u16le(at + 2);
            if (length < 4) {
                return;
            }
            if (type == CORE) {
                core(t, b, at, length);
            } else if (type == NETWORK) {
                channels(t, b, at);
            }
            at += length;
        }
    }

    private void core(final Transaction t, final Bytes b, final int at, final int length) {
        t.begin(Rdp.CLIENT);
        final long version = b.u32le(at + 4) - 0x8_0001;
        if (version >= 0 && version < VERSIONS.length && VERSIONS[(int) version].length > 0) {
            t.put(Rdp.VERSION, VERSIONS[(int) version]);
        }
        t.put(Rdp.WIDTH, b.u16le(at + 8)).put(Rdp.HEIGHT, b.u16le(at + 10));
        t.put(Rdp.DEPTH, depth(b, at, length));
        named(t, Rdp.LAYOUT, LANGUAGES, LANGUAGE_NAMES, (int) b.u32le(at + 16));
        final int build = (int) b.u32le(at + 20);
        if (build >= WINDOWS_10) {
            t.put(Rdp.BUILD, SYSTEMS[SYSTEMS.length - 1]);
        } else {
            named(t, Rdp.BUILD, BUILDS, SYSTEMS, build);
        }
        string(t, Rdp.NAME, b, at + 24, NAME);
        final long keyboard = b.u32le(at + 56);
        if (keyboard >= 1 && keyboard <= KEYBOARDS.length) {
            t.put(Rdp.KEYBOARD, KEYBOARDS[(int) keyboard - 1]);
        }
        t.put(Rdp.FUNCTION_KEYS, Math.max(0, b.u32le(at + 64)));
        if (length >= 136) {
            t.put(Rdp.PRODUCT, Math.max(0, b.u16le(at + 134)));
        }
        if (length >= 146) {
            final int flags = Math.max(0, b.u16le(at + 144));
            for (int i = 0; i < CAPABILITIES.length; i++) {
                if ((flags >> i & 1) == 1 && CAPABILITIES[i].length > 0) {
                    t.put(Rdp.CAPABILITIES, CAPABILITIES[i]);
                }
            }
        }
        if (length >= 146 + ID) {
            string(t, Rdp.ID, b, at + 146, ID);
        }
        t.end();
    }

    /** Later clients say it in a field of its own; earlier ones by a code. */
    private static long depth(final Bytes b, final int at, final int length) {
        if (length >= 142 && b.u16le(at + 140) > 0) {
            return b.u16le(at + 140);
        }
        return switch (b.u16le(at + 12)) {
            case 0xca00 -> 4;
            case 0xca02 -> 15;
            case 0xca03 -> 16;
            case 0xca04 -> 24;
            default -> 8;
        };
    }

    private static void named(final Transaction t, final Field field, final int[] numbers, final byte[][] names,
        final int number) {
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] == number) {
                t.put(field, names[i]);
            }
        }
    }

    /** Names here are nearly always ASCII; what is not becomes a question mark. */
    private void string(final Transaction t, final Field field, final Bytes b, final int from, final int length) {
        int to = 0;
        for (int at = from; at < from + length && b.u16le(at) > 0; at += 2) {
            text[to++] = b.u16le(at) < 0x80 ? (byte) b.u16le(at) : (byte) '?';
        }
        if (to > 0) {
            t.put(field, text, 0, to);
        }
    }

    private static void channels(final Transaction t, final Bytes b, final int at) {
        final long count = b.u32le(at + 4);
        for (int i = 0; i < count && b.has(at + 8 + 12 * i, 8); i++) {
            if (i == MOST_CHANNELS) {
                t.leftOut();
                return;
            }
            final int name = at + 8 + 12 * i;
            final int end = b.indexOf(0, name);
            t.put(Rdp.CHANNELS, b, name, end < 0 ? 8 : Math.min(8, end - name));
        }
    }
}
