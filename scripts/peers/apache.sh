# needs: apache2 curl
# expect: tcp/80 http,http2 http
# expect: tcp/81 http http
# expect: tcp/82 http2 http
mkdir html && echo hello >html/index.html
m=/usr/lib/apache2/modules
cat >apache.conf <<CONF
ServerName server.example
ServerRoot $work
PidFile $work/apache.pid
ErrorLog $work/error.log
LoadModule mpm_event_module $m/mod_mpm_event.so
LoadModule http2_module $m/mod_http2.so
LoadModule authz_core_module $m/mod_authz_core.so
LoadModule dir_module $m/mod_dir.so
User www-data
Group www-data
Listen 80
Listen 81
Listen 82
Protocols h2c http/1.1
DocumentRoot $work/html
CONF
chmod 755 "$work"
serve apache2 -X -f "$work/apache.conf"
await tcp 80
curl -s --max-time 5 --http2 http://server.example/ -o /dev/null
curl -s --max-time 5 --http1.1 http://server.example:81/ -o /dev/null
curl -s --max-time 5 --http2-prior-knowledge http://server.example:82/ http://server.example:82/absent -o /dev/null -o /dev/null || true
