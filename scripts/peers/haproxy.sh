# needs: haproxy nginx curl openssl
# expect: tcp/80 http http
# expect: tcp/8080 proxy-protocol,http http
# expect: tcp/8082 proxy-protocol,http http
# expect: tcp/8081 proxy-protocol,tls tls
# HAProxy on the client's host, so that its PROXY headers, versions 1 and 2, are on the wire.
certificate
cat >haproxy.cfg <<CONF
defaults
  timeout connect 2s
  timeout client 5s
  timeout server 5s
listen one
  mode http
  bind 127.0.0.1:8000
  server s $server:8080 send-proxy
listen two
  mode http
  bind 127.0.0.1:8002
  server s $server:8082 send-proxy-v2
listen three
  mode tcp
  bind 127.0.0.1:8001
  server s $server:8081 send-proxy-v2
listen four
  mode http
  bind 127.0.0.1:8003
  server s $server:80
CONF
web_server 8081 <<CONF
server { listen 80; listen 8080 proxy_protocol; listen 8082 proxy_protocol; return 200 hello; }
server { listen 8081 ssl proxy_protocol; return 200 hello; ssl_certificate $work/cert.pem; ssl_certificate_key $work/key.pem; }
CONF
haproxy -f haproxy.cfg >haproxy.log 2>&1 &
sleep 0.5
for to in http://127.0.0.1:8000 http://127.0.0.1:8002 https://127.0.0.1:8001 http://127.0.0.1:8003; do
  curl -sk --max-time 5 "$to/" -o /dev/null
done
