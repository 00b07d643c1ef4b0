# needs: cupsd ipptool lpstat
# expect: tcp/631 http,ipp http
# expect: tcp/631 http
cat >/etc/cups/cupsd.conf <<CONF
Listen 0.0.0.0:631
ServerAlias *
DefaultEncryption Never
<Location />
  Order allow,deny
  Allow all
</Location>
CONF
serve cupsd -f
await tcp 631
lpstat -h 10.77.0.1:631 -r -p || true
