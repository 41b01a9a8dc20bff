import { inert } from '../inert'

const defaultFolder = '/etc/postfix'

// As in parse-mail-log: anchored from the left, for what a receiver said can look like any of it.
const headed = /^[A-Z\d][^[\]]* ([^\s[\]]+)\/[^\s[\]/]+\[\d+\]: (.*)$/s
const began = /^(?:reload|daemon started) -- version [^,]+, configuration (\S+)$/
const bounced = /^([0-9A-Za-z]{5,20}): to=<[^>]*>, [^()]*?\bstatus=bounced \((.*)\)$/s

/**
 * What was sent back since Postfix last read its files, but for the messages named: "none", or how many and the last
 * one's reason. Null where the log does not reach back that far.
 * @param config the folder of the instance that is meant; null for the default one
 */
export function parseBounces(text: string, config: string | null, own: readonly string[]): string | null {
  const lines = text.split('\n').map((line) => {
    const match = headed.exec(line)
    return { instance: match?.[1] ?? null, rest: match?.[2] ?? line }
  })
  const start = lines.findLastIndex(({ rest }) => began.exec(rest)?.[1] === (config ?? defaultFolder))
  const instance = lines[start]?.instance
  if (instance === undefined) return null
  const since = lines.slice(start + 1).filter((line) => line.instance === instance)
  const reasons = since.flatMap(({ rest }) => {
    const match = bounced.exec(rest)
    return match === null || own.includes(match[1] ?? '') ? [] : [match[2] ?? '']
  })
  const last = reasons.at(-1)
  return last === undefined ? 'none' : inert(`${reasons.length}, the last: ${last}`)
}
