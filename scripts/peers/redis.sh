# needs: redis-server redis-cli
# expect: tcp/6379 redis
serve redis-server --bind 0.0.0.0 --protected-mode no --save '' --port 6379 --dir "$work"
await tcp 6379
redis-cli -h server.example set a 1
redis-cli -h server.example -3 hset h a 1 b 2
printf 'PING\r\nGET a\r\nQUIT\r\n' | nc -N server.example 6379
