# Building the Debian package; sourced by scripts/install.sh and scripts/test-package behind setup.sh.
# shellcheck shell=bash

# Builds package/target/weir_VERSION_amd64.deb of what is in the checkout; package/target/deb.path names it.
build_package() {
  command -v dpkg-deb >/dev/null || die "dpkg-deb is missing: the package can only be built on Debian and its like"
  need jdk maven compiler pcap unzip
  say "building the package"
  JAVA_HOME=$java_home mvn -B -q -Dstyle.color=never -f "$top/pom.xml" -Pdeb -pl native,engine,package \
    -Dmaven.test.skip=true -Dcheckstyle.skip=true package 1>&2 || die "the build failed; see above"
}
