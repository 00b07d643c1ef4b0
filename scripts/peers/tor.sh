# needs: tor openssl
# expect: tcp/9001 tls
# expect: tcp/9001 tls,tor
mkdir -m 700 d1
cat >torrc <<CONF
DataDirectory $work/d1
SocksPort 0
ORPort 9001
Address 10.77.0.1
AssumeReachable 1
ExitRelay 0
PublishServerDescriptor 0
DirAuthority a orport=9001 no-v2 v3ident=23D15D965BC35114467363C165C4F724B64B4F66 10.77.0.1:80 000A10D43011EA4928A35F610405F92B4433B4DC
CONF
serve tor -f "$work/torrc"
await tcp 9001
echo | openssl s_client -connect 10.77.0.1:9001 >/dev/null 2>&1 || true
mkdir -m 700 d2
printf 'DataDirectory %s/d2\nSocksPort 9050\nUseBridges 1\nBridge 10.77.0.1:9001\n' "$work" >torrc2
timeout 6 tor -f torrc2 >tor2.log 2>&1 || true
