# needs: inetutils-inetd in.rshd in.rlogind rsh-redone-rsh rsh-redone-rlogin
# expect: tcp/514 rsh
# expect: tcp/513 rlogin
# expect: tcp/1022 rsh
cat >inetd.conf <<CONF
shell stream tcp nowait root /usr/sbin/in.rshd in.rshd
login stream tcp nowait root /usr/sbin/in.rlogind in.rlogind
CONF
serve inetutils-inetd -d "$work/inetd.conf"
await tcp 514
timeout 3 rsh-redone-rsh -l root 10.77.0.1 id >/dev/null 2>&1 || true
(sleep 1; echo) | timeout 3 script -qc 'rsh-redone-rlogin -l root 10.77.0.1' /dev/null >/dev/null 2>&1 || true
