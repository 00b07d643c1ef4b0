# needs: ffmpeg python3 python3:gi
# expect: tcp/8554 rtsp|rtsp,rtp
# expect: udp/* rtp|rtcp
cat >server.py <<'PY'
import gi
gi.require_version('Gst', '1.0'); gi.require_version('GstRtspServer', '1.0')
from gi.repository import Gst, GstRtspServer, GLib
Gst.init(None)
s = GstRtspServer.RTSPServer(); f = GstRtspServer.RTSPMediaFactory()
f.set_launch('( audiotestsrc ! audio/x-raw,rate=8000 ! alawenc ! rtppcmapay name=pay0 pt=8 )')
s.get_mount_points().add_factory('/tone', f); s.attach(None); GLib.MainLoop().run()
PY
serve /usr/bin/python3 server.py
await tcp 8554
timeout 5 ffmpeg -v error -nostdin -rtsp_transport udp -i rtsp://10.77.0.1:8554/tone -t 1 -f null - || true
timeout 5 ffmpeg -v error -nostdin -rtsp_transport tcp -i rtsp://10.77.0.1:8554/tone -t 1 -f null - || true
