# needs: snmpd snmpwalk snmptrap
# expect: udp/161 snmp snmp
# expect: udp/162 snmp snmp
# expect: tcp/161 snmp
cat >snmpd.conf <<CONF
agentaddress udp:161,tcp:161
rocommunity public
createUser weir SHA secretsecret AES secretsecret
rouser weir
CONF
serve snmpd -f -Lo -C -c "$work/snmpd.conf"
await udp 161
snmpwalk -v1 -c public 10.77.0.1 1.3.6.1.2.1.1 >/dev/null
snmpbulkwalk -v2c -c public 10.77.0.1 1.3.6.1.2.1.1 >/dev/null
snmpget -v2c -c public tcp:10.77.0.1 1.3.6.1.2.1.1.1.0 >/dev/null
snmpget -v3 -l authPriv -u weir -a SHA -A secretsecret -x AES -X secretsecret 10.77.0.1 1.3.6.1.2.1.1.1.0 >/dev/null
snmptrap -v2c -c public 10.77.0.1 '' 1.3.6.1.6.3.1.1.5.1
