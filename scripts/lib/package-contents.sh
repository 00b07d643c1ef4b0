# What can be checked of the package $deb without another system; sourced by scripts/test-package.
# shellcheck shell=bash

# Most that systemd-analyze may find exposed, of 100.
exposure_limit=20

contains() { grep -q -E -- "$1" "$work/contents"; }

# Files of configuration that dpkg does not know about would be lost by an upgrade.
all_configuration_is_kept() {
  diff <(sed -n 's|.* \./\(etc/.*[^/]\)$|/\1|p' "$work/contents" | sort) <(sort "$work/control/conffiles")
}

scripts_are_sound() {
  local script
  for script in "$work"/control/{postinst,prerm,postrm} "$work/files/usr/bin/weir"; do
    sh -n "$script" || return 1
  done
}

# A unit is analysed in a root of its own, with all that it names.
analyze() {
  local root=$work/analyze unit
  mkdir -p "$root"/{bin,run,etc,usr/bin,usr/lib/systemd/system,var}
  cp "$work/files/usr/bin/weir" "$root/usr/bin/"
  cp /bin/true "$root/bin/sh"
  cp "$work"/files/lib/systemd/system/weir* "$root/usr/lib/systemd/system/"
  cp "$work/files/lib/systemd/system/weir@.service" "$root/usr/lib/systemd/system/weir@span0.service"
  for unit in /lib/systemd/system/{basic,sysinit,shutdown,network,multi-user}.target; do
    cp "$unit" "$root/usr/lib/systemd/system/"
  done
}

check_contents() {
  dpkg-deb --contents "$deb" >"$work/contents"
  dpkg-deb --control "$deb" "$work/control"
  dpkg-deb --extract "$deb" "$work/files"
  local path unit
  for path in /etc/weir/weir.yaml /etc/weir/rules/ /etc/default/weir /etc/logrotate.d/weir /usr/bin/weir \
    /usr/lib/weir/weir.jar /usr/lib/weir/lib/agrona- /usr/lib/weir/libweir.so /usr/lib/weir/libjffi-1.2.so \
    /lib/systemd/system/weir.service /lib/systemd/system/weir@.service /usr/lib/sysusers.d/weir.conf \
    /usr/share/doc/weir/copyright; do
    check "the package has $path" contains " \\.${path//./\\.}"
  done
  check "all belongs to root" bash -c "! grep -v ' root/root ' '$work/contents'"
  check "dpkg knows all files of configuration" all_configuration_is_kept
  check "its scripts are sound" scripts_are_sound
  check "it depends on a Java of 17 or later" grep -q '^Depends: .*java17-runtime-headless' "$work/control/control"
  analyze
  for unit in weir.service weir@span0.service; do
    check "systemd-analyze verify $unit" verify "$unit"
    check "systemd-analyze security $unit is below ${exposure_limit%?}.${exposure_limit#?}" \
      systemd-analyze security --no-pager --offline=true --threshold=$exposure_limit \
      "$work/files/lib/systemd/system/${unit/span0/}"
  done
}

# Warnings do not change the exit status of systemd-analyze: nothing may be said at all.
verify() {
  local said
  said=$(systemd-analyze verify --man=false --recursive-errors=no --root="$work/analyze" "$1" 2>&1) || true
  [ -z "$said" ] || { printf '%s\n' "$said"; return 1; }
}
