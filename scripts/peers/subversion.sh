# needs: svnserve svn svnadmin
# expect: tcp/3690 svn
svnadmin create repo && printf '[general]\nanon-access = write\n' >repo/conf/svnserve.conf
serve svnserve -d --foreground -r "$work" --listen-host 0.0.0.0
await tcp 3690
svn mkdir -q -m one svn://10.77.0.1/repo/trunk
svn ls svn://10.77.0.1/repo
