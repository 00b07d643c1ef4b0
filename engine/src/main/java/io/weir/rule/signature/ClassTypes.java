package io.weir.rule.signature;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Classes of rules by short name: those that rule sets in wide use name, and those of files. */
final class ClassTypes {
    private static final Pattern LINE =
        Pattern.compile("\\s*config\\s+classification\\s*:\\s*([^,]+?)\\s*,\\s*([^,]*?)\\s*,\\s*(\\d{1,3})\\s*");

    private final Map<String, ClassType> byName = new LinkedHashMap<>();

    ClassTypes() {
        worst();
        middle();
        least();
    }

    private void worst() {
        put("attempted-admin", "Attempted Administrator Privilege Gain", 1);
        put("attempted-user", "Attempted User Privilege Gain", 1);
        put("command-and-control", "Malware Command and Control Activity Detected", 1);
        put("credential-theft", "Successful Credential Theft Detected", 1);
        put("domain-c2", "Domain Observed Used for C2 Detected", 1);
        put("exploit-kit", "Exploit Kit Activity Detected", 1);
        put("inappropriate-content", "Inappropriate Content was Detected", 1);
        put("policy-violation", "Potential Corporate Privacy Violation", 1);
        put("shellcode-detect", "Executable code was detected", 1);
        put("social-engineering", "Possible Social Engineering Attempted", 2);
        put("successful-admin", "Successful Administrator Privilege Gain", 1);
        put("successful-user", "Successful User Privilege Gain", 1);
        put("targeted-activity", "Targeted Malicious Activity was Detected", 1);
        put("trojan-activity", "A Network Trojan was detected", 1);
        put("unsuccessful-user", "Unsuccessful User Privilege Gain", 1);
        put("web-application-attack", "Web Application Attack", 1);
    }

    private void middle() {
        put("attempted-dos", "Attempted Denial of Service", 2);
        put("attempted-recon", "Attempted Information Leak", 2);
        put("bad-unknown", "Potentially Bad Traffic", 2);
        put("coin-mining", "Crypto Currency Mining Activity Detected", 2);
        put("default-login-attempt", "Attempt to login by a default username and password", 2);
        put("denial-of-service", "Detection of a Denial of Service Attack", 2);
        put("external-ip-check", "Device Retrieving External IP Address Detected", 2);
        put("misc-attack", "Misc Attack", 2);
        put("non-standard-protocol", "Detection of a non-standard protocol or event", 2);
        put("pup-activity", "Possibly Unwanted Program Detected", 2);
        put("rpc-portmap-decode", "Decode of an RPC Query", 2);
        put("successful-dos", "Denial of Service", 2);
        put("successful-recon-largescale", "Large Scale Information Leak", 2);
        put("successful-recon-limited", "Information Leak", 2);
        put("suspicious-filename-detect", "A suspicious filename was detected", 2);
        put("suspicious-login", "An attempted login using a suspicious username was detected", 2);
        put("system-call-detect", "A system call was detected", 2);
        put("unusual-client-port-connection", "A client was using an unusual port", 2);
        put("web-application-activity", "access to a potentially vulnerable web application", 2);
    }

    private void least() {
        put("icmp-event", "Generic ICMP event", 3);
        put("misc-activity", "Misc activity", 3);
        put("network-scan", "Detection of a Network Scan", 3);
        put("not-suspicious", "Not Suspicious Traffic", 3);
        put("protocol-command-decode", "Generic Protocol Command Decode", 3);
        put("string-detect", "A suspicious string was detected", 3);
        put("tcp-connection", "A TCP connection was detected", 4);
        put("unknown", "Unknown Traffic", 3);
    }

    private void put(final String name, final String description, final int priority) {
        byName.put(name, new ClassType(name, description, priority));
    }

    /** Takes lines of a {@code classification.config}; other lines are passed over. */
    void read(final List<String> lines) {
        for (final String line : lines) {
            final Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                put(matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3)));
            }
        }
    }

    /** The class of this name, or null. */
    ClassType find(final String name) {
        return byName.get(name);
    }

    /** All names. */
    Set<String> names() {
        return byName.keySet();
    }
}
