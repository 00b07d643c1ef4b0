#!/usr/bin/env bash
# Installs weir as a service on this Debian or Ubuntu: builds the package from this checkout, or takes one that is given,
# and installs it with what it needs. Starts nothing; says what to do next.
#
#   scripts/install.sh [PACKAGE.deb]      sudo is used where root is needed
#   scripts/install.sh --uninstall        removes it; configuration and records stay
#   scripts/install.sh --purge            removes those too
set -euo pipefail

top=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
. "$top/scripts/lib/setup.sh"
. "$top/scripts/lib/package.sh"

command -v apt-get >/dev/null \
  || die "this machine has no apt-get: weir can be used from the checkout here, with scripts/weir"

case ${1:-} in
  --uninstall)
    apt_get remove weir
    say "weir is removed; /etc/weir and /var/log/weir stay until '$0 --purge'"
    exit
    ;;
  --purge)
    apt_get purge weir
    say "weir is gone, with its configuration and records"
    exit
    ;;
  -*) die "unknown option $1; the head of $0 says which there are" ;;
  '')
    build_package
    deb=$(cat "$top/package/target/deb.path")
    ;;
  *)
    deb=$(readlink -f -- "$1")
    [ -r "$deb" ] || die "$1: no such package"
    ;;
esac

have_package_lists || apt_get update
# apt's own user must be able to read it, which a home directory may not allow.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
chmod 755 "$copy"
install -m 644 "$deb" "$copy/"
apt_get install "$copy/$(basename "$deb")"
say "installed $(dpkg-query --show --showformat='${Package} ${Version}' weir). Next: weir doctor -i INTERFACE, then sudo systemctl enable --now weir@INTERFACE"
