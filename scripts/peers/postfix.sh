# needs: postfix swaks openssl
# expect: tcp/25 smtp smtp,fileinfo
# expect: tcp/587 smtp,tls smtp,tls
# expect: tcp/465 tls,smtps tls
certificate
cat >/etc/postfix/main.cf <<CONF
compatibility_level = 3.6
myhostname = server.example
mydestination = server.example
local_recipient_maps =
local_transport = discard:
mynetworks = 0.0.0.0/0
inet_interfaces = all
smtpd_tls_cert_file = $work/cert.pem
smtpd_tls_key_file = $work/key.pem
smtpd_tls_security_level = may
alias_maps =
maillog_file = /var/log/mail.log
CONF
sed -i 's/^#submission /submission /; s/^#smtps /smtps /; s/^#submissions /submissions /; s/^#  -o smtpd_tls_wrappermode=yes/  -o smtpd_tls_wrappermode=yes/' /etc/postfix/master.cf
serve postfix start-fg
await tcp 25
printf 'a letter\n' >letter.txt
mail() { swaks --silent 2 --to b@server.example --from a@client.example --server server.example --helo client.example "$@"; }
mail --h-Subject 'A letter' --attach @letter.txt
mail --port 587 --tls
mail --port 465 --tls-on-connect
