# needs: iperf3
# expect: tcp/5201 iperf
# expect: udp/5201 iperf
serve iperf3 -s
await tcp 5201
iperf3 -c 10.77.0.1 -n 20K >/dev/null
iperf3 -u -c 10.77.0.1 -n 5K -b 1M >/dev/null
