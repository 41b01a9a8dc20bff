import type { InstallStep } from '@/lib/agent'

const name = 'lab-service'
const repository = '/var/lib/lab-repository'
const source = '/etc/apt/sources.list.d/lab-service.list'

/** Files that make the package slow for as long as they are there: while it is unpacked, while it configures itself. */
export const slowFiles = { unpacking: `${repository}/slow-unpacking`, configuring: `${repository}/slow-configuring` }

/** A shell script: a package with a service, in a repository on the host itself; nothing where it is there already. */
export const makeLabPackage = `set -e
[ -e ${repository}/Packages ] || {
  mkdir -p ${repository}/tree/DEBIAN ${repository}/tree/lib/systemd/system ${repository}/tree/etc/init.d; cd ${repository}
  printf 'Package: ${name}\\nVersion: 1\\nArchitecture: all\\nMaintainer: lab <lab@example.org>\\nDescription: a service\\n' > tree/DEBIAN/control
  printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n' > tree/lib/systemd/system/${name}.service
  printf '#!/bin/sh\\n### BEGIN INIT INFO\\n# Provides: ${name}\\n# Required-Start:\\n# Required-Stop:\\n# Default-Start: 2 3 4 5\\n# Default-Stop: 0 1 6\\n### END INIT INFO\\nexit 0\\n' > tree/etc/init.d/${name}
  cat > tree/DEBIAN/postinst <<'END'
#!/bin/sh
set -e
[ "$1" = configure ] || exit 0
if [ -d /run/systemd/system ]; then systemctl daemon-reload; systemctl enable ${name}; else update-rc.d ${name} defaults; fi
# The fault matrix stops a change here.
for stop in /run/pollux-faults/dpkg.*; do
  [ -e "$stop" ] || continue
  rm "$stop"
  for D in /var/lib/pollux/changes/*; do :; done
  echo "$$" > "$D/held.new"; mv "$D/held.new" "$D/held"; kill -s STOP "$$"
done
[ ! -e ${slowFiles.configuring} ] || sleep 60
if [ -d /run/systemd/system ]; then deb-systemd-invoke start ${name}; else invoke-rc.d ${name} start; fi
END
  cat > tree/DEBIAN/preinst <<'END'
#!/bin/sh
[ ! -e ${slowFiles.unpacking} ] || sleep 60
END
  cat > tree/DEBIAN/prerm <<'END'
#!/bin/sh
[ ! -d /run/systemd/system ] || systemctl disable --now ${name} || :
END
  cat > tree/DEBIAN/postrm <<'END'
#!/bin/sh
[ "$1" != purge ] || [ -d /run/systemd/system ] || update-rc.d ${name} remove
END
  chmod 755 tree/DEBIAN/p* tree/etc/init.d/${name}
  dpkg-deb --root-owner-group -b tree ${name}.deb >/dev/null
  { cat tree/DEBIAN/control; echo "Filename: ./${name}.deb"; echo "Size: $(wc -c < ${name}.deb)"; echo "SHA256: $(sha256sum ${name}.deb | cut -d' ' -f1)"; } > Packages
  echo "deb [trusted=yes] file:${repository} ./" > ${source}
  apt-get -qq update -o Dir::Etc::sourcelist=${source} -o Dir::Etc::sourceparts=- -o APT::Get::List-Cleanup=0
  sync
}
`

/** A shell script that takes the package away, however far its installation came. */
export const dropLabPackage = `rm -f /usr/sbin/policy-rc.d
! dpkg-query -W ${name} >/dev/null 2>&1 || dpkg --purge --force-remove-reinstreq ${name} >/dev/null 2>&1
`

/** As `dropLabPackage`, and its repository with it. */
export const leaveLabPackage = `${dropLabPackage}rm -rf ${repository} ${source}
`

/** Its installation. */
export const installLabPackage: InstallStep = {
  kind: 'install',
  id: 'install',
  title: 'Install the service',
  manager: 'apt',
  timeoutS: 120,
  packages: [name],
  units: [`${name}.service`],
  undo: { disable: true },
}
