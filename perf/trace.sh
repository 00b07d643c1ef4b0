# Sourced by the scripts here, which have run_java: the traces that are measured.

# The trace named $1 of $2 frames, generated if there is none yet.
trace() {
  local file=${TMPDIR:-/tmp}/weir-perf/$1-$2.pcap
  if ! [ -e "$file" ]; then
    mkdir -p "${file%/*}"
    say "generating $file"
    run_java io.weir.perf.trace.TraceGenerator "$1" "$2" "$file" >&2
  fi
  cat "$file" >/dev/null # into the page cache
  printf '%s' "$file"
}
