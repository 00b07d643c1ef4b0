# needs: squid nginx curl openssl
# expect: tcp/3128 http,http-proxy http
# expect: tcp/3128 http,http-connect,tls,http2 http,tls
certificate
cat >squid.conf <<CONF
http_port 3128
acl SSL_ports port 443
http_access allow all
cache deny all
access_log none
cache_log $work/squid.log
pid_filename none
coredump_dir $work
hosts_file /etc/hosts
CONF
web_server 443 <<CONF
server { listen 80; return 200 hello; }
server { listen 443 ssl http2; return 200 hello; ssl_certificate $work/cert.pem; ssl_certificate_key $work/key.pem; }
CONF
chmod 777 "$work"
serve squid -N -f "$work/squid.conf"
await tcp 3128
curl -s --max-time 5 -x http://server.example:3128 http://server.example/ -o /dev/null
curl -sk --max-time 5 -x http://server.example:3128 https://server.example/ -o /dev/null
