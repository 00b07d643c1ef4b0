# needs: sipp ffmpeg
# expect: udp/5060 sip sip
# expect: tcp/5060 sip sip
serve sipp -sn uas -i 10.77.0.1 -p 5060 -m 2 -nostdin
await udp 5060
sipp 10.77.0.1:5060 -sn uac -i 10.77.0.2 -p 5061 -m 1 -d 300 -nostdin >sipp.log 2>&1 || true
serve sipp -sn uas -t t1 -i 10.77.0.1 -p 5060 -m 2 -nostdin
await tcp 5060
sipp 10.77.0.1:5060 -sn uac -t t1 -i 10.77.0.2 -p 5061 -m 1 -d 300 -nostdin >sipp.log 2>&1 || true
