# needs: nrpe /usr/lib/nagios/plugins/check_nrpe
# expect: tcp/5666 nrpe
cat >nrpe.cfg <<CONF
server_port=5666
allowed_hosts=10.77.0.2
nrpe_user=nobody
nrpe_group=nogroup
command[hello]=/bin/echo hello
CONF
chmod 755 "$work"
serve nrpe -n -f -c "$work/nrpe.cfg"
await tcp 5666
for v in 2 3 4; do /usr/lib/nagios/plugins/check_nrpe -H 10.77.0.1 -n -$v -c hello || true; done
