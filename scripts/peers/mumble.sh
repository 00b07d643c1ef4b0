# needs: murmurd openssl nc
# expect: tcp/64738 tls
# expect: udp/64738 mumble
certificate
cat >m.ini <<CONF
database=$work/m.sqlite
logfile=
sslCert=$work/cert.pem
sslKey=$work/key.pem
allowping=true
CONF
chmod 777 "$work"
serve murmurd -fg -ini "$work/m.ini"
await tcp 64738
printf '\0\0\0\0\0\0\0\0\0\0\0\1' | nc -u -w 1 10.77.0.1 64738 >/dev/null || true
openssl s_client -connect 10.77.0.1:64738 </dev/null >/dev/null 2>&1 || true
