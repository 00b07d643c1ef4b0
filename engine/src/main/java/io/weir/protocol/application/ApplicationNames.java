package io.weir.protocol.application;

/** What applications are called by their numbers. For any thread. */
@FunctionalInterface
public interface ApplicationNames {
    /** The application with this number, from 1, or null if there is none. */
    Application of(int number);
}
