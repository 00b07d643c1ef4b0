package io.weir.rule.model;

/** One side of a rule's header. */
public record Endpoint(AddressSet addresses, PortSet ports) {
    /** Any address and port. */
    public static final Endpoint ANY = new Endpoint(AddressSet.ANY, PortSet.ANY);
}
