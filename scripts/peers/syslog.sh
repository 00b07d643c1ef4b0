# needs: syslog-ng logger
# expect: udp/514 syslog
# expect: tcp/514 syslog
# expect: tcp/601 syslog
cat >ng.conf <<CONF
@version: 3.38
source s { network(transport(udp) port(514)); network(transport(tcp) port(514)); syslog(transport(tcp) port(601)); };
destination d { file("$work/got"); };
log { source(s); destination(d); };
CONF
serve syslog-ng -F -f "$work/ng.conf" --no-caps -R "$work/persist" -c "$work/ctl" -p "$work/pid"
await tcp 601
logger -n 10.77.0.1 -d -P 514 --rfc3164 'an old line'
logger -n 10.77.0.1 -d -P 514 'a new line'
logger -n 10.77.0.1 -T -P 514 --rfc3164 'an old line'
logger -n 10.77.0.1 -T -P 601 --octet-count 'a counted line'
