package io.weir.protocol.ldap;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;

/** What records of LDAP have, named as in Suricata's, and what only rules ask for. */
final class LdapFields {
    static final Field REQUEST = Field.of("ldap.request", FieldType.GROUP, "What the client asks for.");
    static final Field REQUEST_OPERATION = text("request.operation", "The operation asked for.");
    static final Field REQUEST_ID = number("request.message_id", "Number of the request in its connection.");

    static final Field BIND = group("request.bind_request", "A login.");
    static final Field BIND_VERSION = number("request.bind_request.version", "Version of LDAP.");
    static final Field BIND_NAME = text("request.bind_request.name", "Who logs in.");
    static final Field SASL = group("request.bind_request.sasl", "A login by SASL.");
    static final Field SASL_MECHANISM = text("request.bind_request.sasl.mechanism", "How it goes.");

    static final Field SEARCH = group("request.search_request", "A search.");
    static final Field SEARCH_BASE = text("request.search_request.base_object", "Where it begins.");
    static final Field SEARCH_SCOPE =
        number("request.search_request.scope", "How deep: 0 the object, 1 a level below it, 2 all below it.");
    static final Field SEARCH_ALIASES = number("request.search_request.deref_alias", "When aliases are followed.");
    static final Field SEARCH_SIZE = number("request.search_request.size_limit", "Most entries; 0 without limit.");
    static final Field SEARCH_TIME = number("request.search_request.time_limit", "Most seconds; 0 without limit.");
    static final Field SEARCH_TYPES = flag("request.search_request.types_only", "Whether values are left out.");
    static final Field SEARCH_ATTRIBUTES = texts("request.search_request.attributes", "Attributes asked for.");

    static final Field MODIFY = group("request.modify_request", "A change of an entry.");
    static final Field MODIFY_OBJECT = text("request.modify_request.object", "The entry.");
    static final Field CHANGES = groups("request.modify_request.changes", "What is changed.");
    static final Field CHANGE_OPERATION = text("request.modify_request.changes.operation", "How it is changed.");
    static final Field MODIFICATION = group("request.modify_request.changes.modification", "An attribute.");
    static final Field MODIFICATION_TYPE =
        text("request.modify_request.changes.modification.attribute_type", "Type of the attribute.");
    static final Field MODIFICATION_VALUES =
        texts("request.modify_request.changes.modification.attribute_values", "Its values, but of passwords.");

    static final Field ADD = group("request.add_request", "A new entry.");
    static final Field ADD_ENTRY = text("request.add_request.entry", "Its name.");
    static final Field ADD_ATTRIBUTES = groups("request.add_request.attributes", "Its attributes.");
    static final Field ADD_TYPE = text("request.add_request.attributes.name", "Type of an attribute.");
    static final Field ADD_VALUES = texts("request.add_request.attributes.values", "Its values, but of passwords.");

    static final Field DELETE = group("request.del_request", "The end of an entry.");
    static final Field DELETE_ENTRY = text("request.del_request.dn", "Its name.");

    static final Field RENAME = group("request.mod_dn_request", "A new name of an entry.");
    static final Field RENAME_ENTRY = text("request.mod_dn_request.entry", "Its name before.");
    static final Field RENAME_RDN = text("request.mod_dn_request.new_rdn", "First part of its new name.");
    static final Field RENAME_DELETES =
        flag("request.mod_dn_request.delete_old_rdn", "Whether the old part is no attribute any more.");
    static final Field RENAME_SUPERIOR = text("request.mod_dn_request.new_superior", "Where it is moved to.");

    static final Field COMPARE = group("request.compare_request", "A comparison with an entry.");
    static final Field COMPARE_ENTRY = text("request.compare_request.entry", "Its name.");
    static final Field ASSERTION =
        group("request.compare_request.attribute_value_assertion", "What the entry is compared with.");
    static final Field ASSERTION_TYPE =
        text("request.compare_request.attribute_value_assertion.description", "Type of the attribute.");
    static final Field ASSERTION_VALUE =
        text("request.compare_request.attribute_value_assertion.value", "Its value, but of passwords.");

    static final Field ABANDON = group("request.abandon_request", "That an answer is not waited for.");
    static final Field ABANDON_ID = number("request.abandon_request.message_id", "Number of the request.");
    static final Field EXTENDED = group("request.extended_request", "An operation of an extension.");
    static final Field EXTENDED_NAME = text("request.extended_request.name", "Object identifier of the operation.");

    static final Field RESPONSES = groups("responses", "What the server answers.");
    static final Field OPERATION = text("responses.operation", "The kind of an answer.");
    static final Field ID = number("responses.message_id", "Number of the request that it answers.");
    static final Field ENTRY = group("responses.search_result_entry", "An entry found.");
    static final Field ENTRY_NAME = text("responses.search_result_entry.base_object", "Its name.");
    static final Field ENTRY_ATTRIBUTES = groups("responses.search_result_entry.attributes", "Its attributes.");
    static final Field ENTRY_TYPE = text("responses.search_result_entry.attributes.type", "Type of an attribute.");
    static final Field ENTRY_VALUES =
        texts("responses.search_result_entry.attributes.values", "Its values, but of passwords.");
    static final Field INTERMEDIATE = group("responses.intermediate_response", "An answer before the last.");
    static final Field INTERMEDIATE_NAME = text("responses.intermediate_response.name", "Its object identifier.");

    /** How an operation has ended, each with its code, matched name and message. */
    static final Result BOUND = new Result("bind_response");
    static final Result FOUND = new Result("search_result_done");
    static final Result MODIFIED = new Result("modify_response");
    static final Result ADDED = new Result("add_response");
    static final Result DELETED = new Result("del_response");
    static final Result RENAMED = new Result("mod_dn_response");
    static final Result COMPARED = new Result("compare_response");
    static final Result EXTENDED_RESULT = new Result("extended_response");
    static final Field EXTENDED_RESULT_NAME =
        text("responses.extended_response.name", "Object identifier of what is answered.");

