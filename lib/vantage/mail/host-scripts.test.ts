import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { hostPath } from '@/lib/facts/prologue'
import { localSession, shells } from '@/lib/facts/testing/local-session'
import { bouncesScript, logScript, queueScript, removeScript, seenFromScript, socketsScript } from './host-scripts'

const odd = "<pollux.1@o'brien.example>; $(touch /nowhere) `x` \\ *"
const scripts = {
  seenFrom: seenFromScript,
  // Fewer lines than are known cannot be there: it does not wait.
  log: logScript([`message-id=${odd}`, '4XkWpR1tqJz2: '], -1, "/etc/post fix's"),
  bounces: bouncesScript(null),
  queue: queueScript("o'brien@[192.0.2.1]", "/etc/post fix's"),
  remove: removeScript(['4XkWpR1tqJz2', '5A1B2C3D4E'], odd, null),
}

function isMissing(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`])
    return false
  } catch {
    return true
  }
}

describe.each(Object.entries(shells))('the scripts under %s', (_name, argv) => {
  const none = isMissing(argv[0])
  const run = (sh: string, onStdout: (chunk: Buffer) => void, signal: AbortSignal) =>
    localSession(argv).script(sh, { timeoutMs: 15_000, maxBytes: 100_000, privileged: true, onStdout, signal })

  it.skipIf(none).each(Object.entries(scripts))('%s says nothing of what is not there', async (name, sh) => {
    const ran = await run(sh, () => {}, new AbortController().signal)
    expect([ran.exitCode, String(ran.stderr), String(ran.stdout).trim()]).toEqual([
      0,
      '',
      name === 'seenFrom' ? expect.any(String) : '',
    ])
  })

  it.skipIf(none)('sockets shows the table, is ready, and ends when it is told to', async () => {
    const ending = new AbortController()
    let said = ''
    const ran = await run(
      socketsScript,
      (chunk) => {
        said += chunk
        if (/^ready$/m.test(said)) ending.abort()
      },
      ending.signal,
    )
    expect([ran.canceled, String(ran.stderr)]).toEqual([true, ''])
  })
})

describe('the scripts', () => {
  const dir = mkdtempSync(join(tmpdir(), 'pollux-scripts-'))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  it.skipIf(isMissing('checkbashisms'))('are clean to checkbashisms', () => {
    const file = join(dir, 'all.sh')
    writeFileSync(file, `#!/bin/sh\n${[...Object.values(scripts), socketsScript].join('\n')}`)
    expect(() => execFileSync('checkbashisms', ['-x', file], { stdio: 'pipe' })).not.toThrow()
  })

  it('read a journal from where Postfix read its files last, however long ago that is', () => {
    const master = `1700000200.5 oak postfix/master[7]: reload -- version 3.10.13, configuration /etc/postfix
1700000150.1 oak postfix/master[7]: warning: process /usr/lib/postfix/sbin/smtp pid 9 exit status 1
1700000100.2 oak postfix/master[7]: daemon started -- version 3.10.13, configuration /etc/postfix`
    const program = `#!/bin/sh
case " $* " in
  *' SYSLOG_IDENTIFIER=postfix/master '*) cat <<'END'
${master}
END
  ;;
  *) printf '%s\\n' "$@" >'${dir}/words' ;;
esac
`
    writeFileSync(join(dir, 'journalctl'), program, { mode: 0o755 })
    const here = bouncesScript(null).replace(hostPath, `${dir}:${hostPath}`).replaceAll('/var/log/', `${dir}/`)
    execFileSync('sh', ['-c', here])
    expect(readFileSync(join(dir, 'words'), 'utf8').split('\n')).toContain('--since=@1700000200')
  })
})
