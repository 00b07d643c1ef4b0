# The package $deb on a clean Debian 12, and its service under a systemd of its own; sourced by scripts/test-package.
# shellcheck shell=bash

# Longest that the service may take to stop, in seconds; generous, for a machine that does other work.
stop_bound=30
# Process of the container's systemd, once it has booted.
leader=''

inside() { chroot "$work/system" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
  DEBIAN_FRONTEND=noninteractive "$@"; }

# Makes a clean system, and two packages in it: the given one, and one that is newer by its version alone.
make_system() {
  local version newer
  say "making a clean Debian 12 (debootstrap)"
  debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,iproute2,logrotate bookworm "$work/system" \
    "${WEIR_MIRROR:-http://deb.debian.org/debian}" >"$work/debootstrap.log" 2>&1 \
    || { tail -n 20 "$work/debootstrap.log" >&2; die "debootstrap failed; see above"; }
  cp /etc/resolv.conf "$work/system/etc/resolv.conf"
  mount -t proc proc "$work/system/proc"
  version=$(dpkg-deb --field "$deb" Version)
  newer=$version+newer
  cp -a "$work/files" "$work/newer"
  cp -a "$work/control" "$work/newer/DEBIAN"
  sed -i "s/^Version: .*/Version: $newer/" "$work/newer/DEBIAN/control"
  echo '# a line of the newer version' >>"$work/newer/etc/logrotate.d/weir"
  dpkg-deb --root-owner-group -Znone --build "$work/newer" "$work/system/root/newer.deb" >/dev/null
  rm -rf "$work/newer"
  cp "$deb" "$work/system/root/weir.deb"
}

# Without Java it is unpacked and not configured; apt then fetches what is missing.
unpacks_and_waits_for_java() {
  ! inside dpkg -i /root/weir.deb && inside dpkg -s weir | grep -q 'unpacked'
}

finds_flows() {
  inside weir demo --save /root/demo.pcapng && inside weir read -q -r /etc/weir/rules -o /root/out /root/demo.pcapng \
    && grep -q '"event_type":"flow"' "$work/system/root/out/eve.json" \
    && grep -q '"event_type":"tls"' "$work/system/root/out/eve.json"
}

apt_fetches_what_is_missing() {
  inside apt-get -q update && inside apt-get -q -y -f --no-install-recommends install && inside dpkg -s weir \
    | grep -q 'Status: install ok installed'
}

check_installation() {
  check "dpkg -i without Java waits for it" unpacks_and_waits_for_java
  check "apt-get install -f fetches what is missing" apt_fetches_what_is_missing
  check "weir --version" inside weir --version
  check "the classes of a start are archived" test -s "$work/system/var/cache/weir/classes.jsa"
  check "weir read finds the demo's flows" finds_flows
  check "the configuration as shipped can be used" inside weir run -c /etc/weir/weir.yaml --check-config
  check "lintian finds no errors" lintian --allow-root --fail-on error "$deb"
  umount "$work/system/proc"
}

# in_container COMMAND...: runs it beside the container's systemd.
in_container() {
  nsenter --all --target "$leader" -- /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive "$@"
}
property() { in_container systemctl show --property="$2" --value "$1"; }
is() { [ "$(property "$1" "$2")" = "$3" ]; }
said() { in_container journalctl --quiet --no-pager --unit "$1" "${@:3}" | grep -E -- "$2"; }

boot() {
  say "booting its systemd in a container"
  systemd-nspawn --quiet --register=no --keep-unit --private-network --kill-signal=SIGRTMIN+3 \
    --directory="$work/system" --boot >"$work/boot.log" 2>&1 </dev/null &
  container=$!
  eventually 30 pgrep --parent "$container" || return 1
  leader=$(pgrep --parent "$container" | head -n 1)
  eventually 60 in_container systemctl is-active multi-user.target
}

make_wire() {
  in_container ip link add span0 type veth peer name peer0 && in_container ip link set span0 up \
    && in_container ip link set peer0 up && in_container ip address add 192.0.2.1/24 dev peer0
}

# Frames of the container's own kernel: ARP requests and echo requests from one end of the pair to the other.
send_frames() {
  in_container ip neighbour replace 192.0.2.2 lladdr 02:00:00:00:00:02 dev peer0
  in_container bash -c 'for i in 1 2 3 4 5; do echo hello >/dev/udp/192.0.2.2/53; done'
}

starts() {
  in_container systemctl start weir@span0 && is weir@span0 ActiveState active
}

captures() {
  send_frames
  eventually 30 grep -q '"ipv4":[1-9]' "$work/system/var/log/weir/span0/eve.json"
}

runs_as_itself() {
  local pid
  pid=$(property weir@span0 MainPID)
  [ "$(in_container stat --format=%U "/proc/$pid")" = weir ] \
    && in_container grep -q '^CapEff:.*0000000000002000$' "/proc/$pid/status" \
    && in_container grep -q '^Seccomp:.*2$' "/proc/$pid/status"
}

# reload_says PATTERN: the unit stays active, and the journal has what came of the reload.
reload_says() {
  local since
  since=@$(date +%s)
  in_container systemctl reload weir@span0 && eventually 30 said weir@span0 "$1" --since "$since" \
    && eventually 30 is weir@span0 ActiveState active
}

breaks_configuration() {
  sed -i.good 's/^capture:/captur:/' "$work/system/etc/weir/weir.yaml"
}

rotates() {
  in_container logrotate --force /etc/logrotate.d/weir && eventually 30 test -e "$work/system/var/log/weir/span0/eve.json"
}

