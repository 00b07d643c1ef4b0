# needs: xrdp xfreerdp Xvfb
# expect: tcp/3389 rdp,tls rdp,tls
# expect: tcp/3389 rdp rdp
certificate
sed "s|^certificate=.*|certificate=$work/cert.pem|; s|^key_file=.*|key_file=$work/key.pem|; s|^port=.*|port=3389|" /etc/xrdp/xrdp.ini >/etc/xrdp/new.ini
cp /etc/xrdp/new.ini /etc/xrdp/xrdp.ini
serve xrdp --nodaemon
await tcp 3389
Xvfb :7 -screen 0 640x480x16 -nolisten tcp >/dev/null 2>&1 &
sleep 1
DISPLAY=:7 timeout 5 xfreerdp /v:10.77.0.1 /u:weir /p:secret /cert:ignore /sec:tls >/dev/null 2>&1 || true
DISPLAY=:7 timeout 5 xfreerdp /v:10.77.0.1 /u:weir /p:secret /cert:ignore /sec:rdp >/dev/null 2>&1 || true
