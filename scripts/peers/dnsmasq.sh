# needs: dnsmasq dhclient tftp
# expect: udp/67 dhcp dhcp
# expect: udp/547 dhcpv6
# expect: udp/53 dns dns
# expect: udp/69 tftp tftp
# expect: udp/* tftp
mkdir tftp && head -c 3000 /dev/zero >tftp/boot.img && chmod -R 755 "$work" tftp
serve dnsmasq -d -C /dev/null --no-resolv --no-hosts --address=/www.example/10.77.0.1 --dhcp-range=10.77.0.100,10.77.0.120,1h \
  --dhcp-range=fd77::100,fd77::120,64,1h --enable-ra --enable-tftp --tftp-root="$work/tftp" --dhcp-leasefile="$work/leases" --user=root
await udp 67
dig @10.77.0.1 +time=1 +tries=1 www.example >/dev/null
timeout 8 dhclient -4 -1 -d -sf /bin/true -lf "$work/l4" -pf "$work/p4" c0 >/dev/null 2>&1 || true
timeout 8 dhclient -6 -1 -d -sf /bin/true -lf "$work/l6" -pf "$work/p6" c0 >/dev/null 2>&1 || true
printf 'mode octet\nget boot.img\nquit\n' | tftp 10.77.0.1 >/dev/null
