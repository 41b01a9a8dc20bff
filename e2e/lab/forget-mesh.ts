/**
 * A shell script that takes away, out of band, every mesh whose short name is `lab`: its tunnels, files, rules,
 * connections and policies. Ends with 1 and a word where a policy is left.
 */
export const FORGET_MESH = `PATH=$PATH:/usr/sbin:/sbin
for name in $(ip -o link show type ipip | sed -n 's/^[0-9]*: \\(lab-[^@:]*\\).*/\\1/p'); do ip link del "$name"; done
rm -f /etc/ipsec.d/pollux-* /etc/ipsec.d/certs/pollux-* /etc/swanctl/conf.d/pollux-* /etc/swanctl/pubkey/pollux-* /etc/network/interfaces.d/pollux-* /etc/systemd/network/pollux-*
rm -f /etc/systemd/system/pollux-lab-* /etc/systemd/system/*/pollux-lab-* /etc/network/if-pre-up.d/pollux-lab-*
rm -rf /etc/pollux
[ ! -f /etc/network/interfaces ] || sed -i '/^# >>> Pollux: tunnel lab-/,/^# <<< Pollux: tunnel lab-/d' /etc/network/interfaces
for program in iptables-legacy iptables-nft; do
  command -v $program >/dev/null && $program -S >/dev/null 2>&1 || continue
  $program -S | sed -n 's/^-A \\(INPUT\\|OUTPUT\\) \\(.*POLLUX-lab-.*\\)/-D \\1 \\2/p' | while read -r rule; do eval "$program $rule"; done
  for deed in F X; do $program -S | sed -n 's/^-N \\(POLLUX-lab-[^ ]*\\)$/\\1/p' | while read -r chain; do $program -$deed "$chain"; done; done
done
command -v nft >/dev/null && { nft delete table inet pollux_lab; nft delete table ip pollux_lab; } 2>/dev/null
systemctl daemon-reload
if systemctl is-active -q strongswan; then
  swanctl --load-creds --clear --noprompt; swanctl --load-conns
  for name in $(swanctl --list-sas | sed -n 's/^\\(lab-[^:]*\\):.*/\\1/p'); do swanctl --terminate --ike "$name" --force --timeout 5; done
  for name in $(swanctl --list-pols --trap | sed -n 's,^\\(lab-[^/]*\\)/.*,\\1,p'); do swanctl --uninstall --child "$name"; done
fi >/dev/null 2>&1
if systemctl is-active -q strongswan-starter; then
  ipsec update >/dev/null 2>&1
  for name in $(ipsec status | sed -n 's/^ *\\(lab-[^[{]*\\)[[{].*/\\1/p' | sort -u); do ipsec down "$name[*]"; done >/dev/null 2>&1
fi
ip xfrm policy | grep -qE 'proto (4|ipencap|ipip)' && { echo 'a policy of the mesh is left' >&2; exit 1; }
:
`

/** The same, and what a preparation brought but for packages: the daemon's start at boot and the host's own key. */
export const FORGET_MESH_AND_KEY = `${FORGET_MESH}
systemctl disable -q --now strongswan 2>/dev/null
rm -f /etc/ipsec.d/private/pollux.pem /etc/ipsec.d/certs/pollux.pem /etc/ipsec.d/.pollux-made-key
for file in /etc/ipsec.conf /etc/ipsec.secrets; do [ ! -f $file ] || sed -i '/pollux/d' $file; done
rm -f /etc/swanctl/private/pollux.pem /etc/swanctl/pubkey/pollux.pem /etc/swanctl/.pollux-made-key
rm -rf /var/lib/pollux
`
