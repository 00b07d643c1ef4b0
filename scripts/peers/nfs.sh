# needs: rpcbind ganesha.nfsd nfs-ls
# expect: tcp/2049 nfs
# expect: tcp/111 portmap
# expect: tcp/* mount
mkdir -p export /run/rpcbind /var/run/ganesha && echo hello >export/one
cat >ganesha.conf <<CONF
NFS_CORE_PARAM { Protocols = 3,4; mount_path_pseudo = true; NLM_Port = 0; Enable_NLM = false; }
EXPORT { Export_Id = 1; Path = $work/export; Pseudo = /export; Access_Type = RW; Squash = No_Root_Squash; SecType = none, sys; Protocols = 3,4; FSAL { Name = VFS; } }
CONF
serve rpcbind -f -w
await tcp 111
serve ganesha.nfsd -F -L STDERR -f "$work/ganesha.conf" -p "$work/pid"
await tcp 2049
timeout 5 nfs-ls "nfs://10.77.0.1$work/export?version=3" || true
timeout 5 nfs-cat "nfs://10.77.0.1/export/one?version=4" || true
rpcinfo -p 10.77.0.1 >/dev/null || true
