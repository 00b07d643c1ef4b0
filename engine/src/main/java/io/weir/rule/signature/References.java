package io.weir.rule.signature;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands before the key of a {@code reference}, by its system. */
final class References {
    private static final Pattern LINE = Pattern.compile("\\s*config\\s+reference\\s*:\\s*(\\S+)\\s+(\\S+)\\s*");

    private final Map<String, String> prefixes = new HashMap<>();

    References() {
        put("url", "http://");
        put("bugtraq", "http://www.securityfocus.com/bid/");
        put("bid", "http://www.securityfocus.com/bid/");
        put("cve", "http://cve.mitre.org/cgi-bin/cvename.cgi?name=");
        put("secunia", "http://www.secunia.com/advisories/");
        put("nessus", "http://cgi.nessus.org/plugins/dump.php3?id=");
        put("exploitdb", "http://www.exploit-db.com/exploits/");
        put("osvdb", "http://www.osvdb.org/show/osvdb/");
        put("threatexpert", "http://www.threatexpert.com/report.aspx?md5=");
        put("md5", "http://www.threatexpert.com/report.aspx?md5=");
        put("msft", "http://technet.microsoft.com/security/bulletin/");
        put("mcafee", "http://vil.nai.com/vil/content/v_");
        put("arachnids", "http://www.whitehats.com/info/IDS");
        put("et", "http://doc.emergingthreats.net/");
        put("telus", "http://");
    }

    private void put(final String system, final String prefix) {
        prefixes.put(system.toLowerCase(Locale.ROOT), prefix);
    }

    /** Takes lines of a {@code reference.config}; other lines are passed over. */
    void read(final List<String> lines) {
        for (final String line : lines) {
            final Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                put(matcher.group(1), matcher.group(2));
            }
        }
    }

    /** Where to read more. */
    String url(final String system, final String key) {
        final String prefix = prefixes.get(system.toLowerCase(Locale.ROOT));
        return prefix == null ? system + "," + key : prefix + key;
    }
}
