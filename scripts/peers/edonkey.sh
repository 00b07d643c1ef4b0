# needs: amuled amulecmd openssl
# expect: tcp/4662 edonkey
# expect: udp/4672 edonkey
# expect: tcp/4661 edonkey
# Two nodes of aMule; each takes only public addresses for peers. One knows the other as a contact of Kad, and is told of a
# file it has. A server of eDonkey is not there: what the client says to it is.
ip address add 45.1.2.2/24 dev c0
in_server ip address add 45.1.2.1/24 dev s0
configure() {
  mkdir -p "$1/Incoming" "$1/Temp"
  cat >"$1/amule.conf" <<CONF
[eMule]
AppVersion=2.3.3
Nick=weir-$1
Port=4662
UDPPort=4672
UDPEnable=1
Address=
Autoconnect=1
Reconnect=1
ConnectToKad=1
ConnectToED2K=1
FilterLanIPs=0
IPFilterClients=0
IPFilterServers=0
IPFilterAutoLoad=0
SafeServerConnect=0
ICH=1
ShareHiddenFiles=0
IsClientCryptLayerSupported=$3
IsClientCryptLayerRequested=$3
IsClientCryptLayerRequired=0
TempDir=$work/$1/Temp
IncomingDir=$work/$1/Incoming
[ExternalConnect]
AcceptExternalConnections=1
ECAddress=127.0.0.1
ECPort=4712
ECPassword=$(printf secret | openssl md5 -r | cut -d' ' -f1)
[Obfuscation]
IsClientCryptLayerSupported=$3
IsCryptLayerRequested=$3
IsClientCryptLayerRequired=0
CryptoPaddingLenght=254
CryptoKadUDPKey=$2
CONF
}
configure a 1 0
configure b 2 0
openssl rand 300000 >a/Incoming/film.avi
# nodes.dat, version 2: one contact (client id, address, UDP and TCP port, version 8, no key, verified).
contact() {
  printf '\0\0\0\0\2\0\0\0\1\0\0\0'
  openssl rand 16
  printf "$1"'\100\022\066\022\010\0\0\0\0\0\0\0\0\1'
}
contact '\001\002\001\055' >b/nodes.dat
# server.met: one server at 45.1.2.1:4661 without tags.
printf '\016\1\0\0\0\055\1\2\1\065\022\0\0\0\0' >b/server.met
serve nc -l -k 4661
serve amuled -c "$work/a"
await tcp 4662
amuled -c "$work/b" >b.log 2>&1 &
sleep 6
ask() { amulecmd -h 127.0.0.1 -p 4712 -P secret -c "$1"; }
hash=$(openssl md4 -provider legacy -r a/Incoming/film.avi | cut -d' ' -f1)
ask "Add ed2k://|file|film.avi|300000|$hash|/|sources,45.1.2.1:4662|/" || true
ask 'connect kad' || true
sleep 12
ask 'show dl'
