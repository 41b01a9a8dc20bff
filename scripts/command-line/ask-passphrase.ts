import { readFileSync } from 'node:fs'
import { AppError } from '@/lib/errors'

/**
 * The passphrase of a key file: the first line of `file` (also /dev/stdin, or /dev/fd/3), else asked for on the terminal,
 * without showing it; never a word of the command line, which others on the machine can read. `twice` asks again and
 * compares. Throws AppError `invalid` where there is neither file nor terminal.
 */
export async function askPassphrase(file: string | undefined, twice: boolean): Promise<string> {
  if (file !== undefined) return readFileSync(file, 'utf8').split(/\r?\n/)[0] ?? ''
  if (!process.stdin.isTTY)
    refuse('There is no terminal to ask for the passphrase. Name a file: --passphrase-file FILE')
  const lines = readHidden()
  try {
    const first = await lines.ask('Passphrase of the key file: ')
    if (twice && first !== (await lines.ask('The same again: ')))
      refuse('The two are not the same. Nothing was written.')
    return first
  } finally {
    lines.end()
  }
}

/** Lines from the terminal that does not show them: from before the first question on, for some type ahead. */
function readHidden() {
  const { stdin, stderr } = process
  let typed = ''
  const done: string[] = []
  let answer: { resolve(line: string): void; reject(error: Error): void } | null = null
  const take = (chunk: Buffer) => {
    for (const letter of chunk.toString('utf8')) {
      if (letter === '\u0003' || letter === '\u0004')
        answer?.reject(new AppError('invalid', 'ended by a key', { userMessage: 'Nothing was done.' }))
      else if (letter === '\r' || letter === '\n') {
        done.push(typed)
        typed = ''
      } else if (letter === '\u007f' || letter === '\b') typed = [...typed].slice(0, -1).join('')
      else typed += letter
    }
    hand()
  }
  const hand = () => {
    const line = answer && done.shift()
    if (line === undefined || line === null) return
    stderr.write('\n')
    answer?.resolve(line)
    answer = null
  }
  stdin.setRawMode(true)
  stdin.on('data', take)
  return {
    ask: (question: string) =>
      new Promise<string>((resolve, reject) => {
        stderr.write(question)
        answer = { resolve, reject }
        hand()
      }),
    end() {
      stdin.off('data', take)
      stdin.setRawMode(false)
      stdin.pause()
    },
  }
}

function refuse(sentence: string): never {
  throw new AppError('invalid', 'expected a passphrase', { userMessage: sentence })
}
