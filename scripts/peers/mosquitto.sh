# needs: mosquitto mosquitto_pub mosquitto_sub openssl node npm:mqtt
# expect: tcp/1883 mqtt mqtt
# expect: tcp/9001 http,websocket,mqtt http
# expect: tcp/8883 tls tls
certificate
cat >mosquitto.conf <<CONF
allow_anonymous true
user root
listener 1883
listener 9001
protocol websockets
listener 8883
certfile $work/cert.pem
keyfile $work/key.pem
CONF
serve mosquitto -c "$work/mosquitto.conf"
await tcp 8883
mosquitto_sub -h server.example -t 'room/#' -q 1 -C 2 -W 5 >got.txt &
sub=$!
sleep 0.5
mosquitto_pub -h server.example -t room/one -m warm -q 2 -u weir -P secret
mosquitto_pub -h server.example -t room/two -m cold -V 5 -q 1 --will-topic gone --will-payload bye
mosquitto_pub -h server.example -p 8883 --cafile cert.pem -t room/three -m x
wait "$sub"
cat >web.js <<'JS'
const c = require('mqtt').connect('ws://server.example:9001')
c.on('connect', () => c.publish('room/web', 'hello', { qos: 1 }, () => c.end()))
JS
node_peer web.js
