# needs: node npm:steam-user
# expect: tcp/27017 steam
cat >server.js <<'JS'
// Asks for encryption as Steam's servers do (message 1303), which makes the client send its key (1304).
require('net').createServer(s => {
  const body = Buffer.alloc(4 + 8 + 8 + 4 + 4 + 16)
  body.writeUInt32LE(1303, 0)
  body.fill(0xff, 4, 20)
  body.writeUInt32LE(1, 20)
  body.writeUInt32LE(1, 24)
  const head = Buffer.alloc(8)
  head.writeUInt32LE(body.length, 0)
  head.write('VT01', 4)
  s.write(Buffer.concat([head, body]))
}).listen(27017)
JS
cat >client.js <<'JS'
const SteamUser = require('steam-user')
const TCP = require('steam-user/components/connection_protocols/tcp.js')
const user = new SteamUser({ autoRelogin: false, dataDirectory: null })
user.on('error', e => console.log(e))
user._connectTimeout = 2000
user._connection = new TCP(user, { endpoint: '10.77.0.1:27017' })
setTimeout(() => process.exit(0), 1000)
JS
serve node server.js
await tcp 27017
node_peer client.js
