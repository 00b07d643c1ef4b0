# needs: memcached memcping memccp memccat
# expect: tcp/11211 memcached
# expect: udp/11211 memcached
serve memcached -u nobody -l 0.0.0.0 -p 11211 -U 11211
await tcp 11211
printf 'one' >one
memccp --servers=server.example one
memccat --servers=server.example one
memccp --binary --servers=server.example one || true
printf '\0\1\0\0\0\1\0\0get one\r\n' | nc -u -w 1 server.example 11211
