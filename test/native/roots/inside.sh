#!/bin/sh
# What `run.sh` does in namespaces of a root's own: mount what the tests need, and run them there.
set -eu

root=$1 checkout=$2 release=$3
work=$root/work
echo "$release: the tests did not begin" >"$root/summary"

mount --make-rprivate /
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount -t devpts -o newinstance,ptmxmode=666 devpts "$root/dev/pts"
mount -t tmpfs tmpfs "$root/tmp"
for part in python test/native test/python test/checkpoints test/contract .setup/native; do
  mkdir -p "$work/$part"
  mount --bind -o ro "$checkout/$part" "$work/$part"
done

inside() {
  chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 PYTHONPATH=/work/python \
    PYTHONDONTWRITEBYTECODE=1 NATIVE_TEST_PATIENCE=60 "$@"
}

# The Python side as a whole, on each Python that the release has.
on_each() {
  for python in "$root"/usr/bin/python3.[0-9]*; do
    [ -x "$python" ] || continue
    name=${python##*/}
    for test in $(cd "$work" && ls test/python/*/test_*.py test/checkpoints/test_*.py); do
      echo "== $release, $name: $test"
      inside "$name" "/work/$test" || failed="$failed $name:$test"
    done
  done
}

versions=$(inside python3 -c 'import os, platform; print(os.confstr("CS_GNU_LIBC_VERSION") + ", Python", platform.python_version())')
failed=
for test in scenarios frozen_states checkpoint_writers refusals surroundings hazards forking; do
  echo "== $release, $versions: $test"
  inside python3 "/work/test/native/test_$test.py" || failed="$failed $test"
done
case $release in sid) on_each ;; esac
echo "$release, $versions: ${failed:+failed:}${failed:-passed}" >"$root/summary"
[ -z "$failed" ]