    /** For rules, in decimal. */
    static final Field REQUEST_NUMBER =
        Field.inspected("ldap.request.operation.number", "Number of the operation asked for.");
    static final Field REQUEST_NAME = Field.inspected("ldap.request.dn", "Name of the entry that a request is about.");
    static final Field REQUEST_TYPE =
        Field.inspected("ldap.request.attribute_type", "Each type of attribute that a request names.");
    /** For rules, in decimal. */
    static final Field RESPONSE_NUMBER =
        Field.inspected("ldap.responses.operation.number", "Number of the kind of each answer.");
    /** For rules, in decimal. */
    static final Field RESPONSE_CODE =
        Field.inspected("ldap.responses.result_code.number", "How the operation has ended.");
    /** For rules, in decimal. */
    static final Field RESPONSE_COUNT = Field.inspected("ldap.responses.count", "How many answers a request has.");
    static final Field RESPONSE_NAME =
        Field.inspected("ldap.responses.dn", "Name of the entry that an answer is about.");
    static final Field RESPONSE_TYPE =
        Field.inspected("ldap.responses.attribute_type", "Each type of attribute that was found.");
    static final Field RESPONSE_MESSAGE = Field.inspected("ldap.responses.message", "What the server says of it.");

    static final Field[] ALL = {REQUEST, REQUEST_OPERATION, REQUEST_ID, BIND, BIND_VERSION, BIND_NAME, SASL,
        SASL_MECHANISM, SEARCH, SEARCH_BASE, SEARCH_SCOPE, SEARCH_ALIASES, SEARCH_SIZE, SEARCH_TIME, SEARCH_TYPES,
        SEARCH_ATTRIBUTES, MODIFY, MODIFY_OBJECT, CHANGES, CHANGE_OPERATION, MODIFICATION, MODIFICATION_TYPE,
        MODIFICATION_VALUES, ADD, ADD_ENTRY, ADD_ATTRIBUTES, ADD_TYPE, ADD_VALUES, DELETE, DELETE_ENTRY, RENAME,
        RENAME_ENTRY, RENAME_RDN, RENAME_DELETES, RENAME_SUPERIOR, COMPARE, COMPARE_ENTRY, ASSERTION, ASSERTION_TYPE,
        ASSERTION_VALUE, ABANDON, ABANDON_ID, EXTENDED, EXTENDED_NAME, RESPONSES, OPERATION, ID, ENTRY, ENTRY_NAME,
        ENTRY_ATTRIBUTES, ENTRY_TYPE, ENTRY_VALUES, INTERMEDIATE, INTERMEDIATE_NAME, BOUND.group, BOUND.code,
        BOUND.name, BOUND.message, FOUND.group, FOUND.code, FOUND.name, FOUND.message, MODIFIED.group, MODIFIED.code,
        MODIFIED.name, MODIFIED.message, ADDED.group, ADDED.code, ADDED.name, ADDED.message, DELETED.group,
        DELETED.code, DELETED.name, DELETED.message, RENAMED.group, RENAMED.code, RENAMED.name, RENAMED.message,
        COMPARED.group, COMPARED.code, COMPARED.name, COMPARED.message, EXTENDED_RESULT.group, EXTENDED_RESULT.code,
        EXTENDED_RESULT.name, EXTENDED_RESULT.message, EXTENDED_RESULT_NAME, REQUEST_NUMBER, REQUEST_NAME,
        REQUEST_TYPE, RESPONSE_NUMBER, RESPONSE_CODE, RESPONSE_COUNT, RESPONSE_NAME, RESPONSE_TYPE, RESPONSE_MESSAGE};

    /** Fields of one kind of answer that says how an operation has ended. */
    static final class Result {
        final Field group;
        final Field code;
        final Field name;
        final Field message;

        private Result(final String key) {
            final String path = "responses." + key;
            group = group(path, "How an operation has ended.");
            code = text(path + ".result_code", "Whether it was done, or why not.");
            name = text(path + ".matched_dn", "The part of the name that exists.");
            message = text(path + ".message", "What the server says of it.");
        }
    }

    private LdapFields() {
    }

    /** Fields of an answer that says how an operation has ended. */
    static Result result(final int operation) {
        return switch (operation) {
            case LdapWords.BIND_RESPONSE -> BOUND;
            case LdapWords.SEARCH_DONE -> FOUND;
            case LdapWords.MODIFY_RESPONSE -> MODIFIED;
            case LdapWords.ADD_RESPONSE -> ADDED;
            case LdapWords.DELETE_RESPONSE -> DELETED;
            case LdapWords.RENAME_RESPONSE -> RENAMED;
            case LdapWords.COMPARE_RESPONSE -> COMPARED;
            default -> EXTENDED_RESULT;
        };
    }

    private static Field text(final String path, final String sentence) {
        return Field.of("ldap." + path, FieldType.TEXT, sentence);
    }

    private static Field texts(final String path, final String sentence) {
        return Field.listOf("ldap." + path, FieldType.TEXT, sentence);
    }

    private static Field number(final String path, final String sentence) {
        return Field.of("ldap." + path, FieldType.NUMBER, sentence);
    }

    private static Field flag(final String path, final String sentence) {
        return Field.of("ldap." + path, FieldType.BOOLEAN, sentence);
    }

    private static Field group(final String path, final String sentence) {
        return Field.of("ldap." + path, FieldType.GROUP, sentence);
    }

    private static Field groups(final String path, final String sentence) {
        return Field.listOf("ldap." + path, FieldType.GROUP, sentence);
    }
}
