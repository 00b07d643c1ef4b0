# needs: smbd smbclient smbpasswd
# expect: tcp/445 smb smb
# expect: tcp/139 netbios-ssn,smb smb
mkdir -p share private && echo hello >share/file.txt && chmod -R 777 share && chmod 755 "$work"
cat >smb.conf <<CONF
[global]
server role = standalone server
map to guest = Bad User
private dir = $work/private
state directory = $work/private
cache directory = $work/private
lock directory = $work/private
pid directory = $work/private
ncalrpc dir = $work/private/rpc
log file = $work/smb.log
server min protocol = NT1
disable spoolss = yes
[share]
path = $work/share
guest ok = yes
read only = no
CONF
serve smbd -F --no-process-group -s "$work/smb.conf"
await tcp 139
ask() { smbclient -s smb.conf -N "$@" >smbclient.log 2>&1 || cat smbclient.log; }
cp smb.conf here.txt
ask //server.example/share -c 'ls; get file.txt got.txt; put here.txt'
ask -m SMB2_02 //server.example/share -c 'ls'
ask --option='client min protocol=NT1' -m NT1 //server.example/share -c 'ls; get file.txt got.txt'
ask -p 139 //server.example/share -c 'ls'
ask -L server.example
