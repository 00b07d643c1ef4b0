# needs: node npm:minecraft-protocol
# expect: tcp/25565 minecraft
# expect: tcp/25566 minecraft
cat >server.js <<'JS'
const mc = require('minecraft-protocol')
mc.createServer({ 'online-mode': false, host: '0.0.0.0', port: 25565, version: '1.16.5' })
mc.createServer({ 'online-mode': false, host: '0.0.0.0', port: 25566, version: '1.12.2' })
JS
cat >client.js <<'JS'
const mc = require('minecraft-protocol')
const login = (port, version, more) => new Promise(done => {
  const c = mc.createClient({ host: 'server.example', port, username: 'weir', auth: 'offline', version, ...more })
  c.on('success', () => setTimeout(() => { c.end(); done() }, 300))
  c.on('error', done)
})
const run = async () => {
  await mc.ping({ host: 'server.example', port: 25565, version: '1.16.5' })
  await login(25565, '1.16.5', {})
  // What clients with Forge, and proxies that tell whom they speak for, put behind the name.
  await login(25566, '1.12.2', { fakeHost: 'server.example\0FML\0' })
  await login(25566, '1.12.2', { fakeHost: 'server.example\x0010.77.0.9\x00' + '0123456789abcdef'.repeat(2) +
    '\x00[{"name":"textures","value":"' + 'ewogICJ0aW1lc3RhbXAiIDog'.repeat(8) + '"}]' })
  process.exit(0)
}
run()
JS
serve env NODE_PATH="$PEERS_NPM/node_modules" node server.js
await tcp 25566
node_peer client.js
