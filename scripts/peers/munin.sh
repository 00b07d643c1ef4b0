# needs: munin-node
# expect: tcp/4949 munin
cat >m.conf <<CONF
log_file $work/log
pid_file $work/pid
background 0
setsid 0
user root
group root
host 0.0.0.0
port 4949
allow ^.*$
CONF
serve munin-node --config "$work/m.conf"
await tcp 4949
printf 'cap multigraph\nlist\nversion\nquit\n' | nc -w 2 10.77.0.1 4949 >/dev/null
