# needs: krb5kdc kdb5_util kadmin.local kinit kvno
# expect: udp/88 krb5
# expect: tcp/88 krb5
cat >krb5.conf <<CONF
[libdefaults]
  default_realm = EXAMPLE
  dns_lookup_kdc = false
  udp_preference_limit = 1465
[realms]
  EXAMPLE = { 
    kdc = 10.77.0.1 
  }
CONF
cat >kdc.conf <<CONF
[kdcdefaults]
  kdc_tcp_listen = 88
[realms]
  EXAMPLE = {
    database_name = $work/db
    key_stash_file = $work/stash
    acl_file = $work/acl
  }
CONF
export KRB5_CONFIG=$work/krb5.conf KRB5_KDC_PROFILE=$work/kdc.conf KRB5CCNAME=FILE:$work/cc
kdb5_util create -s -P master >/dev/null 2>&1
kadmin.local -q 'addprinc -pw secret weir' >/dev/null 2>&1
kadmin.local -q 'addprinc -randkey host/server.example' >/dev/null 2>&1
kadmin.local -q 'modprinc +requires_preauth weir' >/dev/null 2>&1
serve krb5kdc -n
await udp 88
await tcp 88
printf 'secret\n' | kinit weir >/dev/null
kvno host/server.example >/dev/null
printf 'wrong\n' | kinit weir >/dev/null 2>&1 || true
sed -i 's/1465/1/' krb5.conf
printf 'secret\n' | kinit weir >/dev/null
