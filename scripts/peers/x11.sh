# needs: Xvfb xlogo
# expect: tcp/6005 x11
serve Xvfb :5 -screen 0 640x480x16 -listen tcp -ac
await tcp 6005
DISPLAY=10.77.0.1:5 timeout 2 xlogo >/dev/null 2>&1 || true
