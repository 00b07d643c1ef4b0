# needs: vsftpd curl openssl
# expect: tcp/21 ftp ftp
# expect: tcp/2121 ftp,tls ftp,tls
# expect: tcp/* ftp-data ftp_data
# expect: tcp/* tls tls
# Active and passive, with commands of both ages, and AUTH TLS.
certificate
mkdir -p ftp /run/vsftpd/empty && echo 'what is in it' >ftp/file.txt && mkdir -m 777 ftp/in && chmod 755 "$work" ftp
configure() {
  cat <<CONF
listen=YES
listen_port=$1
background=NO
anonymous_enable=YES
no_anon_password=YES
anon_root=$work/ftp
write_enable=YES
anon_upload_enable=YES
connect_from_port_20=YES
seccomp_sandbox=NO
xferlog_enable=NO
${2:-}
CONF
}
configure 21 >one.conf
configure 2121 "ssl_enable=YES
allow_anon_ssl=YES
require_ssl_reuse=NO
rsa_cert_file=$work/both.pem
rsa_private_key_file=$work/both.pem" >two.conf
serve vsftpd "$work/one.conf"
serve vsftpd "$work/two.conf"
await tcp 21
await tcp 2121
get() { curl -sk --max-time 5 "$@" -o /dev/null; }
get ftp://server.example/file.txt
get --disable-epsv ftp://server.example/file.txt
get -P "$client" ftp://server.example/file.txt
get -P "$client" --disable-eprt ftp://server.example/
get ftp://server.example/
get --disable-epsv ftp://server.example/in/
get -T one.conf ftp://server.example/in/
get --ssl-reqd ftp://server.example:2121/file.txt
