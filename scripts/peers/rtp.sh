# needs: ffmpeg
# expect: udp/5004 rtp
# expect: udp/5005 rtcp
# expect: udp/1234 mpeg-ts
for port in 5004 5005 1234; do serve nc -u -l "$port"; done
timeout 6 ffmpeg -v error -nostdin -re -f lavfi -i sine -t 1 -c:a pcm_alaw -ar 8000 -f rtp rtp://10.77.0.1:5004 >/dev/null || true
timeout 6 ffmpeg -v error -nostdin -re -f lavfi -i sine -t 1 -c:a mp2 -f mpegts udp://10.77.0.1:1234?pkt_size=1316 >/dev/null || true
