import { hostPath } from '@/lib/facts/prologue'
import { quoteArgv, shellQuote } from '@/lib/ssh'

// POSIX sh for the host. Words from elsewhere enter through `shellQuote` alone.
const begin = `PATH=${hostPath} LC_ALL=C
export PATH LC_ALL
`

/** Bytes of the end of a log that are searched: what a busy relay writes in some minutes. */
const tailBytes = 8 * 1024 * 1024
const mostOutput = 64 * 1024
/** Ports of mail: to a server, and to a provider's relay. */
const ports = [25, 465, 587]

/** A program of Postfix for the instance that is meant; `config` is its folder, null for the default one. */
function postfix(program: string, config: string | null, ...words: readonly string[]): string {
  return quoteArgv([program, ...(config === null ? [] : ['-c', config]), ...words])
}

/** Prints from where the host sees whoever runs this: `client-address client-port …`. */
export const seenFromScript = `printf '%s\\n' "\${SSH_CONNECTION:-\${SSH_CLIENT-}}"
`

/**
 * Defines `look`: the lines of the first of the log files that has any for these words of grep, else the journal's, from
 * `since` on where the shell has that.
 */
function lookIntoLog(grepWords: readonly string[], config: string | null): string {
  const grep = quoteArgv(['grep', ...grepWords])
  return `${begin}own=$(${postfix('postconf', config, '-h', 'maillog_file')} 2>/dev/null)
look() {
  for file in "$own" /var/log/mail.log /var/log/maillog /var/log/syslog; do
    [ -f "$file" ] && [ -r "$file" ] || continue
    tail -c ${tailBytes} "$file" 2>/dev/null | ${grep} && return
  done
  journalctl -q --no-pager -o cat --since="\${since:--15min}" SYSLOG_FACILITY=2 2>/dev/null | ${grep}
}
`
}

/**
 * Prints the lines of the mail log that hold one of the texts, as soon as there are more of them than are known, or
 * after some seconds.
 */
export function logScript(texts: readonly string[], known: number, config: string | null): string {
  return `${lookIntoLog(['-F', ...texts.flatMap((text) => ['-e', text])], config)}turn=0
while [ "$(look | wc -l)" -le ${known} ] && [ "$turn" -lt 10 ]; do
  turn=$((turn + 1))
  sleep 0.5 2>/dev/null || sleep 1
done
look | head -c ${mostOutput}
`
}

/**
 * Prints the last lines of the mail log that tell of Postfix reading its files, or of a message sent back. A journal finds
 * the few lines of Postfix's master by their index, and with them since when it has to be read (journalctl(1)).
 */
export function bouncesScript(config: string | null): string {
  const read = '(reload|daemon started) -- version'
  return `${lookIntoLog(['-E', '-e', read, '-e', 'status=bounced'], config)}
name=$(${postfix('postconf', config, '-hx', 'syslog_name')} 2>/dev/null)
since=$(journalctl -q --no-pager -r -n 500 -o short-unix "SYSLOG_IDENTIFIER=\${name:-postfix}/master" 2>/dev/null |
  grep -E -e ${shellQuote(read)} | sed -n '1s/^\\([0-9]*\\).*/@\\1/p')
look | tail -c ${mostOutput}
`
}

/** Prints what the queue holds for a recipient. */
export function queueScript(recipient: string, config: string | null): string {
  return `${begin}${postfix('postqueue', config, '-p')} 2>/dev/null |
  want=${shellQuote(recipient)} awk 'BEGIN { RS = "" } index($0, ENVIRON["want"]) { print; print "" }' |
  head -c ${mostOutput}
`
}

/**
 * Takes messages out of the queue, those alone that hold the text: a queue's names are used again. Prints
 * `removed ID` or `left ID` for each that was there.
 */
export function removeScript(queueIds: readonly string[], text: string, config: string | null): string {
  const isOurs = `${postfix('postcat', config, '-q')} "$id" 2>/dev/null | grep -F -e ${shellQuote(text)} >/dev/null`
  return `${begin}for id in ${queueIds.map(shellQuote).join(' ')}; do
  ${isOurs} || continue
  ${postfix('postsuper', config, '-d')} "$id" >/dev/null 2>&1
  if ${isOurs}; then echo "left $id"; else echo "removed $id"; fi
done
`
}

/**
 * Prints the host's TCP connections to mail ports again and again, and each that ends: a sender that does not wait for
 * the answer to QUIT leaves nothing in the table. The line `ready` ends what was there before. At most three minutes.
 */
export const socketsScript = `${begin}filter='( ${ports.map((port) => `dport = :${port}`).join(' or ')} )'
if command -v stdbuf >/dev/null 2>&1 && command -v timeout >/dev/null 2>&1; then
  timeout --foreground 180 stdbuf -oL ss -E -tnH "$filter" 2>/dev/null &
fi
table() {
  ss -tanH "$filter" 2>/dev/null ||
    grep -Eh ':(${ports.map((port) => port.toString(16).toUpperCase().padStart(4, '0')).join('|')}) [0-9A-F][0-9A-F] ' /proc/net/tcp /proc/net/tcp6 2>/dev/null
}
table
echo ready
turn=0
while [ "$turn" -lt 500 ]; do
  table
  turn=$((turn + 1))
  sleep 0.3 2>/dev/null || sleep 1
done
`
