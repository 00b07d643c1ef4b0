package io.weir.capture.filter;

import io.weir.base.Errno;
import io.weir.base.LibWeir;
import io.weir.base.Native;
import io.weir.base.NativeLayout;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureLibrary;
import io.weir.packet.LinkType;
import java.util.regex.Pattern;
import org.agrona.UnsafeApi;

/**
 * Compiles filter expressions in the language of pcap-filter(7), with libpcap. Any thread.
 *
 * <p>On Ethernet the outer VLAN tag lies beside the frame, as the Linux kernel hands it over, and the program asks for
 * it there. So {@code udp port 80} finds tagged and untagged frames alike, and {@code vlan 77 and udp port 80} works.
 * Whoever runs a program over a frame with the tag in place must take it out first; then a filter has the same answer
 * live and offline. An expression that says {@code vlan} can only be compiled with the help of a live device.
 *
 * <p>An expression is at most {@value #MAX_EXPRESSION_LENGTH} bytes long, and the optimizer of libpcap is left out for
 * programs of more than 6000 instructions: its time explodes with the number of terms. A host name in an expression is
 * looked up by the resolver of this machine.
 */
public final class FilterCompiler {
    /** Longest expression in bytes. */
    public static final int MAX_EXPRESSION_LENGTH = 16384;
    /** What an accepting program returns: more than any frame has. */
    public static final int SNAP_LENGTH = 262144;

    private static final Pattern VLAN = Pattern.compile("\\bvlan\\b");
    private static final String LOOPBACK = "lo";
    private static final int CAPACITY = 65536;
    private static final int ERROR_BYTES = 512;
    /** Raw IP as libpcap numbers it in memory; files say 101. */
    private static final int DLT_RAW = 12;

    private FilterCompiler() {
    }

    /**
     * Compiles for a live device.
     *
     * @throws CaptureException if the expression is wrong, the device is missing, or the privilege to open it
     */
    public static FilterProgram compileForDevice(final String device, final String expression) {
        final Attempt attempt = attempt(device, LinkType.ETHERNET, expression);
        if (attempt.result == -Errno.ENETDOWN) {
            // Code depends on the device for its link type and for VLAN tags alone, so a sister that is up will do.
            return compileForLinkType(LinkType.ETHERNET, expression);
        }
        if (attempt.result == -Errno.ENODEV && attempt.message.contains("No such device")) {
            throw CaptureException.interfaceMissing(device);
        }
        return attempt.program(device);
    }

    /**
     * Compiles for frames of a link type, live or from a file.
     *
     * @param linkType LINKTYPE_ value of a capture file
     * @throws CaptureException if the expression is wrong, or says {@code vlan} and no live device can be opened
     */
    public static FilterProgram compileForLinkType(final int linkType, final String expression) {
        final boolean live = linkType == LinkType.ETHERNET && VLAN.matcher(expression).find();
        final Attempt attempt = attempt(live ? LOOPBACK : null, dlt(linkType), expression);
        return attempt.program(live ? LOOPBACK : null);
    }

    private static int dlt(final int linkType) {
        return linkType == LinkType.RAW || linkType == LinkType.RAW_14 ? DLT_RAW : linkType;
    }

    /** Compiles once, without judging the result. */
    static Attempt attempt(final String device, final int linkType, final String expression) {
        final LibWeir library = CaptureLibrary.neededFor("a filter");
        try (NativeMemory.Region request =
                NativeMemory.allocate(NativeMemory.Tag.OTHER, NativeLayout.COMPILE_BYTES, Long.BYTES);
            NativeMemory.Region program = NativeMemory.allocate(NativeMemory.Tag.OTHER,
                (long) CAPACITY * NativeLayout.FILTER_INSTRUCTION_BYTES, Long.BYTES);
            NativeMemory.Region error = NativeMemory.allocate(NativeMemory.Tag.OTHER, ERROR_BYTES, 1);
            NativeMemory.Region text = Native.text(expression);
            NativeMemory.Region name = Native.text(device == null ? "" : device)) {
            final long at = request.address();
            UnsafeApi.putLong(at + NativeLayout.COMPILE_EXPRESSION, text.address());
            UnsafeApi.putLong(at + NativeLayout.COMPILE_DEVICE, device == null ? 0 : name.address());
            UnsafeApi.putLong(at + NativeLayout.COMPILE_PROGRAM, program.address());
            UnsafeApi.putLong(at + NativeLayout.COMPILE_ERROR, error.address());
            UnsafeApi.putInt(at + NativeLayout.COMPILE_CAPACITY, CAPACITY);
            UnsafeApi.putInt(at + NativeLayout.COMPILE_ERROR_BYTES, ERROR_BYTES);
            UnsafeApi.putInt(at + NativeLayout.COMPILE_SNAP_LENGTH, SNAP_LENGTH);
            UnsafeApi.putInt(at + NativeLayout.COMPILE_LINK_TYPE, linkType);
            final int result = library.filterCompile(at);
            final long[] instructions = new long[Math.max(0, result)];
            for (int i = 0; i < instructions.length; i++) {
                instructions[i] =
                    UnsafeApi.getLong(program.address() + (long) i * NativeLayout.FILTER_INSTRUCTION_BYTES);
            }
            final int madeFor = UnsafeApi.getInt(at + NativeLayout.COMPILE_LINK_TYPE);
            return new Attempt(new FilterProgram(expression, madeFor, instructions), result,
                Native.text(error.address(), ERROR_BYTES));
        }
    }

    /**
     * What one call of libpcap gave.
     *
     * @param made    the program, without instructions if there is none
     * @param result  number of instructions, or negative errno
     * @param message what libpcap said
     */
    record Attempt(FilterProgram made, int result, String message) {
        FilterProgram program(final String device) {
            if (result >= 0) {
                return made;
            }
            final String expression = made.expression();
            throw switch (-result) {
                case Errno.EINVAL -> new CaptureException(CaptureException.Kind.BAD_FILTER,
                    FilterFault.describe(expression, message, made.linkType()));
                case Errno.ENAMETOOLONG -> new CaptureException(CaptureException.Kind.BAD_FILTER, "filter: "
                    + expression.length() + " characters, and at most " + MAX_EXPRESSION_LENGTH
                    + " are compiled: write networks instead of single hosts");
                case Errno.E2BIG -> new CaptureException(CaptureException.Kind.BAD_FILTER, "filter: needs more than "
                    + CAPACITY + " instructions: write networks instead of single hosts");
                case Errno.ELIBACC -> new CaptureException(CaptureException.Kind.RESOURCE,
                    "filter: needs libpcap, and " + message + ": sudo apt-get install libpcap0.8");
                case Errno.EPERM -> CaptureException.privilegeMissing(VLAN.matcher(expression).find()
                    ? "a filter that says 'vlan'" : "a filter on " + device);
                case Errno.ENETDOWN -> new CaptureException(CaptureException.Kind.DEVICE_MISSING, "filter: " + device
                    + " is down, and a filter that says 'vlan' is compiled on it: sudo ip link set " + device + " up");
                case Errno.ENODEV -> new CaptureException(CaptureException.Kind.DEVICE_MISSING,
                    "filter: " + device + " cannot be opened: " + message);
                default -> new CaptureException(CaptureException.Kind.RESOURCE,
                    "filter: cannot be compiled: " + Errno.text(result));
            };
        }
    }
}
