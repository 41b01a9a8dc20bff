import { type Argv, type FileStep, managerOf, type RunStep, shadowFolder } from '@/lib/agent'
import { editTo, type FileEdit, fileAt } from '@/lib/agent/config-file'
import { splitFolder } from '../server/folder'
import type { ResolvedServer } from '../server/resolve-server'
import { restart } from '../server/restart-script'
import { questionOf, sqlValue } from '../server/root-client'
import { isAtLeast } from '../version'
import type { Wished } from './wished'

type GoodEdit = Extract<FileEdit, { ok: true }>

/** Seconds that a start gets where systemd says no other: crash recovery of a large log takes its time. */
const START_S = 300
/** What a server writes while it starts: kept free, so that a full disk does not keep the old one from coming back. */
const START_ROOM_KIB = 20_480

/** The server's own program reads the new file alone, before it is written: names and values. */
export function validateStep(server: ResolvedServer, file: FileStep): RunStep {
  const name = splitFolder(file.path).name
  return {
    kind: 'run',
    id: 'validate',
    title: 'Let the server’s own program read the new file before it is written',
    timeoutS: 60,
    run: ['sh', '-c', VALIDATE, 'pollux', server.binary, modeOf(server), `${shadowFolder}`, name],
    shadow: [file.path],
    ...(file.activate ? { undoRoomKib: START_ROOM_KIB } : {}),
    undo: { nothing: 'It only reads.' },
  }
}

/** The same with all option files as they stand then: where no restart follows, the next one must not fail. */
export function wholeChainStep(server: ResolvedServer): RunStep {
  return {
    kind: 'run',
    id: 'validate-all',
    title: 'Let it read all option files together, as the next start will',
    timeoutS: 60,
    run: ['sh', '-c', VALIDATE, 'pollux', server.binary, modeOf(server), '', ''],
    undo: { nothing: 'It only reads.' },
  }
}

// Words: the program, how it checks, and a folder with a file in it; without these it reads what it always reads. The
// lists that `--help` prints are not shown, what it complains of is.
const VALIDATE = `program=$1; mode=$2; folder=$3; name=$4
set -- ; [ -z "$name" ] || set -- "--defaults-file=$folder/$name"
case $mode in config) set -- "$@" --validate-config --user=mysql ;; *) set -- "$@" --help --verbose --user=mysql ;; esac
said=$("$program" "$@" 2>&1 >/dev/null); code=$?
printf '%s\\n' "$said" | grep -iE 'error|unknown|warning|adjusted|removed|deprecated' | tail -n 20
# An option of a plugin that it cannot read switches the plugin off, and the program ends well all the same.
case $said in *'[ERROR]'*) exit 1 ;; esac
exit "$code"
`

/** MySQL 8.0.16 has an option for it; before, and in MariaDB, the list of options is printed after all were read. */
function modeOf({ version }: ResolvedServer): 'config' | 'help' {
  return version.flavour === 'mysql' && isAtLeast(version, 8, 0, 16) ? 'config' : 'help'
}

/** Writes Pollux's option file; where asked for, the server is restarted with it, and with the old one when it is taken back. */
export function fileStep(server: ResolvedServer, edit: GoodEdit, restarts: boolean): FileStep {
  const { path, before, after } = edit
  const managedBy = before && managerOf(before.bytes)
  return {
    kind: 'file',
    id: 'options',
    title: restarts ? 'Write the option file and restart the server' : 'Write the option file',
    timeoutS: 60,
    path,
    before,
    after,
    ...(restarts && server.service
      ? {
          activate: restart(server.service, server.client, { startS: START_S, log: server.errorLog }),
        }
      : {}),
    ...(managedBy ? { managedBy } : {}),
    undo: { copy: true },
  }
}

/** Sets what a running server takes. At boot its undo is left out: a server that starts reads its files. */
export function liveStep(server: ResolvedServer, wished: readonly Wished[]): RunStep {
  const set = (pick: (one: Wished) => string | null) =>
    wished.flatMap((one) => {
      const value = pick(one)
      return value === null ? [] : [`SET GLOBAL ${one.name} = ${sqlValue(value)};\n`]
    })
  return {
    kind: 'run',
    id: 'live',
    title: wished.length === 1 ? `Set ${wished[0]?.name} in the running server` : `Set ${wished.length} values at once`,
    timeoutS: 120,
    run: server.client,
    input: set(({ shown }) => shown).join(''),
    // A pool that is being resized lets nobody set it before that is done.
    undo: { run: [...server.client, '--force'], input: set(({ now }) => now).join(''), timeoutS: 900 },
    isUndone: isSetTo(server, wished),
    notAtBoot: true,
  }
}

