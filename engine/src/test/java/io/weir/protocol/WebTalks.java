package io.weir.protocol;

import static io.weir.protocol.Talk.hex;
import static io.weir.protocol.Talk.text;

import io.weir.protocol.tls.Hellos;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Exchanges of HTTP whose bodies are coded, have parts, or are something else, and of what carries descriptions. */
final class WebTalks {
    private static final String TEXT = "a body that is packed ".repeat(8);
    private static final String SDP = String.join("\r\n", "v=0", "o=ann 1 1 IN IP4 10.0.0.1", "s=call",
        "c=IN IP4 10.0.0.9", "t=0 0", "m=audio 4000 RTP/AVP 0 8", "a=sendrecv", "");

    private WebTalks() {
    }

    static List<SampleTalk> all() {
        return List.of(coded(), parts(), webSocket(), tunnel(), upgradedToTwo(), names(), call(), camera());
    }

    /** Packs bytes. */
    private interface Packer {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] packed(final Packer packer) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packer.over(bytes)) {
            out.write(text(TEXT));
        } catch (final IOException e) {
            throw new AssertionError("nothing is written to a file", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] brotli() {
        try (InputStream in = WebTalks.class.getResourceAsStream("content/brotli/flushed-q4.br")) {
            return in.readAllBytes();
        } catch (final IOException e) {
            throw new AssertionError("it lies beside the tests", e);
        }
    }

    private static byte[] request(final String line, final String... headers) {
        final String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return text(line + " HTTP/1.1\r\nHost: www.example.com\r\n" + more + "\r\n");
    }

    private static byte[] coded(final String coding, final byte[] body) {
        return Hellos.join(text("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: " + coding
            + "\r\nContent-Length: " + body.length + "\r\n\r\n"), body);
    }

    /** The same text in each coding, and in two. */
    private static SampleTalk coded() {
        final byte[] both = packed(out -> new GZIPOutputStream(new DeflaterOutputStream(out)));
        return new SampleTalk("http", false, 80).client(request("GET /gzip"))
            .server(coded("gzip", packed(GZIPOutputStream::new))).client(request("GET /deflate"))
            .server(coded("deflate", packed(DeflaterOutputStream::new))).client(request("GET /br"))
            .server(coded("br", brotli())).client(request("GET /both")).server(coded("gzip, deflate", both));
    }

    /** A form with a file, RFC 7578. */
    private static SampleTalk parts() {
        final String body = String.join("\r\n", "--xx", "Content-Disposition: form-data; name=\"a\"", "", "1", "--xx",
            "Content-Disposition: form-data; name=\"f\"; filename=\"a.txt\"", "Content-Type: text/plain", "", "hello",
            "--xx--", "");
        return new SampleTalk("http", false, 80)
            .client(Hellos.join(request("POST /upload", "Content-Type: multipart/form-data; boundary=xx",
                "Content-Length: " + body.length()), text(body)))
            .server(text("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 2-4/9\r\nContent-Length: 3\r\n\r\nabc"));
    }

    /** MQTT in frames, RFC 6455. */
    private static SampleTalk webSocket() {
        return new SampleTalk("http", false, 80)
            .client(request("GET /mqtt", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: mqtt"))
            .server(text(String.join("\r\n", "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket",
                "Connection: Upgrade", "Sec-WebSocket-Protocol: mqtt", "", "")))
            .client(hex("8292 00000000 1010 0004 4d515454 04 02 003c 0004 74657374"))
            .server(hex("8204 20020000")).client(hex("8980 00000000 8180 00000000 8882 00000000 03e8"));
    }

    private static SampleTalk tunnel() {
        return new SampleTalk("http", false, 8080)
            .client(text("CONNECT www.example.com:443 HTTP/1.1\r\nHost: www.example.com:443\r\n\r\n"))
            .server(text("HTTP/1.1 200 OK\r\n\r\n")).client(SampleTalk.record(SampleTalk.clientHello()));
    }

    /** An upgrade to HTTP/2, RFC 7540, 3.2. */
    private static SampleTalk upgradedToTwo() {
        return new SampleTalk("http", false, 80)
            .client(request("GET /", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAAP__"))
            .server(Hellos.join(text("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"),
                hex("000006 04 00 00000000 000300000064"), hex("000001 01 05 00000001 88")))
            .client(Hellos.join(text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), hex("000000 04 00 00000000")));
    }

    /** DNS in the target of a request and in bodies, RFC 8484. */
    private static SampleTalk names() {
        final String question = "0000 0100 0001 0000 0000 0000 01 61 00 0001 0001";
        final byte[] answer = hex(question.replace("0100 0001 0000", "8180 0001 0001")
            + "c00c 0001 0001 00000e10 0004 01020304");
        final String type = "Content-Type: application/dns-message";
        final byte[] response = Hellos.join(text("HTTP/1.1 200 OK\r\n" + type + "\r\nContent-Length: " + answer.length
            + "\r\n\r\n"), answer);
        return new SampleTalk("http", false, 80).client(request("GET /dns-query?dns=AAABAAABAAAAAAAAAWEAAAEAAQ"))
            .server(response)
            .client(Hellos.join(request("POST /dns-query", type, "Content-Length: " + hex(question).length),
                hex(question)))
            .server(response);
    }

    /** A call that announces media, RFC 3261 and RFC 4566. */
    private static SampleTalk call() {
        final String head = "Via: SIP/2.0/UDP 10.0.0.1:40000;branch=z9hG4bK1\r\nFrom: <sip:a@example.com>;tag=1\r\n"
            + "To: <sip:b@example.com>\r\nCall-ID: 1@10.0.0.1\r\nCSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n"
            + "Content-Length: " + SDP.length() + "\r\n\r\n" + SDP;
        return new SampleTalk("sip", true, 5060).client(text("INVITE sip:b@example.com SIP/2.0\r\n" + head))
            .server(text("SIP/2.0 200 OK\r\n" + head));
    }

    /** A description, media within the connection, and some of it; RFC 2326. */
    private static SampleTalk camera() {
        return new SampleTalk("rtsp", false, 554)
            .client(text("DESCRIBE rtsp://10.0.0.2/a RTSP/1.0\r\nCSeq: 1\r\n\r\n"))
            .server(text("RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Type: application/sdp\r\nContent-Length: "
                + SDP.length() + "\r\n\r\n" + SDP))
            .client(text(String.join("\r\n", "SETUP rtsp://10.0.0.2/a/1 RTSP/1.0", "CSeq: 2",
                "Transport: RTP/AVP/TCP;unicast;interleaved=0-1,RTP/AVP;unicast;client_port=4000-4001", "", "")))
            .server(text(String.join("\r\n", "RTSP/1.0 200 OK", "CSeq: 2", "Session: 1",
                "Transport: RTP/AVP;unicast;client_port=4000-4001;server_port=5000-5001", "", "")))
            .client(text("PLAY rtsp://10.0.0.2/a RTSP/1.0\r\nCSeq: 3\r\nSession: 1\r\n\r\n"))
            .server(Hellos.join(text("RTSP/1.0 200 OK\r\nCSeq: 3\r\n\r\n"), hex("24 00 0010 8060 0001 00000001 00000001"
                + "00010203")));
    }
}
