import { hostExec, labHosts } from '@/e2e/lab/lab'
import type { ScriptOptions, SshPool, SshTarget } from '@/lib/ssh/types'

/** Where a change is stopped: the moment, and the host on which it is stopped there. */
export interface Hold {
  host: string
  moment: string
}

/** The pool as the engine gets it, and the switches beside it. */
export interface Instrumented {
  pool: SshPool
  /** Tells which change (its folder on hosts) is held where, and whether its undo does nothing. */
  arm(directory: string, hold: Hold | null, undoDisabled: boolean): void
  /** Lets the dashboard go on that holds before the upload or before the start. */
  goOn(): void
}

const isUpload = (sh: string) => sh.startsWith('upload() {')
const isStart = (sh: string) => sh.includes('\nstart_change || ')

/**
 * A pool that stops a change at an exact moment: before the upload and before the start by waiting here, everywhere
 * else by a shell on the host that stops itself (SIGSTOP) there, which needs no sleeping and no luck.
 */
export function instrumented(pool: SshPool, onHeld: () => void): Instrumented {
  let armed: { directory: string; hold: Hold | null; undoDisabled: boolean } | null = null
  let goOn = () => {}

  async function holdHere(): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      goOn = resolve
    })
    onHeld()
    await gone
  }

  /** Whether this is the moment that is waited for; a moment comes once. */
  function takes(moment: string, target: SshTarget): boolean {
    if (armed?.hold?.moment !== moment || armed.hold.host !== target.name) return false
    armed = { ...armed, hold: null }
    return true
  }

  async function script(target: SshTarget, sh: string, options?: ScriptOptions) {
    if (!armed || !sh.includes(armed.directory)) return pool.script(target, sh, options)
    if (isUpload(sh)) {
      if (takes('approved', target)) await holdHere()
      return pool.script(target, takes('uploading', target) ? stoppingUpload(sh) : sh, options)
    }
    if (isStart(sh)) {
      if (takes('uploaded', target)) await holdHere()
      const moment = armed.hold?.host === target.name ? armed.hold.moment : null
      // Where nothing is to stop, nothing is rewritten: a disk may be full by now.
      if (moment !== null || armed.undoDisabled)
        await instrumentHost(target, armed.directory, moment, armed.undoDisabled)
      if (moment !== null) armed = { ...armed, hold: null }
    }
    return pool.script(target, sh, options)
  }

  return {
    pool: { ...pool, script },
    arm: (directory, hold, undoDisabled) => {
      armed = { directory, hold, undoDisabled }
    },
    goOn: () => goOn(),
  }
}

/** Where the moment is named: in memory, so that no power cut brings it back. */
const stops = '/run/pollux-faults'

const stopHere = 'printf "%s\\n" "$$" > "$D/held.new" && mv "$D/held.new" "$D/held" && kill -s STOP "$$"'

/** Stops in the middle: the change's own files are there, nothing is staged yet. */
function stoppingUpload(sh: string): string {
  const at = sh.indexOf('touch "$D/journal" ')
  if (at < 0) throw new Error('expected an upload that makes a journal')
  return `${sh.slice(0, at)}${stopHere}\n${sh.slice(at)}`
}

/**
 * Rewrites what was uploaded, out of band and before its start: each of the words that a change tells (`say`), each
 * command and each rename becomes a place to stop. What the functions do stays as it is.
 */
async function instrumentHost(target: SshTarget, directory: string, moment: string | null, undoDisabled: boolean) {
  const lab = labHosts().find((host) => host.address === target.address)
  if (!lab) throw new Error(`expected a host of the lab at ${target.address}`)
  const done = await hostExec(lab.name, ['sh'], { input: rewriting(directory, moment, undoDisabled) })
  if (done.code !== 0) throw new Error(`expected to instrument ${lab.name}, got ${done.stderr}`)
}

function rewriting(directory: string, moment: string | null, undoDisabled: boolean): string {
  return `set -e; umask 077; D=${directory}
{
  sed -e 's/^say() {/say_plain() {/' -e 's/^told() {/told_plain() {/' -e 's/^mark() {/mark_plain() {/' \\
    -e 's/^confirm() {/confirm_plain() {/' -e 's/^loose() {/loose_plain() {/' "$D/common"
  cat <<'HOOKS'
stop_at() { [ -e "${stops}/$1" ] && command mv "${stops}/$1" "${stops}/taken" || return 0; echo "$$" > "$D/held.new"; command mv "$D/held.new" "$D/held"; kill -s STOP "$$"; }
say() { say_plain "$@"; stop_at "$1.$2"; }
told() { told_plain "$@"; told_hooked=$?; stop_at "middle.$1"; return "$told_hooked"; }
mv() { command mv "$@" || return; wrote "$@"; }
rm() { command rm "$@" || return; wrote "$@"; }
wrote() { for wrote; do :; done; case $wrote in "$D"* | "$ROOT"*) ;; *) stop_at "middle.\${n-}" ;; esac; }
mark() { mark_plain "$@" || return 1; [ "$1" = armed ] || stop_at "marked.$1"; }
loose() { stop_at marked.armed; loose_plain "$@"; }
confirm() { confirm_plain || return 1; stop_at marked.confirmed; }
HOOKS
} > "$D/common.new"
mv "$D/common.new" "$D/common"
${undoDisabled ? `printf '%s\\n' 'undo_all() { say undo - "$1"; ending reverted; }' >> "$D/steps"` : ':'}
rm -rf ${stops}; mkdir ${stops}
${moment === null ? ':' : `: > ${stops}/${moment}`}
# No more than this: what else a power cut may take is the change's own care.
sync "$D/common" "$D/steps" "$D"
`
}
