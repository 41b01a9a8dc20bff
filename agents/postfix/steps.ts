import { type Argv, type FileStep, managerOf, type RunStep, refuse, type Step, shadowFolder } from '@/lib/agent'
import { editTo, type FileEdit } from '@/lib/agent/config-file'
import type { Instance, PostfixFacts } from './facts'
import { mainPath, masterPath, NONLOCAL_PATH, nonlocalKnob } from './paths'
import { isAtLeast } from './version'

type GoodEdit = Extract<FileEdit, { ok: true }>

/** What Postfix writes when it starts: Debian's script copies all certificates into the chroot. */
const START_ROOM_KIB = 4096

/** What Postfix must do for the new files to count. */
export type Activation = 'restart' | 'reload' | 'none'

/** The edits that make these files as wished; those that are as wished already are left out. Throws `invalid`. */
export function editsOf(facts: PostfixFacts, hostName: string, wished: ReadonlyMap<string, string | null>): GoodEdit[] {
  return [...wished].flatMap(([path, bytes]) => {
    const isOwnFolder = /\.service\.d\//.test(path)
    const edit = editTo(facts.files, path, bytes, { makesFolder: isOwnFolder })
    if (!edit.ok) throw refuse(`${path} on ${hostName} ${edit.why}.`)
    return edit.before?.bytes === edit.after?.bytes ? [] : [edit]
  })
}

/** What has to be done for these edits to count, of what listens before and after. */
export function activationOf(
  instance: Instance,
  edits: readonly GoodEdit[],
  isListeningOtherwise: boolean,
): Activation {
  if (isListeningOtherwise) return 'restart'
  const isOwn = edits.some(({ path }) => path.startsWith(`${instance.directory}/`))
  return isOwn ? 'reload' : 'none'
}

/**
 * All steps on the host, in order. Postfix reads its files anew as the last of them; taken back, it does so once
 * everything is as before: the step for that comes first and does nothing by itself.
 */
export function stepsOf(
  facts: PostfixFacts,
  instance: Instance,
  edits: readonly GoodEdit[],
  activation: Activation,
): Step[] {
  const restart = activation === 'none' ? null : serviceStep(facts, instance, activation)
  return [
    ...lintSteps(facts, instance, edits),
    ...(restart ? [restart.first] : []),
    ...edits.map((edit, at) => fileStep(edit, at)),
    ...knobSteps(facts, edits),
    ...(restart ? [restart.last] : []),
  ]
}

/** postconf(1) reads all of both files, as they will stand, before the first is written. */
function lintSteps(facts: PostfixFacts, instance: Instance, edits: readonly GoodEdit[]): RunStep[] {
  const paths = [mainPath(instance), masterPath(instance)]
  if (!edits.some(({ path }) => paths.includes(path))) return []
  // The form service/type came with 2.11; -M itself with 2.9.
  const what = isAtLeast(facts.version, '2.11')
    ? ['-M', 'smtp/unix']
    : isAtLeast(facts.version, '2.9')
      ? ['-M']
      : ['-h', 'myhostname']
  return [
    {
      kind: 'run',
      id: 'lint',
      title: 'Let Postfix read the new files before they are written',
      timeoutS: 20,
      run: ['postconf', '-c', shadowFolder, ...what],
      shadow: paths,
      undo: { nothing: 'It only reads.' },
    },
  ]
}

function serviceStep(
  facts: PostfixFacts,
  instance: Instance,
  activation: 'restart' | 'reload',
): { first: RunStep; last: RunStep } {
  const run = serviceArgv(facts, instance, activation)
  const nothing: Argv = ['postconf', '-c', instance.directory, '-h', 'mail_version']
  const timeoutS = 90
  const isUndone: Argv | undefined =
    instance.unit !== null
      ? ['systemctl', 'is-active', '--quiet', instance.unit]
      : isAtLeast(facts.version, '2.5')
        ? ['postfix', '-c', instance.directory, 'status']
        : undefined
  const proof = { undoRoomKib: START_ROOM_KIB, ...(isUndone ? { isUndone } : {}) }
  const verb = activation === 'restart' ? 'Restart' : 'Reload'
  return {
    first: {
      kind: 'run',
      id: 'again',
      title: `Keep ready: ${verb.toLowerCase()} Postfix once all is as before, should this be taken back`,
      timeoutS,
      run: nothing,
      notAtBoot: true,
      ...proof,
      undo: { run, timeoutS },
    },
    last: {
      kind: 'run',
      id: activation,
      title: `${verb} Postfix`,
      timeoutS,
      run,
      notAtBoot: true,
      ...proof,
      undo: { run: nothing, timeoutS },
    },
  }
}

function serviceArgv({ init }: PostfixFacts, { unit }: Instance, verb: 'restart' | 'reload'): Argv {
  if (init === 'systemd' && unit !== null) return ['systemctl', verb, unit]
  return ['/etc/init.d/postfix', verb]
}

function fileStep({ path, before, after, makesFolder }: GoodEdit, at: number): FileStep {
  const managedBy = managerOf(before?.bytes ?? '')
  const title = after === null ? `Remove ${path}` : before === null ? `Write ${path}` : `Edit ${path}`
  const isUnit = /\.service\.d\//.test(path)
  return {
    kind: 'file',
    id: `file.${at + 1}`,
    title,
    timeoutS: 20,
    path,
    before,
    after,
    ...(makesFolder || isUnit ? { makesFolder: true } : {}),
    ...(isUnit ? { activate: { run: ['systemctl', 'daemon-reload'], timeoutS: 30 } } : {}),
    ...(managedBy === null ? {} : { managedBy }),
    undo: { copy: true },
  }
}

/** The kernel's knobs say at once what the file has them say at every boot. */
function knobSteps(facts: PostfixFacts, edits: readonly GoodEdit[]): Step[] {
  const edit = edits.find(({ path }) => path === NONLOCAL_PATH)
  if (!edit) return []
  const wanted = edit.after === null ? '0' : '1'
  return ([4, 6] as const).flatMap((family): Step[] => {
    const is = facts.nonlocalBind[family]
    const before = is === true ? '1' : '0'
    if (is === null || before === wanted) return []
    const path = nonlocalKnob(family)
    return [
      {
        kind: 'knob',
        id: `nonlocal.${family}`,
        title: `${wanted === '1' ? 'Let' : 'No longer let'} programs bind IPv${family} addresses that are not there yet`,
        timeoutS: 10,
        path,
        value: wanted,
        before,
        undo: { knob: path, value: before },
      },
    ]
  })
}
