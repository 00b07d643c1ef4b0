# needs: inetutils-inetd telnet
# expect: tcp/23 telnet telnet
printf 'telnet stream tcp nowait root /usr/sbin/telnetd telnetd -h\n' >inetd.conf
serve inetutils-inetd -d "$work/inetd.conf"
await tcp 23
(sleep 1; echo weir; sleep 0.5; echo secret; sleep 0.5) | timeout 4 telnet -l weir 10.77.0.1 >/dev/null 2>&1 || true
