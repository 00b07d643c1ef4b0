# needs: java /usr/share/java/zookeeper.jar
# expect: tcp/2181 zookeeper
mkdir zk data
cat >zoo.cfg <<CONF
tickTime=2000
dataDir=$work/data
clientPort=2181
4lw.commands.whitelist=*
admin.enableServer=false
CONF
cp=$(printf '%s:' /usr/share/java/{zookeeper,slf4j-api,slf4j-simple,log4j-1.2,netty-all,jline,commons-cli,jackson-*,metrics-core,snappy-java,javax.servlet-api,audience-annotations,zookeeper-jute}.jar)
serve java -Xmx64m -cp "$cp" org.apache.zookeeper.server.ZooKeeperServerMain zoo.cfg
await tcp 2181
printf ruok | nc -w 1 server.example 2181
printf 'create /a b\nget /a\nquit\n' | timeout 20 java -Xmx64m -cp "$cp" org.apache.zookeeper.ZooKeeperMain -server server.example:2181 >zk.log 2>&1 || tail -5 zk.log
