# needs: rsync
# expect: tcp/873 rsync
mkdir files && echo hello >files/one && chmod 755 "$work"
printf 'use chroot = no\n[files]\npath = %s/files\n' "$work" >rsyncd.conf
serve rsync --daemon --no-detach --config="$work/rsyncd.conf"
await tcp 873
rsync rsync://10.77.0.1/ >/dev/null
rsync -a rsync://10.77.0.1/files/ got/
