package io.weir.protocol;

/** The applications that weir ships with. */
final class Applications {
    private Applications() {
    }

    static ApplicationMatcher matcher() {
        return ApplicationMatcher.NONE;
    }
}
