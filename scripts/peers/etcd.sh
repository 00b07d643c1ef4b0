# needs: etcd etcdctl
# expect: tcp/2379 http2 http
serve env ETCD_UNSUPPORTED_ARCH= etcd --data-dir "$work/data" --listen-client-urls http://0.0.0.0:2379 --advertise-client-urls http://server.example:2379
await tcp 2379
ETCDCTL_API=3 etcdctl --endpoints=http://server.example:2379 put a b
ETCDCTL_API=3 etcdctl --endpoints=http://server.example:2379 get a