# Holds a single thread of a process still, as a debugger does, for so many seconds or until it ends.
hold_thread() {
  python3 - "$1" "$2" <<'END'
import ctypes, os, sys, time
PTRACE_ATTACH, WALL = 16, 0x40000000
thread, deadline = int(sys.argv[1]), time.time() + int(sys.argv[2])
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
if libc.ptrace(PTRACE_ATTACH, thread, None, None) != 0:
    sys.exit("cannot attach: " + os.strerror(ctypes.get_errno()))
os.waitpid(thread, WALL)
while time.time() < deadline and os.waitpid(thread, WALL | os.WNOHANG)[0] == 0:
    time.sleep(0.1)
END
}

# Number of the service's process outside of the container.
process() {
  pgrep --ns "$leader" --nslist pid --full 'weir.jar run' | head -n 1
}

# restarted_since COUNT: the service was restarted once more, and is active again.
restarted_since() {
  [ "$(property weir@span0 NRestarts)" -gt "$1" ] && is weir@span0 ActiveState active
}

# A worker that stands still is found, named and ended with its process, and the service comes back.
restarts_when_a_worker_is_stuck() {
  local restarts task holder result=0
  restarts=$(property weir@span0 NRestarts)
  task=$(grep -l '^weir-worker-0$' /proc/"$(process)"/task/*/comm | head -n 1)
  task=${task%/comm}
  hold_thread "${task##*/}" 60 &
  holder=$!
  eventually 60 said weir@span0 'weir-worker-0 makes no progress' && eventually 90 restarted_since "$restarts" \
    || result=1
  kill $holder 2>/dev/null || true
  return $result
}

restarts_when_the_process_is_stopped() {
  local restarts
  restarts=$(property weir@span0 NRestarts)
  kill -STOP "$(process)"
  eventually 120 restarted_since "$restarts"
}

stops_in_time() {
  timeout $stop_bound nsenter --all --target "$leader" -- systemctl stop weir@span0 \
    && is weir@span0 Result success && is weir@span0 ActiveState inactive
}

refuses_without_interface() {
  ! in_container systemctl start weir.service && is weir.service NRestarts 0 \
    && said weir.service 'no interface named' --priority err
}

upgrade_keeps_configuration() {
  echo '# a line of the administrator' >>"$work/system/etc/weir/weir.yaml"
  rm "$work/system/etc/weir/rules/scans.yaml"
  local pid rules
  rules=$(ls "$work/system/etc/weir/rules")
  pid=$(property weir@span0 MainPID)
  in_container dpkg -i /root/newer.deb && eventually 60 is weir@span0 ActiveState active \
    && grep -q '# a line of the administrator' "$work/system/etc/weir/weir.yaml" \
    && grep -q '# a line of the newer version' "$work/system/etc/logrotate.d/weir" \
    && [ "$(ls "$work/system/etc/weir/rules")" = "$rules" ] \
    && [ "$(property weir@span0 MainPID)" != "$pid" ]
}

tells_its_status() {
  eventually 20 bash -c "$(declare -f in_container property); leader=$leader
    property weir@span0 StatusText | grep -q 'frames/s'"
}

# The watchdog bites sooner here, so that this does not take minutes.
shorten_watchdog() {
  in_container mkdir -p /run/systemd/system/weir@.service.d
  printf '[Service]\nWatchdogSec=8\n' | in_container tee /run/systemd/system/weir@.service.d/test.conf
  in_container systemctl daemon-reload
}

check_service() {
  check "systemd boots there" boot
  [ -n "$leader" ] || { say "the service is NOT TESTED: no systemd boots in a container here"; return; }
  check "installing started nothing" is weir.service ActiveState inactive
  check "there is a veth pair" make_wire
  check "weir.service without an interface fails once, and says why" refuses_without_interface
  check "the watchdog is shortened" shorten_watchdog
  check "weir@span0 becomes active" starts
  check "it captures" captures
  check "it runs as weir, with CAP_NET_RAW alone and a filter of system calls" runs_as_itself
  check "its status tells frames" tells_its_status
  check "reload takes over what can change" reload_says 'configuration reloaded'
  breaks_configuration
  check "reload of a broken file changes nothing and names the place" reload_says 'weir.yaml:[0-9]+:[0-9]+: unknown key'
  mv "$work/system/etc/weir/weir.yaml.good" "$work/system/etc/weir/weir.yaml"
  check "logrotate moves records away, and they go on" rotates
  check "a stuck worker is named, and the watchdog restarts the service" restarts_when_a_worker_is_stuck
  check "a stopped process is restarted" restarts_when_the_process_is_stopped
  check "an upgrade keeps configuration and restarts what ran" upgrade_keeps_configuration
  check "it stops within $stop_bound s" stops_in_time
  [ $failures -eq 0 ] || in_container journalctl --no-pager --unit 'weir*' --priority info --lines 300 \
    | grep -v 'Killing process' | head -n 100
}

removed_leaves_nothing_running() {
  in_container systemctl start weir@span0 && in_container dpkg --remove weir \
    && ! pgrep --ns "$leader" --nslist pid --full weir.jar && test -e "$work/system/etc/weir/weir.yaml" \
    && ! test -e "$work/system/usr/bin/weir"
}

purge_leaves_nothing() {
  local path
  in_container dpkg --purge weir || return 1
  for path in etc/weir etc/default/weir usr/lib/weir var/cache/weir var/log/weir; do
    ! [ -e "$work/system/$path" ] || { echo "/$path is left"; return 1; }
  done
  ! in_container getent passwd weir
}

check_removal() {
  [ -n "${leader:-}" ] || return 0
  check "removing leaves nothing running, and the configuration" removed_leaves_nothing_running
  check "purging leaves nothing" purge_leaves_nothing
}
