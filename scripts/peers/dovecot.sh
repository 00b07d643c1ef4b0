# needs: dovecot curl openssl
# expect: tcp/143 imap,tls imap,tls
# expect: tcp/1143 imap imap
# expect: tcp/110 pop3,tls pop3,tls
# expect: tcp/1110 pop3 pop3
# expect: tcp/993 tls,imaps tls
# expect: tcp/995 tls,pop3s tls
certificate
mkdir -p mail/Maildir/{new,cur,tmp} && printf 'From: a@b\r\nSubject: hello\r\n\r\nbody\r\n' >mail/Maildir/new/1.1.a
chmod -R 777 mail && chmod 755 "$work"
cat >dovecot.conf <<CONF
protocols = imap pop3
first_valid_uid = 1
first_valid_gid = 1
base_dir = /run/dovecot
log_path = $work/dovecot.log
ssl = yes
ssl_cert = <$work/cert.pem
ssl_key = <$work/key.pem
disable_plaintext_auth = no
passdb { 
  driver = static 
  args = password=secret 
}
userdb { 
  driver = static 
  args = uid=mail gid=mail home=$work/mail 
}
mail_location = maildir:$work/mail/Maildir
service imap-login { 
  inet_listener more { 
    port = 1143 
  } 
}
service pop3-login { 
  inet_listener more { 
    port = 1110 
  } 
}
CONF
serve dovecot -F -c "$work/dovecot.conf"
await tcp 1110
read_mail() { curl -sk --max-time 5 -u weir:secret "$@" -o /dev/null; }
read_mail imap://server.example:1143/INBOX -X 'SELECT INBOX'
read_mail 'imap://server.example:1143/INBOX;UID=1'
read_mail --ssl-reqd 'imap://server.example/INBOX;UID=1'
read_mail 'imaps://server.example/INBOX;UID=1'
read_mail pop3://server.example:1110/
read_mail pop3://server.example:1110/1
read_mail --ssl-reqd pop3://server.example/1
read_mail pop3s://server.example/1
