# needs: nginx curl openssl
# expect: tcp/80 http http,fileinfo
# expect: tcp/8123 http http
# expect: tcp/443 tls,http2 tls
# expect: tcp/443 tls tls
# expect: tcp/4430 tls tls
certificate
mkdir html && head -c 20000 /dev/zero | tr '\0' x >html/big.txt
web_server 443 <<CONF
server {
  listen 80; listen [::]:80; listen 8123;
  root $work/html;
  gzip on; gzip_types text/plain;
  location /put { client_max_body_size 1m; dav_methods PUT; create_full_put_path on; }
  location /moved { return 301 /big.txt; }
}
server {
  listen 443 ssl http2; listen 4430 ssl;
  ssl_certificate $work/cert.pem; ssl_certificate_key $work/key.pem;
  root $work/html;
}
CONF
fetch() { curl -s -o /dev/null --max-time 5 --cacert cert.pem "$@"; }
fetch http://server.example/big.txt -o /dev/null http://server.example/absent
fetch --compressed -L http://server.example/moved
fetch -I http://server.example/big.txt
fetch -r 0-99 "http://[$server6]/big.txt"
fetch -d a=1 -H 'Expect: 100-continue' http://server.example:8123/
fetch --http2 https://server.example/big.txt
fetch --http1.1 --tls-max 1.2 https://server.example/big.txt
fetch --http1.1 https://server.example:4430/
