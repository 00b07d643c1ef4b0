# needs: nc
# expect: tcp/2003 graphite
# expect: udp/8125 statsd
serve nc -l -k 2003
serve nc -u -l 8125
await tcp 2003
now=$(date +%s)
printf 'servers.one.load 0.3 %s\nservers.one.mem 123 %s\n' "$now" "$now" | nc -N 10.77.0.1 2003
printf 'a.b.c:1|c\n' | nc -u -w 1 10.77.0.1 8125
