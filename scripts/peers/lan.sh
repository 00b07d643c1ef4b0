# needs: node npm:kafkajs npm:tedious npm:mongodb npm:socks nc
# expect: tcp/9092 kafka
# expect: tcp/1433 tds
# expect: tcp/27017 mongodb
# Clients whose servers are not packaged: what they say first, to a listener that does not answer.
for port in 9092 1433 27017; do serve nc -l -k "$port"; done
await tcp 27017
cat >talk.js <<'JS'
const { Kafka } = require('kafkajs')
new Kafka({ clientId: 'weir', brokers: ['10.77.0.1:9092'], connectionTimeout: 500, retry: { retries: 0 } }).admin().connect().catch(() => 0)
const { Connection } = require('tedious')
new Connection({ server: '10.77.0.1', authentication: { type: 'default', options: { userName: 'weir', password: 'secret' } }, options: { encrypt: false, connectTimeout: 500 } }).connect(() => 0)
const { MongoClient } = require('mongodb')
new MongoClient('mongodb://10.77.0.1:27017', { serverSelectionTimeoutMS: 500 }).connect().catch(() => 0)
setTimeout(() => process.exit(0), 1200)
JS
node_peer talk.js
