# needs: ffmpeg
# expect: tcp/1935 rtmp
serve timeout 8 ffmpeg -v error -nostdin -listen 1 -i rtmp://0.0.0.0:1935/live/a -f null -
await tcp 1935
timeout 5 ffmpeg -v error -nostdin -re -f lavfi -i sine -t 1 -c:a aac -f flv rtmp://10.77.0.1:1935/live/a || true
