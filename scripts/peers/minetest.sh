# needs: minetestserver node
# expect: udp/30000 minetest
mkdir -p world && printf 'gameid = minetest\n' >world/world.mt
serve /usr/games/minetestserver --world "$work/world" --port 30000
await udp 30000
# The first datagram of a client: reliable, of nobody, INIT.
printf '\117\105\164\003\0\0\0\003\377\334\001' | nc -u -w 1 10.77.0.1 30000 >/dev/null || true
