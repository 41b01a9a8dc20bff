import type { HostCheck, RunStep } from '@/lib/agent'
import { clientWords, questionOf, serverClient } from '../server/root-client'
import type { Administrator } from './desired'
import { GRANTS_IN_ORDER, type Grant, linesOf } from './grant'
import { LOGIN } from './name'
import { optionValue } from './option-file'
import { accountCommand, PATIENCE_S, type Verb } from './script'
import type { AccountSituation } from './situation'

const TIMEOUT_S = PATIENCE_S + 30
/** A server on a full disk waits until there is room. */
const ROOM_KIB = 20_480

/** What a step is told beside the situation. */
interface Told {
  admin: Administrator | null
  grants: readonly Grant[]
}

/** The administrator as an option file; nothing where there is none, or where the password was forgotten. */
export function adminText(admin: Administrator | null): string {
  if (admin === null || admin.password === '') return ''
  return `[client]\nuser=${optionValue(admin.name)}\npassword=${optionValue(admin.password)}\n`
}

/** The secrets of a wish, as they stand in what the steps are told. */
export function secretsOf(admin: Administrator | null): string[] {
  if (admin === null || admin.password === '') return []
  return [...new Set([admin.password, optionValue(admin.password).slice(1, -1)])]
}

function commandOf({ path, program, socket }: AccountSituation, verb: Verb, { admin, grants }: Told) {
  const [client, , , ...words] = clientWords(program, socket, null)
  return {
    run: accountCommand(verb, {
      file: path,
      grants,
      client: [client, ...words, '--skip-column-names'],
    }),
    input: adminText(admin),
  }
}

/** Sees, before anything is touched, that an administrator is let in and no such account is there. */
export function lookStep(of: AccountSituation, admin: Administrator | null): RunStep {
  return {
    kind: 'run',
    id: 'none-yet',
    title: `See that an administrator is let in, and that there is no account ${LOGIN} yet`,
    timeoutS: 60,
    ...commandOf(of, 'look', { admin, grants: [] }),
    undo: { nothing: 'It only asks.' },
  }
}

/** Makes the account and its file. The file comes last and goes last: while it stands, the account is Pollux's. */
export function makeStep(of: AccountSituation, told: Told): RunStep {
  return {
    kind: 'run',
    id: 'account',
    title: `Make the account ${LOGIN}@localhost, and write its password into ${of.path} (mode 0600)`,
    timeoutS: TIMEOUT_S,
    ...commandOf(of, 'make', told),
    undo: { ...commandOf(of, 'unmake', { ...told, grants: [] }), timeoutS: TIMEOUT_S },
    isUndone: isGone(of),
    isStanding: letsIn(of),
    undoAfterBoot: true,
    undoRoomKib: ROOM_KIB,
  }
}

/** Takes the account away. Taken back, there is one again with these rights and another password. */
export function unmakeStep(of: AccountSituation, told: Told): RunStep {
  return {
    kind: 'run',
    id: 'account',
    title: `Drop the account ${LOGIN}@localhost, and remove ${of.path}`,
    timeoutS: TIMEOUT_S,
    ...commandOf(of, 'unmake', { ...told, grants: [] }),
    undo: { ...commandOf(of, 'make', told), timeoutS: TIMEOUT_S },
    isUndone: letsIn(of),
    isStanding: isGone(of),
    undoAfterBoot: true,
    undoRoomKib: ROOM_KIB,
  }
}

/** Gives an account that is there these rights and no others. */
export function changeStep(
  of: AccountSituation,
  admin: Administrator | null,
  to: readonly Grant[],
  from: readonly Grant[],
): RunStep {
  return {
    kind: 'run',
    id: 'rights',
    title: `Give the account ${LOGIN}@localhost its rights, and no others`,
    timeoutS: TIMEOUT_S,
    ...commandOf(of, 'change', { admin, grants: to }),
    undo: { ...commandOf(of, 'change', { admin, grants: from }), timeoutS: TIMEOUT_S },
    isUndone: hasGrants(of, from),
    isStanding: hasGrants(of, to),
    undoAfterBoot: true,
    undoRoomKib: ROOM_KIB,
  }
}

/** Lets nobody but root read the file again. */
export function modeStep({ path }: AccountSituation, before: string): RunStep {
  return {
    kind: 'run',
    id: 'mode',
    title: `Let root alone read ${path} again`,
    timeoutS: 10,
    run: ['chmod', '0600', path],
    undo: { run: ['chmod', before, path], timeoutS: 10 },
  }
}

const ANSWERS = `want=$1; shift; seen=$("$@" 2>&1 </dev/null)
[ "$seen" = "$want" ] || { printf '%s\\n' "$seen"; exit 1; }`

function answers(of: AccountSituation, question: string, want: string): RunStep['run'] {
  return ['sh', '-c', ANSWERS, 'pollux', want, ...questionOf(accountClient(of), question)]
}

const WHO = 'SELECT CURRENT_USER()'

function letsIn(of: AccountSituation): RunStep['run'] {
  return answers(of, WHO, `${LOGIN}@localhost`)
}

function hasGrants(of: AccountSituation, grants: readonly Grant[]): RunStep['run'] {
  return answers(of, GRANTS_IN_ORDER, linesOf(grants))
}

/** The file goes only once the account went. */
function isGone({ path }: AccountSituation): RunStep['run'] {
  return ['sh', '-c', '[ ! -e "$1" ]', 'pollux', path]
}

function accountClient({ program, socket, path }: AccountSituation) {
  return serverClient(program, socket, path)
}

/** One that is not let in has all taken back: to a check that cannot be read that would be unknown. */
export function proveStep(of: AccountSituation, grants: readonly Grant[]): RunStep {
  return {
    kind: 'run',
    id: 'proof',
    title: `See that the server lets ${LOGIN}@localhost in, with its rights and no others`,
    timeoutS: 60,
    run: hasGrants(of, grants),
    proves: true,
    undo: { nothing: 'It only asks.' },
  }
}

/** What is proved by the account itself once it stands. */
export function accountChecks(of: AccountSituation, grants: readonly Grant[]): HostCheck[] {
  const { hostId, path } = of
  const must = { hostId, weight: 'must', timeoutS: 20 } as const
  return [
    {
      ...must,
      id: 'lets-in',
      title: `The server lets in ${LOGIN}@localhost by ${path}`,
      read: { command: questionOf(accountClient(of), WHO) },
      expect: { equals: `${LOGIN}@localhost` },
    },
    {
      ...must,
      id: 'rights',
      title: 'It has the rights that were asked for, and no others',
      read: { command: questionOf(accountClient(of), GRANTS_IN_ORDER) },
      expect: { equals: linesOf(grants) },
    },
    {
      ...must,
      id: 'file',
      title: `Root alone may read ${path}`,
      read: { command: ['stat', '-c', '%U %a %F', path] },
      expect: { equals: 'root 600 regular file' },
    },
  ]
}

/** What is proved once it was taken away: the file goes only after the account. */
export function goneCheck({ hostId, path }: AccountSituation): HostCheck {
  return {
    id: 'gone',
    hostId,
    title: `${path} is gone, and the account before it`,
    weight: 'must',
    timeoutS: 10,
    read: { file: path },
    expect: { absent: true },
  }
}
