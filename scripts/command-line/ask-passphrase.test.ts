import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'

const hasScript = spawnSync('script', ['--version']).error === undefined

/** Asks on a terminal of its own, where somebody answers as soon as he is asked; all that the terminal showed. */
async function onTerminal(answers: readonly string[], twice: boolean): Promise<string> {
  const code = `import('${import.meta.dirname}/ask-passphrase.ts').then((m) => m.askPassphrase(undefined, ${twice}))
    .then((word) => console.log('length ' + word.length), (error) => console.log('refused: ' + error.userMessage))`
  const command = `${process.execPath} --import tsx --input-type=module -e "$CODE"`
  const terminal = spawn('script', ['-qec', command, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, CODE: code, VITEST: '' },
  })
  const left = [...answers]
  let shown = ''
  terminal.stdout.on('data', (chunk) => {
    shown += chunk
    if (/: $/.test(shown) && left.length > 0) terminal.stdin.write(`${left.shift()}\r`)
  })
  await once(terminal, 'close')
  return shown
}

it.skipIf(!hasScript)('asks on the terminal, twice where it is new, and shows nothing of the answer', async () => {
  const once = await onTerminal(['a word of some length'], false)
  expect(once).toMatch(/^Passphrase of the key file: \r\nlength 21\r\n$/)
  const same = await onTerminal(['one more', 'one more'], true)
  expect(same).toMatch(/^Passphrase of the key file: \r\nThe same again: \r\nlength 8\r\n$/)
  expect(await onTerminal(['one', 'two'], true)).toMatch(/refused: The two are not the same/)
  expect(await onTerminal(['onx\u007fe'], false)).toMatch(/length 3/)
  expect(await onTerminal(['\u0003'], false)).toMatch(/refused: Nothing was done/)
})
