# needs: psql setpriv openssl /usr/lib/postgresql/15/bin/postgres
# expect: tcp/5432 pgsql
# expect: tcp/5433 pgsql,tls tls
certificate
chmod 777 "$work" && chown postgres key.pem cert.pem && chmod 600 key.pem
bin=/usr/lib/postgresql/15/bin
setpriv --reuid postgres --regid postgres --clear-groups env HOME=/tmp "$bin/initdb" -D "$work/data" -A trust -N >/dev/null
echo 'host all all 0.0.0.0/0 trust' >>data/pg_hba.conf
serve setpriv --reuid postgres --regid postgres --clear-groups "$bin/postgres" -D "$work/data" -h 0.0.0.0 -k "$work"
await tcp 5432
query() { psql -X -q -o /dev/null "$@" -c 'create table if not exists t (a int)' -c 'select * from t' -c 'select broken' || true; }
query "host=server.example user=postgres dbname=postgres sslmode=disable"
setpriv --reuid postgres --regid postgres --clear-groups "$bin/pg_ctl" -D "$work/data" stop -m fast >/dev/null
serve setpriv --reuid postgres --regid postgres --clear-groups "$bin/postgres" -D "$work/data" -h 0.0.0.0 -k "$work" -p 5433 \
  -c ssl=on -c "ssl_cert_file=$work/cert.pem" -c "ssl_key_file=$work/key.pem"
await tcp 5433
query "host=server.example port=5433 user=postgres dbname=postgres sslmode=require"
