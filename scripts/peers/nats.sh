# needs: nats-server node npm:nats
# expect: tcp/4222 nats
serve nats-server -a 0.0.0.0
await tcp 4222
cat >talk.js <<'JS'
const { connect, StringCodec } = require('nats')
connect({ servers: 'server.example:4222' }).then(async c => {
  const s = c.subscribe('a.>', { max: 1 })
  c.publish('a.b', StringCodec().encode('hello'))
  for await (const m of s) console.log(m.subject)
  await c.close()
})
JS
node_peer talk.js
