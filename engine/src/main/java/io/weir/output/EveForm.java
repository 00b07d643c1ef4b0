package io.weir.output;

import java.util.Set;
import java.util.function.IntFunction;

/**
 * What sites may choose about the form of EVE records.
 *
 * @param interfaceNames  name of the interface with this index, or an empty string if it has none
 * @param communityIdSeed of community ids, 16 bits
 * @param fullAddresses   true to write IPv6 addresses with all digits, as Suricata does, and not as in RFC 5952
 * @param ethernet        true to write Ethernet addresses
 * @param netflow         true to write a netflow record for each direction of a flow, too
 * @param anomalies       kinds of anomalies that are written, by the names they have in records
 */
public record EveForm(
    IntFunction<String> interfaceNames, int communityIdSeed, boolean fullAddresses, boolean ethernet,
    boolean netflow, Set<String> anomalies) {
    private static final Set<String> ALL_ANOMALIES = Set.of("decode", "stream", "applayer");

    /** The usual form. */
    public static EveForm of(final IntFunction<String> interfaceNames) {
        return new EveForm(interfaceNames, 0, false, false, false, ALL_ANOMALIES);
    }
}
