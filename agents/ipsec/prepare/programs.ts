const head = `set -u
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH
LC_ALL=C; export LC_ALL
`

/** See that the kernel has what a mesh takes, and load it. */
export const KERNEL = `${head}
ip xfrm state list nokeys >/dev/null 2>&1 || ip xfrm policy list >/dev/null 2>&1 || { echo 'This kernel has no IPsec.' >&2; exit 1; }
for module in esp4 ipip; do
  [ -d "/sys/module/$module" ] && continue
  modprobe "$module" 2>/dev/null && continue
  grep -q "/$module\\.ko" "/lib/modules/$(uname -r)/modules.builtin" 2>/dev/null && continue
  echo "The kernel $(uname -r) has no module $module." >&2; exit 1
done
echo "ESP and IP-IP tunnels are there."`

/**
 * Makes the host's own key, unless it has one, and its public half. Nobody but root reads the key, not for a moment; a file
 * that was cut short never gets its name. Words: key, public half, and a file that tells who made them.
 */
export const MAKE_KEY = `${head}
key=$1 public=$2 mark=$3
# pki complains of every plugin that the host lacks, which matters only where it fails.
quietly() {
  if "$@" 2>"$public.said"; then rm -f "$public.said"; return 0; fi
  tail -n 3 "$public.said" >&2; rm -f "$public.said"; return 1
}
umask 077
if [ ! -s "$key" ]; then
  : >"$mark" || exit 1
  rm -f "$key.part"
  quietly pki --gen --type rsa --size 3072 --outform pem >"$key.part" || { rm -f "$key.part"; exit 1; }
  [ -s "$key.part" ] || { echo 'pki made an empty key.' >&2; exit 1; }
  sync
  mv "$key.part" "$key" || exit 1
  echo 'A key of 3072 bits was made.'
fi
quietly pki --pub --in "$key" --outform pem >"$public.part" || exit 1
chmod 644 "$public.part"
sync
mv "$public.part" "$public"`

/** Words: as before. Only a key that came with the change goes. */
export const DROP_KEY = `${head}
key=$1 public=$2 mark=$3
rm -f "$key.part" "$public.part" "$public.said"
[ -e "$mark" ] || exit 0
rm -f "$key" "$public" "$mark"`

/** Whether there is no key of Pollux's making. Words: as before. */
export const HAS_NO_KEY = `[ ! -e "$3" ] && [ ! -e "$1.part" ]`

/** Whether key and public half are there. Words: as before. */
export const HAS_KEY = `[ -s "$1" ] && [ -s "$2" ]`

/** Starts the daemon now and at every boot, and has it read its keys. Words: the unit. */
export const START = `${head}
systemctl enable --now "$1" || { journalctl -u "$1" -n 8 --no-pager -o cat >&2; exit 1; }
n=0
until swanctl --stats >/dev/null 2>&1; do
  n=$((n + 1))
  if [ $n -ge 20 ]; then echo "$1 does not answer swanctl." >&2; journalctl -u "$1" -n 8 --no-pager -o cat >&2; exit 1; fi
  sleep 1
done
swanctl --load-creds --noprompt >/dev/null 2>&1
algorithms=$(swanctl --list-algs 2>/dev/null)
for need in AES_GCM_16 ECP_256 MODP_2048 PRF_HMAC_SHA2_256; do
  case $algorithms in
    *"$need"*) ;;
    *) echo "strongSwan has no $need here: libstrongswan-standard-plugins is missing or switched off." >&2; exit 1;;
  esac
done
echo "$1 runs and knows AES-GCM and ECP-256."`
