package io.weir.protocol.application;

import io.weir.packet.AddressRanges;
import io.weir.packet.Network;
import io.weir.protocol.ApplicationMatcher;
import io.weir.protocol.Bytes;
import io.weir.protocol.NameKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All applications, and which names and addresses are theirs. Made by {@link ApplicationReader}. Immutable, for any
 * thread; look-ups allocate nothing.
 *
 * <p>A host belongs to the application of a pattern it fits, else to that with the longest suffix of whole labels; a
 * certificate's name to the one that has it as a whole, else as a host; an organization or an ALPN word to the one that
 * has it as a whole; a user agent to the one of the first word that is known; an address to the one with the longest
 * prefix.
 */
public final class ApplicationTable implements ApplicationMatcher, ApplicationNames {
    /** Most applications: their numbers have 16 bits in flow records. */
    static final int MAX_APPLICATIONS = 0xffff;
    /** Knows none. */
    public static final ApplicationTable NONE = new ApplicationTable(new Contents());

    private final Contents contents;
    private final List<Application> applications;
    private final NameTable hosts;
    private final NameTable certificates;
    private final NameTable organizations;
    private final HostPatterns patterns;
    private final NameTable alpn;
    private final NameTable agents;
    private final AddressRanges v4;
    private final AddressRanges v6;

    ApplicationTable(final Contents contents) {
        this.contents = contents;
        applications = List.copyOf(contents.applications);
        hosts = new NameTable(contents.hosts);
        certificates = new NameTable(contents.certificates);
        organizations = new NameTable(contents.organizations);
        patterns = new HostPatterns(contents.patterns);
        alpn = new NameTable(contents.alpn);
        agents = new NameTable(contents.agents);
        v4 = new AddressRanges(0, ofVersion(4, contents.networks));
        v6 = new AddressRanges(0, ofVersion(6, contents.networks));
    }

    private static Map<Network, Integer> ofVersion(final int version, final Map<Network, Integer> networks) {
        final Map<Network, Integer> some = new HashMap<>(networks);
        some.keySet().removeIf(network -> network.ipVersion() != version);
        return some;
    }

    /** The table that comes with weir. */
    public static ApplicationTable standard() {
        return Standard.TABLE;
    }

    @Override
    public int find(final NameKind kind, final Bytes bytes, final int from, final int length) {
        final int start = Math.max(0, from);
        final int end = (int) Math.min(bytes.length(), (long) start + length);
        if (start >= end) {
            return 0;
        }
        return switch (kind) {
            case HOST -> host(bytes, start, endOfHost(bytes, start, end));
            case ORGANIZATION -> organizations.exact(bytes, start, end);
            case CERTIFICATE -> certificate(bytes, start, end);
            case ALPN -> alpn.exact(bytes, start, end);
            case USER_AGENT -> agent(bytes, start, end);
        };
    }

    private int host(final Bytes bytes, final int start, final int end) {
        final int number = patterns.find(bytes, start, end);
        return number != 0 ? number : hosts.longestSuffix(bytes, start, end);
    }

    private int certificate(final Bytes bytes, final int start, final int end) {
        final int number = certificates.exact(bytes, start, end);
        return number != 0 ? number : hosts.longestSuffix(bytes, start, end);
    }

    /** Leaves out a port, and a dot at the end. */
    private static int endOfHost(final Bytes bytes, final int start, final int end) {
        int last = end;
        while (last > start && isDigit(bytes.u8(last - 1))) {
            last--;
        }
        last = last > start && bytes.u8(last - 1) == ':' ? last - 1 : end;
        return last > start && bytes.u8(last - 1) == '.' ? last - 1 : last;
    }

    private int agent(final Bytes bytes, final int start, final int end) {
        int word = start;
        for (int i = start; i <= end; i++) {
            if (i == end || !isPartOfWord(bytes.u8(i))) {
                final int number = i > word ? agents.exact(bytes, word, i) : 0;
                if (number != 0) {
                    return number;
                }
                word = i + 1;
            }
        }
        return 0;
    }

    /** Words are the names of products (RFC 9110 section 10.1.5): they end at a slash, a space, a bracket. */
    private static boolean isPartOfWord(final int value) {
        return value >= 'a' && value <= 'z' || value >= 'A' && value <= 'Z' || isDigit(value)
            || value == '-' || value == '_' || value == '.';
    }

    private static boolean isDigit(final int value) {
        return value >= '0' && value <= '9';
    }

    @Override
    public int findAddress(final int ipVersion, final long hi, final long lo) {
        return (ipVersion == 4 ? v4 : v6).find(hi, lo);
    }

    /**
     * The same table with the numbers of another where both have an application, and new numbers for the rest. What
     * only the other one has stays without names and addresses.
     */
    ApplicationTable numberedAs(final ApplicationTable before) throws ApplicationFileException {
        final Contents merged = new Contents();
        merged.applications.addAll(before.applications);
        final Map<String, Integer> numbers = new HashMap<>();
        before.applications.forEach(application -> numbers.put(application.name(), application.number()));
        final int[] to = new int[applications.size() + 1];
        for (final Application application : applications) {
            final int number = numbers.getOrDefault(application.name(), merged.applications.size() + 1);
            final Application same =
                new Application(number, application.name(), application.title(), application.category());
            if (number <= merged.applications.size()) {
                merged.applications.set(number - 1, same);
            } else {
                merged.applications.add(same);
            }
            to[application.number()] = number;
        }
        if (merged.applications.size() > MAX_APPLICATIONS) {
            throw new ApplicationFileException(List.of("more than " + MAX_APPLICATIONS
                + " applications have come and gone since the start: a restart is needed"));
        }
        contents.hosts.forEach((name, number) -> merged.hosts.put(name, to[number]));
        contents.certificates.forEach((name, number) -> merged.certificates.put(name, to[number]));
        contents.organizations.forEach((name, number) -> merged.organizations.put(name, to[number]));
        contents.patterns.forEach((name, number) -> merged.patterns.put(name, to[number]));
        contents.alpn.forEach((name, number) -> merged.alpn.put(name, to[number]));
        contents.agents.forEach((name, number) -> merged.agents.put(name, to[number]));
        contents.networks.forEach((network, number) -> merged.networks.put(network, to[number]));
        return new ApplicationTable(merged);
    }

    /** The application with this number, from 1, or null if there is none. */
    @Override
    public Application of(final int number) {
        return number >= 1 && number <= applications.size() ? applications.get(number - 1) : null;
    }

    /** All applications, in order of their numbers. */
    public List<Application> all() {
        return applications;
    }

    /** What a table is made from: applications, and their numbers by what they are known by. */
    static final class Contents {
        final List<Application> applications = new ArrayList<>();
        final Map<String, Integer> hosts = new HashMap<>();
        final Map<String, Integer> certificates = new HashMap<>();
        final Map<String, Integer> organizations = new HashMap<>();
        final Map<String, Integer> patterns = new HashMap<>();
        final Map<String, Integer> alpn = new HashMap<>();
        final Map<String, Integer> agents = new HashMap<>();
        final Map<Network, Integer> networks = new HashMap<>();
    }

    /** Reads the file in the jar when it is first asked for. */
    private static final class Standard {
        static final ApplicationTable TABLE = ApplicationReader.readStandard();
    }
}
