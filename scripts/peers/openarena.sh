# needs: openarena-server nc
# expect: udp/27960 quake
serve /usr/games/openarena-server +set dedicated 1 +set net_port 27960 +map oa_dm1
await udp 27960
printf '\377\377\377\377getstatus\n' | nc -u -w 1 10.77.0.1 27960 >/dev/null
printf '\377\377\377\377getinfo xxx\n' | nc -u -w 1 10.77.0.1 27960 >/dev/null
