import { shellQuote } from '@/lib/ssh'

/** Console configurations, the one made for Pollux first; then where Debian, Bacula's own packages and Bareos put theirs. */
export const consoleFiles = [
  '/etc/bacula/bconsole-pollux.conf',
  '/etc/bacula/bconsole.conf',
  '/opt/bacula/etc/bconsole.conf',
  '/etc/bareos/bconsole.conf',
] as const

/** Exit codes of the script's own, beside those of bconsole, and of timeout(1). */
export const noProgram = 90
export const noFile = 91
export const timedOut = 124

/**
 * A script that gives these lines to bconsole and prints what it answers. Without a director bconsole waits for ever, so
 * it is ended after `timeoutS`. No line may hold a line end.
 */
export function consoleScript(lines: readonly string[], timeoutS: number, first: string | null = null): string {
  return `PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin:/opt/bacula/bin; export PATH
command -v bconsole >/dev/null 2>&1 || exit ${noProgram}
conf=
for file in ${[...(first === null ? [] : [first]), ...consoleFiles].map(shellQuote).join(' ')}; do
  if [ -r "$file" ]; then conf=$file; break; fi
done
[ -n "$conf" ] || exit ${noFile}
limit=
if command -v timeout >/dev/null 2>&1; then limit='timeout ${timeoutS}'; fi
printf '%s\\n' ${[...lines, 'quit'].map(shellQuote).join(' ')} | LC_ALL=C $limit bconsole -n -c "$conf"
`
}
