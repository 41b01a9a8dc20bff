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
  const first = await askHidden('Passphrase of the key file: ')
  if (twice && first !== (await askHidden('The same again: '))) refuse('The two are not the same. Nothing was written.')
  return first
}

function askHidden(question: string): Promise<string> {
  const { stdin, stderr } = process
  return new Promise((resolve, reject) => {
    let typed = ''
    const end = (how: () => void) => {
      stdin.off('data', take)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
      how()
    }
    const take = (chunk: Buffer) => {
      for (const letter of chunk.toString('utf8')) {
        if (letter === '\r' || letter === '\n') return end(() => resolve(typed))
        if (letter === '\u0003' || letter === '\u0004')
          return end(() => reject(new AppError('invalid', 'ended by a key', { userMessage: 'Nothing was done.' })))
        if (letter === '\u007f' || letter === '\b') typed = [...typed].slice(0, -1).join('')
        else typed += letter
      }
    }
    stderr.write(question)
    stdin.setRawMode(true)
    stdin.resume()
    stdin.on('data', take)
  })
}

function refuse(sentence: string): never {
  throw new AppError('invalid', 'expected a passphrase', { userMessage: sentence })
}
