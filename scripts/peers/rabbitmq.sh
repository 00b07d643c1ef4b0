# needs: rabbitmq-server python3 /usr/sbin/rabbitmq-server
# expect: tcp/5672 amqp
cat >rabbit.conf <<CONF
loopback_users = none
listeners.tcp.1 = 0.0.0.0:5672
CONF
export HOME=$work RABBITMQ_CONFIG_FILE=$work/rabbit.conf RABBITMQ_MNESIA_BASE=$work/data RABBITMQ_LOG_BASE=$work/log
export RABBITMQ_NODENAME=rabbit@localhost RABBITMQ_PID_FILE=$work/pid
serve /usr/lib/rabbitmq/bin/rabbitmq-server
for i in $(seq 400); do if in_server ss -Hltn 'sport = :5672' | grep -q .; then break; fi; sleep 0.1; done
await tcp 5672
cat >talk.js <<'JS'
require('amqplib').connect('amqp://guest:guest@server.example').then(async c => {
  const ch = await c.createChannel()
  await ch.assertQueue('q')
  ch.sendToQueue('q', Buffer.from('hello'))
  await new Promise(r => ch.consume('q', m => { ch.ack(m); r() }))
  await c.close()
})
JS
node_peer talk.js
