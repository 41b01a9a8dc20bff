import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { endCommandScript } from './end-command'
import { skipReason } from './testing/skip-reason'

const shells: readonly (readonly [string, ...string[]])[] = [['dash'], ['busybox', 'ash'], ['bash'], ['posh']]
const installed = shells.filter(([program]) => spawnSync(program, ['-c', ':']).error === undefined)

// A process namespace of its own: whatever the script signals, nothing else on this machine can be meant.
const namespace = ['--pid', '--fork', '--mount-proc', '--kill-child']
const canUnshare = spawnSync('unshare', [...namespace, 'true']).status === 0

describe
  .skipIf(skipReason(canUnshare ? null : 'a process namespace of its own needs root and unshare'))
  .each(installed.map((shell) => [shell.join(' '), shell] as const))('endCommandScript in %s', (_name, shell) => {
  // A command (a shell and its sleep), a bystander, and the script on standard input of the shell.
  it.each([
    ['a group of its own', 'setsid'],
    ['the group of the connection', ''],
  ])('ends all of a command in %s and nothing else', (_group, setsid) => {
    const sh = `
      mkfifo "$1/up"; ${setsid} sh -c 'sleep 1000 & echo $$ > "$1"; wait' sh "$1/up" & read -r pid < "$1/up"
      sleep 2000 & bystander=$!
      sed "s/4242/$pid/g" | ${shell.join(' ')}
      while ps -eo args= | grep -q '^sleep 1000'; do sleep 0.05; done
      ps -eo args= | grep '^sleep'; kill "$bystander"; rm "$1/up"`
    const dir = spawnSync('mktemp', ['-d'], { encoding: 'utf8' }).stdout.trim()
    const done = spawnSync('unshare', [...namespace, 'bash', '-c', sh, 'bash', dir], {
      input: endCommandScript(4242),
      encoding: 'utf8',
      timeout: 15_000,
    })
    spawnSync('rmdir', [dir])
    expect(done.stdout).toBe('sleep 2000\n')
  })
})
