# needs: chronyd ntpdate
# expect: udp/123 ntp ntp
mkdir -p /run/chrony
cat >chrony.conf <<CONF
local stratum 8
allow 0.0.0.0/0
cmdport 0
bindcmdaddress /run/chrony/s
pidfile /run/chrony/pid
CONF
serve chronyd -x -d -u root -f "$work/chrony.conf"
await udp 123
ntpdig -t 2 10.77.0.1 >/dev/null 2>&1 || ntpdate -q 10.77.0.1 >/dev/null 2>&1 || true
timeout 5 chronyd -x -Q -t 3 'server 10.77.0.1 iburst' 'cmdport 0' 'pidfile /run/chrony/pid2' >/dev/null 2>&1 || true
