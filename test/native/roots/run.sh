#!/bin/sh
# The native tests in older and newer Debians: the same object, beside the glibc and the Python of each; in the newest
# the tests of the whole Python side as well, on each Python that it has.
#
#     sh test/native/roots/run.sh [FOLDER [RELEASE ...]]
#
# Needs root, Debian's debootstrap, and the object from `npm run setup`. The roots are kept in the folder, 300 MB each;
# without one they are temporary. Ends with a line for each; takes minutes.
set -u

here=$(cd "$(dirname "$0")" && pwd)
checkout=$(cd "$here/../../.." && pwd)
folder=${1:-}
[ $# -gt 0 ] && shift
# The oldest that the mirrors have, the newest stable one, and what the next will be made of.
releases=${*:-bullseye trixie sid}

if [ -z "$folder" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf --one-file-system "$folder"' EXIT
  trap 'exit 1' HUP INT TERM
fi
mkdir -p "$folder"

if ! command -v debootstrap >/dev/null; then
  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends debootstrap || exit 1
fi

# Where this machine has Debian from.
mirror=$(apt-get indextargets --format '$(LABEL) $(SITE)' 'Created-By: Packages' | sed -n 's/^Debian //p' | head -1)

# Made beside its place, so that one that is there is whole; what it mounts meanwhile, nobody else sees.
make_root() {
  [ -d "$folder/$1" ] && return
  rm -rf --one-file-system "$folder/$1.new"
  pythons=python3
  # Those that are newer than what the machines of today have.
  [ "$1" = sid ] && pythons=python3,python3.14,python3.15
  unshare --mount debootstrap --variant=minbase --include=$pythons "$1" "$folder/$1.new" "$mirror" >"$folder/$1.log" 2>&1 &&
    mv "$folder/$1.new" "$folder/$1" && return
  rm -rf --one-file-system "$folder/$1.new"
  return 1
}

: >"$folder/summary"
failed=0
for release in $releases; do
  if ! make_root "$release"; then
    echo "$release: failed: it could not be installed, $(tail -1 "$folder/$release.log")" >>"$folder/summary"
    failed=1
    continue
  fi
  # With namespaces of its own: no mount and no process outlives it, however it ends.
  unshare --mount --pid --fork --kill-child sh "$here/inside.sh" "$folder/$release" "$checkout" "$release" ||
    failed=1
  tail -1 "$folder/$release/summary" >>"$folder/summary"
done
echo "== the end"
cat "$folder/summary"
exit $failed
