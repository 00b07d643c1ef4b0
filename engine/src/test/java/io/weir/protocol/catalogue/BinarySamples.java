package io.weir.protocol.catalogue;

import io.weir.protocol.Talk;
import java.util.stream.Stream;

/**
 * The smallest messages by which protocols are recognised: name, transport, port, side ({@code c} or {@code s}, with
 * {@code !} if it needs the port), bytes.
 */
final class BinarySamples {
    private static final String SAMPLES = """
        krb5 udp 88 c 6a 10 30 0e a1 03 02 01 05 a2 03 02 01 0a a4 02 30 00
        krb5 tcp 88 c 00 00 00 12 6a 10 30 0e a1 03 02 01 05 a2 03 02 01 0a a4 02 30 00
        krb5 udp 88 s 7e 12 30 10 a0 03 02 01 05 a1 03 02 01 1e a6 03 02 01 19 a9
        ldap tcp 389 c 30 0c 02 01 01 60 07 02 01 03 04 00 80 00
        ldap tcp 389 s 30 0c 02 01 01 61 07 0a 01 00 04 00 04 00
        ldap tcp 389 c 30 25 02 01 02 63 20 04 00 0a 01 00 0a 01 00 02 01 00 02 01 00 01 01 00 87 0b 6f 62 6a 65 \
            63 74 43 6c 61 73 73 30 00
        ldap tcp 389 c 30 1d 02 01 01 77 18 80 16 31 2e 33 2e 36 2e 31 2e 34 2e 31 2e 31 34 36 36 2e 32 30 30 33 37
        dcerpc tcp 135 c 05 00 0b 03 10 00 00 00 48 00 00 00 01 00 00 00 b8 10 b8 10 00 00 00 00 01 00 00 00
        dcerpc tcp 135 s 05 00 0c 03 10 00 00 00 3c 00 00 00 01 00 00 00 b8 10 b8 10 33 53 00 00 04 00 31 33 35 00
        profinet-io udp 34964 c 04 00 28 00 10 00 00 00 00 00 a0 de 97 6c d1 11 82 71 00 01 00 2a 01 2a 01 00 a0 \
            de 97 6c d1 11 82 71 00 a0 24 42 df 7d 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff 00 00 00 00 00 \
            01 00 00 00 00 00 00 00 05 00 ff ff ff ff 00 00 00 00 00 00
        tds tcp 1433 c 12 01 00 2f 00 00 01 00 00 00 1a 00 06 01 00 20 00 01 02 00 21 00 01 03 00 22 00 04 04 00 \
            26 00 01 ff 09 00 00 00 00 00 00 00 00 00 00 00 00
        tds tcp 1433 s 04 01 00 25 00 00 01 00 00 00 15 00 06 01 00 1b 00 01 02 00 1c 00 01 03 00 1d 00 00 ff 08 \
            00 01 55 00 00 02 00
        tds tcp 1433 c 01 01 00 2c 00 00 01 00 43 00 4f 00 4d 00 4d 00 49 00 54 00 20 00
        mysql tcp 3306 s 4a 00 00 00 0a 38 2e 30 2e 33 32 00 08 00 00 00 11 22 33 44 55 66 77 01 00 ff f7 ff 02 00
        mysql tcp 3306 s 45 00 00 00 ff 6a 04 48 6f 73 74 20 27 31 30 2e 30 2e 30 2e 31 27 20 69 73 20 6e 6f
        pgsql tcp 5432 c 00 00 00 08 04 d2 16 2f
        pgsql tcp 5432 c 00 00 00 18 00 03 00 00 75 73 65 72 00 62 6f 62 00 00
        oracle tcp 1521 c 00 4b 00 00 01 00 00 00 01 3b 01 2c 0c 41 20 00 ff ff 7f 08 00 00 01 00 00 11 00 3a 00 \
            00 00 00
        oracle tcp 1521 s 00 08 00 00 0b 00 00 00
        mongodb tcp 27017 c 3a 00 00 00 01 00 00 00 00 00 00 00 d4 07 00 00 00 00 00 00 61 64 6d 69 6e 2e 24 63 \
            6d 64 00 00 00 00 00 01 00 00 00
        mongodb tcp 27017 c 26 00 00 00 02 00 00 00 00 00 00 00 dd 07 00 00 00 00 00 00 00 11 00 00 00 10 70 69 \
            6e 67 00
        redis tcp 6379 c 2a 31 0d 0a 24 34 0d 0a 50 49 4e 47 0d 0a
        memcached tcp 11211 c 73 65 74 20 61 20 30 20 36 30 20 35 0d 0a 68 65 6c 6c 6f 0d 0a
        memcached tcp 11211 c! 67 65 74 20 61 0d 0a
        memcached tcp 11211 c 80 00 00 01 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00 00 61
        memcached udp 11211 c! 00 01 00 00 00 01 00 00 73 74 61 74 73 0d 0a
        couchbase tcp 11210 c 80 1f 00 03 00 00 00 00 00 00 00 07 00 00 00 01 00 00 00 00 00 00 00 00 61 62 63 \
            00 01 00 02
        cassandra tcp 9042 c 04 00 00 00 05 00 00 00 00
        cassandra tcp 9042 c 04 00 00 01 01 00 00 00 16 00 01 00 0b 43 51 4c 5f 56 45 52 53 49 4f 4e 00 05 33 2e \
            33 2e 31
        cassandra tcp 9042 s 84 00 00 01 02 00 00 00 00
        elasticsearch tcp 9300 c 45 53 00 00 00 2a 00 00 00 00 00 00 00 07 08 00 6a cf c3 00 00 00
        kafka tcp 9092 c 00 00 00 14 00 12 00 03 00 00 00 01 00 06 77 65 62 61 70 70 00
        iscsi tcp 3260 c 43 87 00 00 00 00 00 20 00 02 3d 00 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 01 00 \
            00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 49 6e 69 74
        afp tcp 548 c 00 03 00 01 00 00 00 00 00 00 00 00 00 00 00 00
        afp tcp 548 c 00 04 00 02 00 00 00 00 00 00 00 06 00 00 00 00 01 04 00 00 04 00
        s7comm tcp 102 c 03 00 00 16 11 e0 00 00 00 01 00 c1 02 01 00 c2 02 01 02 c0 01 0a 03 00 00 19 02 f0 80 \
            32 01 00 00 04 00 00 08 00 00 f0 00 00 01 00 01 01 e0
        s7comm-plus tcp 102 c 03 00 00 1c 02 f0 80 72 01 00 0d 31 00 00 04 ca 00 00 00 01 00 00 01 20 36 00 00 00
        mms tcp 102 c 03 00 00 23 02 f0 80 0d 1a 05 06 13 01 00 16 01 02 14 02 00 02 33 02 00 01 34 02 00 01 c1 \
            05 28 ca 22 02 01
        dnp3 tcp 20000 c 05 64 05 c0 01 00 00 04 e9 21
        iec104 tcp 2404 c 68 04 07 00 00 00
        iec104 tcp 2404 c 68 0e 00 00 00 00 64 01 06 00 01 00 00 00 00 14
        bacnet udp 47808 c 81 0b 00 0c 01 20 ff ff 00 ff 10 08
        enip tcp 44818 c 65 00 04 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01 00 00 00
        cip-io udp 2222 c 02 00 02 80 08 00 11 22 33 44 01 00 00 00 b1 00 04 00 aa bb cc dd
        enip udp 44818 c 63 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        opcua tcp 4840 c 48 45 4c 46 38 00 00 00 00 00 00 00 00 00 01 00 00 00 01 00 00 00 00 00 00 00 00 00 18 \
            00 00 00
        knx udp 3671 c 06 10 02 01 00 0e 08 01 c0 a8 01 02 0e 57
        hart-ip udp 5094 c 01 00 00 00 00 01 00 0d 01 00 00 75 30
        hart-ip tcp 5094 c 01 00 00 00 00 01 00 0d 01 00 00 75 30
        fins udp 9600 c 80 00 02 00 00 00 00 00 00 7a 01 01 80 cc cc cc 00 02
        fins udp 9600 c 80 00 02 00 00 00 00 00 00 00 01 01 82 00 64 00 00 01
        fins tcp 9600 c 46 49 4e 53 00 00 00 0c 00 00 00 00 00 00 00 00 00 00 00 00
        beckhoff-ads tcp 48898 c 00 00 20 00 00 00 c0 a8 01 02 01 01 53 03 c0 a8 01 03 01 01 10 80 04 00 04 00 \
            00 00 00 00 00 00 00 00 01 00 00 00
        slmp tcp 5007 c 50 00 00 ff ff 03 00 0c 00 10 00 01 04 00 00 64 00 00 a8 01 00
        fox tcp 1911 c 66 6f 78 20 61 20 31 20 2d 31 20 66 6f 78 20 68 65 6c 6c 6f 0a
        coap udp 5683 c 40 01 12 34 bb 2e 77 65 6c 6c 2d 6b 6e 6f 77 6e 04 63 6f 72 65
        tuya udp 6666 c 00 00 55 aa 00 00 00 01 00 00 00 0a 00 00 00 0c 00 00 00 00 11 22 33 44 00 00 aa 55
        tplink-shp udp 9999 c d0 f2 81 f8 8b ff 9a f7 d5 ef 94 b6 d1 b4 c0 9f ec 95
        nest-weave tcp 11095 c 30 00 00 13 01 00 00 00 01 00 00 01 00 30 b4 18 02 00 00 01 00 30 b4 18
        trdp udp 17224 c 00 00 00 01 01 00 50 64 00 00 03 e8 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 \
            00 00 00 00 00 00 00 11 22 33 44
        x11 tcp 6000 c 6c 00 0b 00 00 00 00 00 00 00 00 00
        sap tcp 3299 c 00 00 00 08 4e 49 5f 50 49 4e 47 00
        ceph tcp 6789 c 63 65 70 68 20 76 30 32 37
        fix tcp 9878 c 38 3d 46 49 58 2e 34 2e 32 01 39 3d 36 35 01
        corba tcp 2809 c 47 49 4f 50 01 02 01 00 20 00 00 00
        java-rmi tcp 1099 c 4a 52 4d 49 00 02 4b
        openwire tcp 61616 c 00 00 01 4d 01 41 63 74 69 76 65 4d 51 00 00 00 0c
        fastcgi tcp 9000 c 01 01 00 01 00 08 00 00 00 01 00 00 00 00 00 00
        ajp tcp 8009 c 12 34 00 30 02 02 00 08 48 54 54 50 2f 31 2e 31 00
        smpp tcp 2775 c 00 00 00 2a 00 00 00 09 00 00 00 00 00 00 00 01 75 73 65 72 00 70 77 00 00 34 00 00 00
        openflow tcp 6653 c 04 00 00 10 00 00 00 01 00 01 00 08 00 00 00 12
        lustre tcp 988 c 00 71 ce ac 01 00 00 00 83 58 a8 c0 00 00 02 00
        raft tcp 9001 c 01 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 10 00 00 00 00 00 00 00 31 32 37 2e 30 \
            2e 30 2e 31 3a 39 30 30 31 00 00
        z39.50 tcp 210 c b4 20 83 02 00 e0 84 03 00 e9 a2 85 04 04 00 00 00 86 04 04 00 00 00 9f 6e 02 38 31 9f \
            6f 03 61 62 63
        radmin tcp 4899 c 01 00 00 00 01 00 00 00 08 08
        dicom tcp 104 c 01 00 00 00 00 cd 00 01 00 00 53 54 4f 52 45 53 43 50 20 20 20 20 20 20 20 20 45 43 48 4f
        hl7 tcp 2575 c 0b 4d 53 48 7c 5e 7e 5c 26 7c
        drda tcp 50000 c 00 22 d0 41 00 01 00 1c 10 41 00 04 11 5e
        gearman tcp 4730 c 00 52 45 51 00 00 00 10 00 00 00 04 70 69 6e 67
        nvme-tcp tcp 4420 c 00 00 80 00 80 00 00 00 00 00 00 00 00 00 00 00
        sap-hana tcp 30015 c ff ff ff ff 04 20 00 04 01 00 00 01 01 01
        bolt tcp 7687 c 60 60 b0 17 00 03 03 04 00 00 01 04 00 00 00 04 00 00 00 03
        thrift tcp 9090 c 80 01 00 01 00 00 00 04 70 69 6e 67 00 00 00 01 00
        thrift udp 6831 c 82 21 05 09 65 6d 69 74 42 61 74 63 68 1c
        rmcp udp 623 c 06 00 ff 07 00 00 00 00 00 00 00 00 00 09 20 18 c8 81 00 38 8e 04 b5
        dlms tcp 4060 c 7e a0 07 03 21 93 0f 01 7e
        dlms tcp 4059 c 00 01 00 10 00 01 00 1f 60 1d a1 09 06 07 60 85
        ieee-c37118 tcp 4712 c aa 41 00 12 00 f1 00 00 00 00 00 00 00 00 00 05 d7 d0
        ether-s-bus udp 5050 c 00 00 00 0f 00 00 00 01 00 01 06 00 0a 76 4f
        ether-s-io udp 6060 c 45 53 49 4f 00 01 00 00 00 00 31 76 16 00 00 00 18 00 00 00 0d 01
        ge-srtp tcp 18245 c! 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 \
            00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        """;

