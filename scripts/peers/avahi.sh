# needs: avahi-daemon avahi-publish avahi-browse dbus-daemon
# expect: udp/5353 mdns mdns
mkdir -p /run/dbus
dbus-daemon --system --nofork --nopidfile >/dev/null 2>&1 &
sleep 0.3
avahi-daemon --no-drop-root --no-rlimits --no-chroot >avahi.log 2>&1 &
sleep 1
timeout 4 avahi-publish -s weir _http._tcp 80 path=/ >/dev/null 2>&1 &
sleep 2
timeout 3 avahi-browse -t -r _http._tcp >/dev/null 2>&1 || true
