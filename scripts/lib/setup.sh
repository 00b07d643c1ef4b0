# Shared by scripts/weir, scripts/test and perf/run: finds a JDK, installs what is missing, builds what is stale.
# Sourced by bash with `top` set to the root of the checkout. Everything it says goes to standard error.
# shellcheck shell=bash

say() { printf 'weir: %s\n' "$*" >&2; }

die() {
  say "$1"
  exit "${2:-2}"
}

# If one of the arguments asks for help: prints what stands at the beginning of the script that was started, and ends.
answer_help() {
  local argument
  for argument; do
    case $argument in
      -h | --help)
        sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
        exit 0
        ;;
    esac
  done
}

# Major version of the Java installation in $1, or nothing. Reads its release file: starting a JVM to ask takes longer.
java_major() {
  local line='' version=''
  if [ -r "$1/release" ]; then
    while IFS= read -r line; do
      case $line in JAVA_VERSION=*) version=${line#*\"} && version=${version%%\"*} ;; esac
    done <"$1/release"
  elif [ -x "$1/bin/java" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
  fi
  version=${version%%.*}
  version=${version%%[!0-9]*}
  printf '%s' "$version"
}

# Sets java_home to an installation of Java 17 or later that has bin/$1 (java or javac): JAVA_HOME, else the one on the
# PATH, else the newest known one under /usr/lib/jvm.
find_java() {
  local tool=$1 home major command
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/$tool" ]; then
    major=$(java_major "$JAVA_HOME")
    if [ "${major:-0}" -ge 17 ]; then
      java_home=$JAVA_HOME
      return 0
    fi
    say "JAVA_HOME=$JAVA_HOME is Java ${major:-of unknown version}; weir needs 17 or later, so looking elsewhere"
  fi
  if command=$(command -v "$tool"); then
    home=$(readlink -f "$command")
    home=${home%/bin/*}
    major=$(java_major "$home")
    if [ "${major:-0}" -ge 17 ]; then
      java_home=$home
      return 0
    fi
  fi
  for home in /usr/lib/jvm/*17* /usr/lib/jvm/*2[1-9]*; do
    if [ -x "$home/bin/$tool" ]; then
      major=$(java_major "$home")
      if [ "${major:-0}" -ge 17 ]; then
        java_home=$home
        return 0
      fi
    fi
  done
  return 1
}

# Runs its arguments as root, or says which command to run.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    if [ -t 0 ]; then sudo -- "$@"; else sudo -n -- "$@"; fi
  else
    die "not root and no sudo here; run as root: $*"
  fi
}

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" >&2; }

have_package_lists() {
  local list
  for list in /var/lib/apt/lists/*Packages*; do [ -e "$list" ] && return 0; done
  return 1
}

# True if this release has a package of this name.
apt_has() {
  command -v apt-get >/dev/null || return 1
  have_package_lists || apt_get update || return 1
  [[ $(apt-cache policy "$1" 2>/dev/null) == *"Candidate: "[0-9]* ]]
}

# The JDK package of this release: 17 where it exists, else the next one.
jdk_package() {
  local version
  for version in 17 21 25; do
    if apt-cache show "openjdk-$version-jdk-headless" >/dev/null 2>&1; then
      printf 'openjdk-%s-jdk-headless' "$version"
      return
    fi
  done
  printf 'default-jdk-headless'
}

# The Hyperscan package of this release, else that of Vectorscan, which takes its place; they exclude each other.
patterns_package() {
  local package
  for package in libhyperscan5 libvectorscan5; do
    if apt-cache show "$package" >/dev/null 2>&1; then
      printf '%s' "$package"
      return
    fi
  done
  printf 'libvectorscan5'
}

# Makes sure of what its arguments name (jdk, maven, compiler, pcap, ip, ethtool, patterns, prometheus, ...), through apt-get
# where it is missing.
# With jdk, java_home is set afterwards.
need() {
  local thing missing=() packages=() names wants_jdk=no
  for thing in "$@"; do
    case $thing in
      jdk)
        wants_jdk=yes
        find_java javac || { missing+=("JDK 17 or later") && packages+=(jdk); }
        ;;
      maven) command -v mvn >/dev/null || { missing+=(Maven) && packages+=(maven); } ;;
      compiler)
        command -v "${CC:-cc}" >/dev/null || { missing+=("C compiler") && packages+=(gcc libc6-dev); }
        command -v make >/dev/null || { missing+=(make) && packages+=(make); }
        ;;
      pcap)
        [ -e /usr/include/pcap/pcap.h ] || [ -e /usr/local/include/pcap/pcap.h ] \
          || { missing+=("libpcap headers") && packages+=(libpcap-dev); }
        ;;
      patterns)
        compgen -G '/usr/lib/*/libhs.so.5' >/dev/null || compgen -G '/usr/l*/lib*/libhs.so.5' >/dev/null \
          || { missing+=("Hyperscan or Vectorscan") && packages+=(patterns); }
        ;;
      systemd) command -v systemd-analyze >/dev/null || { missing+=(systemd-analyze) && packages+=(systemd); } ;;
      debootstrap) command -v debootstrap >/dev/null || { missing+=(debootstrap) && packages+=(debootstrap); } ;;
      nspawn) command -v systemd-nspawn >/dev/null || { missing+=(systemd-nspawn) && packages+=(systemd-container); } ;;
      lintian) command -v lintian >/dev/null || { missing+=(lintian) && packages+=(lintian); } ;;
      unzip) command -v unzip >/dev/null || { missing+=(unzip) && packages+=(unzip); } ;;
      ip) command -v ip >/dev/null || [ -x /usr/sbin/ip ] || { missing+=(iproute2) && packages+=(iproute2); } ;;
      # Tests ask them what weir shows; where there is no such package, those tests are skipped.
      prometheus | chromium)
        command -v "$thing" >/dev/null || ! apt_has "$thing" || { missing+=("$thing") && packages+=("$thing"); }
        ;;
      ethtool)
        command -v ethtool >/dev/null || [ -x /usr/sbin/ethtool ] || { missing+=(ethtool) && packages+=(ethtool); }
        ;;
    esac
  done
  if [ ${#missing[@]} -gt 0 ]; then
    printf -v names '%s, ' "${missing[@]}"
    install_packages "${names%, }" "${packages[@]}"
  fi
  [ $wants_jdk = no ] || find_java javac || die "no JDK 17 or later found, although it was installed; set JAVA_HOME"
}

# Installs the packages $2... because $1 is missing.
install_packages() {
  local names=$1
  shift
  command -v apt-get >/dev/null \
    || die "missing: $names. This machine has no apt-get; install them with its package manager and run this again."
  if ! have_package_lists; then
    say "missing: $names; fetching the package lists first (apt-get update)"
    apt_get update || die "apt-get update failed; see above"
  fi
  local packages=("$@")
  local i
  for i in "${!packages[@]}"; do
    case ${packages[i]} in
      jdk) packages[i]=$(jdk_package) ;;
      patterns) packages[i]=$(patterns_package) ;;
    esac
  done
  say "missing: $names; installing ${packages[*]} (apt-get install)"
  apt_get install --no-install-recommends "${packages[@]}" && return
  say "that failed, perhaps because the package lists are old; fetching them and trying once more"
  apt_get update || die "apt-get update failed; see above"
  apt_get install --no-install-recommends "${packages[@]}" || die "could not install ${packages[*]}; see above"
}

