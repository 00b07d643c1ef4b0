# needs: freeradius radtest
# expect: udp/1812 radius
# expect: udp/1813 radius
cp -r /etc/freeradius/3.0 raddb
printf 'client all {\n ipaddr = 0.0.0.0/0\n secret = testing123\n}\n' >>raddb/clients.conf
printf 'weir Cleartext-Password := "secret"\n\tReply-Message := "hello"\n' >raddb/mods-config/files/authorize
chmod -R a+rX "$work"
serve freeradius -f -d "$work/raddb"
await udp 1812
radtest weir secret 10.77.0.1 0 testing123 >/dev/null
radtest weir wrong 10.77.0.1 0 testing123 >/dev/null || true
printf 'User-Name = weir\nAcct-Status-Type = Start\nAcct-Session-Id = "1"\nNAS-IP-Address = 10.77.0.2\n' |
  radclient -r 1 -t 2 10.77.0.1 acct testing123 >/dev/null || true
