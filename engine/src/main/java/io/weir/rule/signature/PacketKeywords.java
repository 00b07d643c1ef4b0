package io.weir.rule.signature;

import io.weir.rule.model.Condition;
import io.weir.rule.model.Condition.TcpFlags;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.PacketNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Numbers and bits of headers. */
final class PacketKeywords {
    private static final String FLAG_LETTERS = "FSRPAUEC";
    private static final Map<String, Long> IP_PROTOCOLS = Map.ofEntries(Map.entry("icmp", 1L), Map.entry("igmp", 2L),
        Map.entry("ipip", 4L), Map.entry("ip-in-ip", 4L), Map.entry("tcp", 6L), Map.entry("egp", 8L),
        Map.entry("igp", 9L), Map.entry("udp", 17L), Map.entry("ipv6", 41L), Map.entry("rsvp", 46L),
        Map.entry("gre", 47L), Map.entry("esp", 50L), Map.entry("ah", 51L), Map.entry("ipv6-icmp", 58L),
        Map.entry("icmpv6", 58L), Map.entry("icmp6", 58L), Map.entry("eigrp", 88L), Map.entry("ospf", 89L),
        Map.entry("ospfigp", 89L), Map.entry("pim", 103L), Map.entry("vrrp", 112L), Map.entry("l2tp", 115L),
        Map.entry("sctp", 132L), Map.entry("ip", 0L));
    /** Type octets of options, RFC 791, RFC 1108 and the IANA registry; -1 for any option. */
    private static final Map<String, Integer> IP_OPTIONS = Map.ofEntries(Map.entry("eol", 0), Map.entry("nop", 1),
        Map.entry("rr", 7), Map.entry("qs", 25), Map.entry("ts", 68), Map.entry("sec", 130), Map.entry("lsrr", 131),
        Map.entry("lsrre", 131), Map.entry("esec", 133), Map.entry("cipso", 134), Map.entry("satid", 136),
        Map.entry("ssrr", 137), Map.entry("rtralt", 148), Map.entry("any", -1));

    private PacketKeywords() {
    }

    static void addTo(final KeywordTable table) {
        number(table, "ttl", PacketNumber.TTL, "Time to live, or hop limit.");
        number(table, "tos", PacketNumber.TOS, "Type of service.");
        number(table, "id", PacketNumber.IP_ID, "Identification of the IPv4 header.");
        number(table, "dsize", PacketNumber.PAYLOAD_SIZE, "Length of the payload.");
        number(table, "seq tcp.seq", PacketNumber.TCP_SEQUENCE, "Sequence number.");
        number(table, "ack tcp.ack", PacketNumber.TCP_ACKNOWLEDGEMENT, "Acknowledgement number.");
        number(table, "window tcp.window", PacketNumber.TCP_WINDOW, "Window of the TCP header.");
        number(table, "tcp.mss", PacketNumber.TCP_MSS, "Maximum segment size option.");
        number(table, "tcp.wscale", PacketNumber.TCP_WSCALE, "Window scale option.");
        number(table, "itype", PacketNumber.ICMP_TYPE, "Type of an ICMP message.");
        number(table, "icode", PacketNumber.ICMP_CODE, "Code of an ICMP message.");
        number(table, "icmp_id", PacketNumber.ICMP_ID, "Identifier of an ICMP message.");
        number(table, "icmp_seq", PacketNumber.ICMP_SEQUENCE, "Sequence number of an ICMP message.");
        number(table, "icmpv6.mtu", PacketNumber.ICMPV6_MTU, "MTU of an ICMPv6 message.");
        number(table, "igmp.type", PacketNumber.IGMP_TYPE, "Type of an IGMP message.");
        number(table, "vlan.layers", PacketNumber.VLAN_LAYERS, "How many VLAN tags there are.");
        table.add("vlan.id", "Id of a VLAN tag: of any, of all, of one from the outermost (0 to 2) or from the "
            + "innermost (-1 to -3) on.", PacketKeywords::vlan);
        table.add("ip_proto", "Protocol of the IP header, by number or name.", (draft, option) ->
            add(draft, PacketNumber.IP_PROTOCOL, Numbers.set(option.need(), IP_PROTOCOLS)));
        table.add("sameip", "Source and destination are the same address.", (draft, option) -> {
            option.needNone();
            draft.conditions.add(new Condition.SameAddress());
        });
        table.add("ipopts", "An option of the IPv4 header.", PacketKeywords::ipOption);
        table.add("flags tcp.flags", "Flags of the TCP header.", PacketKeywords::flags);
        table.add("fragbits", "Fragment bits of the IPv4 header.", PacketKeywords::fragmentBits);
        table.add("fragoffset", "Place of a fragment.", (draft, option) ->
            draft.conditions.add(new Condition.Fragment(null, null, null, Numbers.set(option.need()), false)));
    }

    private static void number(final KeywordTable table, final String names, final PacketNumber number,
        final String sentence) {
        table.add(names, sentence, (draft, option) -> add(draft, number, Numbers.set(option.need())));
    }

    private static void add(final Draft draft, final PacketNumber number, final NumberSet numbers) {
        draft.conditions.add(new Condition.PacketFact(number, numbers));
    }

