package io.weir.rule.model;

/**
 * Which traffic a rule is about.
 *
 * @param bothWays true if source and destination may be exchanged
 */
public record Header(Traffic traffic, Endpoint source, Endpoint destination, boolean bothWays) {
    /** Everything. */
    public static final Header ANY = new Header(Traffic.ANY, Endpoint.ANY, Endpoint.ANY, true);
}
