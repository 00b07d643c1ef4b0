package io.weir.protocol.quic.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class CryptoTest {
    private static byte[] hex(final String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @Test
    void shouldEncryptTheBlockOfFips197() {
        final Aes128 cipher = new Aes128();
        cipher.key(hex("000102030405060708090a0b0c0d0e0f"), 0);
        final byte[] block = hex("00112233445566778899aabbccddeeff");
        cipher.encrypt(block, 0, block, 0);
        assertArrayEquals(hex("69c4e0d86a7b0430d8cdb78070b4c55a"), block);
    }

    @Test
    void shouldEncryptTheBlockOfFips197WithALongKey() {
        final byte[] key = hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        assertEquals(0xeafc49904b496089L, Aes256.encryptedLow(new Bytes().wrap(key, 0, key.length), 0,
            0x0011223344556677L, 0x8899aabbccddeeffL));
    }

    @Test
    void shouldHashTheMessagesOfFips180() {
        final Sha256 sha = new Sha256();
        final byte[] hash = new byte[Sha256.LENGTH];
        sha.begin();
        sha.update("abc".getBytes(StandardCharsets.US_ASCII), 0, 3);
        sha.end(hash, 0);
        assertArrayEquals(hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), hash);
    }

    @Test
    void shouldHashLikeThePlatformWhateverTheLength() throws Exception {
        final Sha256 sha = new Sha256();
        final byte[] message = new byte[300];
        new Random(1).nextBytes(message);
        final byte[] hash = new byte[Sha256.LENGTH];
        for (int length = 0; length <= message.length; length++) {
            sha.begin();
            sha.update(message, 0, length / 3);
            sha.update(message, length / 3, length - length / 3);
            sha.end(hash, 0);
            final byte[] expected = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(message, length));
            assertArrayEquals(expected, hash, "length " + length);
        }
    }

    @Test
    void shouldExpandTheFirstVectorOfRfc5869() {
        final Hkdf hkdf = new Hkdf();
        hkdf.extract(hex("000102030405060708090a0b0c"), hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"), 0, 22);
        final byte[] key = new byte[32];
        hkdf.expand(hex("f0f1f2f3f4f5f6f7f8f9 01"), key, 0, 32);
        assertArrayEquals(hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"), key);
    }

    @Test
    void shouldOpenTestCase4OfTheGcmSpecification() {
        final AesGcm gcm = new AesGcm();
        gcm.key(hex("feffe9928665731c6d6a8f9467308308"), 0);
        final byte[] data = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"
            + "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
            + "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091"
            + "5bc94fbc3221a5db94fae95ae7121a47");
        assertEquals(60, gcm.open(hex("cafebabefacedbaddecaf888"), data, 0, 20, data.length));
        assertArrayEquals(hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"), Arrays.copyOfRange(data, 20, 80));
    }

    @Test
    void shouldOpenWhatThePlatformSealsAndNothingElse() throws Exception {
        final AesGcm gcm = new AesGcm();
        final Random random = new Random(2);
        final byte[] key = new byte[16];
        final byte[] nonce = new byte[AesGcm.NONCE];
        for (int length = 0; length < 100; length++) {
            random.nextBytes(key);
            random.nextBytes(nonce);
            final byte[] text = new byte[length];
            random.nextBytes(text);
            final byte[] header = new byte[length % 37];
            final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(header);
            final byte[] sealed = cipher.doFinal(text);
            final byte[] data = Arrays.copyOf(header, header.length + sealed.length);
            System.arraycopy(sealed, 0, data, header.length, sealed.length);
            gcm.key(key, 0);
            data[random.nextInt(data.length)] ^= 4;
            final byte[] before = data.clone();
            assertEquals(-1, gcm.open(nonce, data, 0, header.length, data.length));
            assertArrayEquals(before, data);
            System.arraycopy(header, 0, data, 0, header.length);
            System.arraycopy(sealed, 0, data, header.length, sealed.length);
            assertEquals(length, gcm.open(nonce, data, 0, header.length, data.length));
            assertArrayEquals(text, Arrays.copyOfRange(data, header.length, header.length + length));
        }
    }
}
