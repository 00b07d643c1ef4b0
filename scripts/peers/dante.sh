# needs: danted nginx curl openssl
# expect: tcp/1080 socks,http http
# expect: tcp/1080 socks
# expect: tcp/1080 socks,tls,http2 tls
certificate
cat >danted.conf <<CONF
logoutput: stderr
internal: s0 port = 1080
external: s0
external: lo
clientmethod: none
socksmethod: none
client pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }
socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }
CONF
web_server 443 <<CONF
server { listen 80; return 200 hello; }
server { listen 443 ssl http2; return 200 hello; ssl_certificate $work/cert.pem; ssl_certificate_key $work/key.pem; }
CONF
serve danted -f "$work/danted.conf"
await tcp 1080
curl -s --max-time 5 -x socks5://server.example:1080 http://10.77.0.1/ -o /dev/null
curl -s --max-time 5 -x socks5h://server.example:1080 http://server.example/ -o /dev/null
curl -s --max-time 5 -x socks4://server.example:1080 http://10.77.0.1/ -o /dev/null
curl -sk --max-time 5 -x socks4a://server.example:1080 https://server.example/ -o /dev/null || true
curl -sk --max-time 5 -x socks5h://server.example:1080 https://server.example/ -o /dev/null
