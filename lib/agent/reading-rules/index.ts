import { type ReadingArgv, type ReadingProgram, readingPrograms } from '../argv'
import { databasesRules } from './databases'
import { filesRules } from './files'
import { machineRules } from './machine'
import { mailRules } from './mail'
import { networkRules } from './network'
import { packagesRules } from './packages'
import { servicesRules } from './services'
import { keepsRule, type WordRule } from './word-rule'

/** The closed rules, by program. Sources: each program's manual page in Debian 12. */
const wordRules: Readonly<Record<ReadingProgram, WordRule>> = {
  ...filesRules,
  ...packagesRules,
  ...networkRules,
  ...servicesRules,
  ...databasesRules,
  ...mailRules,
  ...machineRules,
}

/**
 * Whether a command is one that only reads: its program is in `readingPrograms` and all its words keep that program's
 * closed rule. A command of `each` is asked about with a path behind it, as it will run.
 */
export function isReadingArgv(argv: readonly string[]): argv is ReadingArgv {
  const [program, ...words] = argv
  return isReadingProgram(program) && keepsRule(wordRules[program], words)
}

function isReadingProgram(program: string | undefined): program is ReadingProgram {
  return readingPrograms.some((known) => known === program)
}