    private static final String LOOKALIKES = """
        krb5 udp 88 c 6a 10 30 0e a1 03 02 01 05 a2 03 02 01 0c a4 02 30 00
        ldap tcp 389 c 30 0c 02 01 01 04 06 70 75 62 6c 69 63 a0
        dcerpc tcp 135 c 05 01 00 03 08 01 02 03 48 00 00 00 01 00 00 00 b8 10 b8 10 00 00
        tds tcp 1433 c 12 01 00 2f 00 00 01 00 16 03 01 00 c8 01 00 00 c4 03 03 11 22 33
        mysql tcp 3306 s 4a 00 00 00 0a 58 2e 30 2e 33 32 00 08 00 00 00 11 22 33 44 55 66 77 01 00 ff
        oracle tcp 1521 c 00 4b 00 00 01 00 00 00 11 3b 01 2c 0c 41 20 00 ff ff 7f 08 00 00 01 00 00 11 00 3a 00 00
        redis tcp 6379 c 2a 31 0d 0a 2b 4f 4b 0d 0a
        memcached tcp 11211 c 73 65 74 20 61 20 62 20 63 20 64 0d 0a
        dnp3 tcp 20000 c 05 64 05 c0 01 00 00 04 e9 22
        iec104 tcp 2404 c 68 04 07 00 00 01
        bacnet udp 47808 c 81 0b 00 0d 01 20 ff ff 00 ff 10 08
        enip tcp 44818 c 65 00 04 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01 01 00 00 00
        coap udp 5683 c 40 01 12 34 bb 2e 07 65 6c 6c 2d 6b 6e 6f 77 6e 04 63 6f 72 65
        knx udp 3671 c 06 10 02 01 00 0f 08 01 c0 a8 01 02 0e 57
        openflow tcp 6653 c 04 00 00 10 00 00 00 01 00 02 00 08 00 00 00 12
        s7comm tcp 102 c 03 00 00 19 02 f0 80 33 01 00 00 04 00 00 08 00 00 f0 00 00 01 00 01 01 e0
        kafka tcp 9092 c 00 00 00 04 00 12 00 03 00 00 00 01 00 06 77 65 62 61 70 70 00
        """;

    private BinarySamples() {
    }

    /** A message of one side, first in its flow. */
    record Sample(String protocol, boolean isUdp, int port, boolean fromClient, boolean needsPort, String hex,
        String name) {
        byte[] bytes() {
            return Talk.hex(hex);
        }

        Talk talk(final int serverPort) {
            final Talk talk = isUdp ? Talk.udp(serverPort) : Talk.tcp(serverPort);
            return fromClient ? talk.client(bytes()) : talk.server(bytes());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sample> all() {
        return SAMPLES.lines().map(BinarySamples::sample);
    }

    static Stream<Sample> lookalikes() {
        return LOOKALIKES.lines().map(BinarySamples::sample);
    }

    private static Sample sample(final String line) {
        final String[] words = line.split(" +", 5);
        return new Sample(words[0], words[1].equals("udp"), Integer.parseInt(words[2]), words[3].startsWith("c"),
            words[3].endsWith("!"), words[4], String.join(" ", words[0], words[1], words[3], words[4]));
    }
}
