package io.weir.protocol.krb5;

import java.nio.charset.StandardCharsets;

/** Names of the numbers in messages: RFC 4120, section 7.5, and the encryption types that IANA has registered. */
final class KerberosWords {
    static final int AS_REQUEST = 10;
    static final int TGS_REQUEST = 12;
    static final int ERROR = 30;

    private static final int FIRST_TAG = 0x6a;
    private static final int LAST_TAG = 0x6f;
    private static final int LAST_TOLD = 0x6d;
    private static final int ERROR_TAG = 0x7e;

    private static final byte[] UNKNOWN = ascii("UNKNOWN");
    private static final byte[][] TYPES = table(31, "10 KRB_AS_REQ", "11 KRB_AS_REP", "12 KRB_TGS_REQ",
        "13 KRB_TGS_REP", "30 KRB_ERROR");
    private static final byte[][] ENCRYPTIONS = table(27, "1 DES_CBC_CRC", "2 DES_CBC_MD4", "3 DES_CBC_MD5",
        "5 DES3_CBC_MD5", "7 DES3_CBC_SHA1", "16 DES3_CBC_SHA1_KD", "17 AES128_CTS_HMAC_SHA1_96",
        "18 AES256_CTS_HMAC_SHA1_96", "19 AES128_CTS_HMAC_SHA256_128", "20 AES256_CTS_HMAC_SHA384_192", "23 RC4_HMAC",
        "24 RC4_HMAC_EXP", "25 CAMELLIA128_CTS_CMAC", "26 CAMELLIA256_CTS_CMAC");
    private static final byte[][] ERRORS = table(94, "0 KDC_ERR_NONE", "1 KDC_ERR_NAME_EXP",
        "2 KDC_ERR_SERVICE_EXP", "3 KDC_ERR_BAD_PVNO", "4 KDC_ERR_C_OLD_MAST_KVNO", "5 KDC_ERR_S_OLD_MAST_KVNO",
        "6 KDC_ERR_C_PRINCIPAL_UNKNOWN", "7 KDC_ERR_S_PRINCIPAL_UNKNOWN", "8 KDC_ERR_PRINCIPAL_NOT_UNIQUE",
        "9 KDC_ERR_NULL_KEY", "10 KDC_ERR_CANNOT_POSTDATE", "11 KDC_ERR_NEVER_VALID", "12 KDC_ERR_POLICY",
        "13 KDC_ERR_BADOPTION", "14 KDC_ERR_ETYPE_NOSUPP", "15 KDC_ERR_SUMTYPE_NOSUPP",
        "16 KDC_ERR_PADATA_TYPE_NOSUPP", "17 KDC_ERR_TRTYPE_NOSUPP", "18 KDC_ERR_CLIENT_REVOKED",
        "19 KDC_ERR_SERVICE_REVOKED", "20 KDC_ERR_TGT_REVOKED", "21 KDC_ERR_CLIENT_NOTYET",
        "22 KDC_ERR_SERVICE_NOTYET", "23 KDC_ERR_KEY_EXPIRED", "24 KDC_ERR_PREAUTH_FAILED",
        "25 KDC_ERR_PREAUTH_REQUIRED", "26 KDC_ERR_SERVER_NOMATCH", "27 KDC_ERR_MUST_USE_USER2USER",
        "28 KDC_ERR_PATH_NOT_ACCEPTED", "29 KDC_ERR_SVC_UNAVAILABLE", "31 KRB_AP_ERR_BAD_INTEGRITY",
        "32 KRB_AP_ERR_TKT_EXPIRED", "33 KRB_AP_ERR_TKT_NYV", "34 KRB_AP_ERR_REPEAT", "35 KRB_AP_ERR_NOT_US",
        "36 KRB_AP_ERR_BADMATCH", "37 KRB_AP_ERR_SKEW", "38 KRB_AP_ERR_BADADDR", "39 KRB_AP_ERR_BADVERSION",
        "40 KRB_AP_ERR_MSG_TYPE", "41 KRB_AP_ERR_MODIFIED", "42 KRB_AP_ERR_BADORDER", "44 KRB_AP_ERR_BADKEYVER",
        "45 KRB_AP_ERR_NOKEY", "46 KRB_AP_ERR_MUT_FAIL", "47 KRB_AP_ERR_BADDIRECTION", "48 KRB_AP_ERR_METHOD",
        "49 KRB_AP_ERR_BADSEQ", "50 KRB_AP_ERR_INAPP_CKSUM", "51 KRB_AP_PATH_NOT_ACCEPTED",
        "52 KRB_ERR_RESPONSE_TOO_BIG", "60 KRB_ERR_GENERIC", "61 KRB_ERR_FIELD_TOOLONG",
        "62 KDC_ERROR_CLIENT_NOT_TRUSTED", "63 KDC_ERROR_KDC_NOT_TRUSTED", "64 KDC_ERROR_INVALID_SIG",
        "65 KDC_ERR_KEY_TOO_WEAK", "66 KDC_ERR_CERTIFICATE_MISMATCH", "67 KRB_AP_ERR_NO_TGT",
        "68 KDC_ERR_WRONG_REALM", "69 KRB_AP_ERR_USER_TO_USER_REQUIRED", "70 KDC_ERR_CANT_VERIFY_CERTIFICATE",
        "71 KDC_ERR_INVALID_CERTIFICATE", "72 KDC_ERR_REVOKED_CERTIFICATE",
        "73 KDC_ERR_REVOCATION_STATUS_UNKNOWN", "74 KDC_ERR_REVOCATION_STATUS_UNAVAILABLE",
        "75 KDC_ERR_CLIENT_NAME_MISMATCH", "76 KDC_ERR_KDC_NAME_MISMATCH", "93 KDC_ERR_UNKNOWN_CRITICAL_FAST_OPTION");

    private KerberosWords() {
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[][] table(final int size, final String... entries) {
        final byte[][] words = new byte[size][];
        for (final String entry : entries) {
            final int space = entry.indexOf(' ');
            words[Integer.parseInt(entry.substring(0, space))] = ascii(entry.substring(space + 1));
        }
        return words;
    }

    /** True if messages that begin with this tag are told as records. */
    static boolean isTold(final int tag) {
        return tag >= FIRST_TAG && tag <= LAST_TOLD || tag == ERROR_TAG;
    }

    /** True if messages may begin with this tag. */
    static boolean isMessage(final int tag) {
        return tag >= FIRST_TAG && tag <= LAST_TAG || tag == ERROR_TAG;
    }

    /** Name of a type of message. */
    static byte[] type(final int number) {
        return TYPES[number] == null ? UNKNOWN : TYPES[number];
    }

    /** Name of an error, or null. */
    static byte[] error(final long number) {
        return number >= 0 && number < ERRORS.length ? ERRORS[(int) number] : null;
    }

    /** Name of an encryption, or null. */
    static byte[] encryption(final long number) {
        return number > 0 && number < ENCRYPTIONS.length ? ENCRYPTIONS[(int) number] : null;
    }

    /**
     * True for encryptions that RFCs advise against, DES (RFC 6649), 3DES and RC4 (RFC 8429), and for all that are not
     * known; false for AES and Camellia alone.
     */
    static boolean isWeak(final long number) {
        return !(number >= 17 && number <= 20 || number == 25 || number == 26);
    }
}
