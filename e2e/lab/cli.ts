import { readDescriptor } from './descriptor'
import { takeDown } from './down'
import { EXIT_CODES, LabError } from './lab-error'
import { withLock } from './lock'
import { assertRunnable } from './probe'
import { openShell } from './shell'
import { printStatus } from './status'
import { bringUp, wantedHosts } from './up'

const USAGE = `npm run lab -- up [all | HOST... | many COUNT]   start hosts (nothing named: the default set)
npm run lab -- down [HOST...]                   end hosts (nothing named: everything)
npm run lab -- status                           what runs
npm run lab -- shell HOST [COMMAND...]          root's shell on a host, out of band
npm run lab -- faults [--subject X] [--fault Y] [--host Z] [--moment M] [--minutes N]
                     [--table FILE] [--anew] [--cuts N] [--seed N]
                     [--undo-disabled]
                                                breaks changes in every way, and writes docs/fault-matrix.md`

/** How long one run waits for another that builds or boots. */
const LOCK_SECONDS = 900

async function main([verb, ...words]: string[]): Promise<number> {
  switch (verb) {
    case 'up': {
      assertRunnable()
      const wanted = wantedHosts(words)
      printStatus(await withLock(LOCK_SECONDS, () => bringUp(wanted, (line) => console.error(line))))
      return 0
    }
    case 'down':
      await withLock(LOCK_SECONDS, () => takeDown(words))
      return 0
    case 'status':
      printStatus()
      return 0
    case 'shell': {
      const host = readDescriptor(words[0] ?? '')
      if (!host) throw new LabError('usage', `No host "${words[0] ?? ''}" runs; "npm run lab -- status" lists them.`)
      return openShell(host, words.slice(1))
    }
    case 'faults':
      // Loaded only here: it brings the product along.
      return (await import('../faults/cli')).runFaults(words)
    default:
      throw new LabError('usage', USAGE)
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof LabError)) throw error
  console.error(error.message)
  process.exitCode = EXIT_CODES[error.code]
}
