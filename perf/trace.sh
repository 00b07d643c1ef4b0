# Sourced by the scripts here, which have run_java: the traces that are measured, and memory as passes have it.

# What one pass gives back malloc keeps for the next, as an engine that runs for long keeps its own. Fresh pages are the
# kernel's and the host's work, the same few per run however long it is: perf/README.md tells them apart.
export GLIBC_TUNABLES=$GLIBC_TUNABLES:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=17179869184:glibc.malloc.arena_max=1

# The trace named $1 of $2 frames, generated if there is none yet.
trace() {
  local file=${TMPDIR:-/tmp}/weir-perf/$1-$2.pcap
  if ! [ -e "$file" ]; then
    mkdir -p "${file%/*}"
    say "generating $file"
    run_java io.weir.perf.trace.TraceGenerator "$1" "$2" "$file" >&2
  fi
  # Into the page cache by way of the disk, whose read-ahead holds a file in large folios. One that was just written is
  # held in small ones, which every read then pays for: 58 ns a frame in place of 22.
  dd of="$file" oflag=nocache conv=notrunc,fdatasync count=0 status=none
  cat "$file" >/dev/null
  printf '%s' "$file"
}
