import { AppError } from '@/lib/errors'
import { shellQuote } from './quote'

/**
 * The one line that a person pastes into a shell on the host, as the user who shall log in: it adds the key to
 * `~/.ssh/authorized_keys` once, with the modes that sshd's StrictModes wants (sshd(8), FILES).
 *
 * Everything runs in a child `sh`, so that the pasted line works in any login shell and leaves its umask alone. A file
 * whose last line has no end gets one first.
 * @throws AppError `invalid` when it is no public line
 */
export function installCommand(publicLine: string): string {
  const line = publicLine.trim()
  if (!/^[a-z0-9@.-]+ [A-Za-z0-9+/]+=* ?[\x20-\x7e]*$/.test(line)) {
    throw new AppError('invalid', 'expected a public key line, got something else', {
      userMessage: 'This is not a public key line.',
    })
  }
  const script = [
    'set -e',
    'umask 077',
    'd=$HOME/.ssh f=$HOME/.ssh/authorized_keys',
    'mkdir -p "$d"',
    'chmod go-w "$d"',
    'touch "$f"',
    'chmod go-w "$f"',
    'grep -qxF -- "$1" "$f" || { if [ -n "$(tail -c 1 "$f")" ]; then printf "\\n" >> "$f"; fi; printf "%s\\n" "$1" >> "$f"; }',
    'printf "The key is installed.\\n"',
  ].join('; ')
  return `sh -c ${shellQuote(script)} sh ${shellQuote(line)}`
}
