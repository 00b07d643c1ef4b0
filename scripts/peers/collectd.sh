# needs: collectd
# expect: udp/25826 collectd
printf 'Interval 1\nLoadPlugin network\n<Plugin network>\nListen "0.0.0.0" "25826"\n</Plugin>\n' >s.conf
cat >c.conf <<CONF
Interval 1
LoadPlugin load
LoadPlugin network
<Plugin network>
Server "10.77.0.1" "25826"
</Plugin>
CONF
serve collectd -f -C "$work/s.conf" -P "$work/p1"
await udp 25826
timeout 4 collectd -f -C "$work/c.conf" -P "$work/p2" >/dev/null 2>&1 || true
