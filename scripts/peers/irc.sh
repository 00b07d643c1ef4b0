# needs: ngircd node npm:irc-framework
# expect: tcp/6667 irc
# expect: tcp/6697 tls
certificate
cat >ng.conf <<CONF
[Global]
Name = irc.example
ServerUID = root
ServerGID = root
Ports = 6667
[Options]
DNS = no
Ident = no
PAM = no
ChrootDir = /
[SSL]
CertFile = $work/cert.pem
KeyFile = $work/key.pem
Ports = 6697
CONF
serve ngircd -n -f "$work/ng.conf"
await tcp 6667
cat >talk.js <<'JS'
const IRC = require('irc-framework'); const c = new IRC.Client()
c.connect({ host: '10.77.0.1', port: 6667, nick: 'weir' })
c.on('registered', () => { c.join('#a'); c.say('#a', 'hello'); setTimeout(() => c.quit(), 300) })
const d = new IRC.Client(); d.connect({ host: '10.77.0.1', port: 6697, tls: true, rejectUnauthorized: false, nick: 'weir2' })
setTimeout(() => process.exit(0), 1500)
JS
node_peer talk.js
