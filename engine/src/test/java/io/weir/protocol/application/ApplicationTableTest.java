package io.weir.protocol.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.packet.AddressText;
import io.weir.protocol.Bytes;
import io.weir.protocol.NameKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApplicationTableTest {
    private static final ApplicationTable STANDARD = ApplicationTable.standard();

    @ParameterizedTest
    @CsvSource({
        "www.youtube.com, youtube",
        "r3---sn-4g5e6nez.googlevideo.com, youtube",
        "upload.youtube.com, youtube-upload",
        "YT3.GGPHT.COM, youtube",
        "www.google.co.uk, google",
        "fonts.googleapis.com, google-services",
        "mail.google.com, gmail",
        "play.google.com, google-play",
        "docs.google.com, google-docs",
        "meet.google.com, google-meet",
        "proxy.googlezip.net, google-data-saver",
        "roadshields.waze.com, waze",
        "graph.facebook.com, facebook",
        "mqtt-mini.facebook.com, facebook-messenger",
        "e12.whatsapp.net, whatsapp",
        "media-mxp1-1.cdn.whatsapp.net, whatsapp-files",
        "web.wechat.com, wechat",
        "short.weixin.qq.com, wechat",
        "im.qq.com, qq",
        "24-courier.push.apple.com, apple-push",
        "gateway.icloud.com, icloud",
        "guzzoni.apple.com, siri",
        "3.tlu.dl.delivery.mp.microsoft.com, windows-update",
        "outlook.office365.com, outlook",
        "teams.microsoft.com, teams",
        "s3.eu-central-1.amazonaws.com, amazon-aws",
        "atv-ps.amazon.com, prime-video",
        "occ-0-1-2.1.nflxso.net, netflix",
        "relay-1a2b.net.anydesk.com, anydesk",
        "i.scdn.co:443, spotify",
        "zoomfr84zc.zoom.us., zoom",
        "api.dazn-api.com, dazn",
    })
    void shouldKnowTheServiceOfAHost(final String host, final String application) {
        assertEquals(application, host(STANDARD, host));
    }

    @Test
    void shouldEndNamesAtDots() {
        assertEquals("", host(STANDARD, "notyoutube.com"));
        assertEquals("", host(STANDARD, "youtube.com.evil.example.net.invalid"));
        assertEquals("", host(STANDARD, "com"));
        assertEquals("", host(STANDARD, ""));
        assertEquals("", host(STANDARD, "..."));
        assertEquals("youtube", host(STANDARD, "youtube.com"));
        assertEquals("youtube", host(STANDARD, "a".repeat(300) + ".youtube.com"));
    }

    @Test
    void shouldTakeTheLongestSuffix() throws ApplicationFileException {
        final ApplicationTable table = table("""
            inner: {title: I, category: web, hosts: [a.b.example]}
            outer: {title: O, category: web, hosts: [example]}
            """);
        assertEquals("outer", host(table, "b.example"));
        assertEquals("inner", host(table, "a.b.example"));
        assertEquals("inner", host(table, "x.y.a.b.example"));
        assertEquals("outer", host(table, "xa.b.example"));
    }

    @Test
    void shouldFitPatternsBeforeSuffixes() throws ApplicationFileException {
        final ApplicationTable table = table("""
            one: {title: O, category: web, host-patterns: [one.*.b.example]}
            all: {title: A, category: web, hosts: [b.example]}
            """);
        assertEquals("one", host(table, "one.x.b.example"));
        assertEquals("one", host(table, "ONE.x.y.B.example:443"));
        assertEquals("all", host(table, "one.b.example"));
        assertEquals("all", host(table, "one..b.example"));
        assertEquals("all", host(table, "none.x.b.example"));
        assertEquals("", host(table, "one.x.c.example"));
        assertEquals("instagram", host(STANDARD, "instagram.faae1-1.fna.fbcdn.net"));
        assertEquals("facebook", host(STANDARD, "scontent.faae1-1.fna.fbcdn.net"));
    }

    @Test
    void shouldKnowWhoseCertificateItIs() {
        assertEquals("sonos", name(STANDARD, NameKind.ORGANIZATION, "Sonos, Inc"));
        assertEquals("windscribe", name(STANDARD, NameKind.ORGANIZATION, "Windscribe"));
        assertEquals("", name(STANDARD, NameKind.ORGANIZATION, "windscribe.com"));
    }

    @Test
    void shouldKnowCertificatesAlpnWordsAndUserAgents() {
        assertEquals("anydesk", name(STANDARD, NameKind.CERTIFICATE, "AnyNet Relay"));
        assertEquals("whatsapp", name(STANDARD, NameKind.CERTIFICATE, "*.whatsapp.net"));
        assertEquals("apple-push", name(STANDARD, NameKind.ALPN, "apns-security-v3"));
        assertEquals("", name(STANDARD, NameKind.ALPN, "h2"));
        assertEquals("whatsapp", name(STANDARD, NameKind.USER_AGENT, "WhatsApp/2.19.244 (Android 9)"));
        assertEquals("wechat",
            name(STANDARD, NameKind.USER_AGENT, "Mozilla/5.0 (Linux; Android 5.1) MicroMessenger/6.3.27"));
        assertEquals("", name(STANDARD, NameKind.USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101"));
    }

    @ParameterizedTest
    @CsvSource({
        "17.0.0.0, apple", "17.255.255.255, apple", "18.0.0.0, ''", "149.154.167.91, telegram",
        "157.240.1.53, facebook", "52.113.1.1, teams", "8.8.8.8, google-dns", "74.125.250.3, google-meet",
        "74.125.1.1, google", "2001:4860:4860::8888, google-dns", "2001:4860::1, google", "10.1.2.3, ''",
        "::1100:1, ''", "255.255.255.255, ''", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ''",
    })
    void shouldKnowTheOwnerOfAnAddress(final String address, final String application) {
        final byte[] bytes = AddressText.parse(address);
        final ByteBuffer whole = ByteBuffer.allocate(16).position(16 - bytes.length).put(bytes);
        final int number = STANDARD.findAddress(bytes.length == 4 ? 4 : 6, whole.getLong(0), whole.getLong(8));
        assertEquals(application, number == 0 ? "" : STANDARD.of(number).name());
    }

    @Test
    void shouldComeWithManyApplicationsOfEveryKind() {
        assertTrue(STANDARD.all().size() > 700, "only " + STANDARD.all().size());
        final Set<String> categories = STANDARD.all().stream().map(Application::category).collect(Collectors.toSet());
        assertTrue(categories.containsAll(Set.of("video", "music", "social", "messaging", "conference", "cloud", "cdn",
            "mail", "office", "storage", "update", "games", "remote-access", "vpn", "ads", "ai", "shopping", "finance",
            "news", "development", "dns", "iot")), categories.toString());
        final Set<String> names = new HashSet<>();
        for (final Application application : STANDARD.all()) {
            assertTrue(names.add(application.name()), application.name());
            assertEquals(application, STANDARD.of(application.number()));
        }
    }

    @Test
    void shouldFindEveryHostOfItsFile() {
        // A table that is too full, or that probes wrongly, loses some of many.
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            text.append("a").append(i).append(": {title: T, category: web, hosts: [h").append(i).append(".example]}\n");
        }
        try {
            final ApplicationTable table = table(text.toString());
            for (int i = 0; i < 3_000; i++) {
                assertEquals("a" + i, host(table, "www.h" + i + ".example"));
            }
        } catch (final ApplicationFileException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldKeepNumbersFromTableToTable() throws ApplicationFileException {
        final ActiveApplications active = new ActiveApplications(table("""
            first: {title: First, category: web, hosts: [first.example]}
            second: {title: Second, category: web, hosts: [second.example]}
            """));
        active.replace(table("""
            third: {title: Third, category: web, hosts: [third.example, first.example]}
            second: {title: Another title, category: web, hosts: [another.example], alpn: [two],
                     certificates: [two.example], agents: [Two], addresses: [192.0.2.0/24]}
            """));
        final ApplicationTable now = active.current();
        assertEquals(List.of("first", "second", "third"), now.all().stream().map(Application::name).toList());
        assertEquals("Another title", active.of(2).title());
        assertEquals("third", host(now, "www.first.example"));
        assertEquals("", host(now, "second.example"));
        assertEquals("second", host(now, "another.example"));
        assertEquals("second", name(now, NameKind.ALPN, "two"));
        assertEquals("second", name(now, NameKind.CERTIFICATE, "two.example"));
        assertEquals("second", name(now, NameKind.USER_AGENT, "Two/1.0"));
        assertEquals(2, active.findAddress(4, 0, 0xc0000201L));
    }

    private static ApplicationTable table(final String applications) throws ApplicationFileException {
        return ApplicationReader.parse("test.yaml",
            "categories: [web]\napplications:\n" + applications.indent(2));
    }

    private static String host(final ApplicationTable table, final String host) {
        return name(table, NameKind.HOST, host);
    }

    private static String name(final ApplicationTable table, final NameKind kind, final String name) {
        final byte[] bytes = ("<<" + name + ">>").getBytes(StandardCharsets.US_ASCII);
        final int number = table.find(kind, new Bytes().wrap(bytes, 0, bytes.length), 2, name.length());
        return number == 0 ? "" : table.of(number).name();
    }
}
