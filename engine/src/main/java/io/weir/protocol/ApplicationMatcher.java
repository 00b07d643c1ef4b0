package io.weir.protocol;

/** Tells which application a name or address belongs to. For any thread, if nothing else is said; allocates nothing. */
public interface ApplicationMatcher {
    /** Knows none. */
    ApplicationMatcher NONE = new ApplicationMatcher() {
        @Override
        public int find(final NameKind kind, final Bytes bytes, final int from, final int length) {
            return 0;
        }

        @Override
        public int findAddress(final int ipVersion, final long hi, final long lo) {
            return 0;
        }
    };

    /** Number of the application with this name, from 1, or 0. Letters count in either case. */
    int find(NameKind kind, Bytes bytes, int from, int length);

    /** The one that answers now, whose answers stay the same. */
    default ApplicationMatcher current() {
        return this;
    }

    /** Number of the application with this server address (two halves, IPv4 zero-extended), or 0. */
    int findAddress(int ipVersion, long hi, long lo);
}
