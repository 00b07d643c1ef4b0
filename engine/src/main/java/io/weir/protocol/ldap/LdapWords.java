package io.weir.protocol.ldap;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Numbers of operations and results, RFC 4511, and their names. */
final class LdapWords {
    static final int BIND = 0;
    static final int BIND_RESPONSE = 1;
    static final int UNBIND = 2;
    static final int SEARCH = 3;
    static final int SEARCH_ENTRY = 4;
    static final int SEARCH_DONE = 5;
    static final int MODIFY = 6;
    static final int MODIFY_RESPONSE = 7;
    static final int ADD = 8;
    static final int ADD_RESPONSE = 9;
    static final int DELETE = 10;
    static final int DELETE_RESPONSE = 11;
    static final int RENAME = 12;
    static final int RENAME_RESPONSE = 13;
    static final int COMPARE = 14;
    static final int COMPARE_RESPONSE = 15;
    static final int ABANDON = 16;
    static final int SEARCH_REFERENCE = 19;
    static final int EXTENDED = 23;
    static final int EXTENDED_RESPONSE = 24;
    static final int INTERMEDIATE = 25;

    private static final int REQUESTS = 1 << BIND | 1 << UNBIND | 1 << SEARCH | 1 << MODIFY | 1 << ADD | 1 << DELETE
        | 1 << RENAME | 1 << COMPARE | 1 << ABANDON | 1 << EXTENDED;
    /** Answers that others may follow. */
    private static final int NOT_LAST = 1 << SEARCH_ENTRY | 1 << SEARCH_REFERENCE | 1 << INTERMEDIATE;

    private static final byte[][] OPERATIONS = table(26, "0 bind_request", "1 bind_response", "2 unbind_request",
        "3 search_request", "4 search_result_entry", "5 search_result_done", "6 modify_request", "7 modify_response",
        "8 add_request", "9 add_response", "10 del_request", "11 del_response", "12 mod_dn_request",
        "13 mod_dn_response", "14 compare_request", "15 compare_response", "16 abandon_request",
        "19 search_result_reference", "23 extended_request", "24 extended_response", "25 intermediate_response");
    private static final byte[][] CHANGES = table(4, "0 add", "1 delete", "2 replace", "3 increment");
    private static final byte[][] RESULTS = table(124, "0 success", "1 operations_error", "2 protocol_error",
        "3 time_limit_exceeded", "4 size_limit_exceeded", "5 compare_false", "6 compare_true",
        "7 auth_method_not_supported", "8 stronger_auth_required", "10 referral", "11 admin_limit_exceeded",
        "12 unavailable_critical_extension", "13 confidentiality_required", "14 sasl_bind_in_progress",
        "16 no_such_attribute", "17 undefined_attribute_type", "18 inappropriate_matching", "19 constraint_violation",
        "20 attribute_or_value_exists", "21 invalid_attribute_syntax", "32 no_such_object", "33 alias_problem",
        "34 invalid_dn_syntax", "36 alias_dereferencing_problem", "48 inappropriate_authentication",
        "49 invalid_credentials", "50 insufficient_access_rights", "51 busy", "52 unavailable",
        "53 unwilling_to_perform", "54 loop_detect", "64 naming_violation", "65 object_class_violation",
        "66 not_allowed_on_non_leaf", "67 not_allowed_on_rdn", "68 entry_already_exists",
        "69 object_class_mods_prohibited", "71 affects_multiple_dsas", "80 other", "118 canceled",
        "119 no_such_operation", "120 too_late", "121 cannot_cancel", "122 assertion_failed",
        "123 authorization_denied");

    /** The number of an operation in its tag. */
    static final int NUMBER = 0x1f;
    private static final int APPLICATION = 0x40;
    private static final int CLASS = 0xc0;

    private LdapWords() {
    }

    private static byte[][] table(final int size, final String... words) {
        final byte[][] table = new byte[size][];
        for (final String word : words) {
            final int blank = word.indexOf(' ');
            table[Integer.parseInt(word.substring(0, blank))] = word.substring(blank + 1).getBytes(US_ASCII);
        }
        return table;
    }

    private static byte[] word(final byte[][] table, final long number) {
        return number < 0 || number >= table.length ? null : table[(int) number];
    }

    /** True if a client sends this. */
    static boolean isRequest(final int operation) {
        return (REQUESTS >>> operation & 1) != 0;
    }

    /** True if there is such an operation. */
    static boolean isKnown(final int operation) {
        return operation < OPERATIONS.length && OPERATIONS[operation] != null;
    }

    /** True if this is the tag of an operation that a side sends. */
    static boolean isOperation(final int tag, final boolean fromClient) {
        final int operation = tag & NUMBER;
        return (tag & CLASS) == APPLICATION && isKnown(operation) && isRequest(operation) == fromClient;
    }

    /** True if no answer to a request follows this one. */
    static boolean isLast(final int operation) {
        return (NOT_LAST >>> operation & 1) == 0;
    }

    /** Name of an operation that {@link #isKnown is known}. */
    static byte[] operation(final int number) {
        return OPERATIONS[number];
    }

    /** Name of a change of an attribute, or null. */
    static byte[] change(final long number) {
        return word(CHANGES, number);
    }

    /** Name of a result, or null. */
    static byte[] result(final long number) {
        return word(RESULTS, number);
    }
}
