# needs: zabbix_agentd zabbix_get
# expect: tcp/10050 zabbix
printf 'Server=10.77.0.2\nServerActive=10.77.0.2\nHostname=server\nLogType=console\n' >z.conf
chmod 755 "$work"
serve zabbix_agentd -f -c "$work/z.conf"
await tcp 10050
zabbix_get -s 10.77.0.1 -k agent.version || true
zabbix_get -s 10.77.0.1 -k system.uname >/dev/null || true