engine_stamp=$top/engine/target/weir.built

# True if the engine is built and nothing it is made of has changed since. Directories count: a removed file touches them.
engine_is_fresh() {
  [ -e "$engine_stamp" ] && [ -z "$(find "$top/pom.xml" "$top/engine/pom.xml" "$top/engine/src/main" \
    "$top/native/pom.xml" "$top/native/Makefile" "$top/native/src" -newer "$engine_stamp" -print -quit)" ]
}

# Builds libweir and the engine if they are missing or older than their sources. One builder at a time.
build_engine() {
  engine_is_fresh && return
  need jdk maven compiler pcap
  mkdir -p "$top/engine/target"
  exec 8>"$top/engine/target/weir.lock"
  flock -n 8 || { say "another build is running; waiting for it" && flock 8; }
  if ! engine_is_fresh; then
    say "building the engine (the first time takes a minute or two)"
    touch "$engine_stamp.next"
    JAVA_HOME=$java_home mvn -B -q -Dstyle.color=never -f "$top/pom.xml" -pl native,engine -Dmaven.test.skip=true -Dcheckstyle.skip=true \
      package 1>&2 8>&- || die "the build failed; see above"
    mv "$engine_stamp.next" "$engine_stamp"
  fi
  exec 8>&-
}

# Large pieces of native memory lie in huge pages: a sixth less CPU time where a million flows come and go. The kernel
# gives them to those who ask (transparent_hugepage=madvise), and this makes malloc ask.
export GLIBC_TUNABLES=${GLIBC_TUNABLES:-glibc.malloc.hugetlb=1}

# Flags for every JVM that runs weir.
# shellcheck disable=SC2034  # for those who source this
jvm_flags=("@$top/scripts/lib/jvm.options")
