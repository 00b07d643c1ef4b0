package io.weir.base;

/** The error numbers of Linux on x86-64 that libweir answers with, negated. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int E2BIG = 7;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int ENAMETOOLONG = 36;
    public static final int ELIBACC = 79;
    public static final int ELIBBAD = 80;
    public static final int EMSGSIZE = 90;
    public static final int EOPNOTSUPP = 95;
    public static final int EAFNOSUPPORT = 97;
    public static final int ENETDOWN = 100;
    public static final int ENOBUFS = 105;
    public static final int EMEDIUMTYPE = 124;

    private Errno() {
    }

    /** A short text for an error number, positive or negative. */
    public static String text(final int error) {
        final int positive = Math.abs(error);
        final String text = switch (positive) {
            case EPERM, EACCES -> "not permitted";
            case E2BIG -> "too large";
            case EAGAIN -> "try again";
            case ENOMEM -> "out of memory";
            case EBUSY -> "busy";
            case ENODEV -> "no such device";
            case EINVAL -> "invalid argument";
            case ENAMETOOLONG -> "too long";
            case ELIBACC -> "library missing";
            case ELIBBAD -> "library of another kind or release";
            case EMSGSIZE -> "message too long";
            case EOPNOTSUPP -> "not supported";
            case EAFNOSUPPORT -> "packet sockets are not supported by this kernel";
            case ENETDOWN -> "interface is down";
            case ENOBUFS -> "queue full";
            default -> "error";
        };
        return text + " (errno " + positive + ")";
    }
}
