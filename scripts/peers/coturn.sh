# needs: turnserver turnutils_uclient turnutils_stunclient openssl
# expect: udp/3478 stun
# expect: tcp/3478 stun
certificate
serve turnserver -L 10.77.0.1 -E 10.77.0.1 -u weir:secret -r example --lt-cred-mech --cert "$work/cert.pem" --pkey "$work/key.pem" \
  --no-cli --log-file stdout --allow-loopback-peers --userdb "$work/db"
await udp 3478
turnutils_stunclient 10.77.0.1 >/dev/null
serve turnutils_peer -L 10.77.0.1 -p 3480
timeout 15 turnutils_uclient -u weir -w secret -n 3 -m 1 -l 100 -e 10.77.0.1 -X -g 10.77.0.1 >/dev/null || true
timeout 15 turnutils_uclient -t -u weir -w secret -n 3 -m 1 -l 100 -e 10.77.0.1 -X -g 10.77.0.1 >/dev/null || true
