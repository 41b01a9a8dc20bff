import type { Argv } from '@/lib/agent'

/**
 * What the steps' programs share. bconsole ends with 0 also where the director refused, so each program judges the answer.
 * Behind each line stands a full stop: it ends whatever the director may ask back, so that no later line can be taken as
 * an answer (a volume once was labelled "quit" so). All that is not fixed comes as an argument and stays data: $1 is the
 * console's file.
 */
const head = `set -u
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin:/opt/bacula/bin; export PATH
LC_ALL=C; export LC_ALL
conf=$1; shift
lines() { for line do printf '%s\\n.\\n' "$line"; done; printf 'quit\\n'; }
ask() {
  if command -v timeout >/dev/null 2>&1; then lines "$@" | timeout 40 bconsole -n -c "$conf" 2>&1
  else lines "$@" | bconsole -n -c "$conf" 2>&1; fi
}
greeted() {
  case $1 in *'1000 OK:'*) return 0;; esac
  printf '%s\\n' "$1" 'The director did not let the console in.' >&2; exit 1
}
answered() { printf '%s\\n' "$1" | sed -e 1,3d -e '/^\\.$/d' -e '/^quit$/d' -e '/^You have messages\\.$/d'; }
`

/** Words: a list's command and a name that must be in it, in pairs. */
const listed = `${head}
while [ $# -gt 1 ]; do
  answer=$(ask "$1"); greeted "$answer"
  printf '%s\\n' "$answer" | grep -F -q -x -e "$2" || { printf 'The director does not list "%s" (%s).\\n' "$2" "$1"; exit 1; }
  printf 'The director lists "%s" (%s).\\n' "$2" "$1"
  shift 2
done`

/** Words: the line, and a pattern (BRE) of a line of the answer that tells that it was done. */
const told = `${head}
answer=$(ask "$1"); greeted "$answer"
answered "$answer"
printf '%s\\n' "$answer" | grep -q -e "$2" || { echo 'The director did not do it.'; exit 1; }`

/** The same to a director that may be starting, as after a boot. */
const toldWhenUp = told.replace(
  head,
  `${head}
n=0
while [ $n -lt 60 ]; do
  case $(ask '.jobs') in *'1000 OK:'*) break;; esac
  n=$((n + 1)); sleep 1
done`,
)

/** Words: the tag, the line. Runs the job unless one of that tag is there, and finds it in the catalog's list. */
const runJob = `${head}
if ask '.api 2' '.status dir running' | grep -F -q -x -e "comment=$1"; then echo 'It runs already.'; exit 0; fi
answer=$(ask "$2"); greeted "$answer"
answered "$answer"
id=$(printf '%s\\n' "$answer" | sed -n 's/^Job queued\\. JobId=\\([1-9][0-9]*\\)$/\\1/p')
[ -n "$id" ] || { echo 'The director did not queue the job.'; exit 1; }
ask "llist jobid=$id" | grep -q -e "^ *[Cc]omment: *$1 *$" || { printf 'Job %s is not in the list of jobs.\\n' "$id"; exit 1; }
printf 'Job %s stands in the list of jobs.\\n' "$id"`

/** The id of the running job whose record has the line $1. */
const findRunning = `find_id() {
  ask '.api 2' '.status dir running' | awk -v want="$1" '/^jobid=/ { id = substr($0, 7) } $0 == want { print id; exit }'
}`

/** Words: the tag. Cancels that job if it runs, and waits until it is gone. */
const cancelTagged = `${head}${findRunning}
greeted "$(ask '.api 2')"
id=$(find_id "comment=$1")
case $id in ''|*[!0-9]*) echo 'It does not run.'; exit 0;; esac
answered "$(ask "cancel jobid=$id yes")"
n=0
while [ $n -lt 40 ]; do
  [ -n "$(find_id "comment=$1")" ] || exit 0
  n=$((n + 1)); sleep 1
done
echo 'It was told to end, and has not yet.'; exit 1`

/** Words: the tag. Nothing of it runs. */
const isTaggedGone = `${head}${findRunning}
greeted "$(ask '.api 2')"
[ -z "$(find_id "comment=$1")" ]`

/** Words: the job's number, its unique name. Cancels it if the director knows both as one. */
const cancelJob = `${head}${findRunning}
greeted "$(ask '.api 2')"
id=$(find_id "job=$2")
if [ -z "$id" ]; then echo 'It does not run any more.'; exit 0; fi
[ "$id" = "$1" ] || { printf 'The director runs it as job %s, not %s.\\n' "$id" "$1"; exit 1; }
answer=$(ask "cancel jobid=$1 yes")
answered "$answer"
printf '%s\\n' "$answer" | grep -q -e "JobId=$1 .*marked to be cancel" -e 'marked to be cancel' || { echo 'The director did not cancel it.'; exit 1; }
n=0
while [ $n -lt 15 ]; do
  [ -n "$(find_id "job=$2")" ] || { echo 'It has ended.'; exit 0; }
  n=$((n + 1)); sleep 1
done
echo 'It is marked, and ends as soon as its client or storage lets go.'`

