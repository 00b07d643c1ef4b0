# What the cases of scripts/real-peers are written with. Sourced in a network, mount and process namespace of the case's
# own: /etc and /var are overlays, /run and /tmp are empty, and every process ends with the case. Two hosts are on one
# wire: the client, where the case runs, and the server, another network namespace. All that passes is in $capture.
# shellcheck shell=bash

server=10.77.0.1
client=10.77.0.2
server6=fd77::1
peers=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
work=/run/work

# The two hosts, the wire, and the capture of it.
begin() {
  local top
  exec 9>"$capture"
  mount -t tmpfs tmpfs /run
  mount -t tmpfs -o mode=1777 tmpfs /tmp
  mkdir -p "$work"
  for top in etc var; do
    mkdir -p "/run/$top.new" "/run/$top.work"
    mount -t overlay overlay -o "lowerdir=/$top,upperdir=/run/$top.new,workdir=/run/$top.work" "/$top"
  done
  printf '%s server server.example\n%s client client.example\n' "$server" "$client" >>/etc/hosts
  ip netns add server
  ip link add c0 type veth peer name s0 netns server
  host_up c0 "$client/24" fd77::2/64
  in_server host_up s0 "$server/24" "$server6/64"
  cd "$work"
  export HOME=$work LC_ALL=C.UTF-8
  : >"$work/tcpdump.log"
  tcpdump -i c0 -s 0 -U --immediate-mode -Z root -w - >&9 2>"$work/tcpdump.log" &
  tcpdump=$!
  until grep -q listening "$work/tcpdump.log"; do sleep 0.05; done
}

host_up() {
  sysctl -q -w "net.ipv6.conf.$1.accept_dad=0"
  ip link set lo up
  ip address add "$2" dev "$1"
  ip address add "$3" dev "$1"
  ip link set "$1" up
  ip route add default dev "$1"
}

end() {
  sleep 0.3
  kill -INT "$tcpdump"
  wait "$tcpdump" || true
}

# Runs a command on the server.
in_server() {
  if [ "$(type -t "$1")" = function ]; then
    ip netns exec server bash -c "$(declare -f "$1"); \"\$@\"" "$1" "$@"
  else
    ip netns exec server "$@"
  fi
}

# Runs a command on the server beside the case.
serve() { ip netns exec server "$@" >>"$work/server.log" 2>&1 </dev/null & }

# Waits until the server listens: tcp or udp, port.
await() {
  local i
  for i in $(seq 200); do
    if in_server ss -Hln "--$1" "sport = :$2" | grep -q .; then return 0; fi
    sleep 0.05
  done
  printf 'nobody listens on %s\n' "$1/$2" >&2
  tail -n 20 "$work/server.log" >&2 || true
  return 1
}

# A key and a certificate for server.example: key.pem, cert.pem, both.pem.
certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /O=weir/CN=server.example \
    -addext subjectAltName=DNS:server.example -keyout key.pem -out cert.pem 2>/dev/null
  cat cert.pem key.pem >both.pem
  chmod 644 ./*.pem
}

# Starts nginx on the server and waits until it listens on a TCP port. Its server blocks come on standard input.
web_server() {
  {
    printf '%s\n' "pid $work/nginx.pid;" 'error_log stderr;' 'events {}' 'http {' 'access_log off;'
    cat
    echo '}'
  } >nginx.conf
  chmod 755 "$work"
  serve nginx -c "$work/nginx.conf" -g 'daemon off;'
  await tcp "$1"
}

# Node with the packages the case needs (PEERS_NPM: a directory with node_modules).
node_peer() { NODE_PATH=$PEERS_NPM/node_modules node "$@"; }
