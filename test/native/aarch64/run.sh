#!/bin/sh
# The native tests on aarch64: Debian's kernel and Python in an emulated machine, the object from `npm run package`.
#
#     sh test/native/aarch64/run.sh [FOLDER]
#
# Needs Debian's apt, qemu-system-arm and cpio. Keeps what it fetches in the folder, 100 MB. Takes minutes.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
checkout=$(cd "$here/../../.." && pwd)
folder=${1:-$checkout/.setup/aarch64}
packages="linux-image-cloud-arm64 python3.11-minimal libpython3.11-minimal libpython3.11-stdlib busybox-static
libc6 libgcc-s1 zlib1g libexpat1 libffi8 libssl3 libsqlite3-0 libbz2-1.0 liblzma5 libuuid1 libcrypt1"

mkdir -p "$folder/lists/partial" "$folder/archives/partial" "$folder/state" "$folder/debs"
touch "$folder/status"

# Lists of the other architecture, kept apart from the machine's own.
apt() {
  program=$1
  shift
  "$program" -q -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State="$folder/state" \
    -o Dir::State::lists="$folder/lists" -o Dir::State::status="$folder/status" -o Dir::Cache="$folder" \
    -o APT::Sandbox::User=root "$@"
}

if [ ! -f "$folder/debs/done" ]; then
  apt apt-get update
  kernel=$(apt apt-cache depends linux-image-cloud-arm64 | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -1)
  names=$(echo "$packages" | sed "s/linux-image-cloud-arm64/$kernel/")
  (cd "$folder/debs" && apt apt-get download $names)
  touch "$folder/debs/done"
fi

root=$folder/root
rm -rf "$root"
mkdir -p "$root/bin" "$root/proc" "$root/dev" "$root/tmp"
for package in "$folder"/debs/*.deb; do
  case $package in
  */linux-image-*) dpkg-deb --fsys-tarfile "$package" | tar -xf - -C "$folder" --wildcards './boot/vmlinuz-*' '*/unix_diag.ko' ;;
  *) dpkg-deb --fsys-tarfile "$package" | tar -xf - -C "$root" ;;
  esac
done
rm -rf "$root/usr/share"
for name in sh echo true mount ifconfig poweroff; do ln -sf busybox "$root/bin/$name"; done
mkdir -p "$root/work/python" "$root/work/test" "$root/work/.setup/native"
cp -r "$checkout/python/pyrepl3" "$checkout/python/native" "$root/work/python/"
cp -r "$checkout/test/native" "$root/work/test/"
cp "$checkout/.setup/native/freeze-aarch64.so" "$root/work/.setup/native/"
cp "$here/init" "$root/init"
find "$folder/lib" -name unix_diag.ko -exec cp {} "$root/" \;
(cd "$root" && find . | cpio -o -H newc --quiet | gzip -1) >"$folder/initramfs"

exec qemu-system-aarch64 -machine virt -cpu max -smp 2 -m 2048 -nographic -no-reboot -nic none \
  -kernel "$folder"/boot/vmlinuz-* -initrd "$folder/initramfs" -append 'console=ttyAMA0 panic=-1 quiet'
