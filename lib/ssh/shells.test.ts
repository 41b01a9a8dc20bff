import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { commandFor } from './command-line'

const shells: readonly (readonly [string, ...string[]])[] = [['dash'], ['busybox', 'ash'], ['bash'], ['posh']]
const installed = shells.filter(([program]) => spawnSync(program, ['-c', ':']).error === undefined)

describe.each(installed.map((shell) => [shell.join(' '), shell] as const))(
  'a script in %s',
  (_name, [program, ...flags]) => {
    const sh = 'printf one; cat; printf two\nif true; then\n  cat <<END\nthree\nEND\nfi\nexit 5'
    const { body, nonce } = commandFor({ kind: 'script', sh }, null)

    it('runs to its own exit and reads nothing of itself', () => {
      const done = spawnSync(program, flags, { input: body })
      expect([done.stdout.toString(), done.stderr.toString(), done.status]).toEqual([
        `${nonce} ${done.pid}\nonetwothree\n`,
        '',
        5,
      ])
    })

    it('runs nothing at all when it is cut off anywhere', () => {
      for (let length = body.indexOf('{'); length < body.lastIndexOf('}'); length += 1) {
        const done = spawnSync(program, flags, { input: body.subarray(0, length) })
        expect([length, done.stdout.toString().replace(`${nonce} ${done.pid}\n`, '')]).toEqual([length, ''])
      }
    })
  },
)
