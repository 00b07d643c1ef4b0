# needs: openvpn openssl
# expect: udp/1194 openvpn
# expect: tcp/443 openvpn
# expect: udp/1195 openvpn
# expect: udp/1196 openvpn
certificate
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=client -keyout ckey.pem -out ccert.pem 2>/dev/null
cat cert.pem ccert.pem >ca.pem
openvpn --genkey secret ta.key
openvpn --genkey tls-crypt-v2-server v2.key
openvpn --tls-crypt-v2 v2.key --genkey tls-crypt-v2-client v2c.key
mkdir -p /dev/net; [ -e /dev/net/tun ] || mknod /dev/net/tun c 10 200 || true
one() {
  local proto=$1 port=$2; shift 2
  local server_only=() client_only=()
  if [ "${1:-}" = v2 ]; then server_only=(--tls-crypt-v2 v2.key) client_only=(--tls-crypt-v2 v2c.key); shift; fi
  serve openvpn --dev null --ca ca.pem --verb 1 --cert cert.pem --key key.pem --tls-server --dh none --ping 1 --proto "$proto$([ "$proto" = tcp ] && echo -server || true)" \
    --port "$port" "$@" "${server_only[@]}"
  await "$proto" "$port"
  timeout 4 openvpn --dev null --ca ca.pem --verb 1 --cert ccert.pem --key ckey.pem --tls-client --ping 1 --nobind \
    --proto "$proto$([ "$proto" = tcp ] && echo -client || true)" --remote 10.77.0.1 "$port" "$@" "${client_only[@]}" >client.log 2>&1 || true
}
one udp 1194
one tcp 443
one udp 1195 --tls-auth ta.key
one udp 1196 v2
