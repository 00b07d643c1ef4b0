# needs: Xtigervnc xtigervncviewer Xvfb
# expect: tcp/5901 rfb rfb
# expect: tcp/5902 rfb rfb
serve Xtigervnc :1 -rfbport 5901 -SecurityTypes None -geometry 320x200
: >pw
serve Xtigervnc :2 -rfbport 5902 -SecurityTypes TLSVnc,VncAuth -rfbauth "$work/pw" -geometry 320x200
await tcp 5901
await tcp 5902
Xvfb :7 -screen 0 640x480x16 -nolisten tcp >/dev/null 2>&1 &
sleep 1
DISPLAY=:7 timeout 3 xtigervncviewer 10.77.0.1::5901 >/dev/null 2>&1 || true
DISPLAY=:7 timeout 3 xtigervncviewer -passwd pw -SecurityTypes VncAuth 10.77.0.1::5902 >/dev/null 2>&1 || true
