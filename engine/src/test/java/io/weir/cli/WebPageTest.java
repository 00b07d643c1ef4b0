package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import io.weir.capture.VethPair;
import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The web page, asked as browsers ask and shown by a real one. */
@Timeout(180)
class WebPageTest {
    private static final Configuration SERVED = Configuration.defaults().with(Settings.WEB_LISTEN, "127.0.0.1:0");
    /** Left behind for whoever wants to look at it. */
    private static final Path SCREENSHOT = Path.of("target", "web-page.png").toAbsolutePath();

    @TempDir
    private Path directory;

    @Test
    void shouldServeThePageToThoseOnThisMachineAlone() {
        try (VethPair wire = VethPair.create()) {
            wire.run(() -> {
                try (WatchedEngine engine = new WatchedEngine(directory, SERVED)) {
                    final Outside.Answer page = Outside.get(engine.server() + "/");
                    assertEquals(200, page.status());
                    assertTrue(page.header("Content-Security-Policy").startsWith("default-src 'none'; script-src"));
                    assertEquals("nosniff", page.header("X-Content-Type-Options"));
                    assertFalse(page.body().replace("xmlns=\"http://www.w3.org", "").contains("://"),
                        "everything comes from here");
                    assertEquals(1, Json.object(Outside.get(engine.server() + "/api/status").body()).get("format"));
                    assertTrue(Json.parse(Outside.get(engine.server() + "/api/history").body()) instanceof List<?>);
                    assertEquals(404, Outside.get(engine.server() + "/../weir.js").status());
                    assertEquals(404, Outside.get(engine.server() + "/metrics").status(), "the page alone");
                    assertEquals(405, Outside.ask(engine.server() + "/api/status", "POST").status());
                    final int port = URI.create(engine.server()).getPort();
                    assertEquals(421, asked(port, "Host: evil.example:" + port));
                    assertEquals(421, asked(port, "Host: localhost.evil.example"));
                    assertEquals(200, asked(port, "Host: localhost:" + port));
                    assertEquals(200, asked(port, "Host: [::1]:" + port));
                }
            });
        }
    }

    /** Status of an answer to a request with this header, which Java's own client would not send. */
    private static int asked(final int port, final String header) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("GET /api/status HTTP/1.1\r\n" + header + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
            final String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    @Test
    void shouldShowInABrowserWhatPassesAndTakeNothingForMarkup() {
        Outside.assume("chromium");
        try (VethPair wire = VethPair.create()) {
            wire.run(() -> {
                try (WatchedEngine engine = new WatchedEngine(directory, SERVED)) {
                    for (int i = 0; i < 5; i++) {
                        engine.sendHello(40_000 + i);
                    }
                    engine.sendElephant();
                    engine.sendUntil(status -> status.rows("alerts").size() == 5
                        && status.rows("talkers").size() > 1 && !status.rows("slowest").isEmpty());
                    engine.keepSending();
                    final String shown = browse(engine.server() + "/", "--dump-dom");
                    assertTrue(shown.contains("&lt;script&gt;document.title='owned'&lt;/script&gt;"), shown);
                    assertTrue(shown.contains("a name &lt;b&gt;as&lt;/b&gt; it came"), shown);
                    assertTrue(shown.contains("192.0.2.1"), shown);
                    assertTrue(shown.contains("<td class=\"\">hiccup</td>"), shown);
                    assertFalse(shown.contains("<title>owned"), shown);
                    Files.deleteIfExists(SCREENSHOT);
                    browse(engine.server() + "/", "--screenshot=" + SCREENSHOT, "--window-size=1280,1900");
                    assertTrue(Files.size(SCREENSHOT) > 20_000, "an empty page");
                }
            });
        }
    }

    private String browse(final String url, final String... options) throws Exception {
        final String[] command = new String[12 + options.length];
        System.arraycopy(new String[] {"chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--user-data-dir=" + Files.createTempDirectory(directory, "browser"), "--virtual-time-budget=4000"}, 0,
            command, 0, 11);
        System.arraycopy(options, 0, command, 11, options.length);
        command[11 + options.length] = url;
        return Outside.run(directory, "", command);
    }
}
