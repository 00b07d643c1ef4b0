# needs: mariadbd mariadb mariadb-install-db openssl
# expect: tcp/3306 mysql
# expect: tcp/3306 mysql,tls tls
certificate
chown mysql key.pem
mkdir -p /run/mysqld data && chown mysql /run/mysqld data && chmod 755 "$work"
mariadb-install-db --user=mysql --datadir="$work/data" --skip-test-db --skip-name-resolve --auth-root-authentication-method=normal >/dev/null 2>&1
printf "create user weir@'%%';\ngrant select on *.* to weir@'%%';\n" >init.sql
serve mariadbd --no-defaults --user=mysql --datadir="$work/data" --bind-address=0.0.0.0 --skip-name-resolve --init-file="$work/init.sql" \
  --socket=/run/mysqld/s --ssl-cert="$work/cert.pem" --ssl-key="$work/key.pem" --pid-file=/run/mysqld/pid
await tcp 3306
mariadb --skip-ssl -h server.example -u weir -e 'select version(); select * from mysql.absent' >/dev/null 2>&1 || true
mariadb --ssl -h server.example -u weir -e 'select 1' >/dev/null
