# needs: named dig unbound kdig openssl
# expect: udp/53 dns dns
# expect: tcp/53 dns dns
# expect: udp/5300 dns dns
# expect: tcp/853 tls,dot tls
# expect: tcp/443 tls,http2 tls
certificate
mkdir -p /run/named
cat >named.conf <<CONF
options { directory "$work"; listen-on { any; }; listen-on port 5300 { any; }; recursion no; dnssec-validation no; pid-file none; };
zone "example" { type master; file "$work/zone"; allow-transfer { any; }; allow-update { any; }; };
CONF
cat >zone <<'CONF'
$TTL 60
@ SOA ns hostmaster 1 60 60 60 60
@ NS ns
@ MX 10 mail
@ TXT "v=spf1 -all"
@ CAA 0 issue "ca.example"
ns A 10.77.0.1
www CNAME ns
mail AAAA fd77::1
_sip._udp SRV 1 2 5060 ns
@ HTTPS 1 . alpn=h2 ipv4hint=10.77.0.1
host SSHFP 4 2 123456789abcdef67890123456789abcdef67890123456789abcdef123456789
a.loc LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m
naptr NAPTR 100 10 "u" "E2U+sip" "!^.*$!sip:info@example!" .
big TXT "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" "bbbbbbbbbbbbbbbbbbbb"
CONF
cat >unbound.conf <<CONF
server:
  interface: 0.0.0.0@853
  interface: 0.0.0.0@443
  tls-service-key: $work/key.pem
  tls-service-pem: $work/cert.pem
  https-port: 443
  access-control: 0.0.0.0/0 allow
  do-daemonize: no
  chroot: ""
  username: ""
  use-syslog: no
  local-zone: "example." static
  local-data: "www.example. A 10.77.0.1"
  pidfile: ""
CONF
chmod -R 777 "$work"
serve named -g -c "$work/named.conf"
serve unbound -c "$work/unbound.conf" -d
await udp 53
await tcp 853
ask() { dig @10.77.0.1 +time=1 +tries=1 "$@" >dig.log; }
for type in A AAAA MX TXT CAA NS SOA HTTPS ANY; do ask example "$type"; done
ask www.example +dnssec +nsid +subnet=10.0.0.0/8
ask _sip._udp.example SRV
ask host.example SSHFP
ask naptr.example NAPTR
ask a.loc.example LOC
ask absent.example
ask other.test
ask -x 10.77.0.9
ask +tcp www.example
ask example AXFR
ask big.example TXT +bufsize=512
ask -p 5300 www.example
printf 'server 10.77.0.1\nzone example\nupdate add new.example 60 A 10.77.0.7\nsend\n' | nsupdate
kdig @10.77.0.1 +tls www.example >kdig.log
kdig @10.77.0.1 +https www.example >kdig.log
