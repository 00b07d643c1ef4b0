package io.weir.cli.service;

/** The threads of an engine that frames pass through, and how far each has come. */
public interface PacketThreads {
    /** How many there are. */
    int count();

    /** Duty cycles that thread {@code index} has ended; 0 until it has run one, and the same again if it is stuck. */
    long cycles(int index);

    /** Its name, for people. */
    String name(int index);
}
