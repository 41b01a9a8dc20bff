import { shell } from './host-state'
import { nameServer } from './wishes'

const packages = `dpkg-query -W -f '\${Package}\\n' | LC_ALL=C sort`
const copy = '/root/before-the-installation'
const lists = '/var/lib/apt/lists'
/** What Debian's package of Postfix, or those that come with it, leave behind. */
const leftovers = '/etc/postfix /etc/mailname /etc/aliases /etc/aliases.db /var/spool/postfix /var/lib/postfix'

/** Keeps what an installation adds to; then apt knows what there is, and the host the lab's names. */
export async function beforeInstallation(name: string): Promise<void> {
  await shell(
    name,
    `mkdir ${copy}; cp -a /etc/resolv.conf /etc/passwd /etc/group /etc/shadow /etc/gshadow ${lists} ${copy}; ${packages} > ${copy}/packages
printf 'nameserver %s\\noptions timeout:1 attempts:1\\n' ${nameServer} > /etc/resolv.conf; apt-get -qq update`,
  )
}

/** Purges the packages that came, and puts back what purging leaves; nothing where nothing was kept. */
export async function withoutInstallation(name: string): Promise<void> {
  await shell(
    name,
    `[ -d ${copy} ] || exit 0
set -e
came() { ${packages} | LC_ALL=C comm -13 ${copy}/packages -; }
[ -z "$(came)" ] || DEBIAN_FRONTEND=noninteractive dpkg --purge $(came)
[ -z "$(came)" ]
apt-get clean
rm -rf ${lists} ${leftovers}
mv ${copy}/lists ${lists}; rm ${copy}/packages; mv ${copy}/* /etc/; rmdir ${copy}; systemctl daemon-reload`,
  )
}