/** Words: the volume, the wanted field (BRE), what is said where it reads otherwise. */
const volumeIs = `${head}
answer=$(ask "llist volume=\\"$1\\""); greeted "$answer"
printf '%s\\n' "$answer" | grep -i -q -e "^ *volumename: *$1 *$" || { printf 'The catalog has no volume "%s".\\n' "$1"; exit 1; }
printf '%s\\n' "$answer" | grep -i -e '^ *volstatus:' -e '^ *volumename:'
printf '%s\\n' "$answer" | grep -i -q -e "$2" || { printf '%s\\n' "$3"; exit 1; }`

/** Words: the volume, the pool. The catalog has the one in the other. */
const volumeInPool = `${head}
pool_id() { printf '%s\\n' "$1" | sed -n 's/^ *[Pp]ool[Ii]d: *\\([0-9,]*\\) *$/\\1/p' | head -n 1; }
answer=$(ask "llist volume=\\"$1\\""); greeted "$answer"
there=$(ask "llist pool=\\"$2\\"")
printf '%s\\n' "$answer" | grep -i -q -e "^ *volumename: *$1 *$" || { printf 'The catalog has no volume "%s".\\n' "$1"; exit 1; }
[ -n "$(pool_id "$there")" ] && [ "$(pool_id "$answer")" = "$(pool_id "$there")" ] || { printf 'It is not in the pool "%s".\\n' "$2"; exit 1; }
printf 'It is in the pool "%s".\\n' "$2"`

/** Words: the volume. None of that name is there, so that the director asks nothing back. */
const volumeIsNone = `${head}
answer=$(ask "llist volume=\\"$1\\""); greeted "$answer"
if printf '%s\\n' "$answer" | grep -i -q -e "^ *volumename: *$1 *$"; then printf 'There is a volume "%s" already.\\n' "$1"; exit 1; fi
printf 'No volume "%s" is there yet.\\n' "$1"`

/** Words: the job, Enabled=1 or Enabled=0, what is said where it reads otherwise. */
const jobIs = `${head}
answer=$(ask "show job=\\"$1\\""); greeted "$answer"
line=$(printf '%s\\n' "$answer" | grep -F -e "Job: name=$1 " | head -n 1)
printf '%s\\n' "$line"
case " $line " in *" $2 "*) ;; *) printf '%s\\n' "$3"; exit 1;; esac`

/** Waits until the director lets this console in, which a reload takes a moment for. */
const letIn = `${head}
n=0
while [ $n -lt 20 ]; do
  answer=$(ask '.jobs')
  case $answer in *'1000 OK:'*) echo 'The director lets it in.'; exit 0;; esac
  n=$((n + 1)); sleep 1
done
printf '%s\\n' "$answer"; exit 1`

/** Has the director read its configuration anew; $1 is a console that may. A director that does not run reads it at its start. */
const reload = `${head}
answer=$(ask 'reload')
case $answer in *'1000 OK:'*) ;; *) echo 'No director answers: it reads its files when it starts.'; exit 0;; esac
if printf '%s\\n' "$answer" | grep -i -q -e 'please correct' -e 'not reloaded' -e 'error'; then answered "$answer"; exit 1; fi
echo 'The director read its configuration.'`

const programs = {
  listed,
  told,
  toldWhenUp,
  runJob,
  cancelTagged,
  isTaggedGone,
  cancelJob,
  volumeIs,
  volumeInPool,
  volumeIsNone,
  jobIs,
  letIn,
  reload,
} as const

export type ProgramName = keyof typeof programs

/** One of these programs as a command of its own, where a step takes no input. */
export function program(name: ProgramName, conf: string, ...words: readonly string[]): Argv {
  return ['sh', '-c', programs[name], 'pollux', conf, ...words]
}

/** The same with the program on standard input, so that a plan shows the words alone: nothing in them reads that. */
export function fed(name: ProgramName, conf: string, ...words: readonly string[]): { run: Argv; input: string } {
  return { run: ['sh', '-s', conf, ...words], input: `${programs[name]}\n` }
}

/** A name as part of a basic regular expression: of its signs only the full stop means more than itself. */
export function inPattern(name: string): string {
  return name.replaceAll('.', '\\.')
}
