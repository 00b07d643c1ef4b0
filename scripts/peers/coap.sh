# needs: node npm:coap
# expect: udp/5683 coap
cat >server.js <<'JS'
require('coap').createServer((q, r) => r.end('hello')).listen(5683)
JS
cat >client.js <<'JS'
const q = require('coap').request('coap://10.77.0.1/room'); q.on('response', () => setTimeout(() => process.exit(0), 200)); q.end()
JS
serve env NODE_PATH="$PEERS_NPM/node_modules" node server.js
await udp 5683
node_peer client.js
