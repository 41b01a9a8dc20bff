import type { Finding, HostCheck, Step } from '@/lib/agent'
import { fileAt } from '@/lib/agent/config-file'
import type { IpsecFacts } from '../facts/facts'
import { firewallPaths, firewallUnit, HOOKS_FOLDER, NFTABLES_LINK, type Tagged } from './names'
import type { StepIds } from './part'

/** What loads rules again: a program that reads the rules as its input, and its words. */
export interface Loader {
  program: string
  words: readonly string[]
  rules: string
}

/** How rules come back after a boot, on one host. */
export interface BootPart {
  files: Readonly<Record<string, string>>
  /** Whether the mesh's own unit is to be enabled. */
  isUnit: boolean
  findings: Finding[]
}

/**
 * The files that load a mesh's rules at boot. Where nftables.service loads the admin's rules, a drop-in loads the mesh's
 * behind them, at its start and at each reload, since both begin with `flush ruleset`. Elsewhere a unit of its own does, before
 * the network; without systemd a hook of ifupdown, before the first device comes up.
 */
export function bootPart(hostId: string, facts: IpsecFacts, mesh: Tagged, loader: Loader, isNft: boolean): BootPart {
  const paths = firewallPaths(mesh)
  const common = { [paths.loader]: loaderText(mesh, loader), [paths.rules]: loader.rules }
  const part = (files: Record<string, string>, over: Partial<BootPart> = {}): BootPart => ({
    files: { ...common, ...files },
    isUnit: false,
    findings: [],
    ...over,
  })
  if (facts.hasSystemd && isNft && fileAt(facts.files, NFTABLES_LINK).state === 'there')
    return part({ [paths.dropIn]: dropInText(mesh) })
  if (facts.hasSystemd) return part({ [paths.unit]: unitText(mesh) }, { isUnit: true })
  if (facts.folders.includes(HOOKS_FOLDER)) return part({ [paths.hook]: hookText(mesh) })
  const title = 'The rules end with the next boot'
  const detail = `Neither systemd nor ifupdown is there to load them. Have ${paths.loader} run before the network comes up.`
  return part({}, { findings: [{ level: 'warn', hostId, title, detail }] })
}

function loaderText({ tag }: Tagged, { program, words }: Loader): string {
  return `#!/bin/sh
# Mesh ${tag}: loads the rules of the firewall where they are missing. Written by Pollux.
set -- ${words.join(' ')}
exec < ${firewallPaths({ tag }).rules} || exit 1
${program}
`
}

function dropInText({ tag }: Tagged): string {
  const run = `-/bin/sh ${firewallPaths({ tag }).loader}`
  return `# Mesh ${tag}: loads its rules behind the host's own. Written by Pollux.
[Service]
ExecStartPost=${run}
ExecReload=${run}
`
}

function unitText({ tag }: Tagged): string {
  return `# Written by Pollux
[Unit]
Description=Firewall of the mesh ${tag}
DefaultDependencies=no
Wants=network-pre.target
After=local-fs.target nftables.service netfilter-persistent.service
Before=network-pre.target strongswan.service strongswan-starter.service ipsec.service shutdown.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh ${firewallPaths({ tag }).loader}

[Install]
WantedBy=sysinit.target
`
}

/** It always ends well: a hook that fails keeps its device from coming up (interfaces(5)). */
function hookText({ tag }: Tagged): string {
  return `#!/bin/sh
# Mesh ${tag}: loads its rules before the first device comes up. Written by Pollux.
/bin/sh ${firewallPaths({ tag }).loader} || :
exit 0
`
}

/** A unit that is gone with its file has nothing to be disabled. Words: the verb, the unit, its link. */
const switchUnit = `set -u
[ "$1" = enable ] || [ -h "$3" ] || exit 0
systemctl daemon-reload && systemctl -q "$1" "$2"`

/** The step that enables or disables the mesh's own unit; none where it is so already. */
export function unitSteps({ files }: IpsecFacts, mesh: Tagged, isUnit: boolean, id: StepIds): Step[] {
  const { unit, link } = firewallUnit(mesh)
  const isEnabled = fileAt(files, link).state === 'there'
  if (isEnabled === isUnit) return []
  const words = (verb: string) => ['sh', '-c', switchUnit, 'unit', verb, unit, link] as const
  const has = ['test', '-h', link] as const
  const hasNot = ['sh', '-c', '[ ! -h "$1" ]', 'unit', link] as const
  return [
    {
      kind: 'run',
      id: id('unit'),
      title: isUnit ? `Have ${unit} load the rules at boot` : `Have ${unit} load no rules any more`,
      timeoutS: 60,
      run: words(isUnit ? 'enable' : 'disable'),
      undo: { run: words(isUnit ? 'disable' : 'enable'), timeoutS: 60 },
      isUndone: isUnit ? hasNot : has,
      isStanding: isUnit ? has : hasNot,
      undoAfterBoot: true,
    },
  ]
}

/** The proof that the unit is enabled. */
export function unitChecks(hostId: string, mesh: Tagged, steps: readonly Step[], id: StepIds): HostCheck[] {
  const { unit } = firewallUnit(mesh)
  const step = steps.find((one) => one.id === id('unit'))
  if (step?.kind !== 'run' || !step.run.includes('enable')) return []
  return [
    {
      id: id('unit-enabled'),
      hostId,
      title: `${unit} is enabled`,
      weight: 'must',
      read: { command: ['systemctl', 'is-enabled', unit] },
      expect: { equals: 'enabled' },
      timeoutS: 10,
    },
  ]
}
