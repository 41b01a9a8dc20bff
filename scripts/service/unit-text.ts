/** What the unit runs, and where. */
export interface ServiceSettings {
  user: string
  /** The program file of Node.js. */
  node: string
  /** The folder of Pollux. */
  folder: string
  dataDir: string
  /** Settings of Pollux, by their names in the environment. */
  env: Readonly<Record<string, string>>
}

export const unitFile = '/etc/systemd/system/pollux.service'

/** The first line of a unit that install-service wrote: no other one is written over or removed. */
export const unitMark = '# Written by npm run install-service of Pollux.'

/**
 * The unit, with what systemd can keep from a program that serves HTTP and speaks SSH (systemd.exec(5)). Left out, for
 * Pollux does not run with them: MemoryDenyWriteExecute, for V8 compiles at run time; ProcSubset=pid, for the lock on the
 * data folder reads the boot's id from /proc/sys.
 */
export function unitText({ user, node, folder, dataDir, env }: ServiceSettings): string {
  const isLowPort = Number(env['PORT'] ?? '3000') < 1024
  const capabilities = isLowPort ? 'CAP_NET_BIND_SERVICE' : ''
  return `${unitMark}
[Unit]
Description=Pollux, a dashboard for sysadmins
Wants=network-online.target
After=network-online.target

[Service]
Type=simple
User=${user}
Group=${user}
WorkingDirectory=${plain(folder)}
ExecStart=${quoted(node)} scripts/start.mjs
Environment=NODE_ENV=production
${Object.entries({ ...env, POLLUX_DATA: dataDir })
  .map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`)
  .join('\n')}
Restart=on-failure
RestartSec=2
TimeoutStopSec=30
UMask=0077

ProtectSystem=strict
ReadWritePaths=${quoted(dataDir)} ${quoted(`${folder}/.next/cache`)}
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
PrivateUsers=${isLowPort ? 'no' : 'yes'}
NoNewPrivileges=yes
CapabilityBoundingSet=${capabilities}
AmbientCapabilities=${capabilities}
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
KeyringMode=private
ProtectProc=invisible
ProtectClock=yes
ProtectHostname=yes
ProtectControlGroups=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
`
}

// Specifiers begin with a percent sign, and quotes take C's escapes (systemd.syntax(7)).
function quoted(text: string): string {
  return `"${plain(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('$', '$$$$')}"`
}

function plain(text: string): string {
  return text.replaceAll('%', '%%')
}
