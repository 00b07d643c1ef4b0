package io.weir.reassembly.model;

import io.weir.reassembly.model.Side.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Connections of all kinds, drawn by a seed: some side by side, those between the same ports one after the other. */
final class Traffic {
    private static final int CLIENT_PORT = 30_000;
    private static final int SERVER_PORT = 7_000;
    private static final long TIME_LIMIT_S = 40;
    private static final int REUSES = 4;
    private static final int URGENTS = 12;

    private final SplittableRandom random;
    private final List<List<Conversation>> chains = new ArrayList<>();

    Traffic(final long seed) {
        random = new SplittableRandom(seed);
    }

    /** All connections; those between the same ports together, in the order in which they were made. */
    List<List<Conversation>> chains() {
        return chains;
    }

    /** Both sides send at once. */
    Traffic bulk() {
        make(size(600_000), size(600_000));
        make(800_000, 1);
        make(1, 1 + random.nextInt(3));
        return this;
    }

    /** One side speaks only after the other has ended. */
    Traffic halfClosed() {
        make(size(200_000), size(200_000)).server.ending = Ending.ANSWER;
        make(size(200_000), size(100_000)).client.ending = Ending.ANSWER;
        return this;
    }

    /** Small receive buffers that nobody empties at first. */
    Traffic closedWindows() {
        final Side server = make(60_000 + size(60_000), 1000).server;
        server.lazy = true;
        server.receiveBuffer = 8_000;
        server.readBytes = 3_000;
        final Side client = make(1000, 100_000).client;
        client.lazy = true;
        client.receiveBuffer = 20_000;
        client.readBytes = 500;
        return this;
    }

    /** Short segments, many at once. */
    Traffic shortSegments() {
        final Conversation small = make(size(20_000), size(20_000));
        small.maxSegment = 90 + random.nextInt(300);
        final Conversation smaller = make(size(6_000), size(6_000));
        smaller.noDelay = true;
        smaller.client.writeBytes = 20;
        smaller.server.writeBytes = 20;
        return this;
    }

    /** Probes of idle connections. */
    Traffic keepAlives() {
        make(size(3_000), size(3_000)).client.idle = true;
        make(2, 2).server.idle = true;
        return this;
    }

    /** Data in the SYN. */
    Traffic fastOpen() {
        make(1 + random.nextInt(1000), size(3_000)).fastOpen = true;
        make(3_000 + size(50_000), size(3_000)).fastOpen = true;
        return this;
    }

    /** Connections that do not end in order. */
    Traffic resets() {
        for (final Ending ending : List.of(Ending.RESET, Ending.ABANDON)) {
            final Side client = make(size(60_000), 2_000_000).client;
            client.ending = ending;
            client.readLimit = size(100_000);
            final Side server = make(2_000_000, size(60_000)).server;
            server.ending = ending;
            server.readLimit = size(100_000);
        }
        return this;
    }

    /** The same ports again and again. */
    Traffic reuses() {
        for (final Ending ending : List.of(Ending.ANSWER, Ending.RESET)) {
            final List<Conversation> chain = new ArrayList<>();
            final int number = chains.size();
            final int clientHost = random.nextInt(2);
            final boolean ipv6 = random.nextBoolean();
            for (int i = 0; i < REUSES; i++) {
                final Conversation next = conversation(number, clientHost, 16 + size(10_000), 16 + size(10_000));
                next.ipv6 = ipv6;
                next.client.ending = ending;
                if (ending == Ending.RESET) {
                    next.client.readLimit = 1 + random.nextInt(next.server.sends.length);
                }
                chain.add(next);
            }
            chains.add(chain);
        }
        return this;
    }

    /** One urgent byte in each direction. */
    Traffic urgent(final boolean inline) {
        for (int i = 0; i < URGENTS; i++) {
            final Conversation made = make(2 + size(40_000), 2 + size(40_000));
            made.urgentInline = inline;
            made.client.urgentAt = random.nextInt(made.client.sends.length);
            made.server.urgentAt = random.nextInt(made.server.sends.length);
        }
        return this;
    }

    private Conversation make(final int fromClient, final int fromServer) {
        final Conversation made = conversation(chains.size(), random.nextInt(2), fromClient, fromServer);
        made.ipv6 = random.nextBoolean();
        if (random.nextBoolean()) {
            made.initialSequence = -1 - random.nextInt(Math.max(2, fromClient));
        }
        chains.add(List.of(made));
        return made;
    }

    private Conversation conversation(final int number, final int clientHost, final int fromClient,
        final int fromServer) {
        return new Conversation(new Side(clientHost, CLIENT_PORT + number, fromClient, random.split()),
            new Side(1 - clientHost, SERVER_PORT + number, fromServer, random.split()));
    }

    /** Small sizes as likely as large ones: 1 to {@code limit}. */
    private int size(final int limit) {
        final boolean small = random.nextInt(3) == 0;
        return small ? (int) Math.exp(random.nextDouble() * Math.log(limit)) : 1 + random.nextInt(limit);
    }

    /** Runs it all; throws what went wrong first. */
    void run(final TwoHosts hosts) throws Exception {
        final ExecutorService executor = Executors.newCachedThreadPool(task -> {
            final Thread thread = new Thread(task, "host");
            thread.setDaemon(true);
            return thread;
        });
        try {
            final List<Future<?>> running = new ArrayList<>();
            for (final List<Conversation> chain : chains) {
                running.add(executor.submit(() -> {
                    run(chain, hosts, executor);
                    return null;
                }));
            }
            for (final Future<?> one : running) {
                one.get(TIME_LIMIT_S, TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static void run(final List<Conversation> chain, final TwoHosts hosts, final ExecutorService executor)
        throws Exception {
        try (HostSocket listener = chain.get(0).listen(hosts)) {
            for (final Conversation conversation : chain) {
                try {
                    conversation.run(listener, hosts, executor);
                } catch (final Exception e) {
                    throw new IllegalStateException(conversation.toString(), e);
                }
            }
        }
    }
}
