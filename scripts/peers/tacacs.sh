# needs: perl /usr/lib/x86_64-linux-gnu/perl5/5.36/Authen/TacacsPlus.pm
# expect: tcp/49 tacacs
# A client whose server is not packaged: what it says first, to a listener that does not answer.
serve nc -l -k 49
await tcp 49
perl -MAuthen::TacacsPlus -e '
  my $t = Authen::TacacsPlus->new(Host => "10.77.0.1", Key => "secret", Timeout => 2) or die; $t->authen("weir", "secret")' 2>/dev/null || true
