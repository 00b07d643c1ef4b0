# needs: transmission-daemon transmission-remote transmission-create node npm:bittorrent-tracker
# expect: tcp/51413 bittorrent
# expect: tcp/6969 http http
# expect: udp/51413 bittorrent-utp|bittorrent-dht
# expect: udp/6969 bittorrent
ip address add 45.1.2.2/24 dev c0
in_server ip address add 45.1.2.1/24 dev s0
cat >tracker.mjs <<JS
import Server from '$PEERS_NPM/node_modules/bittorrent-tracker/server.js'
new Server({ udp: true, http: true, ws: false, stats: false }).listen(6969)
JS
serve node tracker.mjs
mkdir -p a/conf b/conf seed leech
head -c 300000 /dev/urandom >seed/film.avi
transmission-create -o film.torrent -t http://45.1.2.1:6969/announce -t udp://45.1.2.1:6969 seed/film.avi >/dev/null 2>&1
await tcp 6969
settings() {
  cat >"$1/conf/settings.json" <<JSON
{"rpc-port":9091, "rpc-whitelist-enabled":false, "peer-port":51413, "dht-enabled":true, "lpd-enabled":true,
 "utp-enabled":$2, "encryption":0, "port-forwarding-enabled":false}
JSON
}
settings a true
settings b false
serve transmission-daemon -f -g "$work/a/conf" -w "$work/seed"
await tcp 9091
in_server transmission-remote 127.0.0.1:9091 -a film.torrent -w "$work/seed" >/dev/null
sleep 1
transmission-daemon -f -g "$work/b/conf" -w "$work/leech" >leech.log 2>&1 &
sleep 1
transmission-remote 127.0.0.1:9091 -a film.torrent -w "$work/leech" >/dev/null
sleep 10
transmission-remote 127.0.0.1:9091 -l
