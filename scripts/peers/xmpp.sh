# needs: prosody node npm:@xmpp/client openssl
# expect: tcp/5222 xmpp
# expect: tcp/5222 xmpp,tls tls
certificate
chmod 755 "$work"; chmod 777 .
cat >prosody.cfg.lua <<CONF
run_as_root = true; daemonize = false; pidfile = "$work/p.pid"; data_path = "$work"
modules_enabled = { "saslauth"; "tls"; "roster"; "disco" }
authentication = "anonymous"; c2s_require_encryption = false; allow_unencrypted_plain_auth = true
VirtualHost "server.example"
ssl = { key = "$work/key.pem"; certificate = "$work/cert.pem" }
CONF
serve prosody --config "$work/prosody.cfg.lua" -F --root
await tcp 5222
openssl s_client -connect 10.77.0.1:5222 -starttls xmpp -xmpphost server.example </dev/null >/dev/null 2>&1 || true
printf "<?xml version='1.0'?><stream:stream to='server.example' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>" | nc -w 1 10.77.0.1 5222 >/dev/null || true
