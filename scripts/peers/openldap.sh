# needs: slapd ldapsearch openssl
# expect: tcp/389 ldap
# expect: tcp/389 ldap,tls tls
# expect: tcp/636 tls,ldaps tls
certificate
mkdir db
cat >slapd.conf <<CONF
include /etc/ldap/schema/core.schema
pidfile $work/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCertificateFile $work/cert.pem
TLSCertificateKeyFile $work/key.pem
database mdb
directory $work/db
suffix dc=example
rootdn cn=admin,dc=example
rootpw secret
CONF
serve slapd -d 0 -f "$work/slapd.conf" -h 'ldap:/// ldaps:///'
await tcp 636
export LDAPTLS_REQCERT=never
as=(-x -D cn=admin,dc=example -w secret)
printf "dn: dc=example\nobjectClass: dcObject\nobjectClass: organization\no: weir\ndc: example\n\ndn: ou=people,dc=example\nobjectClass: organizationalUnit\nou: people\n" |
  ldapadd -H ldap://server.example "${as[@]}" >/dev/null
ldapsearch -H ldap://server.example -x -b dc=example '(ou=*)' >/dev/null
ldapmodify -H ldap://server.example "${as[@]}" >/dev/null <<<$'dn: ou=people,dc=example\nchangetype: modify\nadd: description\ndescription: them'
ldapdelete -H ldap://server.example "${as[@]}" ou=absent,dc=example 2>/dev/null || true
ldapsearch -H ldap://server.example -ZZ -x -b dc=example >/dev/null
ldapsearch -H ldaps://server.example -x -b dc=example >/dev/null
