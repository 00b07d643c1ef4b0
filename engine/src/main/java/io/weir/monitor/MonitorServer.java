package io.weir.monitor;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.packet.AddressText;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves metrics, the web page, or both, over HTTP/1.1: {@code GET} and {@code HEAD} of a few paths, read only, nothing
 * from a request used but its path. The page needs nothing from elsewhere, and its policy forbids it to load any.
 *
 * <p>A request whose {@code Host} is a name is refused unless that is localhost or this machine's: a page from
 * elsewhere could otherwise have its own name point here, and read along (DNS rebinding). Its threads are few, and
 * whoever is slow to ask is cut off; the engine knows nothing of them.
 */
public final class MonitorServer implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int WAITING = 64;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int WRONG_METHOD = 405;
    private static final int WRONG_HOST = 421;
    private static final String JSON = "application/json";
    private static final Map<String, String> PAGES = Map.of("/", "index.html", "/weir.css", "weir.css", "/weir.js",
        "weir.js", "/icon.svg", "icon.svg");
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "css",
        "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    static {
        // Read once by the JDK's server, in seconds: how long it waits for a request, and for one to be taken.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "10");
        System.setProperty("sun.net.httpserver.idleInterval", "30");
    }

    private final Monitor monitor;
    private final HttpServer server;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(WAITING), task -> {
            final Thread thread = new Thread(task, "weir-web");
            thread.setDaemon(true);
            return thread;
        });

    /**
     * Listens, and serves from now on.
     *
     * @param monitor whose newest snapshot is served
     * @param address to listen on; port 0 for any
     * @param metrics whether {@code /metrics} is served
     * @param web     whether the page is served
     * @throws IOException if nobody may listen there
     */
    public MonitorServer(final Monitor monitor, final InetSocketAddress address, final boolean metrics,
        final boolean web) throws IOException {
        this.monitor = monitor;
        server = HttpServer.create(address, WAITING);
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                serve(exchange, metrics, web);
            }
        });
        server.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void serve(final HttpExchange exchange, final boolean metrics, final boolean web) throws IOException {
        final String method = exchange.getRequestMethod();
        final String path = exchange.getRequestURI().getPath();
        if (!isOwnHost(exchange.getRequestHeaders().getFirst("Host"))) {
            answer(exchange, WRONG_HOST, TYPES.get("html"), bytes("ask by address\n"));
        } else if (!"GET".equals(method) && !"HEAD".equals(method)) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            answer(exchange, WRONG_METHOD, TYPES.get("html"), bytes("GET or HEAD\n"));
        } else if (metrics && "/metrics".equals(path)) {
            answer(exchange, OK, Metrics.TYPE, bytes(Metrics.of(monitor.newest().status())));
        } else if (web && "/api/status".equals(path)) {
            answer(exchange, OK, JSON, bytes(monitor.newest().json()));
        } else if (web && "/api/history".equals(path)) {
            answer(exchange, OK, JSON, bytes(monitor.history().json()));
        } else if (web && path != null && PAGES.containsKey(path)) {
            final String name = PAGES.get(path);
            answer(exchange, OK, TYPES.get(name.substring(name.indexOf('.') + 1)), resource(name));
        } else {
            answer(exchange, NOT_FOUND, TYPES.get("html"), bytes("not here\n"));
        }
    }

    private static void answer(final HttpExchange exchange, final int status, final String type, final byte[] body)
        throws IOException {
        final Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
        if ("HEAD".equals(exchange.getRequestMethod())) {
            headers.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** True if a Host header is an address, localhost or the name of this machine, with or without a port. */
    static boolean isOwnHost(final String host) {
        if (host == null) {
            return false;
        }
        final String name = host.replaceFirst(":[0-9]{1,5}$", "").toLowerCase(Locale.ROOT);
        if ("localhost".equals(name) || name.equals(OwnName.NAME)) {
            return true;
        }
        try {
            AddressText.parse(name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name);
            return true;
        } catch (final IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] resource(final String name) throws IOException {
        try (InputStream stream = MonitorServer.class.getResourceAsStream("/io/weir/web/" + name)) {
            if (stream == null) {
                throw new IOException("no resource " + name);
            }
            return stream.readAllBytes();
        }
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** The name of this machine, asked for once and only if somebody uses a name. */
    private static final class OwnName {
        static final String NAME = find();

        private static String find() {
            try {
                return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            } catch (final IOException e) {
                return "localhost";
            }
        }
    }
}
