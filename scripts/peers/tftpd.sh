# needs: in.tftpd curl
# expect: udp/69 tftp tftp
# expect: udp/* tftp
mkdir -m 777 tftp && head -c 3000 /dev/zero >tftp/boot.img && chmod 755 "$work"
serve in.tftpd -L -c -u root -s "$work/tftp" -a 0.0.0.0:69
await udp 69
curl -s --max-time 5 tftp://10.77.0.1/boot.img -o /dev/null
curl -s --max-time 5 -T tftp/boot.img tftp://10.77.0.1/up.img
curl -s --max-time 5 tftp://10.77.0.1/absent -o /dev/null || true
