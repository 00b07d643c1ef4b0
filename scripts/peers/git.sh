# needs: git
# expect: tcp/9418 git
# expect: tcp/9418 git
git init -q repo && git -C repo -c user.name=w -c user.email=w@e commit -q --allow-empty -m one && git config --global safe.directory '*'
serve git daemon --export-all --base-path="$work" --reuseaddr "$work"
await tcp 9418
git clone -q git://10.77.0.1/repo got
git -c protocol.version=0 ls-remote git://10.77.0.1/repo >/dev/null
