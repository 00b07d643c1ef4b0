# needs: node npm:node-bacnet
# expect: udp/47808 bacnet
cat >server.js <<'JS'
const Bacnet = require('node-bacnet'); const c = new Bacnet({ apduTimeout: 1000 })
c.on('whoIs', d => c.iAmResponse(d.header && d.header.sender || null, 123, 3, 42))
JS
cat >client.js <<'JS'
const Bacnet = require('node-bacnet'); const c = new Bacnet({ apduTimeout: 1000, broadcastAddress: '10.77.0.255', interface: '0.0.0.0' })
c.whoIs()
c.readProperty({ address: '10.77.0.1' }, { type: 8, instance: 123 }, 77, e => 0)
setTimeout(() => process.exit(0), 1000)
JS
serve env NODE_PATH="$PEERS_NPM/node_modules" node server.js
await udp 47808
node_peer client.js
