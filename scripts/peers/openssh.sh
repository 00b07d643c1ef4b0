# needs: sshd ssh ssh-keygen sftp
# expect: tcp/22 ssh ssh
# expect: tcp/443 ssh ssh
mkdir -p /run/sshd .ssh
ssh-keygen -q -t ed25519 -N '' -f key
ssh-keygen -q -t ed25519 -N '' -f host
cp key.pub authorized
serve /usr/sbin/sshd -D -e -p 22 -p 443 -h "$work/host" -o AuthorizedKeysFile="$work/authorized" -o StrictModes=no \
  -o PermitRootLogin=yes -o Subsystem="sftp internal-sftp" -f /dev/null
await tcp 22
options=(-i key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR)
ssh "${options[@]}" root@server.example true
ssh "${options[@]}" -p 443 -c aes128-ctr root@server.example uname -a
echo 'ls /' | sftp -q "${options[@]}" root@server.example >/dev/null
