# needs: squid nginx curl openssl
# expect: tcp/3128 http,http-proxy http
# expect: tcp/3128 http,http-connect,tls,http2 http,tls
certificate
cat >nginx.conf <<CONF
pid $work/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  server { listen 80; return 200 hello; }
  server { listen 443 ssl http2; return 200 hello; ssl_certificate $work/cert.pem; ssl_certificate_key $work/key.pem; }
}
CONF
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
chmod 777 "$work"
serve nginx -c "$work/nginx.conf" -g 'daemon off;'
serve squid -N -f "$work/squid.conf"
await tcp 3128
curl -s --max-time 5 -x http://server.example:3128 http://server.example/ -o /dev/null
curl -sk --max-time 5 -x http://server.example:3128 https://server.example/ -o /dev/null