    private static void vlan(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts(2);
        final PacketNumber layer = switch (parts.size() < 2 ? "any" : parts.get(1)) {
            case "any" -> PacketNumber.VLAN_ID;
            case "0" -> PacketNumber.VLAN_OUTER_ID;
            case "1" -> PacketNumber.VLAN_INNER_ID;
            case "2" -> PacketNumber.VLAN_THIRD_ID;
            case "-1" -> PacketNumber.VLAN_LAST_ID;
            case "-2" -> PacketNumber.VLAN_NEXT_TO_LAST_ID;
            case "-3" -> PacketNumber.VLAN_THIRD_FROM_LAST_ID;
            case "all" -> PacketNumber.VLAN_EVERY_ID;
            default -> throw RejectedException.error("vlan.id asks any tag, all, 0 to 2 or -3 to -1, not layer "
                + Option.shown(parts.get(1)));
        };
        add(draft, layer, Numbers.set(parts.get(0)));
    }

    private static void ipOption(final Draft draft, final Option option) throws RejectedException {
        final String word = option.need().toLowerCase(Locale.ROOT);
        final Integer number = IP_OPTIONS.get(word);
        if (number == null) {
            throw RejectedException.unknown("there is no IP option " + Option.shown(word), word, IP_OPTIONS.keySet());
        }
        draft.conditions.add(new Condition.IpOption(number));
    }

    private static void flags(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts(2);
        final String text = parts.get(0);
        final String letters = text.replaceAll("[+*!]", "");
        final int flags = "0".equals(letters) ? 0 : bits(letters);
        final int ignored = parts.size() < 2 || "0".equals(parts.get(1)) ? 0 : bits(parts.get(1));
        final int modifiers = text.length() - letters.length();
        if (modifiers > 1 || letters.isEmpty()) {
            throw RejectedException.error("flags are letters of " + FLAG_LETTERS + " or 0, with one of + * ! or none");
        }
        if (modifiers == 0) {
            draft.conditions.add(new TcpFlags(flags, ignored, TcpFlags.Mode.EXACTLY));
        } else if (text.indexOf('+') >= 0) {
            draft.conditions.add(new TcpFlags(flags, ignored, TcpFlags.Mode.ALL_OF));
        } else if (text.indexOf('*') >= 0) {
            draft.conditions.add(new TcpFlags(flags, ignored, TcpFlags.Mode.ANY_OF));
        } else {
            draft.conditions.add(notAll(flags, ignored));
        }
    }

    /** At least one of the flags is not set; with no flags: at least one is. */
    private static Condition notAll(final int flags, final int ignored) {
        if (flags == 0) {
            return new TcpFlags(0xff, ignored, TcpFlags.Mode.ANY_OF);
        }
        final List<Condition> each = new ArrayList<>();
        for (int bit = 1; bit <= flags; bit <<= 1) {
            if ((flags & bit) != 0) {
                each.add(new TcpFlags(bit, ignored, TcpFlags.Mode.NONE_OF));
            }
        }
        return each.size() == 1 ? each.get(0) : new Condition.Any(each);
    }

    /** Bits of the TCP header; 1 and 2 are old names of the two highest ones. */
    private static int bits(final String letters) throws RejectedException {
        int bits = 0;
        for (final char letter : letters.toUpperCase(Locale.ROOT).toCharArray()) {
            final int bit = letter == '1' ? 7 : letter == '2' ? 6 : FLAG_LETTERS.indexOf(letter);
            if (bit < 0) {
                throw RejectedException.error("there is no TCP flag " + letter + "; there are " + FLAG_LETTERS);
            }
            bits |= 1 << bit;
        }
        return bits;
    }

    private static void fragmentBits(final Draft draft, final Option option) throws RejectedException {
        final String text = option.need().toUpperCase(Locale.ROOT);
        final String letters = text.replaceAll("[+*!]", "");
        if (letters.isEmpty() || !letters.matches("[MDR]+") || text.length() > letters.length() + 1) {
            throw RejectedException.error("fragment bits are letters of M, D and R, with one of + * ! or none");
        }
        final boolean exact = text.equals(letters);
        final Boolean more = bit(letters, 'M', exact);
        final Boolean dont = bit(letters, 'D', exact);
        final Boolean reserved = bit(letters, 'R', exact);
        if (text.indexOf('*') < 0) {
            draft.conditions.add(new Condition.Fragment(more, dont, reserved, null, text.indexOf('!') >= 0));
            return;
        }
        final List<Condition> any = new ArrayList<>();
        if (more != null) {
            any.add(new Condition.Fragment(true, null, null, null, false));
        }
        if (dont != null) {
            any.add(new Condition.Fragment(null, true, null, null, false));
        }
        if (reserved != null) {
            any.add(new Condition.Fragment(null, null, true, null, false));
        }
        draft.conditions.add(new Condition.Any(any));
    }

    private static Boolean bit(final String letters, final char letter, final boolean exact) {
        return letters.indexOf(letter) >= 0 ? Boolean.TRUE : exact ? Boolean.FALSE : null;
    }
}
