import { randomBytes } from 'node:crypto'
import type { Argv } from '@/lib/agent'
import { quoteArgv } from './quote'

/** A command as it goes to a host. */
export interface Command {
  /** Quoted words for the login shell, whatever shell that is. */
  line: string
  /** The host prints the line `nonce pid` first; what comes before (rc files, motd) is no output of the command. */
  nonce: string
  /** Goes to standard input: the script, or the input of an argv. */
  body: Buffer
  /** The sudo in front of it, if any. */
  sudo: SudoForm | null
}

/**
 * `may-ask`: sudo asks for the password with our prompt, or asks nothing. The body waits for the nonce.
 * `never-asks`: `sudo -n`, which reads nothing, so that the body goes at once.
 */
export type SudoForm = { kind: 'may-ask'; prompt: string } | { kind: 'never-asks' }

/** What of a command is fixed before it is known whether sudo asks. */
export type CommandRequest = { kind: 'argv'; argv: Argv; input: Buffer } | { kind: 'script'; sh: string }

// Fixed for root and user alike: a folder of the user's must not put programs under root's hands.
const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/sbin:/opt/bin'
const environment = `LC_ALL=C; PATH=${path}; export LC_ALL PATH`

/** Puts a request into the words and the standard input that the host gets. */
export function commandFor(request: CommandRequest, sudo: SudoForm['kind'] | null): Command {
  const nonce = `pollux-${randomBytes(16).toString('hex')}`
  const form = sudoForm(sudo)
  if (request.kind === 'argv') {
    const inner: Argv = ['sh', '-c', `${environment}; printf '%s %s\\n' "$0" "$$"; exec "$@"`, nonce, ...request.argv]
    return { line: quoteArgv(behindSudo(form, inner)), nonce, body: request.input, sudo: form }
  }
  // No `-s`: a shell without words reads its standard input anyway, and posh knows no such option.
  // Behind sudo a first shell says that it is there, so that the script cannot be taken for a password.
  // Without -s, which posh does not know: standard input is no terminal, so sh reads its script from there.
  const inner: Argv = form === null ? ['sh'] : ['sh', '-c', `printf '%s %s\\n' "$0" "$$"; exec sh`, nonce]
  const hello = form === null ? `printf '%s %s\\n' ${nonce} "$$"; ` : ''
  return { line: quoteArgv(behindSudo(form, inner)), nonce, body: wrapScript(request.sh, hello), sudo: form }
}

// The braces make the shell read the script to its end before it runs any of it: a script cut off on its way runs
// not at all. `:` makes an empty script one; /dev/null keeps its commands from reading what is left of it.
function wrapScript(sh: string, hello: string): Buffer {
  return Buffer.from(`${hello}${environment}; {\n:\n${sh}\n} </dev/null\n`)
}

function sudoForm(kind: SudoForm['kind'] | null): SudoForm | null {
  if (kind !== 'may-ask') return kind === null ? null : { kind }
  return { kind, prompt: `pollux-password-${randomBytes(16).toString('hex')}:` }
}

// -k with a command: sudo neither uses nor keeps a remembered password, so that it asks every time or never.
function behindSudo(form: SudoForm | null, inner: Argv): Argv {
  if (form === null) return inner
  const flags = form.kind === 'may-ask' ? ['-S', '-p', form.prompt] : ['-n']
  return ['env', 'LC_ALL=C', 'sudo', '-k', ...flags, '--', ...inner]
}
