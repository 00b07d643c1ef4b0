# needs: node npm:stratum npm:stratum-client npm:coin-hive-stratum npm:ws
# expect: tcp/3333 stratum
# expect: tcp/3334 stratum
# expect: tcp/8892 http,websocket http
cat >pools.js <<'JS'
// Pools of the two kinds: what they answer is what their miners wait for.
const pool = (port, answer) => require('net').createServer(s => s.on('error', () => 0).on('data', d =>
  d.toString().trim().split('\n').forEach(line => s.write(JSON.stringify(answer(JSON.parse(line))) + '\n')))).listen(port)
const job = { blob: '0606'.repeat(38), job_id: '4BiGm3', target: 'b88d0600' }
pool(3333, q => ({ id: q.id, result: q.method === 'mining.subscribe' ? [[['mining.notify', 'ae68']], '08000002', 4] : true, error: null }))
pool(3334, q => ({ id: q.id, jsonrpc: '2.0', error: null, result: { id: 'a', job, status: 'OK' } }))
const Proxy = require('coin-hive-stratum')
new Proxy({ host: '10.77.0.1', port: 3334 }).listen(8892)
JS
cat >miners.js <<'JS'
const client = require('stratum').Client.create()
client.on('mining', (d, s, t) => { if (t === 'result' && !s.authorized) s.stratumAuthorize('weir.1', 'x') })
client.on('mining.error', e => console.log(e))
client.on('error', e => console.log(e))
client.connect({ host: '10.77.0.1', port: 3333 }).then(s => s.stratumSubscribe('weir/1.0'))
require('stratum-client')({ server: '10.77.0.1', port: 3333, worker: 'weir.2', password: 'x', onConnect: () => 0 })
// On the client's host, the proxy's way to the pool is on the wire.
const Proxy = require('coin-hive-stratum')
new Proxy({ host: '10.77.0.1', port: 3334 }).listen(8893)
const Socket = require('ws')
for (const host of ['10.77.0.1:8892', '127.0.0.1:8893']) {
  const s = new Socket('ws://' + host)
  s.on('open', () => s.send(JSON.stringify({ type: 'auth', params: { site_key: '48edfHu7V9Z84YzzMa6f', type: 'anonymous' } })))
  s.on('message', m => console.log(m.toString()))
}
setTimeout(() => process.exit(0), 1500)
JS
serve env NODE_PATH="$PEERS_NPM/node_modules" node pools.js
await tcp 8892
await tcp 3333
node_peer miners.js
