# needs: icecast2 ffmpeg curl
# expect: tcp/8000 http http
cat >icecast.xml <<CONF
<icecast><limits><sources>2</sources></limits>
<authentication><source-password>hackme</source-password><admin-user>admin</admin-user><admin-password>x</admin-password></authentication>
<hostname>server.example</hostname><listen-socket><port>8000</port></listen-socket>
<paths><basedir>/usr/share/icecast2</basedir><logdir>$work</logdir><webroot>/usr/share/icecast2/web</webroot><adminroot>/usr/share/icecast2/admin</adminroot></paths>
<logging><loglevel>1</loglevel></logging><security><chroot>0</chroot><changeowner><user>nobody</user><group>nogroup</group></changeowner></security></icecast>
CONF
chmod 777 "$work"
serve icecast2 -c "$work/icecast.xml"
await tcp 8000
timeout 5 ffmpeg -v error -nostdin -re -f lavfi -i sine=r=22050 -t 3 -c:a libvorbis -content_type application/ogg -f ogg icecast://source:hackme@10.77.0.1:8000/tone >/dev/null 2>&1 &
sleep 1.5
curl -s -m 1 -H 'Icy-MetaData: 1' http://10.77.0.1:8000/tone -o /dev/null || true
curl -s -m 2 http://10.77.0.1:8000/status-json.xsl -o /dev/null || true