// Words: the client with its options and a question, and then what must be answered.
const ANSWERS = `want=$1; shift; [ "$("$@")" = "$want" ]`

function isSetTo(server: ResolvedServer, wished: readonly Wished[]): Argv {
  const known = wished.filter(({ now }) => now !== null).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const names = known.map(({ name }) => `'${name}'`).join(', ')
  const question = `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${names})`
  const want = known.map(({ name, now }) => `${name}\t${now}`).join('\n')
  return ['sh', '-c', ANSWERS, 'pollux', want, ...questionOf(server.client, question)]
}

const TMPDIR_FITS = `path=$1; user=$2
[ -d "$path" ] || { echo "$path is not there."; exit 1; }
if command -v runuser >/dev/null; then runuser -u "$user" -- test -w "$path" -a -x "$path" && exit 0
elif su -s /bin/sh "$user" -c 'test -w "$0" -a -x "$0"' "$path"; then exit 0; fi
echo "$user may not write into $path: $(stat -c '%U:%G %a' "$path")."; exit 1
`

/** The server does not start where its account may not write its temporary files: seen before anything is written. */
export function tmpdirFitsStep(server: ResolvedServer, path: string): RunStep {
  return {
    kind: 'run',
    id: 'tmpdir-fits',
    title: `See that the server may write into ${path}`,
    timeoutS: 20,
    run: ['sh', '-c', TMPDIR_FITS, 'pollux', path, server.unit?.user || 'mysql'],
    undo: { nothing: 'It only looks.' },
  }
}

const MAKE = `path=$1; user=$2
if [ -d "$path" ]; then
  [ "$(stat -c %U "$path")" = "$user" ] || { echo "$path is there and belongs to $(stat -c %U "$path"), not to $user."; exit 1; }
  case $(stat -c %a "$path") in *7?? | 7??) ;; *) echo "$path is there and $user may not write into it."; exit 1 ;; esac
  exit 0
fi
[ ! -e "$path" ] || { echo "$path is there and is no folder."; exit 1; }
mkdir "$path" && : >"$path/$3" && chown "$user" "$path" && chgrp "$user" "$path" && chmod 700 "$path"
`
// Only what the change made goes: its mark lies in it. What the server left there goes with it, it is of no use to anybody.
const UNMAKE = `path=$1; [ -e "$path/$2" ] || exit 0; rm -f "$path/$2"; rmdir "$path" || { : >"$path/$2"; ls -A "$path"; exit 1; }`
const MARK = '.made-by-pollux'

/** The folder for temporary files: the server's alone. One that is there must be fit for it. */
export function makeTmpdirStep(server: Pick<ResolvedServer, 'unit'>, path: string): RunStep {
  const user = server.unit?.user || 'mysql'
  return {
    kind: 'run',
    id: 'tmpdir',
    title: `Make ${path} for ${user} alone (mode 0700)`,
    timeoutS: 20,
    run: ['sh', '-c', MAKE, 'pollux', path, user, MARK],
    undo: { run: ['sh', '-c', UNMAKE, 'pollux', path, MARK], timeoutS: 20 },
    isUndone: ['sh', '-c', '[ ! -e "$1/$2" ]', 'pollux', path, MARK],
    isStanding: ['sh', '-c', '[ -d "$1" ]', 'pollux', path],
  }
}

/** A profile of AppArmor that is enforced lets the server write nowhere else: its local part gets the folder. */
export function appArmorStep({ facts }: ResolvedServer, path: string): FileStep[] {
  const profile = facts.appArmor?.find(
    ({ name, mode }) => mode === 'enforce' && /(?:^|\/)(?:mysqld|mariadbd)$/.test(name),
  )
  if (!profile) return []
  const main = Object.keys(facts.files).find((file) => /^\/etc\/apparmor\.d\/[^/]*(?:mysqld|mariadbd)$/.test(file))
  if (!main) return []
  const local = main.replace('/etc/apparmor.d/', '/etc/apparmor.d/local/')
  const found = fileAt(facts.files, local)
  const rules = `${path}/ rw,\n${path}/** rwk,\n`
  const before = found.state === 'there' ? found.bytes : ''
  if (before.includes(rules)) return []
  const edit = editTo(facts.files, local, `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${rules}`)
  if (!edit.ok) return []
  return [
    {
      kind: 'file',
      id: 'apparmor',
      title: 'Let AppArmor allow the folder',
      timeoutS: 60,
      path: edit.path,
      before: edit.before,
      after: edit.after,
      activate: { run: ['apparmor_parser', '-r', main], timeoutS: 60 },
      undo: { copy: true },
    },
  ]
}
