import {
  type FileStep,
  type HostCheck,
  type InstallStep,
  type PlanHost,
  type RunStep,
  refuse,
  type Step,
} from '@/lib/agent'
import { editTo, fileAt } from '@/lib/agent/config-file'
import type { IpsecFacts } from '../facts/facts'
import { exchangeOf } from '../ike/exchange'
import { IPSEC_D, STARTER_CONF, STARTER_KEY, STARTER_PUBLIC, STARTER_SECRETS } from '../paths'
import { commonSteps } from './common-steps'
import { ADD_SECRET, DROP_SECRET, HAS_NO_SECRET, HAS_SECRET, READ_STARTER, REREAD_STARTER } from './starter-programs'

type Host = PlanHost<IpsecFacts>

/** By what ipsec.conf reads the files of a mesh, which Debian's does not by itself. */
const INCLUDE = `include ${IPSEC_D}/pollux-*.conf`
/** By what ipsec.secrets names the host's own key (ipsec.secrets(5)). */
const SECRET = `: RSA ${STARTER_KEY}`

/** Whether the starter runs here, and reads what a mesh needs. */
export function isStarterReady({ daemon, publicKey, files }: IpsecFacts): boolean {
  return daemon?.kind === 'starter' && daemon.isActive && daemon.isEnabled && publicKey !== null && isIncluded(files)
}

function isIncluded(files: IpsecFacts['files']): boolean {
  const conf = fileAt(files, STARTER_CONF)
  return conf.state === 'there' && conf.bytes.split('\n').includes(INCLUDE)
}

/** What a host whose strongSwan runs by ipsec.conf lacks: a key of its own, and its daemon told of it and of the files. */
export function starterSteps({ name, facts }: Host, id: (what: string) => string): Step[] {
  const { kernel, key } = commonSteps(exchangeOf(facts.daemon), id)
  const missing = ['pki', 'tcpdump'].filter((program) => !facts.programs.includes(program))
  const install: InstallStep = {
    kind: 'install',
    id: id('install'),
    title: `Install what makes keys and looks at the wire: ${missing.join(', ')}`,
    timeoutS: 900,
    manager: 'apt',
    packages: missing.map((program) => (program === 'pki' ? 'strongswan-pki' : program)),
    units: [],
    undo: { disable: true },
  }
  return [
    kernel,
    ...(missing.length > 0 ? [install] : []),
    key,
    {
      kind: 'run',
      id: id('known'),
      title: 'Have strongSwan read its files again when they are taken back',
      timeoutS: 10,
      run: ['true'],
      undo: { run: ['sh', '-c', REREAD_STARTER, 'pollux'], timeoutS: 60 },
      notAtBoot: true,
    },
    ...includeStep(name, facts.files, id),
    secretStep(true, id),
    {
      kind: 'run',
      id: id('read'),
      title: 'Have strongSwan read the key',
      timeoutS: 60,
      run: ['sh', '-c', READ_STARTER, 'pollux'],
      undo: { nothing: 'It reads them again once they are as they were.' },
    },
  ]
}

/** The line of secrets put in or taken out, either of which takes the other back. */
function secretStep(isAdded: boolean, id: (what: string) => string): RunStep {
  const program = (text: string) => ['sh', '-c', text, 'pollux', STARTER_SECRETS, SECRET] as const
  const [run, back] = isAdded ? [ADD_SECRET, DROP_SECRET] : [DROP_SECRET, ADD_SECRET]
  const [stands, isBack] = isAdded ? [HAS_SECRET, HAS_NO_SECRET] : [HAS_NO_SECRET, HAS_SECRET]
  return {
    kind: 'run',
    id: id('secret'),
    title: isAdded
      ? `Name the key in ${STARTER_SECRETS}, in a line of its own`
      : `Take the line of the key out of ${STARTER_SECRETS}`,
    timeoutS: 20,
    run: program(run),
    undo: { run: program(back), timeoutS: 20 },
    isUndone: program(isBack),
    isStanding: program(stands),
  }
}

/** The way back from a preparation: nothing of Pollux stays in the daemon's own two files. */
export function forgetStarter({ name, facts }: Host, id: (what: string) => string): Step[] {
  const conf = fileAt(facts.files, STARTER_CONF)
  const without = conf.state === 'there' ? conf.bytes.replace(`${INCLUDE}\n`, '') : null
  return [
    ...(isIncluded(facts.files) && without !== null
      ? [confStep(name, facts.files, without, `Take the files of meshes out of ${STARTER_CONF}`, id)]
      : []),
    secretStep(false, id),
  ]
}

function includeStep(name: string, files: IpsecFacts['files'], id: (what: string) => string): FileStep[] {
  if (isIncluded(files)) return []
  const conf = fileAt(files, STARTER_CONF)
  const bytes = conf.state === 'there' ? conf.bytes : ''
  const end = bytes === '' || bytes.endsWith('\n') ? '' : '\n'
  const title = `Have ${STARTER_CONF} include the files of meshes`
  return [confStep(name, files, `${bytes}${end}${INCLUDE}\n`, title, id)]
}

function confStep(
  name: string,
  files: IpsecFacts['files'],
  bytes: string,
  title: string,
  id: (what: string) => string,
): FileStep {
  const edit = editTo(files, STARTER_CONF, bytes)
  if (!edit.ok) throw refuse(`${edit.path} on ${name} ${edit.why}.`)
  const { path, before, after } = edit
  return { kind: 'file', id: id('include'), title, timeoutS: 20, path, before, after, undo: { copy: true } }
}

/** The proofs that the host is prepared. */
export function starterChecks(hostId: string, id: (what: string) => string): HostCheck[] {
  const must = { hostId, weight: 'must', timeoutS: 10 } as const
  return [
    {
      ...must,
      id: id('runs'),
      title: 'strongSwan (ipsec.conf) runs',
      read: { command: ['ipsec', 'status'] },
      expect: { includes: 'Security Associations' },
    },
    {
      ...must,
      id: id('included'),
      title: `${STARTER_CONF} includes the files of meshes`,
      read: { file: STARTER_CONF },
      expect: { includes: INCLUDE },
    },
    {
      ...must,
      id: id('key'),
      title: `${STARTER_PUBLIC} holds the public half of the host's key`,
      read: { file: STARTER_PUBLIC },
      expect: { includes: '-----BEGIN PUBLIC KEY-----' },
    },
  ]
}
